"""From an answer of DuckDB to a table of Polars, without a copy through other libraries.

Some types of DuckDB have no counterpart that a page or a file could show: intervals, unions and the like come as
text. Sums of whole numbers are 128 bits wide in DuckDB; they come as 64 bits where they fit.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import polars as pl

if TYPE_CHECKING:
    import duckdb

AS_TEXT: Final = re.compile(r"\b(INTERVAL|UNION|BIGNUM|VARIANT|BIT)\b|\bTIME WITH TIME ZONE\b")
WIDE: Final = frozenset({"HUGEINT", "UHUGEINT"})


class _Stream:
    """Passes an answer on through the Arrow interface, and nothing else of it.

    Polars keeps the types of the objects it is given, which would keep DuckDB alive beyond the end of the program.
    """

    def __init__(self, relation: duckdb.DuckDBPyRelation) -> None:
        self._relation = relation

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self._relation.__arrow_c_stream__(requested_schema)


def read_answer(relation: duckdb.DuckDBPyRelation) -> pl.DataFrame:
    """Run a relation and return its rows.

    Raises
    ------
    duckdb.Error
        The query fails while it runs.
    """
    kinds = {name: str(kind) for name, kind in zip(relation.columns, relation.types, strict=True)}
    if any(AS_TEXT.search(kind) for kind in kinds.values()):
        relation = relation.project(", ".join(_write_column(name, kind) for name, kind in kinds.items()))
    table = pl.DataFrame(_Stream(relation))
    return table.with_columns(_narrow(table[name]) for name, kind in kinds.items() if kind in WIDE)


def _write_column(name: str, kind: str) -> str:
    quoted = '"' + name.replace('"', '""') + '"'
    return f"{quoted}::VARCHAR AS {quoted}" if AS_TEXT.search(kind) else quoted


def _narrow(column: pl.Series) -> pl.Series:
    try:
        return column.cast(pl.Int64)
    except pl.exceptions.InvalidOperationError:
        return column
