"""Which rows of a file the mapping wants at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from commonweal.sources.mapping_types import FileMapping, RowFilter
from commonweal.sources.raw_table import RawTable


@dataclass(frozen=True, slots=True)
class FilteredRows:
    """Rows that are left, and what to tell about the others."""

    raw: RawTable
    notes: tuple[str, ...]


def filter_rows(raw: RawTable, mapping: FileMapping, headers: Mapping[str, str]) -> FilteredRows:
    """Keep and drop rows as ``[keep]`` and ``[drop]`` say; all conditions must hold.

    Parameters
    ----------
    raw : RawTable
        The file.
    mapping : FileMapping
        Its conditions.
    headers : mapping of str to str
        Column of the file by the name in the mapping.
    """
    if not mapping.filters:
        return FilteredRows(raw, ())
    wanted = raw.frame.select(
        pl.all_horizontal(_condition(one, headers[one.header]) for one in mapping.filters).alias("wanted")
    ).to_series()
    left_out = int((~wanted).sum())
    if not left_out:
        return FilteredRows(raw, ())
    kept = RawTable(
        raw.frame.filter(wanted), raw.lines.filter(wanted), raw.malformed, raw.content_hash, raw.file_name
    )
    names = ", ".join(dict.fromkeys(one.header for one in mapping.filters))
    return FilteredRows(kept, (f"{left_out:,} rows were left out by the mapping's filter on {names}.",))


def _condition(one: RowFilter, column: str) -> pl.Expr:
    text = pl.col(column).str.strip_chars().fill_null("")
    met = text.is_in(list(one.values)) if one.matches is None else text.str.contains(one.matches)
    return met if one.keep else ~met
