"""Which rows are one: identifiers, and duplicates."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import polars as pl

from commonweal.sources.column_text import make_text
from commonweal.sources.faults import FaultBook
from commonweal.sources.mapping_types import FileMapping
from commonweal.sources.raw_table import RawTable

IDENTIFIER_BYTES = 10
"""80 bits: among 20 million rows two share an identifier by chance in one load of 5 billion."""


@dataclass(frozen=True, slots=True)
class DistinctRows:
    """Rows without their exact duplicates.

    Attributes
    ----------
    raw : RawTable
        The rows that are left.
    content : Series of String
        The whole row as one text.
    repeats : Series of UInt32
        How many equal rows came before; 0 unless exact duplicates are kept.
    duplicates : int
        Rows left out.
    """

    raw: RawTable
    content: pl.Series
    repeats: pl.Series
    duplicates: int


def drop_duplicates(raw: RawTable, mapping: FileMapping) -> DistinctRows:
    """Drop rows that are equal in every column of the file to one before, unless the mapping keeps them."""
    written = [pl.col(name).fill_null("\x1e") for name in raw.frame.columns]
    content = raw.frame.select(pl.concat_str(written, separator="\x1f").alias("content")).to_series()
    first = content.is_first_distinct()
    if first.all():
        return DistinctRows(
            raw, content, pl.Series("n", [0], dtype=pl.UInt32).new_from_index(0, len(content)), 0
        )
    if mapping.exact_duplicates == "keep":
        repeats = (
            pl.DataFrame(content).select(pl.int_range(pl.len(), dtype=pl.UInt32).over("content")).to_series()
        )
        return DistinctRows(raw, content, repeats, 0)
    kept = RawTable(
        raw.frame.filter(first), raw.lines.filter(first), raw.malformed, raw.content_hash, raw.file_name
    )
    content = content.filter(first)
    none = pl.Series("n", [0], dtype=pl.UInt32).new_from_index(0, len(content))
    return DistinctRows(kept, content, none, int((~first).sum()))


def make_identifiers(
    rows: DistinctRows, mapping: FileMapping, texts: pl.DataFrame, faults: FaultBook
) -> pl.Series:
    """Make the identifier of each row: from its own columns, else from its content.

    Identifiers from content are BLAKE2b over the whole row as it is written: the same row gives the same
    identifier on every machine and in every version.

    Parameters
    ----------
    rows : DistinctRows
        The rows.
    mapping : FileMapping
        Says whether a column identifies them, and what happens to different rows with one identifier.
    texts : DataFrame
        Columns of the file, by the names in the mapping.
    faults : FaultBook
        Where faults go.
    """
    named = mapping.columns.get("record_id")
    if named is None:
        digests = [
            hashlib.blake2b(row.encode(), digest_size=IDENTIFIER_BYTES).hexdigest() for row in rows.content
        ]
        identifiers = pl.Series("record_id", digests, dtype=pl.String)
        suffix = pl.when(rows.repeats > 0).then(pl.format("-{}", rows.repeats + 1)).otherwise(pl.lit(""))
        return pl.select(pl.concat_str(identifiers, suffix).alias("record_id")).to_series()
    identifiers = make_text(named, texts, faults)
    faults.add("no_id", "record_id", identifiers.is_null(), "is blank, so that the row cannot be identified")
    return identifiers.alias("record_id")


def find_superseded(identifiers: pl.Series, mapping: FileMapping, faults: FaultBook) -> pl.Series:
    """Find rows that another row with the same identifier stands for; true where the row is left out.

    With ``same_id = "reject"`` all such rows become faults instead.
    """
    shared = identifiers.is_duplicated() & identifiers.is_not_null()
    if mapping.same_id == "reject" or not shared.any():
        message = "several different rows have this identifier; say in [duplicates] same_id which one counts"
        faults.add("same_id", "record_id", shared, message, identifiers)
        return pl.Series([False]).new_from_index(0, len(identifiers))
    chosen = identifiers.is_first_distinct() if mapping.same_id == "first" else identifiers.is_last_distinct()
    return shared & ~chosen
