"""Errors: a page for a reader, the one JSON shape of RFC 9457 for a program."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response
from markupsafe import escape
from starlette.exceptions import HTTPException
from starlette.requests import Request

from commonweal.errors import CommonwealError, InvalidRequest, NotFound, Problem
from commonweal.web.answers import Answers
from commonweal.web.languages import negotiate
from commonweal.web.rendering import render
from commonweal.web.rooms import PAGES
from commonweal.web.view import make_view

PROBLEM_JSON = "application/problem+json"
RETRY_AFTER_S = "5"
LOG = logging.getLogger("commonweal.web")


def add_handlers(app: FastAPI) -> None:
    """Answer every error in one of the two shapes."""
    app.add_exception_handler(CommonwealError, _on_known)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(Exception, _on_unexpected)


def as_problem(error: CommonwealError, instance: str, status: int | None = None) -> dict[str, Any]:
    """Return an error as RFC 9457 says, with every single problem.

    Parameters
    ----------
    error : CommonwealError
        What happened.
    instance : str
        Path that was asked for.
    status : int, optional
        HTTP status, where it is not the error's own.
    """
    code = status or error.status
    return {
        "type": f"urn:commonweal:{error.slug}",
        "title": HTTPStatus(code).phrase,
        "status": code,
        "detail": error.message,
        "instance": instance,
        "problems": [problem.as_dict() for problem in error.problems],
    }


def wants_json(request: Request) -> bool:
    """Say whether a program asked: the API, a table's CSV or JSON, or an ``Accept`` without HTML."""
    path = request.url.path
    if path.startswith("/api/") or path.endswith((".json", ".csv")):
        return True
    accepted = request.headers.get("accept", "")
    return "json" in accepted and "html" not in accepted


def answer(request: Request, error: CommonwealError, status: int | None = None) -> Response:
    """Answer with an error, as a page or as JSON."""
    response = _write(request, error, status or error.status)
    # Nothing between us and the reader may keep an error for what is answered later, or in another language.
    response.headers["Cache-Control"] = "no-store"
    if response.status_code == HTTPStatus.SERVICE_UNAVAILABLE:
        response.headers["Retry-After"] = RETRY_AFTER_S
    return response


def _write(request: Request, error: CommonwealError, code: int) -> Response:
    if wants_json(request):
        return JSONResponse(as_problem(error, request.url.path, code), code, media_type=PROBLEM_JSON)
    try:
        answers: Answers = request.app.state.answers
        languages = answers.city.languages
        first = request.url.path.strip("/").split("/")[0]
        named = first in languages
        language = first if named else negotiate(request.headers.get("accept-language", ""), languages)
        view = make_view(request, language)
        return render(view, "error.html", status=code, error=error, code=code, simulated=False)
    except CommonwealError as broken:
        return _bare(broken, broken.status)


def _bare(error: CommonwealError, status: int) -> HTMLResponse:
    """Answer without a pack: where it cannot be read, there are no languages and no pages."""
    listed = "".join(f"<li>{escape(str(problem))}</li>" for problem in error.problems)
    text = (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Commonweal</title>'
        f"<main><h1>The pages cannot be shown</h1><p>{escape(error.message)}</p><ul>{listed}</ul></main></html>"
    )
    return HTMLResponse(text, status_code=status)


def _on_known(request: Request, error: Exception) -> Response:
    assert isinstance(error, CommonwealError)  # noqa: S101 - registered for it
    return answer(request, error)


def _on_invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for it
    problems = [
        Problem(
            where=str(one["loc"][0]),
            message=one["msg"],
            field=".".join(str(part) for part in one["loc"][1:]) or None,
            value=None if one.get("input") is None else str(one["input"]),
        )
        for one in error.errors()
    ]
    return answer(request, InvalidRequest("The request has problems.", problems))


def _on_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for it
    if error.status_code == HTTPStatus.NOT_FOUND:
        known = [path for pages in PAGES.values() for path in pages]
        asked = "/" + request.url.path.strip("/").partition("/")[2]
        return answer(request, NotFound.named("page", asked, known))
    failure = CommonwealError(f"{HTTPStatus(error.status_code).phrase}: these pages are read with GET.")
    response = answer(request, failure, error.status_code)
    response.headers.update(error.headers or {})
    return response


def _on_unexpected(request: Request, error: Exception) -> Response:
    LOG.error("unexpected error on %r", request.url.path, exc_info=error)
    return answer(
        request, CommonwealError("Something went wrong on our side. Nothing was lost or changed."), 500
    )
