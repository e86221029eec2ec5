"""Pages, one file a room or a question; each is read with GET and works without script."""

from __future__ import annotations

from fastapi import APIRouter

from commonweal.web.pages import (
    areas,
    city,
    claims,
    commitments,
    data,
    measures,
    method,
    overview,
    places,
    queries,
)

PARTS = (overview, measures, areas, claims, commitments, method, city, places, data, queries)


def make_router() -> APIRouter:
    """Gather the pages under the language of their address."""
    router = APIRouter(prefix="/{language}", include_in_schema=False)
    for part in PARTS:
        part.add_pages(router)
    return router
