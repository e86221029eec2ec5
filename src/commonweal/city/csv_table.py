"""Read a table of a pack: CSV with exactly the columns that are declared."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from math import isfinite
from pathlib import Path

from commonweal.city.faults import Faults, name_known
from commonweal.city.identifiers import IDENTIFIER, IDENTIFIER_RULE
from commonweal.city.text_file import read_pack_text


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns of a table.

    Attributes
    ----------
    all : tuple of str
        Every column that may stand in the header.
    required : tuple of str
        Those that must.
    """

    all: tuple[str, ...]
    required: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table, read cell by cell; every fault is written down and a stand-in returned.

    Attributes
    ----------
    where : str
        The file.
    line : int
        Line on which the row begins, as an editor counts.
    cells : mapping of str to str
        Cells by column, without outer spaces.
    faults : Faults
        Where faults are written down.
    """

    where: str
    line: int
    cells: Mapping[str, str]
    faults: Faults

    def fault(self, column: str, message: str) -> None:
        """Write down a fault of one cell."""
        given = self.cells.get(column)
        self.faults.add(self.where, message, row=self.line, field=column, value=given)

    def text(self, column: str, *, required: bool = False) -> str:
        """Return a text."""
        value = self.cells.get(column, "")
        if required and not value:
            self.fault(column, "must not be empty")
        return value

    def identifier(self, column: str) -> str:
        """Return an identifier; empty where it is not one."""
        value = self.text(column, required=True)
        if value and not IDENTIFIER.fullmatch(value):
            self.fault(column, IDENTIFIER_RULE)
        return value

    def reference(self, column: str) -> str | None:
        """Return the identifier of something else, or none."""
        return self.cells.get(column, "") or None

    def number(self, column: str) -> float | None:
        """Return a number, or none where the cell is empty."""
        value = self.cells.get(column, "")
        if not value:
            return None
        try:
            found = float(value) if "_" not in value else float("nan")
        except ValueError:
            found = float("nan")
        if not isfinite(found):
            self.fault(
                column, "must be a number with a point for decimals and no other signs, for example -28.1"
            )
            return None
        return found

    def need_number(self, column: str) -> float:
        """Return a number; the cell may not be empty."""
        if not self.cells.get(column):
            self.fault(column, "must not be empty: a number is needed")
            return 0.0
        return self.number(column) or 0.0

    def whole(self, column: str) -> int | None:
        """Return a whole number from 0, or none where the cell is empty."""
        value = self.cells.get(column, "")
        if not value:
            return None
        if not (value.isascii() and value.isdigit() and len(value) <= 15):
            self.fault(column, "must be a whole number from 0, without signs between the digits")
            return None
        return int(value)

    def day(self, column: str) -> date | None:
        """Return a day, or none where the cell is empty."""
        value = self.cells.get(column, "")
        if not value:
            return None
        found = None
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            with suppress(ValueError):
                found = date.fromisoformat(value)
        if found is None:
            self.fault(column, "must be a day of the calendar as YYYY-MM-DD, for example 2024-02-29")
        return found

    def choice(self, column: str, allowed: Sequence[str]) -> str:
        """Return the text, which must be one of these; a wrong one is returned as it is, to fault nothing else."""
        value = self.cells.get(column, "")
        if value not in allowed:
            self.fault(column, f"must be one of: {', '.join(allowed)}")
        return value


def read_rows(
    folder: Path, name: str, columns: Columns, faults: Faults, *, required: bool = False
) -> tuple[Row, ...]:
    """Read a CSV table of the pack.

    Parameters
    ----------
    folder : Path
        The pack.
    name : str
        The file, relative to the pack.
    columns : Columns
        Columns that may and must stand in the header.
    faults : Faults
        Where faults are written down.
    required : bool
        Whether a missing file is a fault.

    Returns
    -------
    tuple of Row
        Rows that fit the header; blank lines are left out.
    """
    text = read_pack_text(folder, name, faults, required=required)
    if text is None:
        return ()
    lines = _split(text, name, faults)
    if not lines:
        faults.add(name, f"is empty; its first line must be: {','.join(columns.all)}", row=1)
        return ()
    header_line, header = lines[0]
    header = [cell.strip() for cell in header]
    if not _check_header(header, header_line, name, columns, faults):
        return ()
    rows = []
    for line, cells in lines[1:]:
        if len(cells) != len(header):
            faults.add(
                name,
                f"has {len(cells)} cells where the header has {len(header)}; "
                'a cell with a comma stands in "quotes"',
                row=line,
            )
            continue
        stripped = {column: cell.strip() for column, cell in zip(header, cells, strict=True)}
        rows.append(Row(name, line, stripped, faults))
    return tuple(rows)


def _split(text: str, name: str, faults: Faults) -> list[tuple[int, list[str]]]:
    """Split into rows with the line each begins on; blank lines are left out."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[tuple[int, list[str]]] = []
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return rows
        except csv.Error as error:
            faults.add(name, f"is not readable as CSV from this line on: {error}", row=line)
            return rows
        if any(cell.strip() for cell in cells):
            rows.append((line, cells))


def _check_header(header: list[str], line: int, name: str, columns: Columns, faults: Faults) -> bool:
    """Write down every fault of a header; rows are read only where the columns can be told apart."""
    if len(header) == 1 and len(columns.all) > 1 and any(sign in header[0] for sign in ";\t|"):
        faults.add(name, "columns must be separated by commas", row=line, value=header[0])
        return False
    for column in header:
        if column not in columns.all:
            message = f"there is no such column; {name_known(column, columns.all)}"
            faults.add(name, message, row=line, field=column or "(no name)")
    for column in sorted({column for column in header if header.count(column) > 1}):
        faults.add(name, "stands in the header twice", row=line, field=column)
    missing = [column for column in columns.required if column not in header]
    for column in missing:
        faults.add(
            name, f"the column is missing; needed: {', '.join(columns.required)}", row=line, field=column
        )
    return not missing and len(set(header)) == len(header)
