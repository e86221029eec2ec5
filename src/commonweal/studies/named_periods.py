"""Periods by name: the end is the last complete day that can be compared, so nobody compares a part with a whole."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from typing import Final

from commonweal.city.measures import Measure
from commonweal.errors import InvalidRequest, NotFound, Problem
from commonweal.results.breaks import find_refusal
from commonweal.results.calendar_grid import last_complete, last_twelve_months
from commonweal.results.periods import Grain, Period, year_to_date
from commonweal.studies.answering import AnsweringSource, list_candidates
from commonweal.studies.desk import Desk
from commonweal.studies.latest import ComparedPeriods, find_baseline

GRAINS: Final[dict[str, Grain]] = {
    "28-day": "28-day",
    "month": "month",
    "quarter": "quarter",
    "year": "year",
}
NAMES: Final = ("ytd", "12-months", *GRAINS, "since:DATE")
ALLOWED: Final = (
    "ytd (1 January to the last complete day), 28-day (the last complete 28 days, against the same weekdays a year "
    "before), 12-months, month, quarter, year (the last complete one, against the year before), or since:2022-12-12 "
    "(from that day on, against the same part of the year before; more than a year, against as much time before it)"
)


def find_named_periods(desk: Desk, measure: Measure, name: str, *, by_area: bool = False) -> ComparedPeriods:
    """Find the latest two periods of a kind that the records can be asked for.

    Both lie on one side of every break, and both are complete: where the source tells only months, a year to date
    ends with the last complete month.

    Parameters
    ----------
    desk : Desk
        City and records.
    measure : Measure
        What is compared.
    name : str
        One of `NAMES`.
    by_area : bool
        Whether areas are compared.

    Raises
    ------
    InvalidRequest
        There is no such kind of period, or the day is not in the calendar.
    NotFound
        No loaded source covers two such periods.
    """
    first = _check(name)
    for candidate in list_candidates(desk, measure, by_area=by_area):
        for last in _list_ends(desk, candidate):
            pair = _make_pair(name, last, first)
            if pair is None:
                continue
            asked = (pair.baseline, pair.current)
            refusal = find_refusal(
                candidate.source, desk.city.breaks.values(), asked, by_area=by_area, loaded=candidate.loaded
            )
            if refusal is None:
                return pair
    raise NotFound(
        f"No loaded records of {measure.title.lower()} cover two periods of the kind {name}. "
        "Name the periods with --from and --to to see why."
    )


def _check(name: str) -> date | None:
    """Return the day of ``since:DATE``; None for the other names."""
    kind, colon, day = name.partition(":")
    problem = Problem("request", f"allowed: {ALLOWED}", field="--period", value=name)
    if not colon:
        if name in NAMES[:-1]:
            return None
        raise InvalidRequest("There is no such kind of period.", [problem])
    with suppress(ValueError):
        if kind == "since":
            return date.fromisoformat(day)
    raise InvalidRequest("There is no such kind of period.", [problem])


def _list_ends(desk: Desk, candidate: AnsweringSource) -> Iterator[date]:
    """List the last days to try: the last complete one, then the last one before each break."""
    source, end = candidate.source, candidate.covers.end
    if source.grain_period in ("point", "day") and source.covers_to is None:
        end -= timedelta(days=1)  # the day of the last record may not be over
    breaks = [one.on - timedelta(days=1) for one in desk.city.breaks.values() if one.on <= end]
    for last in (end, *sorted(breaks, reverse=True)):
        if source.grain_period == "year":
            yield last_complete("year", last).end
        else:
            yield last_complete("month", last).end if source.grain_period == "month" else last


def _make_pair(name: str, last: date, first: date | None) -> ComparedPeriods | None:
    if first is not None:
        since = Period(first, last)
        return ComparedPeriods(find_baseline(since), since) if first <= last else None
    if name == "ytd":
        current = year_to_date(last)
    elif name == "12-months":
        current = last_twelve_months(last)
    else:
        current = last_complete(GRAINS[name], last)
    return ComparedPeriods(find_baseline(current), current)
