"""Queries over the current snapshots: DuckDB in memory, one view a record kind, nothing else within reach."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import polars as pl

from commonweal.errors import InvalidRequest, Problem
from commonweal.records import RECORD_TYPES, RecordType
from commonweal.store.answers import read_answer
from commonweal.store.statements import WHERE, check_statement, explain_failure

if TYPE_CHECKING:
    from collections.abc import Iterator

Parameters = Sequence[object] | Mapping[str, object]


@dataclass(frozen=True, slots=True)
class QueryLimits:
    """How much one query may take.

    Attributes
    ----------
    time_s : float
        Seconds before it is stopped.
    memory_mib : int
        Memory of all queries together; nothing is spilled to disk.
    rows : int
        Rows of an answer.
    threads : int
        Threads of all queries together.
    """

    time_s: float = 30.0
    memory_mib: int = 1024
    rows: int = 5_000_000
    threads: int = 2


KEPT_CHECKS = 10_000


class QueryRunner:
    """Runs queries over one fixed set of snapshot files; safe to share among threads.

    Parameters
    ----------
    files : mapping of str to sequence of Path
        Kind → data files of its current snapshots.
    limits : QueryLimits
        What a query may take.
    """

    def __init__(self, files: Mapping[str, Sequence[Path]], limits: QueryLimits) -> None:
        self._limits = limits
        self._checked: set[str] = set()
        # Held in a list that is emptied when the runner goes or the program ends: DuckDB has to be let go before.
        self._databases = [_open_database(files, limits)]
        weakref.finalize(self, self._databases.clear)

    def run(self, sql: str, parameters: Parameters | None = None) -> pl.DataFrame:
        """Run one checked statement.

        Raises
        ------
        InvalidRequest
            The statement is not allowed, wrong, too slow, or its answer too large.
        """
        cursor = self._databases[0].cursor()
        running = [cursor]
        stopped = threading.Event()

        def stop() -> None:
            stopped.set()
            for one in running:
                one.interrupt()

        timer = threading.Timer(self._limits.time_s, stop)
        timer.daemon = True
        timer.start()
        try:
            self._check(sql, cursor)
            return self._fetch(cursor, sql, parameters)
        except duckdb.OutOfMemoryException as error:
            message = f"needs more than the {self._limits.memory_mib} MiB of memory that a query may take"
            raise _refuse_size(message) from error
        except duckdb.Error as error:
            if stopped.is_set():
                message = f"took longer than the {self._limits.time_s:g} seconds that a query may take"
                raise _refuse_size(message) from error
            raise explain_failure(_place_failure(cursor, sql, parameters, error)) from error
        finally:
            timer.cancel()
            running.clear()
            cursor.close()

    def _check(self, sql: str, cursor: duckdb.DuckDBPyConnection) -> None:
        if sql not in self._checked:
            check_statement(sql, cursor)
            if len(self._checked) < KEPT_CHECKS:
                self._checked.add(sql)

    def _fetch(
        self, cursor: duckdb.DuckDBPyConnection, sql: str, parameters: Parameters | None
    ) -> pl.DataFrame:
        answer = read_answer(cursor.sql(sql, params=parameters).limit(self._limits.rows + 1))
        if answer.height > self._limits.rows:
            raise _refuse_size(f"has more than the {self._limits.rows:,} rows that an answer may have")
        return answer


def _place_failure(
    cursor: duckdb.DuckDBPyConnection, sql: str, parameters: Parameters | None, error: duckdb.Error
) -> duckdb.Error:
    # DuckDB marks the place of the error only where it runs the text itself, not where it makes a relation of it.
    if isinstance(error, (duckdb.BinderException, duckdb.CatalogException)):
        try:
            cursor.execute(sql, parameters)
        except duckdb.Error as placed:
            return placed
    return error


def _refuse_size(message: str) -> InvalidRequest:
    advice = "Narrow it, or add up more."
    return InvalidRequest(f"The query {message}. {advice}", [Problem(WHERE, message)])


def _open_database(files: Mapping[str, Sequence[Path]], limits: QueryLimits) -> duckdb.DuckDBPyConnection:
    database = duckdb.connect(
        ":memory:",
        config={
            "python_enable_replacements": "false",
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "allow_community_extensions": "false",
            "threads": str(limits.threads),
        },
    )
    for statement in _list_preparations(files, limits):
        database.execute(statement)
    return database


def _list_preparations(files: Mapping[str, Sequence[Path]], limits: QueryLimits) -> Iterator[str]:
    allowed = [path for paths in files.values() for path in paths]
    yield f"SET memory_limit = '{limits.memory_mib}MiB'"
    yield "SET GLOBAL TimeZone = 'UTC'"
    yield "SET GLOBAL parquet_metadata_cache = true"
    yield "SET temp_directory = ''"
    yield f"SET allowed_paths = {_write_list(allowed)}"
    for kind, record_type in RECORD_TYPES.items():
        yield _write_view(record_type, files.get(kind, ()))
    yield "SET enable_external_access = false"
    yield "SET lock_configuration = true"


def _write_view(record_type: RecordType, paths: Sequence[Path]) -> str:
    columns = {name: _sql_type(column.dtype) for name, column in record_type.columns.items()}
    present = _find_present(paths)
    shown = ", ".join(
        f"{_write_name(name)}::{kind} AS {_write_name(name)}"
        if name in present
        else f"NULL::{kind} AS {_write_name(name)}"
        for name, kind in columns.items()
    )
    # Both texts are our own declarations and our own file names, written as quoted literals.
    origin = f"FROM read_parquet({_write_list(paths)}, union_by_name = true)" if paths else "WHERE false"
    return f"CREATE VIEW {_write_name(record_type.kind)} AS SELECT {shown} {origin}"


def _find_present(paths: Sequence[Path]) -> set[str]:
    return {name for path in paths for name in pl.read_parquet_schema(path)}


def _sql_type(dtype: pl.DataType) -> str:
    if isinstance(dtype, pl.Datetime):
        return "TIMESTAMP WITH TIME ZONE" if dtype.time_zone else "TIMESTAMP"
    if isinstance(dtype, pl.Enum):
        return "VARCHAR"
    names: dict[pl.DataType, str] = {
        pl.String(): "VARCHAR",
        pl.Boolean(): "BOOLEAN",
        pl.Date(): "DATE",
        pl.Int64(): "BIGINT",
        pl.Float64(): "DOUBLE",
    }
    return names[dtype]


def _write_list(paths: Sequence[Path]) -> str:
    return "[" + ", ".join("'" + str(path).replace("'", "''") + "'" for path in paths) + "]"


def _write_name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
