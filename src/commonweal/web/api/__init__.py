"""The API under ``/api/v1``: the same answers as the pages, typed."""

from __future__ import annotations

from fastapi import APIRouter

from commonweal.web.api import geography, records, results, strategy
from commonweal.web.api.models import ProblemDocument

PREFIX = "/api/v1"


def make_api() -> APIRouter:
    """Gather the parts of the API; each answers its errors in the one shape."""
    router = APIRouter(
        prefix=PREFIX,
        responses={
            404: {"model": ProblemDocument, "description": "No such thing; the detail names close ones"},
            422: {"model": ProblemDocument, "description": "The request has problems; all are listed"},
        },
    )
    for part in (results, strategy, geography, records):
        router.include_router(part.router)
    return router
