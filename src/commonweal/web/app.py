"""The application: pages, API, files, and what every answer carries."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.middleware.gzip import GZipMiddleware

from commonweal import __version__
from commonweal.config import Workspace
from commonweal.errors import CommonwealError
from commonweal.web.answers import Answers
from commonweal.web.api import make_api
from commonweal.web.assets import STATIC, BuiltFiles, read_assets
from commonweal.web.headers import SecurityHeaders, StoreETag
from commonweal.web.languages import negotiate
from commonweal.web.pages import make_router
from commonweal.web.problems import add_handlers
from commonweal.web.rooms import ROOMS

FIRST_PAGE = "results"


def create_app(workspace: Workspace, *, answers: Answers | None = None) -> FastAPI:
    """Make the application that serves a workspace.

    Parameters
    ----------
    workspace : Workspace
        What is served; it is only read.
    answers : Answers, optional
        Answers of the studies, where a test brings its own.

    Raises
    ------
    InvalidPack
        The pack has problems; all are listed.
    """
    app = FastAPI(
        title="Commonweal",
        version=__version__,
        summary="Results, places and records of a city's public-safety strategy.",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        redirect_slashes=False,
        lifespan=_warm_up,
    )
    app.state.answers = answers or Answers(workspace)
    app.state.assets = read_assets()
    app.mount("/static", BuiltFiles(STATIC, app.state.assets), name="static")
    app.include_router(make_api())
    _add_entrances(app)
    app.include_router(make_router())
    add_handlers(app)
    stamp = f"{__version__} {app.state.assets.stamp}"
    app.add_middleware(StoreETag, read_state=lambda: f"{stamp} {app.state.answers.hold_state()}")
    app.add_middleware(GZipMiddleware, minimum_size=800, compresslevel=5)
    app.add_middleware(SecurityHeaders)
    return app


@asynccontextmanager
async def _warm_up(app: FastAPI) -> AsyncIterator[None]:
    """Compute the first page in the background while the server starts to listen."""
    threading.Thread(
        target=_compute_first_page, args=(app.state.answers,), daemon=True, name="warm-up"
    ).start()
    yield


def _compute_first_page(answers: Answers) -> None:
    from commonweal.reports.charts import warm_up

    try:
        answers.overview()
        warm_up()
    except CommonwealError:
        return  # the page itself will say what is wrong


def _add_entrances(app: FastAPI) -> None:
    """Send addresses without a language on to the one the browser asks for; tell that the server is up."""

    def enter(request: Request) -> Response:
        offered = app.state.answers.city.languages
        asked = request.query_params.get("lang", "")
        language = (
            asked if asked in offered else negotiate(request.headers.get("accept-language", ""), offered)
        )
        path = request.url.path.strip("/")
        if path in ("", *offered):
            language, path = (path or language), FIRST_PAGE
        query = f"?{request.url.query}" if request.url.query else ""
        headers = {"Vary": "Accept-Language", "Cache-Control": "no-cache"}
        return RedirectResponse(f"/{language}/{quote(path, safe='/.')}{query}", 307, headers)

    def tell_health() -> JSONResponse:
        return JSONResponse(
            {"status": "ok", "version": __version__, "records": app.state.answers.desk.store.fingerprint()}
        )

    app.add_api_route("/health", tell_health, methods=["GET"], include_in_schema=False)
    entrances = ["/", *(f"/{language}" for language in app.state.answers.city.languages)]
    entrances += [f"/{language}/" for language in app.state.answers.city.languages]
    for room in ROOMS:
        entrances += [f"/{room}", f"/{room}/{{rest:path}}"]
    for path in entrances:
        app.add_api_route(path, enter, methods=["GET", "HEAD"], include_in_schema=False)
