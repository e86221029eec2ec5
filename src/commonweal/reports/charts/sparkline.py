"""A series in a small space: its course and where it stands now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from commonweal.reports.charts.palette import BREAK, INK, LINE, SOFT
from commonweal.reports.charts.rendering import render_svg
from commonweal.reports.sentences.charts import describe_series_chart, series_title

if TYPE_CHECKING:
    from commonweal.reports.words import Words
    from commonweal.results.finding import Series


def draw_sparkline(words: Words, series: Series, *, width: int = 220, height: int = 44) -> str:
    """Draw a series without axes: zero is the lower edge, months that cannot be compared are dashed on gray.

    Parameters
    ----------
    words : Words
        The reader's.
    series : Series
        What to draw.
    width, height : int
        In units of the viewBox.
    """
    import altair as alt

    rows: list[dict[str, Any]] = [
        {"place": place, "value": point.value, "comparable": point.comparable}
        for place, point in enumerate(series.points)
    ]
    top = max((row["value"] for row in rows if row["value"] is not None), default=1.0) or 1.0
    x = alt.X("place:Q", axis=None, scale=alt.Scale(domain=[0, max(1, len(rows) - 1)]))
    y = alt.Y("value:Q", axis=None, scale=alt.Scale(domain=[0, top * 1.08]))
    known = [row for row in rows if row["comparable"] and row["value"] is not None]
    later = [row for row in rows if not row["comparable"]]
    layers: list[Any] = [
        alt.Chart(alt.InlineData(values=known)).mark_line(color=LINE, strokeWidth=1.75).encode(x=x, y=y),
        alt.Chart(alt.InlineData(values=known[-1:]))
        .mark_point(color=INK, filled=True, size=34, opacity=1)
        .encode(x=x, y=y),
        alt.Chart(alt.InlineData(values=[{"value": 0}])).mark_rule(color=SOFT, strokeWidth=1).encode(y=y),
    ]
    if later:
        ends = [{"place": later[0]["place"], "stop": later[-1]["place"]}]
        layers.insert(
            0, alt.Chart(alt.InlineData(values=ends)).mark_rect(color=BREAK).encode(x=x, x2=alt.X2("stop"))
        )
        dashed = alt.Chart(alt.InlineData(values=later))
        layers.append(dashed.mark_line(color=SOFT, strokeWidth=1.5, strokeDash=[3, 3]).encode(x=x, y=y))
    return render_svg(
        alt.layer(*layers).properties(width=width - 8, height=height - 8),
        words.language,
        title=series_title(words, series),
        description=describe_series_chart(words, series),
    )
