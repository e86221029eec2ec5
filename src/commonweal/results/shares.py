"""Two shares, compared: the difference in percentage points with its score interval."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy import special

from commonweal.errors import InvalidRequest, Problem
from commonweal.results.finding import Comparison
from commonweal.results.score import LEVEL, z_value
from commonweal.results.verdict import Verdict

TOO_WIDE_POINTS = 20.0
"""Half-width of an interval, in percentage points, beyond which an unclear difference is too few to tell."""


@dataclass(frozen=True, slots=True)
class Share:
    """Cases with a trait (``part``) among all cases (``whole``)."""

    part: int
    whole: int


@dataclass(frozen=True, slots=True)
class ShareInterval:
    """95 % interval of a share, in percent."""

    low: float
    high: float


def compare_shares(
    baseline: Share,
    current: Share,
    *,
    baseline_days: int,
    current_days: int,
    overdispersion: float | None = None,
) -> Comparison:
    """Compare two shares by their difference in percentage points.

    Interval and p-value are those of one test, so they never contradict each other: the score test of Miettinen
    and Nurminen. For a difference δ it takes z(δ) = (p̂₁ − p̂₀ − δ) / √(φ·V(δ)), where
    V = (p̃₁(1 − p̃₁)/n₁ + p̃₀(1 − p̃₀)/n₀)·N/(N − 1) and p̃₁ = p̃₀ + δ are the maximum-likelihood shares under
    δ; the interval is every δ with |z(δ)| ≤ 1.96. Assumes independent cases within each period (φ = 1).

    Verdict: *fell* or *rose* if, and only if, the interval leaves out 0; otherwise *too few to tell* where a
    period has no case or the interval reaches more than 20 points to a side, and *no clear change* elsewhere.
    A share of no cases is given as 0 of 0, without change, interval or p.

    Parameters
    ----------
    baseline, current : Share
        Cases with the trait among all cases, in each period.
    baseline_days, current_days : int
        Length of the two periods, in days.
    overdispersion : float or None
        φ ≥ 1 of the cases, where known.

    Raises
    ------
    InvalidRequest
        A part is negative or larger than its whole, or a period is empty.

    References
    ----------
    Miettinen & Nurminen (1985), Statistics in Medicine 4, 213–226; Newcombe (1998), Statistics in Medicine 17,
    873–890, finds it among the best of eleven.
    """
    _check(baseline, current, baseline_days, current_days)
    phi = max(1.0, overdispersion) if overdispersion is not None else 1.0
    change = low = high = p = None
    before = baseline.part / max(baseline.whole, 1)
    after = current.part / max(current.whole, 1)
    verdict = Verdict.TOO_FEW
    if baseline.whole and current.whole:
        test = _Test(before, baseline.whole, after, current.whole, phi)
        low, high = (100 * end for end in test.interval())
        change = 100 * (after - before)
        p = float(2 * special.ndtr(-abs(test.statistic(0.0))))
        verdict = _judge(low, high)
    return Comparison(
        form="share",
        baseline=100 * before,
        current=100 * after,
        baseline_n=baseline.whole,
        current_n=current.whole,
        baseline_days=baseline_days,
        current_days=current_days,
        difference=100 * (after - before),
        change=change,
        low=low,
        high=high,
        p=p,
        overdispersion=phi,
        overdispersion_known=overdispersion is not None,
        detectable_drop=None,
        verdict=verdict,
    )


def share_interval(share: Share, *, overdispersion: float = 1.0) -> ShareInterval:
    """Return the 95 % score interval of one share, in percent.

    Wilson's interval on effective cases n/φ: (p̂ + h ± √(p̂(1 − p̂)·2h + h²)) / (1 + 2h) with h = z²φ/2n.

    Parameters
    ----------
    share : Share
        Cases with the trait among all cases; no cases give 0 to 100.
    overdispersion : float
        φ ≥ 1.

    References
    ----------
    Wilson (1927), JASA 22, 209–212.
    """
    if share.whole == 0:
        return ShareInterval(0.0, 100.0)
    p = share.part / share.whole
    h = z_value() ** 2 * overdispersion / (2 * share.whole)
    reach = math.sqrt(p * (1 - p) * 2 * h + h * h)
    low = 0.0 if share.part == 0 else (p + h - reach) / (1 + 2 * h)
    high = 1.0 if share.part == share.whole else (p + h + reach) / (1 + 2 * h)
    return ShareInterval(100 * low, 100 * high)


class _Test:
    """The score test of a difference of two shares."""

    __slots__ = ("n0", "n1", "p0", "p1", "phi")

    def __init__(self, p0: float, n0: int, p1: float, n1: int, phi: float) -> None:
        self.p0, self.n0, self.p1, self.n1, self.phi = p0, n0, p1, n1, phi

    def statistic(self, delta: float) -> float:
        """Return z(δ); infinite where the variance under δ is 0 and the difference is another."""
        gap = self.p1 - self.p0 - delta
        base = self._restricted(delta)
        other = base + delta
        cases = self.n0 + self.n1
        variance = (other * (1 - other) / self.n1 + base * (1 - base) / self.n0) * cases / max(cases - 1, 1)
        if variance <= 1e-18:
            return 0.0 if abs(gap) < 1e-12 else math.copysign(math.inf, gap)
        return gap / math.sqrt(self.phi * variance)

    def interval(self) -> tuple[float, float]:
        """Return both ends, as differences of shares between −1 and 1."""
        return -self._reach(-1.0), self._reach(1.0)

    def _reach(self, side: float) -> float:
        """Return side·δ at the end of the interval on that side, by bisection: |z| grows away from p̂₁ − p̂₀."""
        z = z_value(LEVEL)
        inside, outside = side * (self.p1 - self.p0), 1.0
        if abs(self.statistic(side * (1 - 1e-12))) <= z:
            return 1.0
        for _ in range(60):
            middle = (inside + outside) / 2
            if abs(self.statistic(side * middle)) <= z:
                inside = middle
            else:
                outside = middle
        return (inside + outside) / 2

    def _restricted(self, delta: float) -> float:
        """Return the maximum-likelihood p̃₀ under p₁ = p₀ + δ (the root of a cubic, in closed form)."""
        n0, n1 = self.n0, self.n1
        x0, x1 = self.p0 * n0, self.p1 * n1
        cases = n0 + n1
        l2 = (n1 + 2 * n0) * delta - cases - (x0 + x1)
        l1 = (n0 * delta - cases - 2 * x0) * delta + (x0 + x1)
        l0 = x0 * delta * (1 - delta)
        q = (l2 / (3 * cases)) ** 3 - l1 * l2 / (6 * cases**2) + l0 / (2 * cases)
        root = math.sqrt(max((l2 / (3 * cases)) ** 2 - l1 / (3 * cases), 0.0))
        side = math.copysign(root, q) if q else root
        angle = 0.0 if side == 0 else (math.pi + math.acos(float(np.clip(q / side**3, -1, 1)))) / 3
        base = 2 * side * math.cos(angle) - l2 / (3 * cases)
        return float(np.clip(base, max(0.0, -delta), min(1.0, 1 - delta)))


def _judge(low: float, high: float) -> Verdict:
    if high < 0:
        return Verdict.FELL
    if low > 0:
        return Verdict.ROSE
    return Verdict.TOO_FEW if max(high, -low) > TOO_WIDE_POINTS else Verdict.UNCLEAR


def _check(baseline: Share, current: Share, baseline_days: int, current_days: int) -> None:
    problems = [
        Problem(
            "share", f"a part lies between 0 and its whole ({one.whole})", field=name, value=str(one.part)
        )
        for name, one in (("baseline", baseline), ("current", current))
        if not 0 <= one.part <= one.whole
    ]
    problems += [
        Problem("share", "a period has at least one day", field=name, value=str(length))
        for name, length in (("baseline_days", baseline_days), ("current_days", current_days))
        if length < 1
    ]
    if problems:
        raise InvalidRequest("These two shares cannot be compared.", problems)
