"""Queries: the one SQL text behind each number, by hash; and the API."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from commonweal.errors import NotFound
from commonweal.web.pages.serving import add_page, add_table
from commonweal.web.rendering import render
from commonweal.web.tables import Column, Table
from commonweal.web.tables.cells import write_code, write_link
from commonweal.web.view import View


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One address of the API, in words."""

    path: str
    summary: str


def add_pages(router: APIRouter) -> None:
    """Add the list of queries, the page of each, and the page of the API."""
    add_table(router, "/data/queries", build_queries, page=_show_queries)
    add_page(router, "/data/queries/{query}", show_query)
    add_page(router, "/data/api", show_api)


def build_queries(view: View) -> Table:
    """Make the table of measures with the query of their series."""
    _ = view.language.gettext
    rows = []
    for listed in view.answers.measures():
        name = listed.measure.id
        query = view.answers.series(name).query if listed.answered_by else None
        rows.append(
            {
                "measure": view.words.measure(name),
                "id": name,
                "source": listed.answered_by,
                "query": query.hash if query else None,
                "sql": query.sql if query else None,
                "simulated": listed.simulated,
                "href": view.url(f"/data/queries/{query.hash}")
                if query
                else view.url(f"/results/measures/{name}"),
            }
        )
    return Table(
        name="queries",
        caption=_("Each measure is one query. This is the query of its series; other pages name their own."),
        columns=(
            Column("measure", _("Measure"), "name", lambda row: write_link(row["measure"], row["href"])),
            Column("id", _("Identifier"), "code", on_page=False),
            Column("source", _("Answered by"), "code", lambda row: write_code(row["source"] or "")),
            Column("query", _("Query"), "code", lambda row: write_code(row["query"] or "")),
            Column("sql", _("SQL"), "code", on_page=False),
        ),
        rows=tuple(rows),
        path="/data/queries",
        simulated=any(row["simulated"] for row in rows),
    )


def _show_queries(view: View, table: Table) -> HTMLResponse:
    return render(view, "queries.html", table=table, simulated=table.simulated)


def show_query(view: View) -> HTMLResponse:
    """Answer with a query: its text, the loads it read, how to run it again.

    Raises
    ------
    NotFound
        No number of this state of the store came from such a query.
    """
    hash_ = view.part("query")
    query = view.answers.find_query(hash_)
    if query is None:
        raise NotFound(
            f"No query {hash_!r} was run on the records as they are now. "
            "A query is known by its text and by the loads it read: after a new load it has another name."
        )
    known = {one.id: one for one in view.answers.snapshots()}
    read = [known[name] for name in query.snapshots if name in known]
    return render(
        view, "query.html", query=query, read=read, simulated=any(one.provenance.simulated for one in read)
    )


def show_api(view: View) -> HTMLResponse:
    """Answer with the addresses of the API and the shape of its errors."""
    schema = view.request.app.openapi()
    endpoints = [
        Endpoint(path, operations["get"].get("summary", "")) for path, operations in schema["paths"].items()
    ]
    return render(view, "api.html", endpoints=endpoints, simulated=False)
