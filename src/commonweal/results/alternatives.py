"""Other fair baselines for the same current period: a chosen baseline is a choice, so the others are shown too."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import special

from commonweal.results.calendar_grid import split_months
from commonweal.results.comparison import compare_counts, judge_ratio
from commonweal.results.detectable import detectable_drop
from commonweal.results.finding import Alternative, Comparison, Refusal
from commonweal.results.forecast import Expectation, expect_total, find_outlook, prediction_interval
from commonweal.results.periods import Period, calendar_month, year_before
from commonweal.results.score import score_interval, score_statistic

MEAN_YEARS = 3
"""Years whose mean is a baseline."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A period and what was counted in it; none where it is missing or hidden."""

    period: Period
    count: int | None


CountIn = Callable[[Period], "int | Refusal"]
"""Tells the count of a period, or why it cannot be told."""


def list_alternatives(
    current: Period,
    count: int,
    *,
    count_in: CountIn,
    history: Sequence[Counted],
    overdispersion: float | None = None,
) -> tuple[Alternative, ...]:
    """List the three other baselines: prior year, mean of three years, trend; each compared or refused.

    Parameters
    ----------
    current : Period
        The current period.
    count : int
        What was counted in it.
    count_in : callable
        Tells the count of another period, or refuses.
    history : sequence of Counted
        Comparable calendar months, oldest first; those from the current period on are not used.
    overdispersion : float or None
        φ of the measure, where known.
    """
    return (
        against_prior_year(current, count, count_in=count_in, overdispersion=overdispersion),
        against_mean(current, count, count_in=count_in, overdispersion=overdispersion),
        against_trend(current, count, history=history),
    )


def against_prior_year(
    current: Period, count: int, *, count_in: CountIn, overdispersion: float | None = None
) -> Alternative:
    """Compare with the same part of the year before.

    Parameters
    ----------
    current, count, count_in, overdispersion
        As for `list_alternatives`.
    """
    before = year_before(current)
    counted = count_in(before)
    if isinstance(counted, Refusal):
        return Alternative("prior_year", None, None, None, None, counted)
    comparison = compare_counts(
        counted,
        count,
        baseline_days=before.days,
        current_days=current.days,
        overdispersion=overdispersion,
    )
    expected = counted * current.days / before.days
    return Alternative("prior_year", expected, None, None, comparison, None)


def against_mean(
    current: Period, count: int, *, count_in: CountIn, overdispersion: float | None = None
) -> Alternative:
    """Compare with the same part of the three years before, taken together.

    The baseline is their total, a count with about three times the exposure, so that it is less uncertain than a
    single year and the interval knows it; ``expected`` is that total on the length of the current period.

    Parameters
    ----------
    current, count, count_in, overdispersion
        As for `list_alternatives`.
    """
    periods = [year_before(current, years=years) for years in range(1, MEAN_YEARS + 1)]
    total = 0
    for period in periods:
        counted = count_in(period)
        if isinstance(counted, Refusal):
            return Alternative("three_year_mean", None, None, None, None, counted)
        total += counted
    days = sum(period.days for period in periods)
    comparison = compare_counts(
        total, count, baseline_days=days, current_days=current.days, overdispersion=overdispersion
    )
    return Alternative("three_year_mean", total * current.days / days, None, None, comparison, None)


def against_trend(current: Period, count: int, *, history: Sequence[Counted]) -> Alternative:
    """Compare with the trend of the months before, continued.

    A log-linear Poisson model with season and straight trend (`commonweal.results.forecast`) of the two to five
    years before the current period gives the expected count μ with relative variance w. For the comparison μ is
    worth a count of 1/w effective events, so that the same score interval serves, with Student's t for z;
    ``expected_low`` and ``expected_high`` are the prediction interval that inverts the same statistic, so the
    change is clear if, and only if, the count lies outside.

    Parameters
    ----------
    current, count, history
        As for `list_alternatives`.
    """
    before = [one for one in history if one.period.end < current.start]
    if not before:
        return Alternative("trend", None, None, None, None, Refusal("history"))
    counts = np.array([np.nan if one.count is None else float(one.count) for one in before])
    days = np.array([float(one.period.days) for one in before])
    outlook = find_outlook(counts, days, season=12, trend="continue")
    first, last = before[0].period, before[-1].period
    if outlook is None:
        refusal = Refusal("history", covers_from=first.start, covers_to=last.end)
        return Alternative("trend", None, None, None, None, refusal)
    months = split_months(_whole_months_around(current))
    ahead = np.array([float(_months_between(last, month)) for month in months])
    inside = np.array([float(_shared_days(month, current)) for month in months])
    expected = expect_total(outlook, ahead, inside)
    band = prediction_interval(expected)
    return Alternative(
        "trend",
        expected.mean,
        band.low,
        band.high,
        compare_with_expected(expected, count, current.days),
        None,
    )


def compare_with_expected(expected: Expectation, count: int, days: int) -> Comparison:
    """Compare a count with what was expected of it, as in `against_trend`.

    Parameters
    ----------
    expected : Expectation
        From `commonweal.results.forecast`.
    count : int
        What was counted.
    days : int
        Length of the period.
    """
    past, phi = expected.past_events, expected.dispersion
    ratio = expected.mean / phi / past
    level = 2 * float(special.ndtr(expected.quantile)) - 1
    interval = score_interval(past, count / phi, exposure_ratio=ratio, level=level)
    statistic = score_statistic(past, count / phi, exposure_ratio=ratio)
    detectable = detectable_drop(past, exposure_ratio=ratio)
    return Comparison(
        form="count",
        baseline=expected.mean,
        current=float(count),
        baseline_n=round(expected.mean),
        current_n=count,
        baseline_days=days,
        current_days=days,
        difference=count - expected.mean,
        change=100 * (count / expected.mean - 1),
        low=100 * (interval.low - 1),
        high=100 * (interval.high - 1),
        p=2 * float(special.stdtr(expected.degrees, -abs(statistic))),
        overdispersion=phi,
        overdispersion_known=True,
        detectable_drop=detectable,
        verdict=judge_ratio(interval, detectable),
    )


def _whole_months_around(period: Period) -> Period:
    first = calendar_month(period.start.year, period.start.month)
    return Period(first.start, calendar_month(period.end.year, period.end.month).end)


def _months_between(one: Period, other: Period) -> int:
    return (other.start.year - one.start.year) * 12 + other.start.month - one.start.month


def _shared_days(one: Period, other: Period) -> int:
    return (min(one.end, other.end) - max(one.start, other.start)).days + 1
