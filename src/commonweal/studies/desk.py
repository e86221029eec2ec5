"""The desk: one city's pack and store, opened together, with the answers to queries kept at hand."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import polars as pl

from commonweal.city import City, load_city
from commonweal.config import Workspace
from commonweal.results.compiler import CompiledQuery, make_query
from commonweal.results.finding import Query
from commonweal.store import Snapshot, Store

KEPT_ANSWERS = 2_000
KEPT_QUERIES = 10_000
"""Readers choose periods, so there is no end to the queries that can be asked."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query gave, and the query itself."""

    table: pl.DataFrame
    query: Query


@dataclass(slots=True)
class _Answers:
    """Answers by fingerprint of the store and text of the query; the least recently used ones go first."""

    by_query: OrderedDict[tuple[str, str], pl.DataFrame] = field(default_factory=OrderedDict)
    queries: OrderedDict[str, Query] = field(default_factory=OrderedDict)
    lock: threading.Lock = field(default_factory=threading.Lock)
    made: dict[str, tuple[str, Any]] = field(default_factory=dict)
    making: threading.RLock = field(default_factory=threading.RLock)


@dataclass(frozen=True, slots=True)
class Desk:
    """A city and its records.

    Attributes
    ----------
    workspace : Workspace
        Where they are.
    city : City
        The pack.
    store : Store
        The records.
    """

    workspace: Workspace
    city: City
    store: Store
    _answers: _Answers = field(default_factory=_Answers, repr=False, compare=False)

    def ask(self, compiled: CompiledQuery, *snapshots: Snapshot) -> Answer:
        """Run a query once for each state of the store.

        Parameters
        ----------
        compiled : CompiledQuery
            The query.
        *snapshots : Snapshot
            Snapshots it reads; they go into its hash.
        """
        query = make_query(compiled, (snapshot.id for snapshot in snapshots))
        key = (self.store.fingerprint(), query.sql)
        with self._answers.lock:
            table = self._answers.by_query.get(key)
            if table is not None:
                self._answers.by_query.move_to_end(key)
        if table is None:
            table = self.store.query(query.sql)
        with self._answers.lock:
            self._answers.by_query[key] = table
            self._answers.queries[query.hash] = query
            self._answers.queries.move_to_end(query.hash)
            while len(self._answers.queries) > KEPT_QUERIES:
                self._answers.queries.popitem(last=False)
            while len(self._answers.by_query) > KEPT_ANSWERS:
                self._answers.by_query.popitem(last=False)
        return Answer(table, query)

    def remember(self, what: str, make: Callable[[], T]) -> T:
        """Return what was made for this state of the store, making it once.

        Parameters
        ----------
        what : str
            Name of the thing.
        make : callable
            Makes it.
        """
        state = self.store.fingerprint()
        with self._answers.making:
            if self._answers.made.get(what, ("", None))[0] != state:
                self._answers.made[what] = (state, make())
            made: T = self._answers.made[what][1]
            return made

    def find_query(self, hash_: str) -> Query | None:
        """Return a query that was run before, by its hash."""
        with self._answers.lock:
            return self._answers.queries.get(hash_)


def open_desk(workspace: Workspace) -> Desk:
    """Load the pack of a workspace and open its store.

    Raises
    ------
    InvalidPack
        The pack has problems; all are listed.
    """
    city = load_city(workspace.city)
    return Desk(workspace, city, Store(workspace.store, time_zone=city.time_zone))
