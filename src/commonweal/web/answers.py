"""Answers of the studies, kept as long as the records and the pack stay the same."""

from __future__ import annotations

import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from commonweal.config import Workspace
from commonweal.errors import ServerBusy
from commonweal.results.periods import Period
from commonweal.studies.desk import Desk, open_desk

if TYPE_CHECKING:
    import polars as pl

    from commonweal.city import City
    from commonweal.results.finding import ClaimResult, CommitmentResult, Finding, Query, Series
    from commonweal.store import Snapshot
    from commonweal.studies.latest import ComparedPeriods
    from commonweal.studies.listing import MeasureListed
    from commonweal.studies.overview import Overview
    from commonweal.studies.release import Release
    from commonweal.studies.series import SeriesGrain

T = TypeVar("T")
KEPT = 4_096
"""Answers to what a page asks by itself."""
CHOSEN_KEPT = 256
"""Answers to what a reader chose; kept apart, so that no one can push out the others by asking."""
CHOSEN_AT_ONCE = 6
"""Chosen questions that are computed at the same time; threads remain for pages that are known already."""
_HELD: ContextVar[tuple[int, str] | None] = ContextVar("state of the records during a request", default=None)


@dataclass(slots=True)
class _Kept:
    """Answers by question; the least recently asked go first. One thread computes, others wait for it."""

    size: int
    at_once: threading.Semaphore | None = None
    by_key: OrderedDict[Hashable, Any] = field(default_factory=OrderedDict)
    locks: dict[Hashable, threading.Lock] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, key: Hashable, compute: Callable[[], T]) -> T:
        with self.lock:
            if key in self.by_key:
                self.by_key.move_to_end(key)
                return self.by_key[key]  # type: ignore[no-any-return]
            own = self.locks.setdefault(key, threading.Lock())
        with own:
            with self.lock:
                if key in self.by_key:
                    return self.by_key[key]  # type: ignore[no-any-return]
            try:
                value = self._compute(compute)
                with self.lock:
                    self.by_key[key] = value
                    while len(self.by_key) > self.size:
                        self.by_key.popitem(last=False)
            finally:
                with self.lock:
                    self.locks.pop(key, None)
            return value

    def _compute(self, compute: Callable[[], T]) -> T:
        if self.at_once is None:
            return compute()
        if not self.at_once.acquire(blocking=False):
            raise ServerBusy("Too many new comparisons are being computed. Ask again in a few seconds.")
        try:
            return compute()
        finally:
            self.at_once.release()


class Answers:
    """Every question a page asks, answered once for each state of the store.

    Parameters
    ----------
    workspace : Workspace
        What is served.
    """

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self._kept = _Kept(KEPT)
        self._chosen = _Kept(CHOSEN_KEPT, threading.Semaphore(CHOSEN_AT_ONCE))
        self._desk: tuple[str, Desk] | None = None
        self._opening = threading.Lock()

    @property
    def desk(self) -> Desk:
        """The desk; opened again when a file of the pack changes."""
        stamp = self._read_pack_stamp() if self._held() is None else self.state().split()[-1]
        with self._opening:
            if self._desk is None or self._desk[0] != stamp:
                self._desk = (stamp, open_desk(self.workspace))
            return self._desk[1]

    @property
    def city(self) -> City:
        """The city's pack."""
        return self.desk.city

    def state(self) -> str:
        """Return a text that changes when the records or the pack change; within a request it is read once."""
        return self._held() or self._read_state()

    def hold_state(self) -> str:
        """Read the state for the request that is being answered, so that all of its parts agree."""
        state = self._read_state()
        _HELD.set((id(self), state))
        return state

    def _held(self) -> str | None:
        held = _HELD.get()
        return held[1] if held is not None and held[0] == id(self) else None

    def _read_state(self) -> str:
        _HELD.set(None)
        return f"{self.desk.store.fingerprint()} {self._read_pack_stamp()}"

    def keep(self, key: Hashable, compute: Callable[[], T], *, chosen: bool = False) -> T:
        """Return what was computed for this key in the present state of the store, computing it if need be.

        Parameters
        ----------
        key : hashable
            The question.
        compute : callable
            Answers it.
        chosen : bool
            Whether the reader chose something that has no end of values, such as periods.

        Raises
        ------
        ServerBusy
            Many chosen questions are being computed.
        """
        return (self._chosen if chosen else self._kept).get((self.state(), key), compute)

    def overview(self) -> Overview:
        """Return what the first page shows."""
        from commonweal.studies.overview import make_overview

        return self.keep("overview", lambda: make_overview(self.desk))

    def measures(self) -> tuple[MeasureListed, ...]:
        """List the measures with what answers them."""
        from commonweal.studies.listing import list_measures

        return self.keep("measures", lambda: list_measures(self.desk))

    def latest_periods(self, measure: str) -> ComparedPeriods | None:
        """Return the latest periods of a measure that can be compared."""
        from commonweal.studies.latest import find_latest_periods

        declared = self.city.get_measure(measure)
        return self.keep(("latest", measure), lambda: find_latest_periods(self.desk, declared))

    def finding(
        self,
        measure: str,
        *,
        current: Period | None = None,
        baseline: Period | None = None,
        even_if_broken: bool = False,
    ) -> Finding:
        """Compare a measure for the whole city; see `commonweal.studies.compare.compare_measure`."""
        from commonweal.studies.compare import compare_measure

        return self.keep(
            ("finding", measure, current, baseline, even_if_broken),
            lambda: compare_measure(
                self.desk, measure, current=current, baseline=baseline, even_if_broken=even_if_broken
            ),
            chosen=current is not None or baseline is not None,
        )

    def find_finding(
        self,
        measure: str,
        *,
        current: Period | None = None,
        baseline: Period | None = None,
        even_if_broken: bool = False,
    ) -> Finding | None:
        """Compare a measure for the whole city; None where nothing loaded covers two comparable periods."""
        self.city.get_measure(measure)
        if current is None and self.latest_periods(measure) is None:
            return None
        return self.finding(measure, current=current, baseline=baseline, even_if_broken=even_if_broken)

    def series(self, measure: str, grain: SeriesGrain | None = None) -> Series:
        """Return a measure over time for the whole city."""
        from commonweal.studies.series import read_series

        return self.keep(("series", measure, grain), lambda: read_series(self.desk, measure, grain=grain))

    def area_series(self, measure: str, area: str) -> Series:
        """Return the calendar years of a measure in an area, as published, or raise `NotFound`."""
        self.city.get_measure(measure)
        self.city.get_area(area)
        return self.release().get_series(measure, area)

    def release(self) -> Release:
        """Return every number by area that may be published; nothing else about areas leaves this server."""
        from commonweal.studies.release import make_release

        return self.keep("release", lambda: make_release(self.desk))

    def claims(self) -> tuple[ClaimResult, ...]:
        """Recompute every published figure."""
        from commonweal.studies.claims import check_claims

        return self.keep("claims", lambda: check_claims(self.desk))

    def claim(self, figure: str) -> ClaimResult:
        """Recompute one published figure, or raise `NotFound`."""
        self.city.get_figure(figure)
        return next(result for result in self.claims() if result.figure == figure)

    def commitments(self) -> tuple[CommitmentResult, ...]:
        """Say where every commitment stands."""
        from commonweal.studies.commitments import check_commitments

        return self.keep("commitments", lambda: check_commitments(self.desk))

    def commitment(self, name: str) -> CommitmentResult:
        """Say where one commitment stands, or raise `NotFound`."""
        self.city.get_commitment(name)
        return next(result for result in self.commitments() if result.commitment == name)

    def snapshots(self) -> tuple[Snapshot, ...]:
        """List every snapshot, newest first."""
        return self.keep("snapshots", lambda: tuple(reversed(self.desk.store.list_snapshots())))

    def rejected(self, snapshot: str) -> pl.DataFrame:
        """Read the rows a load did not keep."""
        return self.desk.store.read_rejected(snapshot)

    def find_query(self, hash_: str) -> Query | None:
        """Return a query by its hash, where it was run."""
        return self.desk.find_query(hash_)

    @property
    def simulated(self) -> bool:
        """Whether any current record is simulated."""
        return any(one.current and one.provenance.simulated for one in self.snapshots())

    def _read_pack_stamp(self) -> str:
        with os.scandir(self.workspace.city) as entries:
            stamps = sorted((entry.name, entry.stat().st_mtime_ns) for entry in entries if entry.is_file())
        return "-".join(f"{changed:x}" for _, changed in stamps)
