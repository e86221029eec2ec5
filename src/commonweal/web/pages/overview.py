"""The first page: what truly changed, and what was promised."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from commonweal.results.finding import ClaimResult, Finding
from commonweal.results.periods import Period
from commonweal.results.verdict import ClaimVerdict
from commonweal.web.drawing import find_reach
from commonweal.web.pages.area_rows import find_area_rows, make_area_table, map_rows
from commonweal.web.pages.charts import SeriesChart, draw_series_chart
from commonweal.web.pages.serving import add_page
from commonweal.web.pages.sources import list_source_lines
from commonweal.web.pages.tallies import tally_claims, tally_commitments
from commonweal.web.period_choice import PeriodChoice, read_choice
from commonweal.web.rendering import render
from commonweal.web.tables.tones import find_tone
from commonweal.web.view import View

TELLING = (
    ClaimVerdict.CONTRADICTED,
    ClaimVerdict.UNCHECKABLE,
    ClaimVerdict.UNCERTAIN,
    ClaimVerdict.SUPPORTED,
)
"""Which claim the first page shows: one a reader would otherwise believe wrongly."""


def add_pages(router: APIRouter) -> None:
    """Add the overview of results."""
    add_page(router, "/results", show_overview)


def show_overview(view: View) -> HTMLResponse:
    """Answer with the overview, for the periods asked for or the latest comparable ones."""
    overview = view.answers.overview()
    findings = tuple(overview.headline_findings)
    choice = read_headline_choice(view, findings)
    if choice.current is not None and choice.baseline is not None:
        findings = tuple(
            view.answers.finding(one.measure, current=choice.current, baseline=choice.baseline)
            for one in findings
        )
    lead = findings[0].measure if findings else ""
    areas = find_area_rows(view, lead) if lead else None
    chart = draw_lead_chart(view, lead, findings)
    return render(
        view,
        "overview.html",
        findings=findings,
        reach=find_reach(
            (one.comparison.low, one.comparison.high)
            for one in findings
            if one.comparison and not one.refusal
        ),
        lines=list_source_lines(view, findings[0].provenance) if findings else (),
        tones=[find_tone(view.words, finding) for finding in findings],
        series=overview.series,
        choice=choice,
        areas=areas,
        area_table=make_area_table(view, areas) if areas else None,
        area_map=map_rows(view, areas) if areas else None,
        chart=chart,
        claim=choose_claim(overview.claims),
        claims=tally_claims(view, overview.claims),
        commitments=tally_commitments(view, overview.commitments),
        results=overview,
        simulated=overview.simulated,
    )


def read_headline_choice(view: View, findings: Sequence[Finding]) -> PeriodChoice:
    """Read the periods asked for, offering those for which the first headline measure is complete."""
    if not findings:
        return read_choice(view, None, None)
    lead = findings[0]
    listed = {one.measure.id: one for one in view.answers.measures()}
    covers = listed[lead.measure].covers if lead.measure in listed else None
    return read_choice(view, (lead.current_period, lead.baseline_period), covers)


def choose_claim(claims: Sequence[ClaimResult]) -> ClaimResult | None:
    """Choose the claim to show: the most telling verdict, then one with something to say instead."""
    telling = sorted(claims, key=lambda one: (TELLING.index(one.verdict), one.instead is None, one.simulated))
    useful = [
        one for one in telling if one.instead or one.recomputed or one.verdict is not ClaimVerdict.UNCHECKABLE
    ]
    return next(iter(useful or telling), None)


def draw_lead_chart(view: View, lead: str, findings: Sequence[Finding]) -> SeriesChart | None:
    """Draw the first headline measure over time; None where it has no series."""
    if not lead:
        return None
    compared: tuple[Period, ...] = ()
    if findings and findings[0].comparison:
        compared = (findings[0].baseline_period, findings[0].current_period)
    return draw_series_chart(view, view.answers.series(lead), compared=compared)
