"""The way to a commitment's target."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from commonweal.reports.charts.palette import ACCENT, BAND_EDGE, INK, LINE, SOFT
from commonweal.reports.charts.rendering import render_svg
from commonweal.reports.sentences.charts import describe_trajectory_chart

if TYPE_CHECKING:
    from commonweal.city.strategy import Commitment
    from commonweal.reports.words import Words
    from commonweal.results.finding import CommitmentResult


def draw_trajectory(
    words: Words, commitment: Commitment, result: CommitmentResult, *, width: int = 720, height: int = 240
) -> str:
    """Draw the values so far, the target as a line, and where things go if they go on.

    Parameters
    ----------
    words : Words
        The reader's.
    commitment : Commitment
        With its target and deadline, where it has them.
    result : CommitmentResult
        With its trajectory.
    width, height : int
        In units of the viewBox.
    """
    import altair as alt

    rows = [
        {
            "at": (_instant(point.start) + _instant(point.end)) // 2,
            "value": point.value,
            "low": point.low,
            "high": point.high,
        }
        for point in result.trajectory
    ]
    x = alt.X(
        "at:T",
        title=None,
        axis=alt.Axis(format="%Y", tickCount="year", grid=False),
        scale=alt.Scale(type="utc", nice=False, domain=_span(rows, commitment)),
    )
    ends = [value for point in result.trajectory for value in (point.value, point.high)]
    ends += [commitment.target, result.projected_high, result.projected]
    highest = [value for value in ends if value is not None]
    y = alt.Y(
        "value:Q",
        title=None,
        axis=alt.Axis(tickCount=4, format=",~f"),
        scale=alt.Scale(domain=[0, max(highest, default=1.0) * 1.15], zero=True),
    )
    layers = [
        *_values(rows, x, y),
        *_target(words, commitment, y),
        *_projection(rows, commitment, result, x, y),
    ]
    return render_svg(
        alt.layer(*layers).properties(width=width - 60, height=height - 30),
        words.language,
        title=words.commitment(commitment.id),
        description=describe_trajectory_chart(words, commitment, result),
    )


def _instant(day: dt.date) -> int:
    return int(dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC).timestamp() * 1000)


def _span(rows: list[dict[str, Any]], commitment: Commitment) -> list[int]:
    moments = [row["at"] for row in rows] + ([_instant(commitment.deadline)] if commitment.deadline else [])
    margin = 86_400_000 * 40
    return [min(moments, default=0) - margin, max(moments, default=0) + margin]


def _values(rows: list[dict[str, Any]], x: Any, y: Any) -> list[Any]:
    import altair as alt

    chart = alt.Chart(alt.InlineData(values=rows))
    bounded = [row for row in rows if row["low"] is not None and row["high"] is not None]
    known = alt.Chart(alt.InlineData(values=bounded))
    return [
        known.mark_rule(color=BAND_EDGE, strokeWidth=3).encode(x=x, y=alt.Y("low:Q"), y2=alt.Y2("high")),
        chart.mark_line(color=LINE, strokeWidth=2).encode(x=x, y=y),
        chart.mark_point(color=LINE, filled=True, size=60, opacity=1).encode(x=x, y=y),
    ]


def _target(words: Words, commitment: Commitment, y: Any) -> list[Any]:
    import altair as alt

    if commitment.target is None:
        return []
    label = words.language.pgettext(
        "chart", "promised: %(target)s", target=words.unit_value(commitment.target, commitment.unit)
    )
    chart = alt.Chart(alt.InlineData(values=[{"value": commitment.target, "label": label}]))
    below = commitment.direction == "down"  # the values come from the other side of the line
    return [
        chart.mark_rule(color=ACCENT, strokeWidth=2, strokeDash=[7, 3]).encode(y=y),
        chart.mark_text(
            color=ACCENT, align="left", baseline="top" if below else "bottom", x=4, dy=5 if below else -5
        ).encode(y=y, text=alt.Text("label:N")),
    ]


def _projection(
    rows: list[dict[str, Any]], commitment: Commitment, result: CommitmentResult, x: Any, y: Any
) -> list[Any]:
    import altair as alt

    if result.projected is None or commitment.deadline is None or not rows:
        return []
    end = {
        "at": _instant(commitment.deadline),
        "value": result.projected,
        "low": result.projected_low,
        "high": result.projected_high,
    }
    way = alt.Chart(alt.InlineData(values=[rows[-1], end]))
    there = alt.Chart(alt.InlineData(values=[end]))
    layers: list[Any] = [
        way.mark_line(color=SOFT, strokeWidth=2, strokeDash=[4, 4]).encode(x=x, y=y),
        there.mark_point(color=INK, filled=False, size=70, strokeWidth=2, opacity=1).encode(x=x, y=y),
    ]
    if end["low"] is not None and end["high"] is not None:
        layers.append(
            there.mark_rule(color=SOFT, strokeWidth=2).encode(x=x, y=alt.Y("low:Q"), y2=alt.Y2("high"))
        )
    return layers
