"""Two quantiles, compared: medians or 90th percentiles of waiting times, without assuming their distribution."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from commonweal.errors import InvalidRequest, Problem
from commonweal.results.finding import Comparison
from commonweal.results.score import LEVEL, z_value
from commonweal.results.seasonal import Floats
from commonweal.results.verdict import Verdict

TOO_WIDE = 0.5
"""Half-width of an interval, over the baseline, beyond which an unclear difference is too few to tell."""

STEPS = 50


@dataclass(frozen=True, slots=True)
class QuantileInterval:
    """95 % interval of a quantile, in the unit of the values; none where the values are too few for an end."""

    value: float
    low: float | None
    high: float | None


def compare_quantiles(
    baseline: ArrayLike,
    current: ArrayLike,
    quantile: float,
    *,
    baseline_days: int,
    current_days: int,
    overdispersion: float | None = None,
) -> Comparison:
    """Compare one quantile of two samples by its difference, in the unit of the values.

    Each quantile has the distribution-free interval of order statistics (`quantile_interval`); the interval of the
    difference recovers the variance of each from its ends: with estimates q and ends l, u it is
    d − √((q₁ − l₁)² + (u₀ − q₀)²) to d + √((u₁ − q₁)² + (q₀ − l₀)²). p is the level at which that interval begins
    to leave out 0, so the two never contradict each other. No randomness is used. Assumes independent cases, or
    clusters with the given φ.

    Verdict: *fell* or *rose* if, and only if, the interval leaves out 0; otherwise *too few to tell* where an end
    is missing or the interval reaches more than half of the baseline to a side; *no clear change* elsewhere.

    Parameters
    ----------
    baseline, current : array, shape (cases,)
        Values of each period, in any order; NaN are left out.
    quantile : float
        Between 0 and 1: 0.5 for the median, 0.9 for the time within which nine in ten were served.
    baseline_days, current_days : int
        Length of the two periods, in days.
    overdispersion : float or None
        φ of cases that come in clusters, where known.

    Raises
    ------
    InvalidRequest
        The quantile is not between 0 and 1, or a period is empty.

    References
    ----------
    Zou & Donner (2008), Statistics in Medicine 27, 1693–1702 (recovery of variances); Hutson (1999), Journal of
    Applied Statistics 26, 343–353 (fractional order statistics).
    """
    _check(quantile, baseline_days, current_days)
    phi = max(1.0, overdispersion) if overdispersion is not None else 1.0
    before, after = (_sorted(values) for values in (baseline, current))
    change = low = high = p = None
    verdict = Verdict.TOO_FEW
    start = end = 0.0
    if len(before) and len(after):
        start, end = _order_statistic(before, quantile), _order_statistic(after, quantile)
        change = end - start
        pair = _Pair(before, start, after, end, quantile)
        ends = pair.difference(z_value(LEVEL) * math.sqrt(phi))
        low, high = (None if math.isinf(one) else one for one in (ends.low, ends.high))
        p = _p_value(pair, phi)
        verdict = _judge(ends, start)
    return Comparison(
        form="quantile",
        baseline=start,
        current=end,
        baseline_n=len(before),
        current_n=len(after),
        baseline_days=baseline_days,
        current_days=current_days,
        difference=end - start,
        change=change,
        low=low,
        high=high,
        p=p,
        overdispersion=phi,
        overdispersion_known=overdispersion is not None,
        detectable_drop=None,
        verdict=verdict,
    )


def quantile_interval(values: ArrayLike, quantile: float, *, overdispersion: float = 1.0) -> QuantileInterval:
    """Return a quantile of a sample with its distribution-free 95 % interval.

    A value ξ is inside while the share of the sample at or below it, F(ξ), has |F(ξ) − q| ≤ z√(φq(1 − q)/n): the
    score test of "q of all cases lie below ξ", inverted. Its ends are the order statistics of rank
    nq + ½ ∓ z√(φnq(1 − q)), interpolated; an end whose rank lies outside the sample does not exist.

    Parameters
    ----------
    values : array, shape (cases,)
        The sample, in any order; NaN are left out. At least one value.
    quantile : float
        Between 0 and 1.
    overdispersion : float
        φ ≥ 1.

    References
    ----------
    Woodruff (1952), JASA 47, 635–646; Thompson (1936), Annals of Mathematical Statistics 7, 122–128.
    """
    _check(quantile, 1, 1)
    ordered = _sorted(values)
    reach = z_value(LEVEL) * math.sqrt(overdispersion)
    low, high = (_end(ordered, quantile, side * reach) for side in (-1, 1))
    return QuantileInterval(
        _order_statistic(ordered, quantile),
        None if math.isinf(low) else low,
        None if math.isinf(high) else high,
    )


@dataclass(frozen=True, slots=True)
class _Ends:
    low: float
    high: float

    def leaves_out_zero(self) -> bool:
        return self.low > 0 or self.high < 0


def _sorted(values: ArrayLike) -> Floats:
    array = np.asarray(values, dtype=np.float64)
    return np.sort(array[np.isfinite(array)])


def _order_statistic(ordered: Floats, quantile: float) -> float:
    """Return the usual sample quantile (linear between order statistics, Hyndman and Fan's type 7)."""
    return float(np.quantile(ordered, quantile))


def _end(ordered: Floats, quantile: float, reach: float) -> float:
    """Return the order statistic that lies ``reach`` standard deviations of rank from the quantile."""
    n = len(ordered)
    rank = n * quantile + 0.5 + reach * math.sqrt(n * quantile * (1 - quantile))
    if rank < 1:
        return -math.inf
    if rank > n:
        return math.inf
    below = int(rank)
    above = min(below + 1, n)
    return float(ordered[below - 1] + (rank - below) * (ordered[above - 1] - ordered[below - 1]))


@dataclass(frozen=True, slots=True)
class _Pair:
    before: Floats
    q0: float
    after: Floats
    q1: float
    quantile: float

    def difference(self, reach: float) -> _Ends:
        """Return the interval of the difference whose parts reach so many standard deviations of rank."""
        l0, l1 = (min(q, _end(v, self.quantile, -reach)) for v, q in self._sides())
        u0, u1 = (max(q, _end(v, self.quantile, reach)) for v, q in self._sides())
        change = self.q1 - self.q0
        return _Ends(
            change - math.hypot(self.q1 - l1, u0 - self.q0), change + math.hypot(u1 - self.q1, self.q0 - l0)
        )

    def _sides(self) -> tuple[tuple[Floats, float], tuple[Floats, float]]:
        return (self.before, self.q0), (self.after, self.q1)


def _p_value(pair: _Pair, phi: float) -> float:
    """Return the p-value: twice the normal tail at the largest z whose interval still leaves out 0."""
    smallest, largest = 0.0, 40.0
    for _ in range(STEPS):
        z = (smallest + largest) / 2
        if pair.difference(z * math.sqrt(phi)).leaves_out_zero():
            smallest = z
        else:
            largest = z
    return float(2 * special.ndtr(-largest))


def _judge(ends: _Ends, baseline: float) -> Verdict:
    if ends.high < 0:
        return Verdict.FELL
    if ends.low > 0:
        return Verdict.ROSE
    wide = max(ends.high, -ends.low) > TOO_WIDE * abs(baseline)
    return Verdict.TOO_FEW if wide else Verdict.UNCLEAR


def _check(quantile: float, baseline_days: int, current_days: int) -> None:
    problems = [
        Problem("quantile", "a period has at least one day", field=name, value=str(length))
        for name, length in (("baseline_days", baseline_days), ("current_days", current_days))
        if length < 1
    ]
    if not 0 < quantile < 1:
        problems.append(Problem("quantile", "between 0 and 1", field="quantile", value=str(quantile)))
    if problems:
        raise InvalidRequest("These two samples cannot be compared.", problems)
