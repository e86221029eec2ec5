"""Two counts, compared: change, interval, p-value and a verdict that follow from one rule.

How the verdict is reached
--------------------------
1. The change is that of the rates, in percent; its interval is the score interval and its p-value that of the
   E-test (`commonweal.results.score`), both on effective counts (each count divided by φ).
2. The two agree but for rare borderline cases. Where they do not, and where fewer than `FEW` effective events
   were counted in both periods together and the exact conditional test does not agree, **the more careful answer
   holds**: the interval is the hull of the score and the exact interval, and the p-value the largest of the three.
   So p < 0.05 if, and only if, the interval leaves out "no change".
3. The verdict is *fell* or *rose* if, and only if, the interval leaves out "no change".
4. Otherwise it is *too few to tell* where two periods of this size would more likely than not have hidden even a
   halving (detectable drop of more than `TOO_FEW_DROP` percent, or none at all), and *no clear change* elsewhere.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from commonweal.errors import InvalidRequest, Problem
from commonweal.results.detectable import detectable_drop
from commonweal.results.finding import Comparison
from commonweal.results.score import (
    LEVEL,
    RatioInterval,
    e_test_p,
    exact_interval,
    exact_p,
    score_interval,
)
from commonweal.results.verdict import Verdict

FEW = 20
"""Below this many events the exact test is heard too; health statistics call such rates unreliable (NCHS)."""

TOO_FEW_DROP = 50.0
"""Detectable drop, in percent, beyond which an unclear change is called too few to tell."""


@dataclass(frozen=True, slots=True)
class RatioEvidence:
    """Interval of the ratio of two rates and the p-value that goes with it; they never contradict each other."""

    interval: RatioInterval
    p: float


def compare_counts(
    baseline: int,
    current: int,
    *,
    baseline_days: int,
    current_days: int,
    overdispersion: float | None = None,
) -> Comparison:
    """Compare two counts as rates over the lengths of their periods.

    Assumes that events come at a steady rate within each period, and that a count's variance is φ times its mean
    (φ = 1: independent events). From a baseline of zero the change is undefined and only the lower end of the
    interval exists: with c events it is c/(z²φ) − 1, and if that is above 0 the rate rose.

    Parameters
    ----------
    baseline, current : int
        Counts of the two periods.
    baseline_days, current_days : int
        Length of the two periods, in days.
    overdispersion : float or None
        φ from `estimate_overdispersion`; none where history is too short, then 1 is used and said to be unknown.

    Raises
    ------
    InvalidRequest
        A count is negative, a period is empty, or φ is not a number of at least 0.

    References
    ----------
    Interval and test: see `score_interval` and `e_test_p`. Effective counts: McCullagh & Nelder (1989),
    Generalized Linear Models, section 6.2.
    """
    _check(baseline, current, baseline_days, current_days, overdispersion)
    phi = max(1.0, overdispersion) if overdispersion is not None else 1.0
    ratio = current_days / baseline_days
    evidence = weigh_ratio(baseline, current, exposure_ratio=ratio, overdispersion=phi)
    detectable = detectable_drop(baseline, exposure_ratio=ratio, overdispersion=phi)
    nothing = baseline == current == 0
    high = evidence.interval.high
    return Comparison(
        form="count",
        baseline=float(baseline),
        current=float(current),
        baseline_n=baseline,
        current_n=current,
        baseline_days=baseline_days,
        current_days=current_days,
        difference=float(current - baseline),
        change=100 * (current / ratio / baseline - 1) if baseline else None,
        low=None if nothing else 100 * (evidence.interval.low - 1),
        high=100 * (high - 1) if math.isfinite(high) else None,
        p=evidence.p,
        overdispersion=phi,
        overdispersion_known=overdispersion is not None,
        detectable_drop=detectable,
        verdict=judge_ratio(evidence.interval, detectable),
    )


def weigh_ratio(
    baseline: float, current: float, *, exposure_ratio: float, overdispersion: float
) -> RatioEvidence:
    """Return the interval and the p-value of a ratio of rates, made to agree by the more careful answer.

    Parameters
    ----------
    baseline, current : float
        Counts.
    exposure_ratio, overdispersion : float
        As for `commonweal.results.score.score_interval`.
    """
    limit = 1 - LEVEL
    score = score_interval(baseline, current, exposure_ratio=exposure_ratio, overdispersion=overdispersion)
    p = e_test_p(baseline, current, exposure_ratio=exposure_ratio, overdispersion=overdispersion)
    sure = score.excludes_no_change
    few = baseline + current < FEW * overdispersion
    if sure == (p < limit) and not (sure and few):
        return RatioEvidence(score, p)
    exact = exact_interval(baseline, current, exposure_ratio=exposure_ratio, overdispersion=overdispersion)
    p_exact = exact_p(baseline, current, exposure_ratio=exposure_ratio, overdispersion=overdispersion)
    if sure == (p < limit) and p_exact < limit:
        return RatioEvidence(score, p)
    hull = RatioInterval(min(score.low, exact.low, 1.0), max(score.high, exact.high, 1.0))
    return RatioEvidence(hull, max(p, p_exact, limit))


def judge_ratio(interval: RatioInterval, detectable: float | None) -> Verdict:
    """Turn an interval of a ratio into a verdict.

    Parameters
    ----------
    interval : RatioInterval
        95 % interval.
    detectable : float or None
        Detectable drop, in percent.
    """
    if interval.high < 1:
        return Verdict.FELL
    if interval.low > 1:
        return Verdict.ROSE
    if detectable is None or detectable > TOO_FEW_DROP:
        return Verdict.TOO_FEW
    return Verdict.UNCLEAR


def _check(
    baseline: int, current: int, baseline_days: int, current_days: int, overdispersion: float | None
) -> None:
    problems = [
        Problem("comparison", "a count is 0 or more", field=name, value=str(value))
        for name, value in (("baseline", baseline), ("current", current))
        if value < 0
    ]
    problems += [
        Problem("comparison", "a period has at least one day", field=name, value=str(value))
        for name, value in (("baseline_days", baseline_days), ("current_days", current_days))
        if value < 1
    ]
    if overdispersion is not None and not (math.isfinite(overdispersion) and overdispersion >= 0):
        problems.append(
            Problem(
                "comparison",
                "over-dispersion is a number of at least 0",
                field="overdispersion",
                value=str(overdispersion),
            )
        )
    if problems:
        raise InvalidRequest("These two counts cannot be compared.", problems)
