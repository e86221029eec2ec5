"""The charts of the report, each with its table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commonweal.reports.charts import draw_changes, draw_series
from commonweal.reports.result_tables import findings_table, series_table
from commonweal.reports.sentences.charts import describe_changes_chart, describe_series_chart, series_title
from commonweal.reports.views.charts import ChartView

if TYPE_CHECKING:
    from commonweal.reports.content import ReportContent
    from commonweal.reports.words import Words
    from commonweal.results.finding import Finding, Screen

WIDE, NARROW = 720, 360


def view_changes_chart(words: Words, content: ReportContent) -> ChartView | None:
    """Draw how much each headline measure changed; None where none can be compared by ratio."""
    shown = [f for f in content.findings if f.comparison and f.comparison.form == "count" and not f.refusal]
    if not shown:
        return None
    title = words.language.gettext("How much each measure changed, and how sure that is")
    return ChartView(
        name="changes",
        title=title,
        description=describe_changes_chart(words, shown),
        caption=describe_changes_chart(words, shown),
        svg=draw_changes(words, shown, title=title, label="measure", width=WIDE),
        svg_narrow=draw_changes(words, shown, title=title, label="measure", width=NARROW),
        table=findings_table(words, content.findings, name="headline-measures", caption=title),
    )


def view_series_charts(words: Words, content: ReportContent) -> tuple[ChartView, ...]:
    """Draw each headline measure over time."""
    compared = tuple(p for p in (content.baseline_period, content.current_period) if p)
    return tuple(
        ChartView(
            name=f"series-{series.measure}",
            title=series_title(words, series),
            description=describe_series_chart(words, series),
            caption=describe_series_chart(words, series, with_breaks=False),
            svg=draw_series(words, series, width=WIDE, compared=compared),
            svg_narrow=draw_series(words, series, width=NARROW, height=190, compared=compared),
            table=series_table(words, series),
        )
        for series in content.series.values()
        if series.points
    )


def view_area_chart(words: Words, screen: Screen, measure: str) -> ChartView | None:
    """Draw one measure of a screen, area by area; None where every number is hidden or refused."""
    rows: list[Finding] = [row for row in screen.rows if row.measure == measure and row.comparison]
    if not rows:
        return None
    title = words.language.gettext(
        "%(measure)s by %(area)s: change from %(before)s to %(now)s",
        measure=words.measure(measure),
        area=words.area_title,
        before=words.language.period(screen.baseline_period, short=True),
        now=words.language.period(screen.current_period, short=True),
    )
    everything = [row for row in screen.rows if row.measure == measure]
    return ChartView(
        name=f"by-area-{measure}",
        title=title,
        description=describe_changes_chart(words, rows),
        caption=describe_changes_chart(words, rows),
        svg=draw_changes(words, rows, title=title, width=WIDE),
        svg_narrow=draw_changes(words, rows, title=title, width=NARROW),
        table=findings_table(words, everything, name=f"by-area-{measure}", caption=title),
    )
