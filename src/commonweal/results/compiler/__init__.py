"""From a measure to one visible query.

Every query is built as an expression tree with SQLGlot, never pasted together from text, so values with quotes
stay values. DuckDB and Spark run the same tree. Tables are named like the kinds of record.

Time
    Days are the city's. Local midnight is turned into UTC when the query is written, so the query filters the
    UTC column itself, and stored blocks of other times are skipped. To cut a series, the offset of the zone is
    written into the query as plain numbers; no database's own time-zone tables are used, so all of them agree.

Columns of every result
    ``period`` : int
        Position, from 0, of the period asked for.
    ``measure`` : str
        Only in a screen.
    the columns of ``Scope.by``
    ``value`` : int or float
        The count or sum; the numerator of a share; the quantile (null where there is no case).
    ``n`` : int
        Cases behind it: the count itself, the denominator of a share, the rows of a sum, the cases of a quantile.
    ``straddling`` : int
        Published counts whose period lies only partly in the one asked for; they are left out of the value.
        Above 0, the records are too coarse for the period.
    ``simulated`` : bool
        Whether any record behind it is simulated.

A period or group without records has no row in a series or where ``Scope.by`` is given; totals of the whole scope
always have one.

Public names
------------
Scope, TimeGrid, CompiledQuery, query_hash, make_query : what is asked, and the answer
compile_totals, compile_series, compile_screen, compile_cases, compile_delay_triangle, compile_coverage : queries
check_measure, parse_value : what a measure may say
"""

from __future__ import annotations

from commonweal.results.compiler.cases import compile_cases
from commonweal.results.compiler.coverage import compile_coverage
from commonweal.results.compiler.delay import compile_delay_triangle
from commonweal.results.compiler.query import CompiledQuery, Dialect, make_query, query_hash
from commonweal.results.compiler.scope import Scope, TimeGrid
from commonweal.results.compiler.screen import compile_screen
from commonweal.results.compiler.series import compile_series
from commonweal.results.compiler.totals import compile_totals
from commonweal.results.compiler.values import check_measure, parse_value

__all__ = [
    "CompiledQuery",
    "Dialect",
    "Scope",
    "TimeGrid",
    "check_measure",
    "compile_cases",
    "compile_coverage",
    "compile_delay_triangle",
    "compile_screen",
    "compile_series",
    "compile_totals",
    "make_query",
    "parse_value",
    "query_hash",
]
