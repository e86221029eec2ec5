"""Loading records into the store: from a file or from a portal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from commonweal.errors import InvalidInput, InvalidRequest, Problem
from commonweal.records.provenance import RejectionReason
from commonweal.sources.fetch import fetch_source
from commonweal.sources.load import load_file, name_rejected_file, write_rejected
from commonweal.sources.mapping import find_mapping, read_mapping
from commonweal.sources.parse import Parsed
from commonweal.studies.desk import Desk

Progress = Callable[[int, int | None], None]
"""Told how many rows have arrived and how many are expected, where that is known."""


@dataclass(frozen=True, slots=True)
class LoadOutcome:
    """What a load did.

    Attributes
    ----------
    kind, source, snapshot : str
        What was loaded, and the snapshot that holds it.
    changed : bool
        False where the store held the same records already.
    rows_read, rows_kept, rows_rejected, duplicates : int
        Rows; they add up.
    reasons : tuple of RejectionReason
        Why rows were rejected.
    rejected_file : Path or None
        Where the rejected rows were written.
    notes : tuple of str
        What the reader should know.
    """

    kind: str
    source: str
    snapshot: str
    changed: bool
    rows_read: int
    rows_kept: int
    rows_rejected: int
    duplicates: int
    reasons: tuple[RejectionReason, ...]
    rejected_file: Path | None
    notes: tuple[str, ...]


def load_records(desk: Desk, kind: str, path: Path, mapping_name: str) -> LoadOutcome:
    """Load one file and publish it as the current snapshot of its source.

    Parameters
    ----------
    desk : Desk
        City and store.
    kind : str
        Kind of record.
    path : Path
        The file.
    mapping_name : str
        Name of a mapping in the pack, or a path.

    Raises
    ------
    InvalidInput
        File or mapping have problems; all are listed and nothing was changed.
    """
    mapping = read_mapping(find_mapping(desk.city, mapping_name))
    return publish_parsed(desk, kind, load_file(desk.city, kind, path, mapping, now=datetime.now(UTC)))


def fetch_records(desk: Desk, source_id: str, *, progress: Progress | None = None) -> LoadOutcome:
    """Fetch a source from its portal and publish it.

    Parameters
    ----------
    desk : Desk
        City and store.
    source_id : str
        A source of the pack whose protocol is ``socrata`` or ``arcgis``.
    progress : callable, optional
        Told how far it is.

    Raises
    ------
    SourceError
        The portal cannot be reached or has changed; nothing was changed.
    """
    source = desk.city.get_source(source_id)
    if source.protocol not in ("socrata", "arcgis"):
        known = [s.id for s in desk.city.sources.values() if s.protocol in ("socrata", "arcgis")]
        raise InvalidRequest(
            f"The source {source_id!r} is not on a portal.",
            [
                Problem(
                    "fetch",
                    f"its protocol is {source.protocol}; sources that can be fetched: {', '.join(known) or 'none'}",
                    field="SOURCE",
                    value=source_id,
                )
            ],
        )
    parsed = fetch_source(
        desk.city,
        source_id,
        state_dir=desk.workspace.cache / "fetch",
        now=datetime.now(UTC),
        progress=progress,
    )
    return publish_parsed(desk, source.kind, parsed)


def publish_parsed(desk: Desk, kind: str, parsed: Parsed) -> LoadOutcome:
    """Publish what was parsed, and write its rejected rows where a person finds them.

    Parameters
    ----------
    desk : Desk
        City and store.
    kind : str
        Kind of record.
    parsed : Parsed
        Kept and rejected rows with their provenance.

    Raises
    ------
    InvalidInput
        No row can be kept; the rejected rows are written, the store stays as it was.
    """
    rejected_file = write_rejected(parsed, desk.workspace.rejected / name_rejected_file(parsed))
    _refuse_nothing(parsed, rejected_file)
    snapshot = desk.store.publish(kind, parsed.table, parsed.rejected, parsed.provenance)
    origin = parsed.provenance
    return LoadOutcome(
        kind=kind,
        source=origin.source,
        snapshot=snapshot.id,
        changed=snapshot.new,
        rows_read=origin.rows_read,
        rows_kept=origin.rows_kept,
        rows_rejected=origin.rows_rejected,
        duplicates=origin.duplicates,
        reasons=origin.reasons,
        rejected_file=rejected_file,
        notes=origin.notes,
    )


def _refuse_nothing(parsed: Parsed, rejected_file: Path | None) -> None:
    """Refuse a table of which no row can be kept: it would take the place of the records there are.

    Raises
    ------
    InvalidInput
        With every reason; nothing was changed.
    """
    origin = parsed.provenance
    if origin.rows_kept or not origin.rows_read:
        return
    raise InvalidInput(
        f"No row of {origin.file_name} can be kept, so nothing was changed. "
        f"Each row and how to mend it: {rejected_file}",
        [Problem(origin.file_name, f"{reason.rows:,} rows: {reason.message}") for reason in origin.reasons],
    )
