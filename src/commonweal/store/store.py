"""The store: publish tables, read them back, ask questions of them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import polars as pl

from commonweal.errors import NotFound, StoreDamaged
from commonweal.records import Provenance, get_record_type
from commonweal.store.current import CurrentState, read_current, write_current
from commonweal.store.description import parse_description
from commonweal.store.layout import DATA_FILE, DESCRIPTION_FILE, REJECTED_FILE, Layout
from commonweal.store.lock import hold_lock
from commonweal.store.publication import prepare_publication, remove_leftovers, write_snapshot
from commonweal.store.snapshot import Publication, Snapshot

if TYPE_CHECKING:
    from commonweal.store.queries import Parameters, QueryLimits, QueryRunner


def tell_time() -> datetime:
    """Return the present time in UTC."""
    return datetime.now(UTC)


class Store:
    """Where records live: snapshots that never change, and one file that says which of them are current.

    Reading needs no lock: a reader sees the state before or after a publication, never between. One process
    writes at a time.

    Parameters
    ----------
    root : Path
        Folder of the store; made by the first publication.
    time_zone : str
        The city's time zone, in which a snapshot's first and last day are told.
    limits : QueryLimits, optional
        What one query may take.
    clock : callable
        Tells the present time (UTC).
    """

    def __init__(
        self,
        root: Path,
        *,
        time_zone: str = "UTC",
        limits: QueryLimits | None = None,
        clock: Callable[[], datetime] = tell_time,
    ) -> None:
        self.root = root
        self.layout = Layout(root)
        self._time_zone = ZoneInfo(time_zone)
        self._limits = limits
        self._clock = clock
        self._known: dict[str, Snapshot] = {}
        self._runner: tuple[str, QueryRunner] | None = None
        self._runner_lock = threading.Lock()

    def publish(
        self, kind: str, table: pl.DataFrame, rejected: pl.DataFrame, provenance: Provenance
    ) -> Snapshot:
        """Publish one table; the same content again changes nothing and returns the snapshot there is.

        Raises
        ------
        InvalidInput
            The table is not what its record type says.
        StoreBusy
            Another load is running.
        """
        return self.publish_all([Publication(kind, table, rejected, provenance)])[0]

    def publish_all(self, publications: Iterable[Publication]) -> tuple[Snapshot, ...]:
        """Publish several tables in one step: all of them or none."""
        prepared = [prepare_publication(one) for one in publications]
        with hold_lock(self.layout.lock):
            before = read_current(self.layout.current)
            remove_leftovers(self.layout, before)
            after = before
            for one in prepared:
                if one.id not in after.published:
                    write_snapshot(self.layout, one, now=self._clock(), time_zone=self._time_zone)
                after = after.with_current(one.publication.kind, one.publication.provenance.source, one.id)
            if after != before:
                write_current(self.layout.current, after)
        return tuple(replace(self._get(one.id, after), new=one.id not in before.ids) for one in prepared)

    def use_snapshot(self, snapshot_id: str) -> Snapshot:
        """Make a snapshot of the history the current one of its kind and source again.

        Raises
        ------
        NotFound
            It was never published.
        """
        with hold_lock(self.layout.lock):
            state = read_current(self.layout.current)
            chosen = self._get(snapshot_id, state)
            after = state.with_current(chosen.kind, chosen.source, chosen.id)
            if after != state:
                write_current(self.layout.current, after)
        return self._get(snapshot_id, after)

    def list_snapshots(self) -> tuple[Snapshot, ...]:
        """List every snapshot ever published, in the order of publication, superseded ones included."""
        state = read_current(self.layout.current)
        return tuple(self._get(one, state) for one in state.published)

    def current(self) -> tuple[Snapshot, ...]:
        """List the snapshots that are read now."""
        return tuple(one for one in self.list_snapshots() if one.current)

    def find_current(self, kind: str, source: str) -> Snapshot | None:
        """Return the current snapshot of a kind and source, or None."""
        state = read_current(self.layout.current)
        snapshot_id = state.current.get(kind, {}).get(source)
        return None if snapshot_id is None else self._get(snapshot_id, state)

    def get_snapshot(self, snapshot_id: str) -> Snapshot:
        """Return a snapshot by its identifier, or raise `NotFound`."""
        return self._get(snapshot_id, read_current(self.layout.current))

    def read(self, kind: str, source: str | None = None) -> pl.DataFrame:
        """Read the current rows of a kind, of one source or of all.

        Returns
        -------
        DataFrame
            With the columns and types of the record type; empty where nothing was published.
        """
        schema = get_record_type(kind).schema
        sources = read_current(self.layout.current).current.get(kind, {})
        wanted = [one for name, one in sorted(sources.items()) if source in (None, name)]
        tables = [self._read_file(one, DATA_FILE) for one in wanted]
        if not tables:
            return pl.DataFrame(schema.create_empty())
        table = pl.concat(tables, how="diagonal")
        missing = [
            column.alias(name) for name, column in _empty_columns(kind).items() if name not in table.columns
        ]
        return pl.DataFrame(schema.cast(table.with_columns(missing).select(list(schema.columns()))))

    def read_rejected(self, snapshot_id: str) -> pl.DataFrame:
        """Read the rows that a load did not keep, with their reasons, or raise `NotFound`."""
        return self._read_file(self.get_snapshot(snapshot_id).id, REJECTED_FILE)

    def query(self, sql: str, parameters: Parameters | None = None) -> pl.DataFrame:
        """Answer one question in SQL over the current records; each kind of record is a table.

        Parameters
        ----------
        sql : str
            One SELECT, WITH, DESCRIBE or SUMMARIZE.
        parameters : sequence or mapping, optional
            Values for ``?``, or for ``$name``.

        Raises
        ------
        InvalidRequest
            Something else than a question, an error in it, or more than the limits allow.
        """
        return self._get_runner().run(sql, parameters)

    def fingerprint(self) -> str:
        """Return twelve hexadecimal digits that change when, and only when, what is read changes."""
        return read_current(self.layout.current).fingerprint

    def _get_runner(self) -> QueryRunner:
        from commonweal.store.queries import QueryLimits, QueryRunner

        state = read_current(self.layout.current)
        with self._runner_lock:
            if self._runner is None or self._runner[0] != state.fingerprint:
                files = {
                    kind: [
                        self.layout.snapshot(one).resolve() / DATA_FILE for _, one in sorted(sources.items())
                    ]
                    for kind, sources in state.current.items()
                }
                self._runner = (state.fingerprint, QueryRunner(files, self._limits or QueryLimits()))
            return self._runner[1]

    def _get(self, snapshot_id: str, state: CurrentState) -> Snapshot:
        if snapshot_id not in state.published:
            raise NotFound.named("snapshot", snapshot_id, state.published)
        if snapshot_id not in self._known:
            self._known[snapshot_id] = self._read_snapshot(snapshot_id)
        return replace(self._known[snapshot_id], current=snapshot_id in state.ids)

    def _read_snapshot(self, snapshot_id: str) -> Snapshot:
        folder = self.layout.snapshot(snapshot_id)
        try:
            about = parse_description((folder / DESCRIPTION_FILE).read_bytes())
        except (OSError, ValueError) as error:
            raise StoreDamaged(
                f"Snapshot {snapshot_id} cannot be read: {error}. Run: commonweal doctor"
            ) from error
        return Snapshot(
            id=about.id,
            kind=about.kind,
            source=about.source,
            rows=about.rows,
            first=about.first,
            last=about.last,
            published_at=about.published_at,
            path=folder,
            provenance=about.provenance,
            current=False,
        )

    def _read_file(self, snapshot_id: str, name: str) -> pl.DataFrame:
        try:
            return pl.read_parquet(self.layout.snapshot(snapshot_id) / name)
        except (OSError, pl.exceptions.PolarsError) as error:
            raise StoreDamaged(
                f"Snapshot {snapshot_id} cannot be read: {error}. Run: commonweal doctor"
            ) from error


def _empty_columns(kind: str) -> dict[str, pl.Expr]:
    return {name: pl.lit(None, dtype=column.dtype) for name, column in get_record_type(kind).columns.items()}
