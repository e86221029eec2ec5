"""Changes with their 95 % intervals, one row each, the surest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

from commonweal.reports.charts.frame import Frame, widest
from commonweal.reports.charts.palette import BETTER, GRID, INK, LINE, SOFT, UNSURE, WORSE
from commonweal.reports.charts.rendering import render_svg
from commonweal.reports.sentences.charts import describe_changes_chart
from commonweal.reports.sentences.marks import finding_mark
from commonweal.results.verdict import Verdict

if TYPE_CHECKING:
    from commonweal.reports.words import Words
    from commonweal.results.finding import Finding

TONES = {"better": BETTER, "worse": WORSE, "neutral": LINE}
SHAPES = {Verdict.FELL: "triangle-down", Verdict.ROSE: "triangle-up"}
ROW_HEIGHT = 30
WIDEST = 150.0
"""Intervals that reach beyond this many percent are cut there, with an arrow."""


def sort_by_certainty(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Sort findings: changes that stand first, those farthest from zero before others, hidden and refused last."""
    return tuple(sorted(findings, key=_certainty))


def draw_changes(
    words: Words,
    findings: Sequence[Finding],
    *,
    title: str,
    label: Literal["area", "measure"] = "area",
    width: int = 720,
) -> str:
    """Draw the changes of findings as SVG; those without a comparison are left out.

    Parameters
    ----------
    words : Words
        The reader's.
    findings : sequence of Finding
        All compared by ratio (counts), or all in the same unit.
    title : str
        What the chart is.
    label : {'area', 'measure'}
        What tells the rows apart.
    width : int
        In units of the viewBox; below 480 the numbers stand under the names.
    """
    shown = [
        f for f in sort_by_certainty(findings) if f.comparison is not None and f.comparison.change is not None
    ]
    rows = [_row(words, finding, place, label) for place, finding in enumerate(shown)]
    narrow = width < 480
    frame = _frame(rows, narrow=narrow)
    chart = _layers(words, rows, narrow=narrow).properties(
        width=width - frame.left - frame.right, height=max(1, len(rows)) * (44 if narrow else ROW_HEIGHT)
    )
    description = describe_changes_chart(words, shown)
    return render_svg(chart, words.language, title=title, description=description, frame=frame)


def _frame(rows: Sequence[dict[str, Any]], *, narrow: bool) -> Frame:
    names = widest((row["name"] for row in rows), bold=True)
    if narrow:
        left = max(names, widest((row["text"] for row in rows), size=12))
        return Frame(left + 16, 14, bottom=44)
    return Frame(names + 18, widest(row["text"] for row in rows) + 18, bottom=44)


def _certainty(finding: Finding) -> tuple[int, float, str]:
    comparison = finding.comparison
    name = f"{finding.area}{finding.measure}"
    if comparison is None or comparison.change is None:
        return (3, 0.0, name)
    moved = finding.verdict in (Verdict.FELL, Verdict.ROSE)
    low = comparison.low if comparison.low is not None else -100.0
    high = comparison.high if comparison.high is not None else 1e6
    nearest = max(low, -high)  # distance of the interval's nearer end from zero; negative where it holds zero
    return (0 if finding.discovered else 1 if moved else 2, -nearest, name)


def _row(words: Words, finding: Finding, place: int, label: str) -> dict[str, Any]:
    comparison = finding.comparison
    assert comparison is not None  # noqa: S101 - findings without one are left out
    assert comparison.change is not None  # noqa: S101
    low = -100.0 if comparison.low is None else comparison.low
    high = WIDEST if comparison.high is None else comparison.high
    change = words.change(finding.measure, comparison, comparison.change)
    mark = finding_mark(words, finding)
    return {
        "place": place,
        "name": words.area(finding.area) if label == "area" else words.measure(finding.measure),
        "change": min(comparison.change, WIDEST),
        "low": max(low, -WIDEST),
        "high": min(high, WIDEST),
        "cut": high > WIDEST or comparison.high is None,
        "shape": SHAPES.get(finding.verdict, "circle"),
        "tone": TONES.get(mark.tone, UNSURE),
        "text": f"{change} ({words.interval(finding.measure, comparison)})",
        "verdict": f"{mark.shape} {mark.word}",
    }


def _layers(words: Words, rows: list[dict[str, Any]], *, narrow: bool) -> Any:
    import altair as alt

    base = alt.Chart(alt.InlineData(values=rows))
    low = min([row["low"] for row in rows], default=-10.0)
    high = max([row["high"] for row in rows], default=10.0)
    y = alt.Y("place:O", axis=None, scale=alt.Scale(paddingInner=0.2))
    scale = alt.Scale(domain=[min(low, -10.0) * 1.04, max(high, 10.0) * 1.04], nice=False, zero=True)
    axis = alt.Axis(
        title=words.language.pgettext("chart axis", "Change in percent"),
        labelExpr="datum.value === 0 ? '0' : format(datum.value, '+,~f')",
        tickCount=4 if narrow else 6,
        grid=True,
        domain=False,
        ticks=False,
        gridColor=GRID,
    )
    x = alt.X("change:Q", axis=axis, scale=scale)
    tone = alt.Color("tone:N", scale=None)
    zero = alt.Chart(alt.InlineData(values=[{"zero": 0}])).mark_rule(color=INK, strokeWidth=1.5)
    lift = -9 if narrow else 0
    layers: list[Any] = [
        zero.encode(x=alt.X("zero:Q", axis=axis, scale=scale)),
        base.mark_rule(strokeWidth=2.5, opacity=1)
        .encode(x=alt.X("low:Q", axis=axis, scale=scale), x2=alt.X2("high"), y=y, color=tone),
        base.transform_filter("datum.cut").mark_point(shape="triangle-right", size=70, filled=True, opacity=1)
        .encode(x=alt.X("high:Q", axis=axis, scale=scale), y=y, color=tone),
        base.mark_point(size=110, filled=True, opacity=1)
        .encode(x=x, y=y, color=tone, shape=alt.Shape("shape:N", scale=None)),
        base.mark_text(align="right", x=-14, dy=lift, color=INK, fontWeight=600).encode(y=y, text=alt.Text("name:N")),
    ]  # fmt: skip
    if narrow:
        layers.append(
            base.mark_text(align="right", x=-14, dy=9, color=SOFT, fontSize=12).encode(
                y=y, text=alt.Text("text:N")
            )
        )
    else:
        layers.append(
            base.mark_text(align="left", x="width", dx=14, color=INK).encode(y=y, text=alt.Text("text:N"))
        )
    return alt.layer(*layers).resolve_scale(color="independent", shape="independent")
