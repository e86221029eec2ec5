"""Find on which line of a TOML text each table and key stands, so that a message can name it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

_TABLE = re.compile(r"\s*\[(?!\[)\s*([^\[\]]+?)\s*\]\s*(?:#.*)?$")
_ARRAY = re.compile(r"\s*\[\[\s*([^\[\]]+?)\s*\]\]\s*(?:#.*)?$")
_KEY = re.compile(r"\s*(\"[^\"]*\"|'[^']*'|[A-Za-z0-9_-]+)\s*=")


@dataclass(frozen=True, slots=True)
class TomlLines:
    """Lines of the tables and keys of one document.

    Attributes
    ----------
    tables : dict
        Line by (name, place among the tables of that name); the document itself is ``("", 0)``.
    keys : dict
        Line by (name, place, key).
    """

    tables: dict[tuple[str, int], int] = field(default_factory=dict)
    keys: dict[tuple[str, int, str], int] = field(default_factory=dict)

    def of_table(self, name: str, place: int) -> dict[str, int]:
        """Return the line of each key of one table."""
        return {key: line for (table, at, key), line in self.keys.items() if (table, at) == (name, place)}


def find_toml_lines(text: str) -> TomlLines:
    """Find the lines of tables and keys.

    Parameters
    ----------
    text : str
        A TOML document that was read without a fault.

    Returns
    -------
    TomlLines
        Lines as an editor counts. Names are those of the headers; keys inside values are not listed.
    """
    lines = TomlLines()
    seen: Counter[str] = Counter()
    name, place, inside = "", 0, ""
    for number, line in enumerate(text.splitlines(), start=1):
        if inside:
            inside = "" if line.count(inside) % 2 else inside
            continue
        if found := _ARRAY.match(line):
            name = found.group(1).strip("\"'")
            place = seen[name]
            seen[name] += 1
            lines.tables[name, place] = number
        elif found := _TABLE.match(line):
            name, place = found.group(1).strip("\"'"), 0
            lines.tables[name, place] = number
        elif found := _KEY.match(line):
            lines.keys.setdefault((name, place, found.group(1).strip("\"'")), number)
        inside = _find_open_text(line)
    return lines


def _find_open_text(line: str) -> str:
    """Return the quotes of a text that goes on after the end of this line."""
    for quotes in ('"""', "'''"):
        if line.count(quotes) % 2:
            return quotes
    return ""
