"""The columns a query gives for a measure: value, n, straddling, simulated."""

from __future__ import annotations

from dataclasses import dataclass

import dataframely as dy
from sqlglot import exp

from commonweal.results.compiler.query import EXACT_QUANTILE
from commonweal.results.compiler.rows import Asked, all_of, any_of, filter_condition

INSIDE = "inside"
"""Column of prepared published counts: whether the row lies wholly in the period."""


@dataclass(frozen=True, slots=True)
class Aggregates:
    """What is computed of the rows.

    Attributes
    ----------
    value, n : exp.Expr
        The value and the cases behind it.
    where : exp.Expr or None
        Rows that can matter at all, for the query's WHERE clause; None for every row.
    """

    value: exp.Expr
    n: exp.Expr
    where: exp.Expr | None


def aggregate(asked: Asked, *, among_others: bool = False) -> Aggregates:
    """Return value and n of a measure.

    Parameters
    ----------
    asked : Asked
        The measure.
    among_others : bool
        Whether the query reads rows of other measures too, so the measure's filter must stand in each aggregate.
    """
    measure = asked.measure
    inside = exp.column(INSIDE) if asked.is_published_counts else None
    where = filter_condition(measure.where)
    if measure.denominator is not None:
        base = filter_condition(measure.denominator)
        value = _amount(asked, all_of([inside, where]))
        return Aggregates(value, _amount(asked, all_of([inside, base])), any_of([where, base]))
    only = all_of([inside, where if among_others else None])
    value = _amount(asked, only)
    return Aggregates(value, _cases(asked, only, value), where)


def shared_columns(asked: Asked) -> list[exp.Expr]:
    """Return the columns that are the same for every measure: straddling, simulated."""
    straddling: exp.Expr = exp.convert(0)
    if asked.is_published_counts:
        straddling = _only(exp.Count(this=exp.Star()), exp.column(INSIDE).not_())
    return [exp.alias_(straddling, "straddling"), exp.alias_(any_simulated(), "simulated")]


def any_simulated() -> exp.Expr:
    """Return whether any row is simulated."""
    return exp.Coalesce(this=exp.Max(this=exp.column("simulated")), expressions=[exp.false()])


def _amount(asked: Asked, only: exp.Expr | None) -> exp.Expr:
    form = asked.value
    if form.form == "count":
        return _only(exp.Count(this=exp.Star()), only)
    if form.form == "quantile":
        arguments = [measured(asked), exp.convert(form.quantile)]
        return _only(exp.Anonymous(this=EXACT_QUANTILE, expressions=arguments), only)
    total = _only(exp.Sum(this=exp.column(form.column)), only)
    whole = isinstance(asked.record_type.columns[form.column], dy.Int64)
    zero = exp.Coalesce(this=total, expressions=[exp.convert(0)])
    return exp.cast(zero, "BIGINT") if whole else zero


def _cases(asked: Asked, only: exp.Expr | None, value: exp.Expr) -> exp.Expr:
    if asked.is_published_counts or asked.value.form == "count":
        return value.copy()
    return _only(exp.Count(this=measured(asked)), only)


def measured(asked: Asked) -> exp.Expr:
    """Return the column whose quantile or sum is taken, or the seconds between two times."""
    form = asked.value
    column: exp.Expr = exp.column(form.column)
    if not form.minus:
        return column
    micros = exp.UnixMicros(this=column) - exp.UnixMicros(this=exp.column(form.minus))
    return exp.paren(micros) / exp.convert(1_000_000.0)


def _only(call: exp.Expr, condition: exp.Expr | None) -> exp.Expr:
    if condition is None:
        return call
    return exp.Filter(this=call, expression=exp.Where(this=condition.copy()))
