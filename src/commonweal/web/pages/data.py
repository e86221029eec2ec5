"""Data: can I trust this. Sources, loads, rejected rows, dictionary, breaks, what is simulated."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from commonweal.city.knowledge import Source
from commonweal.records import RECORD_TYPES, get_record_type
from commonweal.reports.language import mark
from commonweal.store import Snapshot
from commonweal.web.pages.serving import add_page, add_table
from commonweal.web.rendering import render
from commonweal.web.tables import Column, Table
from commonweal.web.tables.cells import write_code, write_link, write_sub
from commonweal.web.view import View

PROTOCOLS = {
    "pack": mark("Carried by the pack"),
    "file": mark("File, loaded by hand"),
    "socrata": mark("Portal (Socrata)"),
    "arcgis": mark("Portal (ArcGIS)"),
    "simulated": mark("Simulated"),
}


def add_pages(router: APIRouter) -> None:
    """Add the pages of the data room, without loads and queries, which have files of their own."""
    from commonweal.web.pages import loads

    add_page(router, "/data", show_data)
    add_table(router, "/data/sources", build_sources, page=_show_sources)
    add_page(router, "/data/sources/{source}", show_source)
    add_table(router, "/data/dictionary", build_dictionary, page=_show_dictionary)
    add_table(router, "/data/dictionary/{kind}", build_kind, page=_show_kind)
    add_table(router, "/data/breaks", build_breaks, page=_show_breaks)
    add_table(router, "/data/simulated", build_simulated, page=_show_simulated)
    loads.add_pages(router)


def list_current(view: View) -> dict[str, Snapshot]:
    """Return the current snapshot of each loaded source."""
    return {one.source: one for one in view.answers.snapshots() if one.current}


def show_data(view: View) -> HTMLResponse:
    """Answer with the state of the records at a glance."""
    current = list_current(view)
    return render(
        view,
        "data.html",
        current=current,
        rows=sum(one.rows for one in current.values()),
        rejected=sum(one.provenance.rows_rejected for one in current.values()),
        missing=[one for one in view.city.sources.values() if one.id not in current],
        simulated=view.answers.simulated,
    )


def build_sources(view: View) -> Table:
    """Make the table of sources."""
    current = list_current(view)
    _ = view.language.gettext

    def row(one: Source) -> dict[str, object]:
        loaded = current.get(one.id)
        return {
            "title": view.words.source(one.id), "id": one.id, "publisher": one.publisher, "kind": one.kind,
            "protocol": one.protocol, "rows": loaded.rows if loaded else None,
            "first": loaded.first if loaded else None, "last": loaded.last if loaded else None,
            "covers_from": one.covers_from, "covers_to": one.covers_to, "verified": one.verified,
            "licence": one.licence, "url": one.url, "snapshot": loaded.id if loaded else None,
            "simulated": one.protocol == "simulated", "href": view.url(f"/data/sources/{one.id}"),
        }  # fmt: skip

    rows = tuple(row(one) for one in view.city.sources.values())
    return Table(
        name="sources",
        caption=_("Every source that the city's pack names, loaded or not."),
        columns=(
            Column("title", _("Source"), "name",
                   lambda row: write_sub(write_link(row["title"], row["href"]), row["publisher"])),
            Column("id", _("Identifier"), "code", lambda row: write_code(row["id"]), on_phone=False),
            Column("publisher", _("Publisher"), "text", on_page=False),
            Column("kind", _("Records"), "text", lambda row: get_record_type(row["kind"]).title, on_phone=False),
            Column("protocol", _("How it comes in"), "text",
                   lambda row: _(PROTOCOLS[row["protocol"]]), on_phone=False),
            Column("rows", _("Rows loaded"), "number"),
            Column("first", _("First day"), "day", on_page=False),
            Column("last", _("Last day"), "day", on_page=False),
            Column("covers_from", _("Complete from"), "day", on_page=False),
            Column("covers_to", _("Complete to"), "day", on_phone=False),
            Column("verified", _("Address verified"), "flag", on_page=False),
            Column("licence", _("License"), "text", on_page=False),
            Column("url", _("Address"), "text", on_page=False),
            Column("snapshot", _("Load"), "code", on_page=False),
        ),
        rows=rows,
        path="/data/sources",
        simulated=any(one["simulated"] for one in rows),
    )  # fmt: skip


def _show_sources(view: View, table: Table) -> HTMLResponse:
    return render(view, "sources.html", table=table, simulated=False)


def show_source(view: View) -> HTMLResponse:
    """Answer with one source: what it is, what of it is loaded, which measures it answers."""
    source = view.city.get_source(view.part("source"))
    loads = [one for one in view.answers.snapshots() if one.source == source.id]
    return render(
        view,
        "source.html",
        source=source,
        protocol=view.language.gettext(PROTOCOLS[source.protocol]),
        loads=loads,
        measures=[name for name, one in view.city.measures.items() if source.id in one.sources],
        breaks=[one for one in view.city.breaks.values()
                if source.kind in one.kinds and (not one.sources or source.id in one.sources)],
        record_type=get_record_type(source.kind),
        simulated=source.protocol == "simulated",
    )  # fmt: skip


def build_dictionary(view: View) -> Table:
    """Make the table of record types."""
    _ = view.language.gettext
    current = list_current(view).values()
    rows = tuple(
        {
            "title": one.title, "kind": kind, "meaning": one.meaning, "count_rule": one.count_rule,
            "columns": len(one.columns), "rows": sum(s.rows for s in current if s.kind == kind),
            "href": view.url(f"/data/dictionary/{kind}"),
        }
        for kind, one in RECORD_TYPES.items()
    )  # fmt: skip
    return Table(
        name="dictionary",
        caption=_("Kinds of records, and what one row of each is."),
        columns=(
            Column("title", _("Records"), "name",
                   lambda row: write_sub(write_link(row["title"], row["href"]), row["meaning"])),
            Column("kind", _("Table"), "code", lambda row: write_code(row["kind"])),
            Column("meaning", _("One row"), "text", on_page=False),
            Column("count_rule", _("What counting counts"), "text", on_phone=False),
            Column("columns", _("Columns"), "number", on_phone=False),
            Column("rows", _("Rows loaded"), "number"),
        ),
        rows=rows,
        path="/data/dictionary",
    )  # fmt: skip


def _show_dictionary(view: View, table: Table) -> HTMLResponse:
    return render(view, "dictionary.html", table=table, simulated=False)


def build_kind(view: View) -> Table:
    """Make the table of the columns of a record type."""
    record_type = get_record_type(view.part("kind"))
    _ = view.language.gettext
    rows = tuple(
        {
            "column": name, "type": str(column.dtype), "unit": (column.metadata or {}).get("unit", ""),
            "may_be_empty": column.nullable, "sensitivity": (column.metadata or {}).get("sensitivity", "public"),
            "meaning": column.description or "", "example": (column.metadata or {}).get("example", ""),
        }
        for name, column in record_type.columns.items()
    )  # fmt: skip
    return Table(
        name=f"{record_type.kind}-columns",
        caption=_("Columns of %(records)s.", records=record_type.title),
        columns=(
            Column("column", _("Column"), "name",
                   lambda row: write_sub(write_code(row["column"]), row["meaning"]), sortable=False),
            Column("type", _("Type"), "code", on_phone=False, sortable=False),
            Column("unit", _("Unit"), "text", on_phone=False, sortable=False),
            Column("may_be_empty", _("May be empty"), "flag", on_phone=False, sortable=False),
            Column("sensitivity", _("Sensitivity"), "text", sortable=False),
            Column("meaning", _("Meaning"), "text", on_page=False, sortable=False),
            Column("example", _("Example"), "code", lambda row: write_code(row["example"]), sortable=False),
        ),
        rows=rows,
        path=f"/data/dictionary/{record_type.kind}",
    )  # fmt: skip


def _show_kind(view: View, table: Table) -> HTMLResponse:
    record_type = get_record_type(view.part("kind"))
    return render(view, "kind.html", table=table, record_type=record_type, simulated=False)


def build_breaks(view: View) -> Table:
    """Make the table of breaks in series."""
    _, words = view.language.gettext, view.words
    rows = tuple(
        {
            "title": words.break_title(one), "id": one.id, "on": one.on, "until": one.until,
            "kinds": "|".join(one.kinds), "sources": "|".join(one.sources),
            "why": words.break_why(one), "reference": one.reference,
        }
        for one in view.city.breaks.values()
    )  # fmt: skip
    return Table(
        name="breaks",
        caption=_("Days from which something is counted differently. No comparison crosses one."),
        columns=(
            Column("title", _("Break"), "name", lambda row: write_sub(row["title"], row["why"])),
            Column("id", _("Identifier"), "code", on_page=False),
            Column("on", _("From"), "day"),
            Column("until", _("Until"), "day", on_phone=False),
            Column("kinds", _("Records"), "code", on_phone=False),
            Column("sources", _("Sources"), "code", on_page=False),
            Column("why", _("Why"), "text", on_page=False),
            Column("reference", _("Document"), "text", on_phone=False),
        ),
        rows=rows,
        path="/data/breaks",
    )


def _show_breaks(view: View, table: Table) -> HTMLResponse:
    return render(view, "breaks.html", table=table, events=view.city.events, simulated=False)


def build_simulated(view: View) -> Table:
    """Make the table of simulated loads."""
    _ = view.language.gettext
    rows = tuple(
        {
            "title": view.words.source(one.source), "source": one.source, "kind": one.kind, "rows": one.rows,
            "first": one.first, "last": one.last, "seed": one.provenance.seed,
            "notes": " ".join(one.provenance.notes), "simulated": True,
            "href": view.url(f"/data/snapshots/{one.id}"),
        }
        for one in view.answers.snapshots()
        if one.current and one.provenance.simulated
    )  # fmt: skip
    return Table(
        name="simulated",
        caption=_("Records that a generator made, with the seed that makes them again."),
        columns=(
            Column("title", _("Source"), "name",
                   lambda row: write_sub(write_link(row["title"], row["href"]), row["notes"])),
            Column("source", _("Identifier"), "code", on_page=False),
            Column("kind", _("Records"), "text", lambda row: get_record_type(row["kind"]).title),
            Column("rows", _("Rows"), "number"),
            Column("first", _("First day"), "day", on_phone=False),
            Column("last", _("Last day"), "day", on_phone=False),
            Column("seed", _("Seed"), "code", lambda row: write_code(str(row["seed"] or "")), on_phone=False),
            Column("notes", _("Notes"), "text", on_page=False),
        ),
        rows=rows,
        path="/data/simulated",
        simulated=bool(rows),
    )  # fmt: skip


def _show_simulated(view: View, table: Table) -> HTMLResponse:
    real = [one for one in list_current(view).values() if not one.provenance.simulated]
    return render(view, "simulated.html", table=table, real=real, simulated=bool(table.rows))
