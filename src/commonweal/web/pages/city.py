"""The city: what it does about public safety, and with what."""

from __future__ import annotations

from collections import Counter
from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from commonweal.reports.language import mark
from commonweal.reports.sentences import claim_mark, commitment_mark
from commonweal.web.pages.places import draw_stations
from commonweal.web.pages.serving import add_page, add_table
from commonweal.web.rendering import render
from commonweal.web.tables import Column, Row, Table
from commonweal.web.tables.cells import write_link, write_sub
from commonweal.web.view import View

KINDS = {
    "responder": mark("Responder"),
    "program": mark("Program"),
    "service": mark("Service"),
    "system": mark("System"),
    "screening": mark("Screening"),
}
"""Kinds of programs in words; a city's own kind is shown as it writes it."""


def add_pages(router: APIRouter) -> None:
    """Add the city's first page, the list of programs and the page of each."""
    add_page(router, "/city", show_city)
    add_table(router, "/city/programs", build_programs, page=_show_programs)
    add_page(router, "/city/programs/{program}", show_program)


def show_city(view: View) -> HTMLResponse:
    """Answer with the city at a glance."""
    stations = view.city.stations
    pillars = Counter(program.pillar for program in view.city.programs.values())
    drawing = draw_stations(view, list(stations.values())) if stations else None
    return render(view, "city.html", pillars=pillars, drawing=drawing, shown=stations, simulated=False)


def name_kind(view: View, kind: str) -> str:
    """Return a kind of program in words."""
    return view.language.gettext(KINDS[kind]) if kind in KINDS else kind


def name_pillar(view: View, pillar: str) -> str:
    """Return a pillar in one word: what stands before the colon of its title."""
    return view.words.pillar(pillar).split(":")[0]


def build_programs(view: View) -> Table:
    """Make the table of programs; ``?pillar=`` keeps one pillar."""
    words, pillar = view.words, view.asked("pillar")
    rows = tuple(
        {
            "name": words.program(one.id),
            "id": one.id,
            "pillar": one.pillar,
            "kind": one.kind,
            "lead": words.program_lead(one.id),
            "what_it_does": words.program_text(one.id),
            "published_scale": words.text("programs", one.id, "published_scale", one.published_scale),
            "source": one.source,
            "href": view.url(f"/city/programs/{one.id}"),
        }
        for one in view.city.programs.values()
        if pillar in ("", one.pillar)
    )
    _ = view.language.gettext
    return Table(
        name="programs",
        caption=_("Programs, responders and services of the city's strategy."),
        columns=(
            Column("name", _("Program"), "name", _name_and_text),
            Column("id", _("Identifier"), "code", on_page=False),
            Column("kind", _("Kind"), "text", lambda row: name_kind(view, row["kind"]), on_phone=False),
            Column(
                "pillar", _("Pillar"), "text", lambda row: name_pillar(view, row["pillar"]), on_phone=False
            ),
            Column("lead", _("Led by"), "text", on_phone=False),
            Column("what_it_does", _("What it does"), "text", on_page=False),
            Column("published_scale", _("Published scale"), "text", on_phone=False),
            Column("source", _("Source"), "text", on_page=False),
        ),
        rows=rows,
        path="/city/programs",
        query=f"pillar={pillar}" if pillar else "",
    )


def _name_and_text(row: Row) -> str:
    return write_sub(write_link(row["name"], row["href"]), row["what_it_does"])


def _show_programs(view: View, table: Table) -> HTMLResponse:
    pillars = list(dict.fromkeys(one.pillar for one in view.city.programs.values()))
    return render(
        view, "programs.html", table=table, pillars=pillars, wanted=view.asked("pillar"), simulated=False
    )


def show_program(view: View) -> HTMLResponse:
    """Answer with the page of a program: what it does, what was said of it, what was promised."""
    program = view.city.get_program(view.part("program"))
    claims: list[Any] = [
        (one, claim_mark(view.language, view.answers.claim(one.id).verdict))
        for one in view.city.figures.values()
        if one.program == program.id
    ]
    promises: list[Any] = [
        (one, commitment_mark(view.language, view.answers.commitment(one.id).status))
        for one in view.city.commitments.values()
        if one.program == program.id
    ]
    simulated = any(view.answers.claim(one.id).simulated for one, _mark in claims)
    return render(
        view,
        "program.html",
        program=program,
        kind=name_kind(view, program.kind),
        claims=claims,
        promises=promises,
        measures=_measures_of(view, program.id),
        simulated=simulated,
    )


def _measures_of(view: View, program: str) -> list[str]:
    """List the measures that count only what this program did."""
    return [
        name for name, measure in view.city.measures.items() if program in measure.where.get("program", ())
    ]
