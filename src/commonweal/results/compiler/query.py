"""A compiled query: a tree that can be written in more than one dialect."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from sqlglot import exp

from commonweal.results.finding import Query

Dialect = Literal["duckdb", "spark"]
"""Dialects a query is written in."""

EXACT_QUANTILE: Final = "QUANTILE_CONT"
"""Quantile with linear interpolation, as DuckDB names it."""
_SPARK_NAMES: Final = {EXACT_QUANTILE: "PERCENTILE"}


@dataclass(frozen=True, slots=True)
class CompiledQuery:
    """One query.

    Attributes
    ----------
    expression : exp.Query
        The tree.
    """

    expression: exp.Query

    def sql(self, dialect: Dialect = "duckdb") -> str:
        """Write the query out, one clause a line."""
        tree = self.expression
        if dialect == "spark":
            tree = tree.copy()
            for call in tree.find_all(exp.Anonymous):
                call.set("this", _SPARK_NAMES.get(str(call.this), call.this))
        return tree.sql(dialect=dialect, pretty=True)


def query_hash(sql: str, snapshots: Iterable[str]) -> str:
    """Return the first twelve hexadecimal digits of the SHA-256 of a query and the snapshots it reads.

    Parameters
    ----------
    sql : str
        Text of the query.
    snapshots : iterable of str
        Identifiers, in any order.
    """
    return hashlib.sha256("\n".join([sql, *sorted(snapshots)]).encode()).hexdigest()[:12]


def make_query(compiled: CompiledQuery, snapshots: Iterable[str], dialect: Dialect = "duckdb") -> Query:
    """Return what a page shows of a query: its text, its hash, what it read."""
    sql, read = compiled.sql(dialect), tuple(sorted(snapshots))
    return Query(sql, query_hash(sql, read), read)
