"""Read a TOML document of a pack, table by table, and write down every fault."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import isfinite
from pathlib import Path
from typing import TypeVar

from commonweal.city.faults import Entry, Faults, name_known
from commonweal.city.identifiers import IDENTIFIER, IDENTIFIER_RULE
from commonweal.city.measures import Scalar
from commonweal.city.text_file import read_pack_text
from commonweal.city.toml_lines import TomlLines, find_toml_lines

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class TomlTable:
    """One table of a document; every fault is written down and a stand-in returned.

    Attributes
    ----------
    where : str
        The file.
    label : str
        The table as messages name it: ``[[sources]] lapd_crime``; empty for the document itself.
    content : mapping
        What TOML says.
    line : int or None
        Line of its header.
    lines : mapping of str to int
        Lines of its keys.
    faults : Faults
        Where faults are written down.
    """

    where: str
    label: str
    content: Mapping[str, object]
    line: int | None
    lines: Mapping[str, int]
    faults: Faults

    def fault(self, key: str, message: str, value: object = None) -> None:
        """Write down a fault of one key."""
        field = f"{self.label} {key}".strip()
        line = self.lines.get(key, self.line)
        self.faults.add(self.where, message, row=line, field=field, value=value)

    def allow(self, *known: str) -> None:
        """Write down every key that is not one of these."""
        for key in self.content:
            if key not in known:
                self.fault(key, f"there is no such key; {name_known(key, known)}")

    def text(self, key: str, default: str = "", *, required: bool = False) -> str:
        """Return a text."""
        value = self.content.get(key)
        if value is None:
            if required:
                self.fault(key, "is missing: a text is needed")
            return default
        if not isinstance(value, str):
            self.fault(key, "must be a text in quotes", value)
            return default
        if required and not value.strip():
            self.fault(key, "must not be empty")
        return value.strip()

    def identifier(self, key: str) -> str:
        """Return an identifier; empty where it is missing."""
        value = self.text(key, required=True)
        if value and not IDENTIFIER.fullmatch(value):
            self.fault(key, IDENTIFIER_RULE, value)
        return value

    def choice(self, key: str, allowed: Sequence[str], default: str | None = None) -> str:
        """Return the text, which must be one of these; without a default, it must be there.

        A wrong one is returned as it is: the pack is refused, and nothing else should be blamed for it.
        """
        value = self.content.get(key, default)
        if value is None:
            self.fault(key, f"is missing; one of: {', '.join(allowed)}")
            return ""
        if not isinstance(value, str) or value not in allowed:
            self.fault(key, f"must be one of: {', '.join(allowed)}", value)
        return str(value)

    def truth(self, key: str, *, default: bool = False) -> bool:
        """Return true or false."""
        value = self.content.get(key, default)
        if not isinstance(value, bool):
            self.fault(key, "must be true or false, without quotes", value)
            return default
        return value

    def whole(self, key: str, *, smallest: int = 0) -> int | None:
        """Return a whole number, or none."""
        value = self.content.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not smallest <= value < 10**15:
            self.fault(key, f"must be a whole number from {smallest}, without quotes", value)
            return None
        return value

    def number(self, key: str) -> float | None:
        """Return a number; it must be there, and none says that it is not."""
        value = self.content.get(key)
        if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
            message = (
                "is missing: a number is needed" if value is None else "must be a number, without quotes"
            )
            self.fault(key, message, value)
            return None
        return float(value)

    def day(self, key: str) -> date | None:
        """Return a day, or none."""
        value = self.content.get(key)
        if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
            return value
        self.fault(key, "must be a day without quotes, for example 2024-03-01", value)
        return None

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts."""
        value = self.content.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
            self.fault(key, 'must be a list of texts, for example ["en", "es"]', value)
            return ()
        found = tuple(str(one).strip() for one in value)
        for one in sorted({one for one in found if found.count(one) > 1}):
            self.fault(key, "is in the list twice", one)
        return tuple(dict.fromkeys(found))

    def filter(self, key: str) -> dict[str, tuple[Scalar, ...]] | None:
        """Return allowed values by column; none where the key is missing."""
        if key not in self.content:
            return None
        value = self.content[key]
        if not isinstance(value, dict):
            self.fault(key, 'must be a table of lists, for example { category = ["Robbery"] }', value)
            return {}
        allowed: dict[str, tuple[Scalar, ...]] = {}
        for column, given in value.items():
            values = given if isinstance(given, list) else [given]
            if not values or not all(isinstance(one, str | int | float | bool) for one in values):
                self.fault(key, f"{column} must be a list of texts, numbers, or true and false", given)
                continue
            allowed[str(column)] = tuple(values)
        return allowed

    def table(self, key: str, lines: TomlLines) -> TomlTable:
        """Return a table inside this one; an empty one where there is none."""
        value = self.content.get(key, {})
        if not isinstance(value, dict):
            self.fault(key, f"must be a table, written [{key}]", value)
            value = {}
        line = lines.tables.get((key, 0), self.lines.get(key))
        return TomlTable(self.where, f"[{key}]", value, line, lines.of_table(key, 0), self.faults)

    def tables(self, key: str, lines: TomlLines, *, named_by: str = "id") -> tuple[TomlTable, ...]:
        """Return the tables of an array, ``[[key]]``."""
        value = self.content.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            self.fault(key, f"must be tables, each written [[{key}]]", value)
            return ()
        found = []
        for place, content in enumerate(value):
            name = content.get(named_by)
            label = f"[[{key}]] {name}" if isinstance(name, str) and name else f"[[{key}]] number {place + 1}"
            line = lines.tables.get((key, place), self.lines.get(key))
            found.append(TomlTable(self.where, label, content, line, lines.of_table(key, place), self.faults))
        return tuple(found)

    def entry(self, value: T) -> Entry[T]:
        """Return what the table declares, with its place."""
        return Entry(self.where, self.line, value, self.label, self.lines)


@dataclass(frozen=True, slots=True)
class TomlDocument:
    """A document and the lines of its tables."""

    root: TomlTable
    lines: TomlLines


def read_document(folder: Path, name: str, faults: Faults, *, required: bool = True) -> TomlDocument | None:
    """Read a TOML file of the pack.

    Parameters
    ----------
    folder : Path
        The pack.
    name : str
        The file, relative to the pack.
    faults : Faults
        Where faults are written down.
    required : bool
        Whether a missing file is a fault.

    Returns
    -------
    TomlDocument or None
        None where the file is missing or not TOML.
    """
    text = read_pack_text(folder, name, faults, required=required)
    if text is None:
        return None
    try:
        content = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        found = re.search(r"line (\d+)", str(error))
        row = int(found.group(1)) if found else None
        if "end of document" in str(error):
            row = len(text.splitlines())
        message = "is nested too deeply" if isinstance(error, RecursionError) else str(error)
        faults.add(name, f"is not readable as TOML: {message}", row=row)
        return None
    lines = find_toml_lines(text)
    root = TomlTable(name, "", content, None, lines.of_table("", 0), faults)
    return TomlDocument(root, lines)
