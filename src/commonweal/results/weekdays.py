"""Weekdays: whether two periods hold the same ones, and what the difference alone would do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from commonweal.errors import InvalidRequest, Problem
from commonweal.results.periods import Period

DAYS = 7


@dataclass(frozen=True, slots=True)
class WeekdayMix:
    """The weekdays of two periods.

    Attributes
    ----------
    same : bool
        Whether both hold every weekday equally often.
    baseline, current : tuple of int
        How often each weekday occurs, Monday first.
    expected_effect_pct : float or None
        Change of the daily rate, in percent, that the mix alone would make; none where the weekday's own rates
        are not known.
    """

    same: bool
    baseline: tuple[int, ...]
    current: tuple[int, ...]
    expected_effect_pct: float | None


def compare_weekdays(
    baseline: Period, current: Period, *, events_a_day: Sequence[float] | None = None
) -> WeekdayMix:
    """Compare the weekdays of two periods.

    If weekday w has m_w events a day and occurs n_w times in a period of n days, the period's expected daily rate
    is Σ n_w·m_w / n; the effect is the ratio of the two rates, less one. A year holds one weekday 53 times, which
    moves a count by a few tenths of a percent; a month may hold five Saturdays, which moves it by several.

    Parameters
    ----------
    baseline, current : Period
        The two periods.
    events_a_day : sequence of float, length 7, or None
        Mean events on each weekday, Monday first, from `mean_by_weekday` of a long history.

    Raises
    ------
    InvalidRequest
        Not seven numbers, or one is negative.
    """
    before, after = baseline.weekdays, current.weekdays
    effect = None
    if events_a_day is not None:
        if len(events_a_day) != DAYS or min(events_a_day) < 0:
            raise InvalidRequest(
                "The rates of the weekdays do not fit.",
                [Problem("weekdays", "seven numbers of at least 0, Monday first", field="events_a_day")],
            )
        rates = [
            sum(n * m for n, m in zip(mix, events_a_day, strict=True)) / sum(mix) for mix in (before, after)
        ]
        effect = 100 * (rates[1] / rates[0] - 1) if rates[0] > 0 else None
    return WeekdayMix(before == after, before, after, effect)


def mean_by_weekday(events: Sequence[int], span: Period) -> tuple[float, ...]:
    """Return the mean events a day for each weekday, Monday first.

    Parameters
    ----------
    events : sequence of int, length 7
        Events on Mondays, Tuesdays … of the span.
    span : Period
        Days they were counted on, at least a week.

    Raises
    ------
    InvalidRequest
        The span lacks a weekday.
    """
    if min(span.weekdays) == 0:
        raise InvalidRequest(
            "The span is too short.",
            [Problem("weekdays", "at least seven days", field="span", value=str(span))],
        )
    return tuple(n / days for n, days in zip(events, span.weekdays, strict=True))
