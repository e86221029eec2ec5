"""Which messages a file of code or a template holds."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.extract import extract

KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "gettext": None,
    "_": None,
    "mark": None,
    "mark_in": ((1, "c"), 2),
    "pgettext": ((1, "c"), 2),
    "ngettext": (1, 2),
    "mark_plural": (1, 2),
    "npgettext": ((1, "c"), 2, 3),
}
"""Functions that take a message: which argument it is, and which one its context."""


@dataclass(frozen=True, slots=True)
class FoundMessage:
    """One message: its text or both its forms, its context, and the line it is on."""

    id: str | tuple[str, ...]
    context: str | None
    line: int


def extract_messages(path: Path) -> Iterator[FoundMessage]:
    """List the messages of a Python file or a Jinja template; of any other file, none.

    Only text that stands in the call itself counts; a variable is translated where its text is marked.
    """
    if path.suffix == ".py":
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Call):
                yield from _of_call(node)
    elif path.suffix == ".html":
        options = {
            "extensions": "jinja2.ext.i18n,jinja2.ext.do",
            "newstyle_gettext": "true",
            "trimmed": "true",
        }
        with path.open("rb") as handle:
            for line, message, _, context in extract("jinja2", handle, KEYWORDS, (), options):
                if message:
                    yield FoundMessage(message, context, line)


def _of_call(node: ast.Call) -> Iterator[FoundMessage]:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if name not in KEYWORDS:
        return
    places = KEYWORDS[name] or (1,)
    texts = [_constant(node, place[0] if isinstance(place, tuple) else place) for place in places]
    if not all(texts):
        return
    known = [text for text in texts if text is not None]
    context = known.pop(0) if isinstance(places[0], tuple) else None
    yield FoundMessage(known[0] if len(known) == 1 else tuple(known), context, node.lineno)


def _constant(node: ast.Call, place: int) -> str | None:
    argument = node.args[place - 1] if len(node.args) >= place else None
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        return argument.value
    return None
