"""Loads: every snapshot, where it came from, and what was not kept."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from commonweal.records import get_record_type
from commonweal.store import Snapshot
from commonweal.web.pages.serving import add_page, add_table
from commonweal.web.rendering import render
from commonweal.web.tables import Column, Table
from commonweal.web.tables.cells import write_code, write_link
from commonweal.web.view import View

SHOWN_ROWS: Final = 500
"""Rejected rows shown; the file in the workspace holds all."""

ABOUT_A_ROW: Final = ("row", "rule", "problem")
"""Columns that say what is wrong; the others are the row as it came, which may hold more than the records do."""


def add_pages(router: APIRouter) -> None:
    """Add the list of loads, the page of each, and its rejected rows."""
    add_table(router, "/data/snapshots", build_snapshots, page=_show_snapshots)
    add_table(router, "/data/snapshots/{snapshot}/rejected", build_rejected, page=_show_rejected)
    add_page(router, "/data/snapshots/{snapshot}", show_snapshot)


def build_snapshots(view: View) -> Table:
    """Make the table of loads, newest first."""
    _ = view.language.gettext
    rows = tuple(
        {
            "source": view.words.source(one.source), "source_id": one.source, "snapshot": one.id,
            "kind": one.kind, "published_at": one.published_at, "rows": one.rows,
            "rejected": one.provenance.rows_rejected, "duplicates": one.provenance.duplicates,
            "first": one.first, "last": one.last, "current": one.current,
            "file": one.provenance.file_name, "sha256": one.provenance.content_hash,
            "simulated": one.provenance.simulated, "href": view.url(f"/data/snapshots/{one.id}"),
        }
        for one in view.answers.snapshots()
    )  # fmt: skip
    return Table(
        name="loads",
        caption=_("Every load, newest first. Nothing is ever changed: a new load stands beside the old one."),
        columns=(
            Column("source", _("Source"), "name", lambda row: write_link(row["source"], row["href"])),
            Column("source_id", _("Identifier"), "code", on_page=False),
            Column(
                "snapshot", _("Load"), "code", lambda row: write_code(row["snapshot"][:8]), on_phone=False
            ),
            Column(
                "kind", _("Records"), "text", lambda row: get_record_type(row["kind"]).title, on_phone=False
            ),
            Column("published_at", _("Loaded"), "day", on_phone=False),
            Column("rows", _("Rows kept"), "number"),
            Column("rejected", _("Rejected"), "number"),
            Column("duplicates", _("Duplicates"), "number", on_phone=False),
            Column("first", _("First day"), "day", on_page=False),
            Column("last", _("Last day"), "day", on_page=False),
            Column("current", _("In use"), "flag", on_phone=False),
            Column("file", _("File"), "code", on_page=False),
            Column("sha256", _("SHA-256"), "code", on_page=False),
        ),
        rows=rows,
        path="/data/snapshots",
        simulated=any(row["simulated"] for row in rows),
    )


def _show_snapshots(view: View, table: Table) -> HTMLResponse:
    return render(view, "snapshots.html", table=table, simulated=table.simulated)


def show_snapshot(view: View) -> HTMLResponse:
    """Answer with the provenance of a load."""
    snapshot = view.answers.desk.store.get_snapshot(view.part("snapshot"))
    return render(
        view,
        "snapshot.html",
        snapshot=snapshot,
        origin=snapshot.provenance,
        record_type=get_record_type(snapshot.kind),
        simulated=snapshot.provenance.simulated,
    )


def may_show_values(snapshot: Snapshot) -> bool:
    """Say whether the value that was wrong may be shown: only where every column is public and none is an area.

    A number of an area leaves this server through the release alone, which hides the small ones.
    """
    columns = get_record_type(snapshot.kind).columns
    public = all((one.metadata or {}).get("sensitivity") == "public" for one in columns.values())
    return public and "area" not in columns


def build_rejected(view: View) -> Table:
    """Make the table of rejected rows: where each stands and what is wrong; the row itself stays inside."""
    snapshot = view.answers.desk.store.get_snapshot(view.part("snapshot"))
    _ = view.language.gettext
    rejected = view.answers.rejected(snapshot.id).head(SHOWN_ROWS)
    shown = ABOUT_A_ROW if may_show_values(snapshot) else ABOUT_A_ROW[:2]
    told = [name for name in shown if name in rejected.columns]
    titles = {"row": _("Line"), "rule": _("Rule"), "problem": _("What is wrong, and how to mend it")}
    return Table(
        name=f"{snapshot.source}-rejected",
        caption=_("Rows of %(source)s that were not kept.", source=view.words.source(snapshot.source)),
        columns=tuple(Column(name, titles[name], "code" if name == "rule" else "text") for name in told),
        rows=tuple(rejected.select(told).iter_rows(named=True)),
        path=f"/data/snapshots/{snapshot.id}/rejected",
        simulated=snapshot.provenance.simulated,
    )


def _show_rejected(view: View, table: Table) -> HTMLResponse:
    snapshot = view.answers.desk.store.get_snapshot(view.part("snapshot"))
    return render(
        view,
        "rejected.html",
        table=table,
        snapshot=snapshot,
        limit=SHOWN_ROWS,
        simulated=snapshot.provenance.simulated,
    )
