"""What the loaded records of a source cover, and how finely they tell time."""

from __future__ import annotations

import dataframely as dy
from sqlglot import exp

from commonweal.records import get_record_type
from commonweal.results.compiler.aggregates import any_simulated
from commonweal.results.compiler.query import CompiledQuery
from commonweal.results.compiler.scope import Scope


def compile_coverage(scope: Scope) -> CompiledQuery:
    """Compile what a source covers.

    Parameters
    ----------
    scope : Scope
        Its source; place and grouping are not used.

    Returns
    -------
    CompiledQuery
        One row: ``row_count``; ``first_time``, ``last_time`` (UTC times, or days as they are in the records);
        ``shortest_days``, ``longest_days`` (lengths of the periods of published counts, 0 for single events);
        ``city_rows`` (published counts for the whole city); ``simulated``.
    """
    record_type = get_record_type(scope.source.kind)
    time = exp.column(record_type.time_column)
    last, lengths, city = time, [exp.convert(0), exp.convert(0)], exp.convert(0)
    if record_type.kind == "counts":
        last = exp.column("period_end")
        days = exp.DateDiff(this=last, expression=time, unit=exp.var("DAY")) + exp.convert(1)
        lengths = [exp.Min(this=days), exp.Max(this=days.copy())]
        nowhere = exp.Where(this=exp.column("area").is_(exp.null()))
        city = exp.Filter(this=exp.Count(this=exp.Star()), expression=nowhere)
    elif not isinstance(record_type.columns[record_type.time_column], dy.Datetime):
        lengths = [exp.convert(1), exp.convert(1)]
    query = exp.select(
        exp.alias_(exp.Count(this=exp.Star()), "row_count"),
        exp.alias_(exp.Min(this=time), "first_time"),
        exp.alias_(exp.Max(this=last.copy()), "last_time"),
        exp.alias_(lengths[0], "shortest_days"),
        exp.alias_(lengths[1], "longest_days"),
        exp.alias_(city, "city_rows"),
        exp.alias_(any_simulated(), "simulated"),
    )
    return CompiledQuery(query.from_(record_type.kind).where(exp.column("source").eq(scope.source.id)))
