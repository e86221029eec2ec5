"""Templates: one environment, the reader's language handed in with each page."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup
from starlette.responses import HTMLResponse

from commonweal import __version__
from commonweal.reports import sentences
from commonweal.web.assets import Assets
from commonweal.web.drawing import draw_whisker
from commonweal.web.rooms import list_pages, list_rooms
from commonweal.web.tables.cells import write_cell
from commonweal.web.view import View

TEMPLATES = Path(__file__).resolve().parent / "templates"
SHARED = Path(__file__).resolve().parents[1] / "reports" / "templates"


@lru_cache(maxsize=1)
def get_environment() -> Environment:
    """Return the environment of all pages; text is escaped, an unknown name is an error."""
    environment = Environment(
        loader=ChoiceLoader([FileSystemLoader(TEMPLATES), FileSystemLoader(SHARED)]),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.globals.update(
        say=sentences, cell=write_cell, draw_whisker=draw_whisker, version=__version__, list=list, zip=zip
    )
    return environment


def render(view: View, template: str, *, status: int = 200, **context: Any) -> HTMLResponse:
    """Render a page.

    Parameters
    ----------
    view : View
        The reader's.
    template : str
        File in ``templates/``.
    status : int
        HTTP status.
    **context
        What the template shows.
    """
    language = view.language
    assets: Assets = view.request.app.state.assets
    text = (
        get_environment()
        .get_template(template)
        .render(
            view=view,
            words=view.words,
            language=language,
            city=view.city,
            url=view.url,
            asset=assets.url,
            _=language.gettext,
            gettext=language.gettext,
            ngettext=language.ngettext,
            pgettext=language.pgettext,
            rooms=list_rooms(view),
            pages=list_pages(view),
            uses_simulated=context.pop("simulated", False),
            **context,
        )
    )
    return HTMLResponse(text, status_code=status, headers={"Content-Language": language.code})


def mark_safe(text: str) -> Markup:
    """Mark text made by this program from escaped parts as safe."""
    return Markup(text)  # noqa: S704 - callers escape every part
