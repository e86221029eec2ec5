"""Commitments: what was promised, where it stands, by rule."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from commonweal.reports.sentences import commitment_mark, commitments_summary
from commonweal.results.finding import CommitmentResult
from commonweal.results.periods import Period
from commonweal.results.verdict import CommitmentStatus
from commonweal.web.pages.charts import draw_commitment_chart
from commonweal.web.pages.city import name_pillar
from commonweal.web.pages.serving import add_page, add_table
from commonweal.web.pages.sources import list_source_lines
from commonweal.web.pages.tallies import tally_commitments
from commonweal.web.rendering import render
from commonweal.web.tables import Column, Row, Table
from commonweal.web.tables.cells import write_link, write_mark, write_simulated, write_sub
from commonweal.web.view import View


def add_pages(router: APIRouter) -> None:
    """Add the list of commitments, the trajectory of each as a table, and the page of each."""
    add_table(router, "/results/commitments", build_commitments, page=_show_commitments)
    add_table(router, "/results/commitments/{commitment}/trajectory", build_trajectory)
    add_page(router, "/results/commitments/{commitment}", show_commitment)


def build_commitments(view: View) -> Table:
    """Make the table of commitments; ``?status=`` keeps one status, ``?pillar=`` one pillar."""
    order = list(CommitmentStatus)
    results = sorted(view.answers.commitments(), key=lambda one: order.index(one.status))
    status, pillar = view.asked("status"), view.asked("pillar")
    made = (_row(view, one) for one in results)
    rows = tuple(row for row in made if status in ("", row["status"]) and pillar in ("", row["pillar"]))
    _ = view.language.gettext
    columns = (
        Column("commitment", _("What was promised"), "name", lambda row: _promise(view, row)),
        Column("id", _("Commitment"), "code", on_page=False),
        Column("pillar", _("Pillar"), "text", lambda row: name_pillar(view, row["pillar"]), on_phone=False),
        Column("program", _("Program"), "code", on_page=False),
        Column("measure", _("Measured by"), "text", on_phone=False),
        Column("target", _("Target"), "number", lambda row: row["target_text"], on_phone=False),
        Column("unit", _("Unit"), "code", on_page=False),
        Column("deadline", _("Deadline"), "day", on_page=False),
        Column("latest", _("Latest"), "number", on_page=False),
        Column("status", _("Status"), "verdict", lambda row: write_mark(row["mark"])),
        Column("rule", _("Rule"), "code", on_page=False),
    )
    return Table(
        name="commitments",
        caption=_("Every commitment with its status. A rule sets the status, never a hand."),
        columns=columns,
        rows=rows,
        path="/results/commitments",
        query="&".join(
            f"{name}={value}" for name, value in {"status": status, "pillar": pillar}.items() if value
        ),
        simulated=any(one.simulated for one in results),
    )


def _row(view: View, result: CommitmentResult) -> Row:
    commitment, words = view.city.get_commitment(result.commitment), view.words
    target = "–" if commitment.target is None else words.unit_value(commitment.target, commitment.unit)
    return {
        "id": commitment.id,
        "commitment": words.commitment(commitment.id),
        "owner": words.commitment(commitment.id, "owner"),
        "pillar": commitment.pillar,
        "program": commitment.program,
        "measure": words.commitment(commitment.id, "measure_text"),
        "target": commitment.target,
        "target_text": target,
        "unit": commitment.unit,
        "deadline": commitment.deadline,
        "latest": result.trajectory[-1].value if result.trajectory else None,
        "status": result.status.value,
        "mark": commitment_mark(view.language, result.status),
        "rule": result.rule,
        "simulated": result.simulated,
        "href": view.url(f"/results/commitments/{commitment.id}"),
    }


def _promise(view: View, row: Row) -> str:
    link = write_link(row["commitment"], row["href"]) + write_simulated(view.language, row)
    return write_sub(link, row["owner"])


def _show_commitments(view: View, table: Table) -> HTMLResponse:
    results = view.answers.commitments()
    return render(
        view,
        "commitments.html",
        table=table,
        summary=commitments_summary(view.words, results),
        tallies=tally_commitments(view, results),
        wanted=view.asked("status"),
        simulated=table.simulated,
    )


def show_commitment(view: View) -> HTMLResponse:
    """Answer with the page of a commitment."""
    commitment = view.city.get_commitment(view.part("commitment"))
    result = view.answers.commitment(commitment.id)
    return render(
        view,
        "commitment.html",
        commitment=commitment,
        result=result,
        chart=draw_commitment_chart(view, result),
        lines=list_source_lines(view, result.finding.provenance) if result.finding else (),
        simulated=result.simulated,
    )


def build_trajectory(view: View) -> Table:
    """Make the table of a commitment's values so far."""
    commitment = view.city.get_commitment(view.part("commitment"))
    result = view.answers.commitment(commitment.id)
    _, words = view.language.gettext, view.words
    rows = tuple(
        {"start": one.start, "end": one.end, "value": one.value, "low": one.low, "high": one.high,
         "simulated": result.simulated, "period": Period(one.start, one.end)}
        for one in result.trajectory
    )  # fmt: skip
    return Table(
        name=f"{commitment.id}-trajectory",
        caption=_("On the way: %(promise)s", promise=words.commitment(commitment.id)),
        columns=(
            Column("start", _("Period"), "name", lambda row: view.language.period(row["period"])),
            Column("end", _("Last day"), "day", on_page=False),
            Column("value", _("Value"), "number"),
            Column("low", _("From"), "number"),
            Column("high", _("To"), "number"),
        ),
        rows=rows,
        path=f"/results/commitments/{commitment.id}/trajectory",
        simulated=result.simulated,
        about={"unit": commitment.unit, "target": commitment.target, "deadline": commitment.deadline},
    )
