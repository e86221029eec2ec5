"""Other fair baselines of a comparison, read from the records."""

from __future__ import annotations

import math

from commonweal.city.measures import Measure
from commonweal.results.alternatives import MEAN_YEARS, Counted, CountIn, list_alternatives
from commonweal.results.breaks import find_refusal
from commonweal.results.compiler import Scope, compile_totals
from commonweal.results.finding import Alternative, Comparison, Refusal
from commonweal.results.periods import Period, year_before
from commonweal.studies.answering import AnsweringSource
from commonweal.studies.desk import Desk
from commonweal.studies.history import History
from commonweal.studies.latest import LONGEST_YEAR, ComparedPeriods
from commonweal.studies.weighing import is_sum_of_amounts


def find_alternatives(
    desk: Desk,
    measure: Measure,
    answering: AnsweringSource,
    history: History,
    periods: ComparedPeriods,
    comparison: Comparison,
    *,
    area: str | None = None,
) -> tuple[Alternative, ...]:
    """Hold the current period against the year before, the mean of three years, and the trend.

    Parameters
    ----------
    desk : Desk
        City and records.
    measure : Measure
        What was counted; only counts have other baselines.
    answering : AnsweringSource
        Source that answered.
    history : History
        Of the same measure and place.
    periods : ComparedPeriods
        The two periods of the finding.
    comparison : Comparison
        The finding's own comparison.
    area : str, optional
        The finding's area.

    Returns
    -------
    tuple of Alternative
        Only the trend for more than a year: the same part of the year before would share days with the period. Empty
        where the measure is no count, its records tell only years, or nothing is known of how much its
        amounts scatter.
    """
    if comparison.form != "count" or history.grain != "month":
        return ()
    if is_sum_of_amounts(measure) and not comparison.overdispersion_known:
        return ()
    before = history.before(periods.current)
    found = list_alternatives(
        periods.current,
        round(comparison.current),
        count_in=_counter(desk, measure, answering, periods.current, area),
        history=tuple(
            Counted(period, None if math.isnan(value) else round(value))
            for period, value in zip(before.periods, before.values, strict=True)
        ),
        overdispersion=comparison.overdispersion if comparison.overdispersion_known else None,
    )
    if periods.current.days > LONGEST_YEAR:
        return tuple(one for one in found if one.kind == "trend")
    return found


def _counter(
    desk: Desk, measure: Measure, answering: AnsweringSource, current: Period, area: str | None
) -> CountIn:
    """Read the counts of every period that may be asked for with one query."""
    wanted = [year_before(current, years=years) for years in range(1, MEAN_YEARS + 1)]
    scope = Scope(answering.source, desk.city.time_zone, area)
    totals = desk.ask(compile_totals(measure, scope, wanted), answering.snapshot).table
    counts = dict(zip(totals["period"], totals["value"], strict=True))

    def count_in(period: Period) -> int | Refusal:
        refusal = find_refusal(
            answering.source, desk.city.breaks.values(), (period, current), loaded=answering.loaded
        )
        if refusal is not None:
            return refusal
        return round(float(counts.get(wanted.index(period), 0)))

    return count_in
