"""How long reports take to come in: period of occurrence × periods until reported."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from sqlglot import exp

from commonweal.city.measures import Measure
from commonweal.errors import InvalidRequest, Problem
from commonweal.results.compiler.aggregates import any_simulated
from commonweal.results.compiler.clock import before_day, day_number, period_index_of_number
from commonweal.results.compiler.query import CompiledQuery
from commonweal.results.compiler.rows import all_of, ask, filter_condition, select_rows
from commonweal.results.compiler.scope import Scope, TimeGrid
from commonweal.results.compiler.series import DAY_NUMBER
from commonweal.results.compiler.totals import ascending
from commonweal.results.periods import Period

REPORT_COLUMNS: Final = {"crimes": "reported_at"}
"""Kinds of record that tell when they were reported, and in which column."""

REPORT_NUMBER: Final = "report_day_number"
"""Column of prepared rows: the day of the report, counted from the same first day."""


def compile_delay_triangle(
    measure: Measure, scope: Scope, grid: TimeGrid, *, seen_until: date | None = None
) -> CompiledQuery:
    """Compile the reporting-delay triangle of a measure that counts rows.

    Parameters
    ----------
    measure : Measure
        What is counted; of a kind that tells when it was reported, now crimes.
    scope : Scope
        Of which records.
    grid : TimeGrid
        Periods of occurrence; delays are counted in the same periods.
    seen_until : date, optional
        Last day of reports that is used; the last day of the grid where none is named. For a full last diagonal,
        the last day of a period.

    Returns
    -------
    CompiledQuery
        Columns ``period`` (of occurrence, position in ``grid.periods``), the columns of ``Scope.by``, ``delay``
        (periods until reported, from 0), ``value``, ``simulated``. Rows without a report time are left out.

    Raises
    ------
    InvalidRequest
        The records do not tell when they were reported, or the measure does not count rows.
    """
    asked, extent = ask(measure, scope), grid.extent
    if measure.kind not in REPORT_COLUMNS or asked.value.form != "count" or measure.denominator is not None:
        message = f"must count rows of: {', '.join(REPORT_COLUMNS)}"
        raise InvalidRequest(
            "Reporting delay is not known here.", [Problem("measure", message, field="id", value=measure.id)]
        )
    last = seen_until or extent.end
    seen = Period(extent.start, max(extent.end, last))
    reported = exp.column(REPORT_COLUMNS[measure.kind])
    known = before_day(reported, last + timedelta(days=1), scope.zone)
    placed = select_rows(asked, extent, all_of([known, filter_condition(measure.where)])).select(
        exp.alias_(day_number(asked.time, seen, scope.zone), DAY_NUMBER),
        exp.alias_(day_number(reported, seen, scope.zone), REPORT_NUMBER),
    )
    happened, told = (
        period_index_of_number(exp.column(name), extent.start, grid.grain)
        for name in (DAY_NUMBER, REPORT_NUMBER)
    )
    late = exp.Greatest(this=told - happened, expressions=[exp.convert(0)], ignore_nulls=True)
    names = ("period", *scope.by, "delay")
    query = exp.select(
        exp.alias_(happened.copy(), "period"),
        *asked.groups,
        exp.alias_(late, "delay"),
        exp.alias_(exp.Count(this=exp.Star()), "value"),
        exp.alias_(any_simulated(), "simulated"),
    ).from_("placed")
    grouped = query.group_by(*[exp.convert(number + 1) for number in range(len(names))])
    return CompiledQuery(grouped.with_("placed", as_=placed).order_by(*[ascending(name) for name in names]))
