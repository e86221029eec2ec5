"""Publication: write a snapshot aside, then point to it; a kill at any moment leaves the store as it was."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl

from commonweal.records import RecordType, get_record_type
from commonweal.store.admission import admit_table
from commonweal.store.content import ID_LENGTH, compute_content_hash, put_in_order
from commonweal.store.current import CurrentState
from commonweal.store.description import Description, render_description
from commonweal.store.durable import sync_folder, write_file
from commonweal.store.layout import DATA_FILE, DESCRIPTION_FILE, INCOMING_PREFIX, REJECTED_FILE, Layout
from commonweal.store.parquet import write_records, write_rejected
from commonweal.store.snapshot import Publication


@dataclass(frozen=True, slots=True)
class Prepared:
    """A publication that was admitted, ordered and named; nothing is written yet.

    Attributes
    ----------
    publication : Publication
        As it was given.
    table : DataFrame
        The table in canonical order, with the declared types.
    content_hash : str
        SHA-256 of its logical content.
    """

    publication: Publication
    table: pl.DataFrame
    content_hash: str

    @property
    def id(self) -> str:
        """Identifier of the snapshot."""
        return self.content_hash[:ID_LENGTH]


def prepare_publication(publication: Publication) -> Prepared:
    """Check a table, put it in order and compute its identifier.

    Raises
    ------
    InvalidInput
        The table is not what its record type says.
    """
    record_type = get_record_type(publication.kind)
    table = put_in_order(admit_table(publication), record_type)
    return Prepared(
        publication, table, compute_content_hash(table, record_type, publication.provenance.source)
    )


def write_snapshot(layout: Layout, prepared: Prepared, *, now: datetime, time_zone: ZoneInfo) -> None:
    """Write a snapshot's folder beside the others and give it its name; the caller holds the lock."""
    layout.snapshots.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=INCOMING_PREFIX, dir=layout.snapshots))
    write_records(prepared.table, folder / DATA_FILE)
    write_rejected(prepared.publication.rejected, folder / REJECTED_FILE)
    description = _describe(prepared, folder, now=now, time_zone=time_zone)
    write_file(folder / DESCRIPTION_FILE, render_description(description))
    folder.chmod(0o755)
    sync_folder(folder)
    target = layout.snapshot(prepared.id)
    if target.exists():  # written by a load that was cut before it could point to it
        shutil.rmtree(target)
    folder.rename(target)
    sync_folder(layout.snapshots)


def hash_file(path: Path) -> str:
    """Compute the SHA-256 of a file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def remove_leftovers(layout: Layout, state: CurrentState) -> tuple[str, ...]:
    """Remove folders of loads that did not end, and return their names; the caller holds the lock."""
    removed = list_leftovers(layout, state)
    for path in removed:
        shutil.rmtree(path)
    return tuple(path.name for path in removed)


def list_leftovers(layout: Layout, state: CurrentState) -> tuple[Path, ...]:
    """List folders of loads that did not end.

    Whole snapshots that were never pointed to are among them, except where ``current.json`` itself is missing: then
    they may be all that is left of a store, and are kept.
    """
    if not layout.snapshots.is_dir():
        return ()
    folders = [path for path in sorted(layout.snapshots.iterdir()) if path.is_dir()]
    if not layout.current.exists():
        return tuple(path for path in folders if path.name.startswith(INCOMING_PREFIX))
    return tuple(path for path in folders if path.name not in state.published)


def _describe(prepared: Prepared, folder: Path, *, now: datetime, time_zone: ZoneInfo) -> Description:
    publication = prepared.publication
    first, last = _find_span(prepared.table, get_record_type(publication.kind), time_zone)
    return Description(
        id=prepared.id,
        content_hash=prepared.content_hash,
        kind=publication.kind,
        source=publication.provenance.source,
        rows=prepared.table.height,
        first=first,
        last=last,
        published_at=now,
        columns={name: str(dtype) for name, dtype in prepared.table.schema.items()},
        file_hashes={name: hash_file(folder / name) for name in (DATA_FILE, REJECTED_FILE)},
        provenance=publication.provenance,
    )


def _find_span(
    table: pl.DataFrame, record_type: RecordType, time_zone: ZoneInfo
) -> tuple[date | None, date | None]:
    last_column = "period_end" if "period_end" in table.columns else record_type.time_column
    return (
        _as_day(table[record_type.time_column].min(), time_zone),
        _as_day(table[last_column].max(), time_zone),
    )


def _as_day(value: object, time_zone: ZoneInfo) -> date | None:
    if isinstance(value, datetime):
        return value.astimezone(time_zone).date()
    return value if isinstance(value, date) else None
