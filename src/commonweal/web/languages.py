"""Which language a reader gets, and the same page in another one.

The language is the first part of a page's address (``/en/results``, ``/es/results``): a link says what it shows, a
cache can keep it, and nothing has to be remembered about the reader. Addresses without a language are sent on to
the one the browser asks for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from babel import Locale, UnknownLocaleError


@dataclass(frozen=True, slots=True)
class Choice:
    """One language a page can be read in.

    Attributes
    ----------
    code : str
        Code, for ``lang`` and ``hreflang``.
    name : str
        Its own name: ``Español``.
    href : str
        The same page in it.
    current : bool
        Whether it is the one being read.
    """

    code: str
    name: str
    href: str
    current: bool


def negotiate(accepted: str, offered: Sequence[str]) -> str:
    """Choose the offered language a browser likes best.

    Parameters
    ----------
    accepted : str
        Header ``Accept-Language`` (RFC 9110, section 12.5.4).
    offered : sequence of str
        Languages of the city, its default first.
    """
    wanted = sorted(_weigh(accepted), key=lambda pair: -pair[1])
    for code, weight in wanted:
        if weight <= 0:
            continue
        for one in offered:
            if one.lower() == code or one.lower().split("-")[0] == code.split("-", maxsplit=1)[0]:
                return one
    return offered[0]


def _weigh(accepted: str) -> list[tuple[str, float]]:
    """Split the header into codes and weights; parts that cannot be read count for nothing."""
    weighed = []
    for part in accepted.split(",")[:20]:
        code, _, parameter = part.strip().lower().partition(";")
        name, _, value = parameter.strip().partition("=")
        try:
            weight = float(value) if name == "q" else 1.0
        except ValueError:
            weight = 0.0
        if code:
            weighed.append((code.strip(), weight))
    return weighed


def name_language(code: str) -> str:
    """Return a language's name in itself: ``Español``, ``한국어``."""
    try:
        name = Locale.parse(code, sep="-").get_display_name() or code
    except (UnknownLocaleError, ValueError):
        return code
    return name[:1].upper() + name[1:]


def list_choices(path: str, query: str, offered: Sequence[str], current: str) -> tuple[Choice, ...]:
    """List the same page in each language.

    Parameters
    ----------
    path : str
        Path of the page, without its language.
    query : str
        Query string, kept as it is.
    offered : sequence of str
        Languages of the city.
    current : str
        The one being read.
    """
    tail = path + (f"?{query}" if query else "")
    return tuple(Choice(code, name_language(code), f"/{code}{tail}", code == current) for code in offered)
