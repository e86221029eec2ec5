"""Cutting time into periods of one grain, and leaving out the incomplete ones."""

from __future__ import annotations

from datetime import date, timedelta

from commonweal.results.periods import (
    DEFAULT_ANCHOR,
    GRAIN_DAYS,
    GRAIN_MONTHS,
    Grain,
    Period,
    months_from,
    shift_days,
    shift_months,
)


def period_of(day: date, grain: Grain, anchor: date = DEFAULT_ANCHOR) -> Period:
    """Return the period of a grain that a day lies in.

    Parameters
    ----------
    day : date
        Any day.
    grain : Grain
        Length; weeks and 28-day periods are counted from the anchor, before and after it.
    anchor : date
        Day on which a week or a 28-day period starts.
    """
    if grain in GRAIN_DAYS:
        length = GRAIN_DAYS[grain]
        start = day - timedelta(days=(day - anchor).days % length)
        return Period(start, start + timedelta(days=length - 1))
    months = GRAIN_MONTHS[grain]
    return months_from(day.year, (day.month - 1) // months * months + 1, months)


def next_period(period: Period, grain: Grain) -> Period:
    """Return the period of a grain directly after one of that grain."""
    if grain in GRAIN_DAYS:
        return shift_days(period, GRAIN_DAYS[grain])
    return shift_months(period, GRAIN_MONTHS[grain])


def split(span: Period, grain: Grain, anchor: date = DEFAULT_ANCHOR) -> tuple[Period, ...]:
    """Return the whole periods of a grain inside a span, in order; what is incomplete at its ends is left out."""
    one = period_of(span.start, grain, anchor)
    if one.start < span.start:
        one = next_period(one, grain)
    found = []
    while one.end <= span.end:
        found.append(one)
        one = next_period(one, grain)
    return tuple(found)


def split_months(span: Period) -> tuple[Period, ...]:
    """Return the whole calendar months inside a span."""
    return split(span, "month")


def split_28_days(span: Period, anchor: date = DEFAULT_ANCHOR) -> tuple[Period, ...]:
    """Return the whole 28-day periods inside a span, counted from an anchor."""
    return split(span, "28-day", anchor)


def last_complete(grain: Grain, through: date, anchor: date = DEFAULT_ANCHOR) -> Period:
    """Return the last period of a grain that has ended by a day.

    Parameters
    ----------
    grain : Grain
        Length.
    through : date
        Last day for which the records are complete.
    anchor : date
        Day on which a week or a 28-day period starts.
    """
    return period_of(
        period_of(through + timedelta(days=1), grain, anchor).start - timedelta(days=1), grain, anchor
    )


def last_twelve_months(through: date) -> Period:
    """Return the last twelve calendar months that have ended by a day."""
    last = last_complete("month", through)
    return months_from(last.end.year, last.end.month - 11, 12)
