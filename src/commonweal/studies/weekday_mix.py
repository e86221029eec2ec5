"""What an unequal mix of weekdays alone would do to a comparison, learned from the days of the records."""

from __future__ import annotations

from datetime import timedelta

import numpy as np

from commonweal.city.measures import Measure
from commonweal.results.finding import Comparison
from commonweal.results.periods import Period
from commonweal.results.weekdays import DAYS, WeekdayMix, compare_weekdays
from commonweal.studies.answering import AnsweringSource
from commonweal.studies.desk import Desk
from commonweal.studies.history import read_history
from commonweal.studies.latest import ComparedPeriods

LONGEST_YEARS = 3
"""Years before the end of the current period from which the days of the week are learned."""

FEWEST_WEEKS = 8
"""Weeks below which a weekday's own rate is not known well enough to be named."""


def find_weekday_mix(
    desk: Desk,
    measure: Measure,
    answering: AnsweringSource,
    periods: ComparedPeriods,
    comparison: Comparison,
    *,
    area: str | None = None,
) -> WeekdayMix | None:
    """Compare the weekdays of two periods, with the effect that their mix alone would have.

    Parameters
    ----------
    desk : Desk
        City and records.
    measure : Measure
        What was counted; the effect is known of counts only.
    answering : AnsweringSource
        Source that answered.
    periods : ComparedPeriods
        The two periods.
    comparison : Comparison
        Their comparison.
    area : str, optional
        Area.

    Returns
    -------
    WeekdayMix or None
        None where the records do not tell days.
    """
    if answering.source.grain_period not in ("point", "day"):
        return None
    same = compare_weekdays(periods.baseline, periods.current)
    if same.same or comparison.form != "count":
        return same
    rates = _rates(desk, measure, answering, periods.current, area)
    return compare_weekdays(periods.baseline, periods.current, events_a_day=rates) if rates else same


def _rates(
    desk: Desk, measure: Measure, answering: AnsweringSource, current: Period, area: str | None
) -> tuple[float, ...] | None:
    """Return the mean of each weekday, Monday first, over the years up to the end of the current period."""
    days = read_history(desk, measure, answering, area=area, grain="day", like=current).through(current)
    first = current.end - timedelta(days=365 * LONGEST_YEARS)
    known = np.array([one.start > first for one in days.periods], dtype=np.bool_) & np.isfinite(days.values)
    weekday = np.array([one.start.weekday() for one in days.periods], dtype=np.int64)[known]
    occurs = np.bincount(weekday, minlength=DAYS)
    if occurs.min() < FEWEST_WEEKS:
        return None
    totals = np.bincount(weekday, weights=days.values[known], minlength=DAYS)
    return tuple(float(one) for one in totals / occurs)
