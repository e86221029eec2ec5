"""Totals of a few periods, which may overlap."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp

from commonweal.city.measures import Measure
from commonweal.errors import InvalidRequest, Problem
from commonweal.results.compiler.aggregates import INSIDE, aggregate, shared_columns
from commonweal.results.compiler.query import CompiledQuery
from commonweal.results.compiler.rows import Asked, ask, lies_inside, select_rows
from commonweal.results.compiler.scope import Scope
from commonweal.results.periods import Period


def compile_totals(measure: Measure, scope: Scope, periods: Sequence[Period]) -> CompiledQuery:
    """Compile the totals of a measure in one or more periods.

    Parameters
    ----------
    measure : Measure
        What is counted.
    scope : Scope
        Of which records, grouped by what.
    periods : sequence of Period
        Periods in the city's calendar; they may overlap. ``period`` in the result is the position here.

    Raises
    ------
    InvalidRequest
        No period is given, or the measure does not fit its record type.
    """
    check_periods(periods)
    asked = ask(measure, scope)
    columns = aggregate(asked)
    named = [exp.alias_(columns.value, "value"), exp.alias_(columns.n, "n"), *shared_columns(asked)]
    parts = [total_of(asked, at, one, columns=named, where=columns.where) for at, one in enumerate(periods)]
    order = [ascending(name) for name in ("period", *scope.by)]
    return CompiledQuery(stack(parts).order_by(*order))


def check_periods(periods: Sequence[Period]) -> None:
    """Check that there is at least one period."""
    if not periods:
        raise InvalidRequest("There is nothing to compute.", [Problem("period", "name at least one period")])


def total_of(
    asked: Asked, position: int, period: Period, *, columns: Sequence[exp.Expr], where: exp.Expr | None
) -> exp.Select:
    """Compute columns of the rows of one period, by the scope's groups."""
    rows = select_rows(asked, period, where)
    head = [exp.alias_(exp.convert(position), "period"), *asked.groups]
    if asked.is_published_counts:
        inside = exp.alias_(lies_inside(period), INSIDE)
        query = exp.select(*head, *columns).from_(rows.select(inside).subquery("touched"))
    else:
        query = rows.select(*head, *columns, append=False)
    return query.group_by(*asked.groups) if asked.groups else query


def stack(parts: Sequence[exp.Select]) -> exp.Query:
    """Put answers under each other."""
    return parts[0] if len(parts) == 1 else exp.union(*parts, distinct=False)


def ascending(name: str) -> exp.Ordered:
    """Order by a column upward, empty ones last, in every dialect."""
    return exp.Ordered(this=exp.column(name), desc=False, nulls_first=False)
