"""Collect every fault of a pack, so that all of them are reported at once."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from commonweal.errors import Problem

T = TypeVar("T")

NO_LINES: Mapping[str, int] = {}


@dataclass(frozen=True, slots=True)
class Faults:
    """The faults found so far.

    Attributes
    ----------
    problems : list of Problem
        Grows while the pack is read; a fault that is found twice is written down once.
    """

    problems: list[Problem] = field(default_factory=list)

    def add(
        self,
        where: str,
        message: str,
        *,
        row: int | None = None,
        field: str | None = None,
        value: object = None,
    ) -> None:
        """Write down one fault.

        Parameters
        ----------
        where : str
            File, relative to the pack.
        message : str
            What is wrong and what is allowed.
        row : int, optional
            Line, as an editor counts.
        field : str, optional
            Column or key.
        value : object, optional
            The value as it was given; long ones are shortened.
        """
        given = None if value is None else _shorten(str(value))
        problem = Problem(where, message, row=row, field=field, value=given)
        if problem not in self.problems:
            self.problems.append(problem)


@dataclass(frozen=True, slots=True)
class Entry(Generic[T]):
    """One thing a pack declares, with the place where it stands.

    Attributes
    ----------
    where : str
        File, relative to the pack.
    line : int or None
        Line, as an editor counts.
    value : T
        What it declares.
    label : str
        What goes before a field's name in a message: ``[homicides]`` in TOML, nothing in CSV.
    lines : mapping of str to int
        Line of each field, where it has one of its own (TOML).
    """

    where: str
    line: int | None
    value: T
    label: str = ""
    lines: Mapping[str, int] = field(default_factory=dict)

    def fault(self, faults: Faults, field: str, message: str, value: object = None) -> None:
        """Write down a fault of one field of this entry."""
        name = f"{self.label} {field}".strip()
        faults.add(self.where, message, row=self.lines.get(field, self.line), field=name, value=value)


def index_by_id(entries: Iterable[Entry[T]], faults: Faults, *, key: str = "id") -> dict[str, Entry[T]]:
    """Index entries by an attribute; one that comes twice is a fault, and the first one stays.

    Parameters
    ----------
    entries : iterable of Entry
        Entries of one table.
    faults : Faults
        Where faults are written down.
    key : str
        Attribute that identifies an entry.
    """
    found: dict[str, Entry[T]] = {}
    for entry in entries:
        identifier = str(getattr(entry.value, key))
        if not identifier:
            continue
        if identifier in found:
            first = found[identifier].line
            entry.fault(faults, key, f"is there twice; the first is in line {first}", identifier)
        else:
            found[identifier] = entry
    return found


def name_known(name: str, known: Sequence[str], *, nothing: str = "none") -> str:
    """Say which known names are close to this one, or which exist.

    Parameters
    ----------
    name : str
        The name that is not known.
    known : sequence of str
        Names that exist.
    nothing : str
        What to say where none exists.
    """
    close = difflib.get_close_matches(name, known, n=3)
    if close:
        return f"did you mean {' or '.join(close)}?"
    shown = list(known[:12])
    more = f" and {len(known) - len(shown)} more" if len(known) > len(shown) else ""
    return f"known: {', '.join(shown) or nothing}{more}"


def _shorten(text: str, limit: int = 120) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1]}…"
