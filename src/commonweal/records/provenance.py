"""Provenance: where a table came from, and what was left out of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class RejectionReason:
    """Why rows were not kept.

    Attributes
    ----------
    rule : str
        Short stable name, for example ``bad_time``.
    message : str
        What is wrong and how to fix it.
    rows : int
        Rows with this fault; a row with two faults counts under both.
    """

    rule: str
    message: str
    rows: int


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a table came from; travels with it to every page.

    Attributes
    ----------
    source : str
        Identifier of the source in the pack.
    title, publisher, url, licence : str
        What the source is, who publishes it, where, and under what terms; empty where unknown.
    retrieved_at : datetime
        When the file was read or the portal answered (UTC).
    file_name : str
        Name of the file, without its folder.
    content_hash : str
        SHA-256 of the bytes that were read.
    mapping_hash : str
        SHA-256 of the mapping that was used.
    rows_read, rows_kept, rows_rejected, duplicates : int
        ``rows_read == rows_kept + rows_rejected + duplicates``.
    reasons : tuple of RejectionReason
        Why rows were rejected.
    notes : tuple of str
        What the reader should know, for example rows that lie in no area.
    simulated : bool
        True where a generator made the records.
    seed : int or None
        Seed of the generator.
    """

    source: str
    title: str
    publisher: str
    url: str
    licence: str
    retrieved_at: datetime
    file_name: str
    content_hash: str
    mapping_hash: str
    rows_read: int
    rows_kept: int
    rows_rejected: int
    duplicates: int
    reasons: tuple[RejectionReason, ...] = ()
    notes: tuple[str, ...] = ()
    simulated: bool = False
    seed: int | None = None
