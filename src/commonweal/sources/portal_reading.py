"""Read a whole dataset page by page: go on after a cut, take only what changed, and lose nothing.

Pages follow a stable key, so that rows which come or go while they are read shift nothing. At the end the portal is
asked how many rows it has. Fewer here than there: rows came at keys already passed, and what changed since the
reading began is asked for. More here than there: rows were deleted, and all is read again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import polars as pl

from commonweal.errors import SourceChanged, SourceError
from commonweal.sources.fetch_state import FetchState, StateFolder
from commonweal.sources.portal_page import Page, PageRequest, Portal

OVERLAP = timedelta(days=1)
"""Changes are asked for from a day before the last reading: portals show some of them late."""

READINGS = 3
SAME_PAGE_TRIES = 3

Progress = Callable[[int, int], object]
"""Called with the rows had so far and the rows there are."""


@dataclass(frozen=True, slots=True)
class ReadRows:
    """All rows of a dataset.

    Attributes
    ----------
    rows : DataFrame
        Columns of text, by key.
    fields : tuple of str
        Columns that the portal names, also those without any value.
    notes : tuple of str
        What happened on the way that a reader should know.
    """

    rows: pl.DataFrame
    fields: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PortalReading:
    """The reading of one dataset.

    Attributes
    ----------
    portal : Portal
        The dataset.
    folder : StateFolder
        Where finished pages are kept.
    page_rows : int
        Rows asked for at once.
    check_page : callable
        Raises `SourceChanged` where a page's columns are not those that the mapping needs.
    progress : callable
        Told how far it is.
    now : datetime
        The current time (UTC), used where the portal does not tell its own.
    """

    portal: Portal
    folder: StateFolder
    page_rows: int
    check_page: Callable[[Page], None]
    progress: Progress
    now: datetime

    def read_all(self) -> ReadRows:
        """Read every row, or what changed since the last time.

        Raises
        ------
        SourceError
            The portal says that there are more rows than it gives, again and again.
        """
        state = self._begin(self.folder.read(self.portal.query))
        self.folder.write(state)  # before any page: a cut now must not mix new pages with an old state
        notes: list[str] = []
        for left in reversed(range(READINGS)):
            state, repeated = self._read_pages(state)
            rows = self.folder.merge(state, self.portal.key)
            there = self.portal.count()
            if repeated:
                notes.append(f"{repeated:,} rows came twice from the portal and were taken once.")
            if rows.height == there:
                return self._end(state, rows, notes)
            if left:
                state = self._go_on(state, rows, there)
                self.folder.write(state)
        if rows.height > there:
            notes.append(f"{rows.height - there:,} rows were deleted on the portal while they were read.")
            return self._end(state, rows, notes)
        raise SourceError(
            f"The portal says that it has {there:,} rows and gives {rows.height:,}. Nothing was loaded; try again."
        )

    def _begin(self, state: FetchState) -> FetchState:
        if not state.complete:
            return state
        if not self.portal.can_ask_since:
            return FetchState(self.portal.query)
        since = state.started_at
        return (
            FetchState(self.portal.query, since=since, fields=state.fields)
            if since
            else FetchState(state.query)
        )

    def _read_pages(self, state: FetchState) -> tuple[FetchState, int]:
        seen = self.folder.read_page_keys(state, self.portal.key)
        total = None
        repeated = stuck = 0
        while True:
            page = self.portal.read_page(PageRequest(state.after, state.since, self.page_rows))
            self.check_page(page)
            if state.started_at is None:
                began = (page.answered_at or self.now) - OVERLAP
                state = replace(state, started_at=began.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z"))
            fresh, again = self._sort_out(page, seen)
            if page.rows and not fresh:
                stuck += 1
                if stuck >= SAME_PAGE_TRIES:
                    raise SourceError(
                        "The portal gives the same page again and again. Nothing was loaded; try again."
                    )
                repeated += again
                continue
            stuck = 0
            repeated += again
            if not page.rows:
                return state, repeated
            total = self.portal.count() if total is None else total
            state = self.folder.add_page(state, replace(page, rows=fresh), self.portal.key)
            self.progress(len(seen), max(total, len(seen)))
            if page.last:
                return state, repeated

    def _sort_out(self, page: Page, seen: set[str]) -> tuple[tuple[dict[str, object], ...], int]:
        """Separate new rows from those already had, by key; the keys of the new ones are remembered."""
        key = self.portal.key
        fresh: list[dict[str, object]] = []
        for row in page.rows:
            value = row.get(key)
            if value in (None, ""):
                raise SourceChanged(f"The portal gives a row without {key!r}, which is to identify it.")
            if str(value) not in seen:
                seen.add(str(value))
                fresh.append(dict(row))
        return tuple(fresh), len(page.rows) - len(fresh)

    def _go_on(self, state: FetchState, rows: pl.DataFrame, there: int) -> FetchState:
        """Decide what to read next where the numbers differ."""
        if rows.height < there and self.portal.can_ask_since and state.started_at:
            done = self.folder.finish(state, rows)
            return FetchState(self.portal.query, since=done.started_at, fields=done.fields)
        return FetchState(self.portal.query)

    def _end(self, state: FetchState, rows: pl.DataFrame, notes: list[str]) -> ReadRows:
        self.folder.finish(state, rows)
        return ReadRows(rows, state.fields, tuple(dict.fromkeys(notes)))
