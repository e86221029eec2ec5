"""The current value beside every fair baseline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from commonweal.reports.charts.frame import Frame, widest
from commonweal.reports.charts.palette import BAND_EDGE, INK, LINE
from commonweal.reports.charts.rendering import render_svg
from commonweal.reports.language import mark_in
from commonweal.reports.sentences.charts import describe_alternatives_chart
from commonweal.reports.sentences.findings import finding_title

if TYPE_CHECKING:
    from commonweal.reports.words import Words
    from commonweal.results.finding import Finding

NAMES = {
    "prior_year": mark_in("bar", "Same months, a year before"),
    "three_year_mean": mark_in("bar", "Mean of three years before"),
    "trend": mark_in("bar", "Trend of the years before"),
}


def draw_alternatives(words: Words, finding: Finding, *, width: int = 720) -> str:
    """Draw bars from zero: the current value and what each baseline led one to expect.

    Parameters
    ----------
    words : Words
        The reader's.
    finding : Finding
        With a comparison and alternatives.
    width : int
        In units of the viewBox.
    """
    import altair as alt

    rows = _rows(words, finding)
    base = alt.Chart(alt.InlineData(values=rows))
    highest = max((row["high"] or row["value"] for row in rows), default=1.0)
    x = alt.X("value:Q", axis=None, scale=alt.Scale(domain=[0, highest * 1.02], zero=True))
    y = alt.Y("place:O", axis=None, scale=alt.Scale(paddingInner=0.3))
    color = alt.Color("tone:N", scale=None)
    bounded = base.transform_filter("datum.low !== null")
    layers: list[Any] = [
        base.mark_bar().encode(x=x, y=y, color=color),
        bounded.mark_rule(color=INK, strokeWidth=2).encode(x=alt.X("low:Q"), x2=alt.X2("high"), y=y),
        base.mark_text(align="right", x=-10, color=INK).encode(y=y, text=alt.Text("name:N")),
        base.mark_text(align="left", x="width", dx=10, color=INK, fontWeight=600).encode(
            y=y, text=alt.Text("text:N")
        ),
    ]
    frame = Frame(
        widest(row["name"] for row in rows) + 14, widest((row["text"] for row in rows), bold=True) + 14
    )
    plot_width = max(80, width - frame.left - frame.right)
    chart = alt.layer(*layers).properties(width=plot_width, height=max(1, len(rows)) * 32)
    description, title = describe_alternatives_chart(words, finding), finding_title(words, finding)
    return render_svg(chart, words.language, title=title, description=description, frame=frame)


def _rows(words: Words, finding: Finding) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    if finding.comparison is not None:
        now = words.language.pgettext("bar", "Now")
        rows.append(
            {"name": now, "value": finding.comparison.current, "low": None, "high": None, "tone": LINE}
        )
    for item in finding.alternatives:
        if item.expected is not None:
            name = words.language.pgettext("bar", NAMES[item.kind])
            ends = {"low": item.expected_low, "high": item.expected_high}
            rows.append({"name": name, "value": item.expected, **ends, "tone": BAND_EDGE})
    return [{**row, "place": place, "text": _text(words, finding, row)} for place, row in enumerate(rows)]


def _text(words: Words, finding: Finding, row: dict[str, Any]) -> str:
    value = words.value(finding.measure, row["value"])
    if row["low"] is None or row["high"] is None:
        return value
    low, high = words.value(finding.measure, row["low"]), words.value(finding.measure, row["high"])
    return f"{value} ({words.language.interval(low, high)})"
