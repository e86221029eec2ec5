"""Many measures at once: areas × measures × periods in one query."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp

from commonweal.city.measures import Measure
from commonweal.errors import InvalidRequest, Problem
from commonweal.results.compiler.aggregates import aggregate, shared_columns
from commonweal.results.compiler.query import CompiledQuery
from commonweal.results.compiler.rows import Asked, any_of, ask
from commonweal.results.compiler.scope import Scope
from commonweal.results.compiler.totals import ascending, check_periods, stack, total_of
from commonweal.results.periods import Period


def compile_screen(measures: Sequence[Measure], scope: Scope, periods: Sequence[Period]) -> CompiledQuery:
    """Compile the totals of several measures, of one kind and source, in the same periods.

    Parameters
    ----------
    measures : sequence of Measure
        All of the kind that the scope's source holds.
    scope : Scope
        Of which records, grouped by what; ``by=("area",)`` for a screen of areas.
    periods : sequence of Period
        Usually the baseline and the current period.

    Returns
    -------
    CompiledQuery
        As of `compile_totals`, with a column ``measure`` behind ``period``. A group has a row for every measure as
        soon as it has records of any.

    Raises
    ------
    InvalidRequest
        No measure or period is given, or a measure does not fit.
    """
    check_periods(periods)
    if not measures:
        raise InvalidRequest(
            "There is nothing to compute.", [Problem("measure", "name at least one measure")]
        )
    asked = [ask(measure, scope) for measure in measures]
    together = [aggregate(one, among_others=True) for one in asked]
    where = any_of(one.where for one in together)
    columns: list[exp.Expr] = []
    for number, one in enumerate(together):
        columns += [exp.alias_(one.value, f"value_{number}"), exp.alias_(one.n, f"n_{number}")]
    columns += shared_columns(asked[0])
    counted = stack(
        [total_of(asked[0], at, one, columns=columns, where=where) for at, one in enumerate(periods)]
    )
    whole = stack([_read_one(one, number) for number, one in enumerate(asked)])
    order = [ascending(name) for name in ("period", "measure", *scope.by)]
    return CompiledQuery(whole.with_("counted", as_=counted).order_by(*order))


def _read_one(asked: Asked, number: int) -> exp.Select:
    return exp.select(
        exp.column("period"),
        exp.alias_(exp.convert(asked.measure.id), "measure"),
        *asked.groups,
        exp.alias_(exp.column(f"value_{number}"), "value"),
        exp.alias_(exp.column(f"n_{number}"), "n"),
        exp.column("straddling"),
        exp.column("simulated"),
    ).from_("counted")
