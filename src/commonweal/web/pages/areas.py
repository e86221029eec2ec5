"""Results by area: one measure in every area, everything in one area, and all comparisons at once."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from commonweal.errors import NotFound
from commonweal.reports.charts import sort_by_certainty
from commonweal.reports.sentences import hidden_sentence, screen_method, screen_sentence
from commonweal.results.finding import Finding
from commonweal.web.pages.area_rows import find_area_rows, list_area_measures, make_area_table
from commonweal.web.pages.charts import draw_series_chart
from commonweal.web.pages.measures import area_query, map_rows
from commonweal.web.pages.serving import add_table
from commonweal.web.period_choice import PeriodChoice, read_choice
from commonweal.web.rendering import render
from commonweal.web.tables import Table
from commonweal.web.tables.findings import as_row, finding_columns
from commonweal.web.view import View


def add_pages(router: APIRouter) -> None:
    """Add the table by area, the screen of all comparisons, and the page of an area."""
    add_table(router, "/results/areas", build_areas, page=_show_areas)
    add_table(router, "/results/areas/all", build_screen, page=_show_screen)
    add_table(router, "/results/areas/{area}", build_area, page=_show_area)


def read_area_choice(view: View) -> PeriodChoice:
    """Read the periods asked for; without any, the latest that areas can be compared for."""
    screen = view.answers.screen(list_area_measures(view))
    shown = (screen.current_period, screen.baseline_period)
    listed = {one.measure.id: one for one in view.answers.measures()}
    covers = [listed[name].covers for name in list_area_measures(view) if name in listed]
    return read_choice(view, shown, next((one for one in covers if one), None))


def _measure(view: View) -> str:
    measures = list_area_measures(view)
    asked = view.asked("measure")
    if asked:
        return view.city.get_measure(asked).id
    if not measures:
        raise NotFound("This city's pack declares no measure that is shown by area.")
    headline = [name for name in measures if view.city.measures[name].headline is not None]
    return min(headline, key=lambda name: view.city.measures[name].headline or 0) if headline else measures[0]


def build_areas(view: View) -> Table:
    """Make the table of one measure in every area."""
    measure, choice = _measure(view), read_area_choice(view)
    rows = find_area_rows(view, measure, choice)
    if rows is None:
        return _empty(view)
    return make_area_table(view, rows, query=area_query(measure, choice))


def _empty(view: View) -> Table:
    columns = finding_columns(view, (), view.words.area_title)
    return Table(
        "by-area", view.language.gettext("No loaded records tell areas."), columns, (), "/results/areas"
    )


def _show_areas(view: View, table: Table) -> HTMLResponse:
    measure, choice = _measure(view), read_area_choice(view)
    rows = find_area_rows(view, measure, choice)
    return render(
        view,
        "areas.html",
        table=table,
        measure=measure,
        measures=list_area_measures(view),
        choice=choice,
        areas=rows,
        area_map=map_rows(view, rows, choice) if rows else None,
        simulated=table.simulated,
    )


def build_screen(view: View) -> Table:
    """Make the table of every comparison, area × measure."""
    choice = read_area_choice(view)
    screen = view.answers.screen(list_area_measures(view), current=choice.current, baseline=choice.baseline)
    findings = sort_by_certainty(screen.rows)
    rows = tuple(
        as_row(view, one, _both(view, one), view.url(f"/results/areas/{one.area}")) for one in findings
    )
    _, language = view.language.gettext, view.language
    return Table(
        name="all-comparisons",
        caption=_(
            "Every measure in every %(area)s: %(current)s against %(baseline)s. What we can be sure of comes first.",
            area=view.words.area_title,
            current=language.period(screen.current_period),
            baseline=language.period(screen.baseline_period),
        ),
        columns=finding_columns(view, rows, _("Area and measure"), dense=True),
        rows=rows,
        path="/results/areas/all",
        query="&".join(f"{name}={value}" for name, value in choice.query.items()),
        simulated=any(finding.simulated for finding in findings),
        notes=(
            screen_sentence(view.words, screen),
            screen_method(view.words, screen),
            hidden_sentence(view.words, screen),
        ),
    )


def _both(view: View, finding: Finding) -> str:
    area, measure = view.words.area(finding.area), view.words.measure(finding.measure)
    return view.language.gettext("%(area)s: %(measure)s", area=area, measure=measure)


def _show_screen(view: View, table: Table) -> HTMLResponse:
    return render(view, "screen.html", table=table, choice=read_area_choice(view), simulated=table.simulated)


def _area_findings(view: View, choice: PeriodChoice) -> tuple[Finding, ...]:
    area = view.city.get_area(view.part("area"))
    screen = view.answers.screen(list_area_measures(view), current=choice.current, baseline=choice.baseline)
    return sort_by_certainty([row for row in screen.rows if row.area == area.id])


def build_area(view: View) -> Table:
    """Make the table of every measure in one area."""
    area = view.city.get_area(view.part("area"))
    choice = read_area_choice(view)
    findings = _area_findings(view, choice)
    rows = tuple(
        as_row(view, one, view.words.measure(one.measure), view.url(f"/results/measures/{one.measure}"))
        for one in findings
    )
    _, language = view.language.gettext, view.language
    caption = _("No loaded records tell anything about this area.")
    if findings:
        caption = _(
            "%(area)s: %(current)s against %(baseline)s. What we can be sure of comes first.",
            area=view.words.area(area.id),
            current=language.period(findings[0].current_period),
            baseline=language.period(findings[0].baseline_period),
        )
    return Table(
        name=f"{area.id}-results",
        caption=caption,
        columns=finding_columns(view, rows, _("Measure")),
        rows=rows,
        path=f"/results/areas/{area.id}",
        query="&".join(f"{name}={value}" for name, value in choice.query.items()),
        simulated=any(finding.simulated for finding in findings),
    )


def _show_area(view: View, table: Table) -> HTMLResponse:
    area = view.city.get_area(view.part("area"))
    choice = read_area_choice(view)
    findings = _area_findings(view, choice)
    lead = _measure(view) if list_area_measures(view) else ""
    return render(
        view,
        "area.html",
        area=area,
        table=table,
        choice=choice,
        findings=findings,
        standing=[one for one in findings if one.discovered],
        chart=draw_series_chart(view, lead, area=area.id) if lead else None,
        lead=lead,
        simulated=table.simulated,
    )
