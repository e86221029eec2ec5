"""A table at its own address: as a page, as CSV, as JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse, Response

from commonweal.web.rendering import render
from commonweal.web.tables import Table, write_csv, write_json
from commonweal.web.view import View, get_view

Viewed = Annotated[View, Depends(get_view)]
"""The reader's view, for a page to take."""

BuildTable = Callable[[View], Table]
BuildPage = Callable[[View, Table], HTMLResponse]


def add_table(router: APIRouter, path: str, build: BuildTable, *, page: BuildPage | None = None) -> None:
    """Serve a table at ``path``, ``path.csv`` and ``path.json``, sorted as ``?sort=`` says.

    Parameters
    ----------
    router : APIRouter
        Where it is added.
    path : str
        Without language and ending.
    build : callable
        Makes the table for a view.
    page : callable, optional
        Makes the page around it; without one the page shows just the table.
    """

    def as_csv(view: Viewed) -> Response:
        table = build(view).sorted_by(view.order)
        headers = {"Content-Disposition": f'inline; filename="{table.name}.csv"'}
        return Response(write_csv(table), media_type="text/csv; charset=utf-8", headers=headers)

    def as_json(view: Viewed) -> Response:
        table = build(view).sorted_by(view.order)
        return Response(write_json(table, view.language.code), media_type="application/json")

    def as_page(view: Viewed) -> HTMLResponse:
        table = build(view).sorted_by(view.order)
        return (
            page(view, table) if page else render(view, "table.html", table=table, simulated=table.simulated)
        )

    router.add_api_route(f"{path}.csv", as_csv, methods=["GET", "HEAD"])
    router.add_api_route(f"{path}.json", as_json, methods=["GET", "HEAD"])
    router.add_api_route(path, as_page, methods=["GET", "HEAD"], response_class=HTMLResponse)


def add_page(router: APIRouter, path: str, page: Callable[[View], HTMLResponse]) -> None:
    """Serve a page without a table of its own.

    Parameters
    ----------
    router : APIRouter
        Where it is added.
    path : str
        Without language.
    page : callable
        Makes the page for a view.
    """

    def as_page(view: Viewed) -> HTMLResponse:
        return page(view)

    router.add_api_route(path, as_page, methods=["GET", "HEAD"], response_class=HTMLResponse)
