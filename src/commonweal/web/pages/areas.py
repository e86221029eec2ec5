"""Results by area: one measure in every area, everything in one area, and all comparisons at once.

Periods by area are those of the release: free ones would let a hidden number be worked out by subtraction.
"""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from commonweal.errors import NotFound
from commonweal.reports.charts import sort_by_certainty
from commonweal.reports.sentences import hidden_sentence, screen_method, screen_sentence
from commonweal.results.finding import Finding, Screen
from commonweal.web.pages.area_rows import find_area_rows, list_area_measures, make_area_table, map_rows
from commonweal.web.pages.charts import SeriesChart, draw_series_chart
from commonweal.web.pages.serving import add_table
from commonweal.web.rendering import render
from commonweal.web.tables import Table
from commonweal.web.tables.findings import as_row, finding_columns
from commonweal.web.view import View


def add_pages(router: APIRouter) -> None:
    """Add the table by area, the screen of all comparisons, and the page of an area."""
    add_table(router, "/results/areas", build_areas, page=_show_areas)
    add_table(router, "/results/areas/all", build_screen, page=_show_screen)
    add_table(router, "/results/areas/{area}", build_area, page=_show_area)


def _measure(view: View) -> str:
    """Return the measure that was asked for, else the first headline measure that is published by area."""
    measures, known = list_area_measures(view), view.city.measures
    asked = view.asked("measure")
    if asked:
        view.city.get_measure(asked)
        if asked not in measures:
            raise NotFound(
                f"{asked} is not published by area. Published: {', '.join(measures) or 'nothing yet'}."
            )
        return asked
    headline = [name for name in measures if known[name].headline is not None]
    return min(headline, key=lambda name: known[name].headline or 0) if headline else next(iter(measures), "")


def build_areas(view: View) -> Table:
    """Make the table of one measure in every area."""
    rows = find_area_rows(view, _measure(view))
    return make_area_table(view, rows) if rows else _empty(view, "/results/areas")


def _empty(view: View, path: str) -> Table:
    columns = finding_columns(view, (), view.words.area_title)
    caption = view.language.gettext("No loaded records tell areas for two periods that can be compared.")
    return Table("by-area", caption, columns, (), path)


def _show_areas(view: View, table: Table) -> HTMLResponse:
    measure = _measure(view)
    rows = find_area_rows(view, measure)
    return render(
        view,
        "areas.html",
        table=table,
        measure=measure,
        measures=list_area_measures(view),
        areas=rows,
        area_map=map_rows(view, rows) if rows else None,
        simulated=table.simulated,
    )


def build_screen(view: View) -> Table:
    """Make the table of every comparison, area × measure."""
    screen = view.answers.release().screen
    if screen is None:
        return _empty(view, "/results/areas/all")
    findings = sort_by_certainty(screen.rows)
    rows = tuple(
        as_row(view, one, _both(view, one), view.url(f"/results/areas/{one.area}")) for one in findings
    )
    _ = view.language.gettext
    return Table(
        name="all-comparisons",
        caption=_(
            "Every measure in every %(area)s: %(current)s against %(baseline)s. What we can be sure of comes first.",
            area=view.words.area_title,
            current=view.language.period(screen.current_period),
            baseline=view.language.period(screen.baseline_period),
        ),
        columns=finding_columns(view, rows, _("Area and measure"), dense=True),
        rows=rows,
        path="/results/areas/all",
        simulated=any(finding.simulated for finding in findings),
        notes=_notes(view, screen),
    )


def _notes(view: View, screen: Screen) -> tuple[str, ...]:
    words = view.words
    return screen_sentence(words, screen), screen_method(words, screen), hidden_sentence(words, screen)


def _both(view: View, finding: Finding) -> str:
    area, measure = view.words.area(finding.area), view.words.measure(finding.measure)
    return view.language.gettext("%(area)s: %(measure)s", area=area, measure=measure)


def _show_screen(view: View, table: Table) -> HTMLResponse:
    return render(view, "screen.html", table=table, simulated=table.simulated)


def _list_findings(view: View) -> tuple[Finding, ...]:
    area, screen = view.city.get_area(view.part("area")), view.answers.release().screen
    return sort_by_certainty([row for row in screen.rows if row.area == area.id]) if screen else ()


def build_area(view: View) -> Table:
    """Make the table of every measure in one area."""
    area, findings = view.city.get_area(view.part("area")), _list_findings(view)
    path = f"/results/areas/{area.id}"
    if not findings:
        return _empty(view, path)
    rows = tuple(
        as_row(view, one, view.words.measure(one.measure), view.url(f"/results/measures/{one.measure}"))
        for one in findings
    )
    _, language = view.language.gettext, view.language
    return Table(
        name=f"{area.id}-results",
        caption=_(
            "%(area)s: %(current)s against %(baseline)s. What we can be sure of comes first.",
            area=view.words.area(area.id),
            current=language.period(findings[0].current_period),
            baseline=language.period(findings[0].baseline_period),
        ),
        columns=finding_columns(view, rows, _("Measure")),
        rows=rows,
        path=path,
        simulated=any(finding.simulated for finding in findings),
    )


def _show_area(view: View, table: Table) -> HTMLResponse:
    area, findings = view.city.get_area(view.part("area")), _list_findings(view)
    lead = _measure(view)
    return render(
        view,
        "area.html",
        area=area,
        table=table,
        findings=findings,
        standing=[one for one in findings if one.discovered],
        chart=_draw_years(view, lead, area.id) if lead else None,
        lead=lead,
        simulated=table.simulated,
    )


def _draw_years(view: View, measure: str, area: str) -> SeriesChart | None:
    try:
        series = view.answers.area_series(measure, area)
    except NotFound:
        return None
    return draw_series_chart(view, series)
