"""Snapshots: what the store returns about a table, and what it takes to publish one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import polars as pl

from commonweal.records.provenance import Provenance


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One table of one source as it was published; never changed afterwards.

    Attributes
    ----------
    id : str
        First sixteen hexadecimal digits of the SHA-256 of the logical content.
    kind : str
        Record type.
    source : str
        Source of the pack.
    rows : int
        Rows kept.
    first, last : date or None
        First and last day, in the city's calendar; none for an empty table.
    published_at : datetime
        When it was first published (UTC).
    path : Path
        Its folder.
    provenance : Provenance
        Where it came from and what was left out.
    current : bool
        Whether it is the one that is read now.
    new : bool
        True only in the answer to a `publish` that made it current: what is read has changed.
    """

    id: str
    kind: str
    source: str
    rows: int
    first: date | None
    last: date | None
    published_at: datetime
    path: Path
    provenance: Provenance
    current: bool
    new: bool = False


@dataclass(frozen=True, slots=True)
class Publication:
    """What is needed to publish one table.

    Attributes
    ----------
    kind : str
        Record type.
    table : DataFrame
        Rows that fit the record type, all of one source.
    rejected : DataFrame
        Rows that did not, as text, with their reasons; any columns.
    provenance : Provenance
        Where both came from.
    """

    kind: str
    table: pl.DataFrame
    rejected: pl.DataFrame
    provenance: Provenance
