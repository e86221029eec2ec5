"""Measures: the list, and one measure with its series, its comparison, its baselines, its areas, its query."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from commonweal.errors import NotFound
from commonweal.results.finding import Finding, Series
from commonweal.results.periods import Period
from commonweal.web.pages.area_rows import find_area_rows, make_area_table, map_rows
from commonweal.web.pages.charts import draw_alternatives_chart, draw_series_chart
from commonweal.web.pages.serving import add_page, add_table
from commonweal.web.pages.sources import list_source_lines
from commonweal.web.period_choice import PeriodChoice, read_choice
from commonweal.web.rendering import render
from commonweal.web.tables import Column, Row, Table
from commonweal.web.tables.findings import as_empty_row, as_row, finding_columns
from commonweal.web.tables.tones import find_tone
from commonweal.web.view import View


def add_pages(router: APIRouter) -> None:
    """Add the list of measures, each measure's series as a table, and each measure's page."""
    add_table(router, "/results/measures", build_measures, page=_show_measures)
    add_table(router, "/results/measures/{measure}/series", build_series)
    add_table(router, "/results/measures/{measure}/baselines", build_baselines)
    add_page(router, "/results/measures/{measure}", show_measure)


def build_measures(view: View) -> Table:
    """Make the table of measures with their latest finding."""
    rows = tuple(_row(view, name) for name in view.city.measures)
    _ = view.language.gettext
    return Table(
        name="measures",
        caption=_("Every measure, its latest comparable period against the one before, for the whole city."),
        columns=finding_columns(view, rows, _("Measure")),
        rows=rows,
        path="/results/measures",
        simulated=any(row["simulated"] for row in rows),
    )


def _row(view: View, measure: str) -> Row:
    finding, name, href = (
        view.answers.find_finding(measure),
        view.words.measure(measure),
        _href(view, measure),
    )
    return as_row(view, finding, name, href) if finding else as_empty_row(measure, name, href)


def _href(view: View, measure: str) -> str:
    return view.url(f"/results/measures/{measure}")


def _show_measures(view: View, table: Table) -> HTMLResponse:
    return render(view, "measures.html", table=table, simulated=table.simulated)


def read_measure_choice(view: View, measure: str) -> PeriodChoice:
    """Read the periods asked for; without any, the latest comparable ones are shown."""
    latest = view.answers.latest_periods(measure)
    listed = {one.measure.id: one for one in view.answers.measures()}
    shown = (latest.current, latest.baseline) if latest else None
    return read_choice(view, shown, listed[measure].covers)


def show_measure(view: View) -> HTMLResponse:
    """Answer with the page of a measure."""
    measure = view.city.get_measure(view.part("measure"))
    choice = read_measure_choice(view, measure.id)
    finding = view.answers.find_finding(
        measure.id,
        current=choice.current,
        baseline=choice.baseline,
        even_if_broken=view.asked("even_if_broken") == "yes",
    )
    if finding is None:
        return render(view, "measure_empty.html", measure=measure, simulated=False)
    areas = find_area_rows(view, measure.id)
    compared: tuple[Period, ...] = ()
    if finding.comparison and not finding.refusal:
        compared = (finding.baseline_period, finding.current_period)
    return render(
        view,
        "measure.html",
        measure=measure,
        finding=finding,
        tone=find_tone(view.words, finding),
        choice=choice,
        chart=draw_series_chart(view, view.answers.series(measure.id), compared=compared),
        alternatives=draw_alternatives_chart(view, finding),
        areas=areas,
        area_table=make_area_table(view, areas).sorted_by(view.order) if areas else None,
        area_map=map_rows(view, areas) if areas else None,
        lines=list_source_lines(view, finding.provenance),
        simulated=finding.simulated,
        status=HTTPStatus.CONFLICT if finding.refusal and choice.current else HTTPStatus.OK,
    )


def build_series(view: View) -> Table:
    """Make the table behind the chart of a measure."""
    measure = view.city.get_measure(view.part("measure"))
    area = view.asked("area")
    series = view.answers.area_series(measure.id, area) if area else view.answers.series(measure.id)
    return make_series_table(view, series)


def make_series_table(view: View, series: Series) -> Table:
    """Make the table of a series, one row a period.

    Parameters
    ----------
    view : View
        The reader's.
    series : Series
        What it lists.
    """
    _, words = view.language.gettext, view.words
    title, place = words.measure(series.measure), words.area(series.area)
    rows = tuple(
        {
            "start": point.start, "end": point.end, "value": point.value,
            "usual_low": point.usual_low, "usual_high": point.usual_high,
            "comparable": point.comparable, "hidden": point.hidden, "simulated": series.simulated,
            "period": Period(point.start, point.end),
        }
        for point in series.points
    )  # fmt: skip

    def value(key: str) -> Column:
        titles = {"value": _("Value"), "usual_low": _("Usual, from"), "usual_high": _("Usual, to")}
        return Column(key, titles[key], "value", lambda row: words.value(series.measure, row[key]))

    return Table(
        name=f"{series.measure}-series",
        caption=_("%(measure)s over time, %(place)s.", measure=title, place=place),
        columns=(
            Column("start", _("Period"), "name", lambda row: view.language.period(row["period"])),
            Column("end", _("Last day"), "day", on_page=False),
            value("value"), value("usual_low"), value("usual_high"),
            Column("comparable", _("Can be compared"), "flag"),
            Column("hidden", _("Hidden"), "flag", on_page=False),
        ),
        rows=rows,
        path=f"/results/measures/{series.measure}/series",
        query=f"area={series.area}" if series.area else "",
        simulated=series.simulated,
        about={"query": series.query.hash, "sql": series.query.sql, "breaks": [one.id for one in series.breaks]},
    )  # fmt: skip


def build_baselines(view: View) -> Table:
    """Make the table of other fair baselines."""
    measure = view.city.get_measure(view.part("measure"))
    choice = read_measure_choice(view, measure.id)
    finding = view.answers.find_finding(measure.id, current=choice.current, baseline=choice.baseline)
    if finding is None:
        raise NotFound(f"Nothing that is loaded covers two periods of {measure.id} that can be compared.")
    return make_baseline_table(view, finding, choice)


def make_baseline_table(view: View, finding: Finding, choice: PeriodChoice) -> Table:
    """Make the table of what else the current period can fairly be held against."""
    from commonweal.reports.sentences.findings import alternative_name

    _, words = view.language.gettext, view.words
    rows = tuple(
        {
            "baseline": one.kind, "expected": one.expected,
            "expected_low": one.expected_low, "expected_high": one.expected_high,
            "change": one.comparison.change if one.comparison else None,
            "low": one.comparison.low if one.comparison else None,
            "high": one.comparison.high if one.comparison else None,
            "refused": one.refusal.reason if one.refusal else None,
            "simulated": finding.simulated, "alternative": one,
        }
        for one in finding.alternatives
    )  # fmt: skip
    columns = (
        Column("baseline", _("Against"), "name", lambda row: alternative_name(words, row["alternative"])),
        Column("expected", _("Expected"), "value", lambda row: words.value(finding.measure, row["expected"])),
        Column("expected_low", _("Expected, from"), "value", on_page=False),
        Column("expected_high", _("Expected, to"), "value", on_page=False),
        Column("change", _("Change"), "change"),
        Column("low", _("From"), "change"),
        Column("high", _("To"), "change"),
        Column("refused", _("Why not compared"), "code"),
    )
    return Table(
        name=f"{finding.measure}-baselines",
        caption=_("%(measure)s held against other fair baselines.", measure=words.measure(finding.measure)),
        columns=columns,
        rows=rows,
        path=f"/results/measures/{finding.measure}/baselines",
        query="&".join(f"{name}={value}" for name, value in choice.query.items()),
        simulated=finding.simulated,
    )
