"""Read one table of a TOML document, and write down every problem instead of stopping at the first."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import isfinite

from commonweal.errors import Problem

SHOWN_NAMES = 20


@dataclass(frozen=True, slots=True)
class TomlTable:
    """A table, its name for messages, and the list to which problems are added.

    Attributes
    ----------
    where : str
        Name of the file.
    name : str
        Name of the table with its brackets, or empty for the document itself.
    content : mapping
        What TOML says.
    problems : list of Problem
        Shared by all tables of the document.
    """

    where: str
    name: str
    content: Mapping[str, object]
    problems: list[Problem]

    def fault(self, key: str, message: str, value: object = None) -> None:
        """Write down a problem."""
        field = f"{self.name} {key}".strip()
        given = None if value is None else str(value)
        self.problems.append(Problem(self.where, message, field=field, value=given))

    def allow(self, *known: str) -> None:
        """Write down every key that is not one of these, with the close ones."""
        for key in self.content:
            if key not in known:
                self.fault(key, f"there is no such key; {name_close(key, known)}")

    def text(self, key: str, default: str = "") -> str:
        """Return a text."""
        value = self.content.get(key, default)
        if not isinstance(value, str):
            self.fault(key, "must be a text in quotes", value)
            return default
        return value

    def texts(self, key: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Return texts; one text alone stands for a list of one."""
        value = self.content.get(key)
        if value is None:
            return default
        if isinstance(value, str):
            return (value,)
        if isinstance(value, list) and value and all(isinstance(one, str) for one in value):
            return tuple(value)
        self.fault(key, "must be a text in quotes, or a list of them", value)
        return default

    def choice(self, key: str, allowed: Sequence[str], default: str) -> str:
        """Return one of the allowed texts."""
        value = self.content.get(key, default)
        if value not in allowed:
            self.fault(key, f"must be one of: {', '.join(allowed)}", value)
            return default
        return str(value)

    def number(self, key: str, default: float) -> float:
        """Return a number that is not zero."""
        value = self.content.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or value == 0 or not isfinite(value):
            self.fault(key, "must be a number other than 0", value)
            return default
        return float(value)

    def count(self, key: str, default: int = 0) -> int:
        """Return a whole number from 0."""
        value = self.content.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            self.fault(key, "must be a whole number from 0", value)
            return default
        return value

    def day(self, key: str) -> date | None:
        """Return a day, or none."""
        value = self.content.get(key)
        if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
            return value
        self.fault(key, "must be a day without quotes, for example 2014-01-01", value)
        return None

    def table(self, key: str) -> TomlTable:
        """Return a table inside this one; an empty one where there is none."""
        value = self.content.get(key, {})
        name = f"[{self.name.strip('[]')}.{key}]" if self.name else f"[{key}]"
        if not isinstance(value, dict):
            self.fault(key, "must be a table", value)
            value = {}
        return TomlTable(self.where, name, value, self.problems)


def name_close(name: str, known: Sequence[str]) -> str:
    """Say which names are close, or which exist."""
    close = difflib.get_close_matches(name, known, n=3)
    if close:
        return f"did you mean {' or '.join(close)}?"
    more = ", …" if len(known) > SHOWN_NAMES else ""
    return f"known: {', '.join(known[:SHOWN_NAMES]) or 'none'}{more}"
