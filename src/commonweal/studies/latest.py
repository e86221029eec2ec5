"""Which periods to compare when nobody said: the latest twelve complete, comparable months and those before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from commonweal.city.measures import Measure
from commonweal.results.breaks import find_refusal
from commonweal.results.calendar_grid import last_complete, last_twelve_months
from commonweal.results.periods import GRAIN_DAYS, Period, previous, year_before, year_before_by_weekday
from commonweal.studies.answering import AnsweringSource, list_candidates
from commonweal.studies.desk import Desk

LONGEST_YEAR = 366
"""Days up to which a period is held against the same part of the year before."""


@dataclass(frozen=True, slots=True, order=True)
class ComparedPeriods:
    """Two periods that are held against each other."""

    baseline: Period
    current: Period


def find_baseline(current: Period) -> Period:
    """Return the baseline that keeps season and weekdays as equal as can be.

    The same part of the year before; for 28 days, the same weekdays 364 days earlier; for more than a year, as much
    time directly before, since the year before would hold a part of the period itself.
    """
    if current.days == GRAIN_DAYS["28-day"] and not current.whole_months:
        return year_before_by_weekday(current)
    return year_before(current) if current.days <= LONGEST_YEAR else previous(current)


def find_latest_periods(desk: Desk, measure: Measure, *, by_area: bool = False) -> ComparedPeriods | None:
    """Find the latest twelve complete months that can be compared with the twelve before.

    Where a source tells only years, the last two complete calendar years. Where the latest months lie behind a
    break, the last twelve months before it.

    Parameters
    ----------
    desk : Desk
        City and records.
    measure : Measure
        What is compared.
    by_area : bool
        Whether areas are compared.

    Returns
    -------
    ComparedPeriods or None
        None where no loaded source covers two such periods.
    """
    for candidate in list_candidates(desk, measure, by_area=by_area):
        for last in _ends_to_try(desk, candidate):
            pair = _pair(candidate, last)
            refusal = find_refusal(
                candidate.source,
                desk.city.breaks.values(),
                (pair.baseline, pair.current),
                by_area=by_area,
                loaded=candidate.loaded,
            )
            if refusal is None:
                return pair
    return None


def _ends_to_try(desk: Desk, candidate: AnsweringSource) -> Iterator[date]:
    end = candidate.covers.end
    if candidate.source.grain_period in ("point", "day") and candidate.source.covers_to is None:
        end = last_complete("month", end).end
    yield end
    for one in sorted(desk.city.breaks.values(), key=lambda b: b.on, reverse=True):
        if one.on <= end:
            yield one.on - timedelta(days=1)


def _pair(candidate: AnsweringSource, last: date) -> ComparedPeriods:
    by_year = candidate.source.grain_period == "year"
    current = last_complete("year", last) if by_year else last_twelve_months(last)
    return ComparedPeriods(year_before(current), current)
