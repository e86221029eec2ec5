"""A measure over time, cut into periods of one grain."""

from __future__ import annotations

from sqlglot import exp

from commonweal.city.measures import Measure
from commonweal.results.compiler.aggregates import INSIDE, aggregate, shared_columns
from commonweal.results.compiler.clock import day_number, period_index, period_index_of_number
from commonweal.results.compiler.query import CompiledQuery
from commonweal.results.compiler.rows import Asked, ask, lies_inside, select_rows
from commonweal.results.compiler.scope import Scope, TimeGrid
from commonweal.results.compiler.totals import ascending
from commonweal.results.periods import Period

LOCAL_DAY = "local_day"
"""Column of prepared rows: the day, in the city's calendar."""
DAY_NUMBER = "day_number"
"""Column of prepared rows: that day as whole days from the first one on."""


def compile_series(measure: Measure, scope: Scope, grid: TimeGrid) -> CompiledQuery:
    """Compile a series.

    Parameters
    ----------
    measure : Measure
        What is counted.
    scope : Scope
        Of which records, grouped by what.
    grid : TimeGrid
        Periods; ``period`` in the result is the position in ``grid.periods``. Periods in which nothing happened
        have no row.

    Raises
    ------
    InvalidRequest
        The span holds no whole period, or the measure does not fit its record type.
    """
    asked, extent = ask(measure, scope), grid.extent
    columns = aggregate(asked)
    rows = select_rows(asked, extent, columns.where)
    placed = rows.select(*_placed(asked, grid, extent))
    if asked.has_instants:
        position = period_index_of_number(exp.column(DAY_NUMBER), extent.start, grid.grain)
    else:
        position = period_index(exp.column(LOCAL_DAY), extent.start, grid.grain)
    query = exp.select(
        exp.alias_(position, "period"),
        *asked.groups,
        exp.alias_(columns.value, "value"),
        exp.alias_(columns.n, "n"),
        *shared_columns(asked),
    ).from_("placed")
    names = ("period", *scope.by)
    grouped = query.group_by(*[exp.convert(number + 1) for number in range(len(names))])
    return CompiledQuery(grouped.with_("placed", as_=placed).order_by(*[ascending(name) for name in names]))


def _placed(asked: Asked, grid: TimeGrid, extent: Period) -> list[exp.Expr]:
    """Return each row's day in the city's calendar and, of published counts, whether one period holds it."""
    if asked.is_published_counts:
        start, end = exp.column("period_start"), exp.column("period_end")
        first = period_index(start, extent.start, grid.grain)
        alone = first.eq(period_index(end, extent.start, grid.grain))
        inside = lies_inside(extent, alone)
        day: exp.Expr = exp.Greatest(this=start, expressions=[exp.convert(extent.start)], ignore_nulls=True)
        return [exp.alias_(day, LOCAL_DAY), exp.alias_(inside, INSIDE)]
    if asked.has_instants:
        return [exp.alias_(day_number(asked.time, extent, asked.scope.zone), DAY_NUMBER)]
    return [exp.alias_(asked.time, LOCAL_DAY)]
