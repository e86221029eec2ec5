"""A table that a reader, a spreadsheet and a program see alike."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass

from commonweal.records.spreadsheet import guard_text

Value = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes
    ----------
    key : str
        Name in CSV and JSON: the same in every language.
    title : str
        Name as the reader reads it.
    numeric : bool
        Whether its cells align as numbers.
    """

    key: str
    title: str
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: the value for programs and the text for readers."""

    value: Value
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption.

    Attributes
    ----------
    name : str
        Name of its files, without ending.
    caption : str
        What it shows, in the reader's language.
    columns : tuple of Column
        First column: what tells the rows apart.
    rows : tuple of tuple of Cell
        As many cells as columns.
    notes : tuple of str
        What the reader should know: hidden cells, simulated records.
    simulated : bool
        Whether any value is made from simulated records.
    """

    name: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    simulated: bool = False


def make_table(
    name: str,
    caption: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell]],
    *,
    notes: Sequence[str] = (),
) -> Table:
    """Make a table, after looking that every row fits its columns.

    Raises
    ------
    ValueError
        A row has more or fewer cells than there are columns.
    """
    for place, row in enumerate(rows):
        if len(row) != len(columns):
            raise ValueError(f"row {place} of {name} has {len(row)} cells for {len(columns)} columns")
    return Table(name, caption, tuple(columns), tuple(tuple(row) for row in rows), tuple(notes))


def render_csv(table: Table) -> str:
    """Render a table as CSV: keys as header, plain values, an empty cell for what is unknown or hidden.

    A table with simulated records says so in a last column, so that no row loses its label. Text that a
    spreadsheet would take for a formula gets a quote in front.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    keys = [column.key for column in table.columns]
    writer.writerow([*keys, "simulated"] if table.simulated else keys)
    for row in table.rows:
        values = [_plain(cell.value) for cell in row]
        writer.writerow([*values, "true"] if table.simulated else values)
    return buffer.getvalue()


def render_json(table: Table) -> str:
    """Render a table as JSON: caption, notes, columns, and one object a row."""
    content = {
        "name": table.name,
        "caption": table.caption,
        "simulated": table.simulated,
        "notes": list(table.notes),
        "columns": [{"key": column.key, "title": column.title} for column in table.columns],
        "rows": [
            {column.key: cell.value for column, cell in zip(table.columns, row, strict=True)}
            for row in table.rows
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _plain(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return guard_text(value)
    return repr(value) if isinstance(value, float) and not value.is_integer() else str(_whole(value))


def _whole(value: int | float) -> int:
    return int(value) if isinstance(value, float) else value
