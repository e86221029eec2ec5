"""One reader's view: the language, the words, the addresses; made for each request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from starlette.requests import Request

from commonweal.errors import NotFound
from commonweal.reports.language import Language, get_language
from commonweal.reports.words import Words
from commonweal.web.answers import Answers
from commonweal.web.languages import Choice, list_choices

if TYPE_CHECKING:
    from commonweal.city import City


@dataclass(frozen=True, slots=True)
class View:
    """What a page needs to know of the request.

    Attributes
    ----------
    request : Request
        The request.
    answers : Answers
        Answers of the studies.
    language : Language
        The reader's.
    words : Words
        The pack's words in it.
    """

    request: Request
    answers: Answers
    language: Language
    words: Words

    @property
    def city(self) -> City:
        """The city's pack."""
        return self.words.city

    @property
    def path(self) -> str:
        """Path of the page without its language: ``/results/claims``."""
        return "/" + self.request.url.path.lstrip("/").partition("/")[2]

    @property
    def query(self) -> str:
        """Query string as it was sent."""
        return self.request.url.query

    @property
    def order(self) -> str:
        """How the reader wants the page's table sorted."""
        return self.asked("sort")

    def part(self, name: str) -> str:
        """Return a part of the path."""
        return str(self.request.path_params[name])

    def asked(self, name: str) -> str:
        """Return a parameter of the query, empty where it was not sent."""
        return self.request.query_params.get(name, "").strip()

    def url(self, path: str, **query: str | None) -> str:
        """Return the address of a page in the reader's language.

        Parameters
        ----------
        path : str
            Without its language: ``/results/claims``.
        **query : str or None
            Parameters; empty ones are left out.
        """
        kept = {name: value for name, value in query.items() if value}
        tail = f"?{urlencode(kept, safe=':.,')}" if kept else ""
        return f"/{self.language.code}{quote(path, safe='/.')}{tail}"

    def languages(self) -> tuple[Choice, ...]:
        """List the same page in every language of the city."""
        return list_choices(self.path, self.query, self.city.languages, self.language.code)


def make_view(request: Request, code: str) -> View:
    """Make the view of a request in a language.

    Parameters
    ----------
    request : Request
        The request; the application carries the answers.
    code : str
        Language of the address.
    """
    answers: Answers = request.app.state.answers
    language = get_language(code)
    return View(request, answers, language, Words(answers.city, language))


def get_view(request: Request, language: str) -> View:
    """Return the view of a page, for FastAPI to hand in.

    Raises
    ------
    NotFound
        The city's pages are not in that language.
    """
    answers: Answers = request.app.state.answers
    if language not in answers.city.languages:
        raise NotFound.named("language or page", language, answers.city.languages)
    return make_view(request, language)
