"""A file as it was written: columns of text, and for each row the line it came from."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from commonweal.errors import InvalidInput, Problem

COLUMNS_LIMIT = 2_000


@dataclass(frozen=True, slots=True)
class RawTable:
    """Rows of a file before anything is understood.

    Attributes
    ----------
    frame : DataFrame
        One text column for each column of the file, in its order; null only where the file has no such value.
    lines : Series of Int64
        Line of each row as an editor counts (the header is line 1); in files without lines, the place of the row
        from 1.
    malformed : DataFrame
        Rows that could not be split into columns: ``line`` (Int64), ``problem`` (text), ``text`` (as written).
    content_hash : str
        SHA-256 of the bytes that were read.
    file_name : str
        Name of the file without its folder.
    """

    frame: pl.DataFrame
    lines: pl.Series
    malformed: pl.DataFrame
    content_hash: str
    file_name: str


def make_malformed(rows: list[dict[str, object]] | None = None) -> pl.DataFrame:
    """Make the table of rows that could not be split into columns."""
    return pl.DataFrame(rows or [], schema={"line": pl.Int64, "problem": pl.String, "text": pl.String})


def make_file_error(
    name: str, message: str, *, line: int | None = None, value: str | None = None
) -> InvalidInput:
    """Make the error for a file that cannot be read at all."""
    return InvalidInput(f"{name} cannot be read.", [Problem(name, message, row=line, value=value)])


def name_columns(given: list[str], file_name: str) -> list[str]:
    """Name the columns of a file: outer spaces go, blanks and repeated names get a number.

    Raises
    ------
    InvalidInput
        There are more columns than any real file has.
    """
    if len(given) > COLUMNS_LIMIT:
        raise make_file_error(file_name, f"has {len(given):,} columns; at most {COLUMNS_LIMIT:,} are read")
    names: list[str] = []
    taken: set[str] = set()
    for place, raw in enumerate(given, start=1):
        name = raw.strip().lstrip("\ufeff").strip() or f"column_{place}"
        unique, count = name, 1
        while unique in taken:
            count += 1
            unique = f"{name}_{count}"
        taken.add(unique)
        names.append(unique)
    return names
