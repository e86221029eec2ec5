"""The single values behind a quantile: what an interval without assumptions on their distribution needs."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp

from commonweal.city.measures import Measure
from commonweal.errors import InvalidRequest, Problem
from commonweal.results.compiler.aggregates import measured
from commonweal.results.compiler.query import CompiledQuery
from commonweal.results.compiler.rows import ask, filter_condition, select_rows
from commonweal.results.compiler.scope import Scope
from commonweal.results.compiler.totals import check_periods, stack
from commonweal.results.periods import Period


def compile_cases(measure: Measure, scope: Scope, periods: Sequence[Period]) -> CompiledQuery:
    """Compile the values whose quantile a measure takes.

    Parameters
    ----------
    measure : Measure
        A quantile.
    scope : Scope
        Of which records; ``by`` is not used.
    periods : sequence of Period
        Periods in the city's calendar.

    Returns
    -------
    CompiledQuery
        Columns ``period`` (position in ``periods``) and ``value``, without order; rows without a value are left
        out.

    Raises
    ------
    InvalidRequest
        No period is given, or the measure takes no quantile.
    """
    check_periods(periods)
    asked = ask(measure, scope)
    if asked.value.form != "quantile":
        problem = Problem("measure", "must take a quantile", field="value", value=measure.value)
        raise InvalidRequest("There are no single values.", [problem])
    where = filter_condition(measure.where)
    parts = [
        select_rows(asked, one, where)
        .where(measured(asked).is_(exp.null()).not_())
        .select(
            exp.alias_(exp.convert(at), "period"),
            exp.alias_(exp.cast(measured(asked), "DOUBLE"), "value"),
            append=False,
        )
        for at, one in enumerate(periods)
    ]
    return CompiledQuery(stack(parts))
