"""Claims: what was said, what the records say."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from commonweal.reports.sentences import claim_mark, claim_said, claim_value, claims_summary
from commonweal.results.finding import ClaimResult
from commonweal.results.verdict import ClaimVerdict
from commonweal.web.pages.charts import draw_alternatives_chart, draw_series_chart
from commonweal.web.pages.serving import add_page, add_table
from commonweal.web.pages.sources import list_source_lines
from commonweal.web.pages.tallies import tally_claims
from commonweal.web.rendering import render
from commonweal.web.tables import Column, Row, Table
from commonweal.web.tables.cells import write_link, write_mark, write_simulated, write_sub
from commonweal.web.view import View


def add_pages(router: APIRouter) -> None:
    """Add the list of claims and the page of each."""
    add_table(router, "/results/claims", build_claims, page=_show_claims)
    add_page(router, "/results/claims/{figure}", show_claim)


def build_claims(view: View) -> Table:
    """Make the table of published figures, those with a verdict first; ``?verdict=`` keeps one verdict."""
    order = list(ClaimVerdict)
    results = sorted(view.answers.claims(), key=lambda one: (order.index(one.verdict), *_telling(one)))
    wanted = view.asked("verdict")
    rows = tuple(_row(view, one) for one in results if wanted in ("", one.verdict.value))
    _ = view.language.gettext
    columns = (
        Column("statement", _("What was said"), "name", lambda row: _statement(view, row)),
        Column("figure", _("Figure"), "code", on_page=False),
        Column("program", _("Program"), "code", on_page=False),
        Column("value", _("Value"), "number", on_page=False),
        Column("unit", _("Unit"), "code", on_page=False),
        Column("period_start", _("From"), "day", on_page=False),
        Column("period_end", _("To"), "day", on_page=False),
        Column("recomputed", _("Recomputed"), "number", lambda row: row["recomputed_text"], on_phone=False),
        Column("low", _("Interval, from"), "number", on_page=False),
        Column("high", _("Interval, to"), "number", on_page=False),
        Column("verdict", _("Verdict"), "verdict", lambda row: write_mark(row["mark"])),
        Column("reason", _("Why not checked"), "code", on_page=False),
    )
    return Table(
        name="claims",
        caption=_("Published figures, each recomputed where records allow."),
        columns=columns,
        rows=rows,
        path="/results/claims",
        query=f"verdict={wanted}" if wanted else "",
        simulated=any(one.simulated for one in results),
    )


def _telling(result: ClaimResult) -> tuple[bool, bool]:
    """Put first what something can be said of."""
    no_record_could = result.refusal is not None and result.refusal.reason == "no_measure"
    return result.instead is None and result.recomputed is None, no_record_could


def _row(view: View, result: ClaimResult) -> Row:
    figure, words = view.city.get_figure(result.figure), view.words
    recomputed: dict[str, Any] = {
        "recomputed": result.recomputed_value,
        "low": result.low,
        "high": result.high,
    }
    text = "–"
    if result.recomputed_value is not None:
        text = claim_value(words, replace(figure, value=result.recomputed_value, relation="equals"))
    return {
        "figure": figure.id,
        "statement": words.figure(figure.id, "statement"),
        "said": claim_said(words, figure),
        "program": figure.program,
        "value": figure.value,
        "unit": figure.unit,
        "period_start": figure.period_start,
        "period_end": figure.period_end,
        **recomputed,
        "recomputed_text": text,
        "verdict": result.verdict.value,
        "mark": claim_mark(view.language, result.verdict),
        "reason": result.refusal.reason if result.refusal else None,
        "simulated": result.simulated,
        "href": view.url(f"/results/claims/{figure.id}"),
    }


def _statement(view: View, row: Row) -> str:
    link = write_link(row["statement"], row["href"]) + write_simulated(view.language, row)
    return write_sub(link, row["said"])


def _show_claims(view: View, table: Table) -> HTMLResponse:
    results = view.answers.claims()
    return render(
        view,
        "claims.html",
        table=table,
        summary=claims_summary(view.words, results),
        tallies=tally_claims(view, results),
        wanted=view.asked("verdict"),
        simulated=table.simulated,
    )


def show_claim(view: View) -> HTMLResponse:
    """Answer with the page of a published figure."""
    figure = view.city.get_figure(view.part("figure"))
    result = view.answers.claim(figure.id)
    shown = result.recomputed or result.instead
    compared = (shown.baseline_period, shown.current_period) if shown and shown.comparison else ()
    chart = None
    if figure.measure is not None and shown is not None:
        chart = draw_series_chart(view, view.answers.series(figure.measure), compared=compared)
    return render(
        view,
        "claim.html",
        figure=figure,
        result=result,
        shown=shown,
        chart=chart,
        alternatives=draw_alternatives_chart(view, shown) if shown else None,
        lines=list_source_lines(view, shown.provenance) if shown else (),
        simulated=result.simulated,
    )
