"""Intervals and tests for the ratio of two Poisson rates: score, E-test, exact conditional.

All functions take the two counts and the ratio of the two exposures (current over baseline). Over-dispersion φ
enters as **effective counts**: a count whose variance is φ times its mean is φ times a Poisson count, so both
counts are divided by φ. For the score statistic this is the same as replacing z by z·√φ; the E-test and the
exact test then answer under the same model, and the three cannot drift apart.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

LEVEL = 0.95
"""Confidence of every interval that the program publishes."""

TAIL = 1e-15
"""Probability beyond which the sum of the E-test is cut off, on either side."""


@dataclass(frozen=True, slots=True)
class RatioInterval:
    """Interval of the ratio current rate / baseline rate.

    Attributes
    ----------
    low, high : float
        Ends, as ratios (1 is no change); ``high`` is infinite where the baseline is zero.
    """

    low: float
    high: float

    @property
    def excludes_no_change(self) -> bool:
        """Whether 1 lies outside."""
        return self.low > 1 or self.high < 1


def z_value(level: float = LEVEL) -> float:
    """Return the two-sided standard normal quantile of a confidence level (1.96 for 95 %)."""
    return float(special.ndtri(0.5 + level / 2))


def score_interval(
    baseline: float,
    current: float,
    *,
    exposure_ratio: float = 1.0,
    overdispersion: float = 1.0,
    level: float = LEVEL,
) -> RatioInterval:
    """Invert the score test for the ratio of two Poisson rates, in closed form.

    With counts b and c, exposure ratio r and θ the ratio of rates, let ρ = θ·r. Under the hypothesis θ the
    restricted maximum-likelihood variance of c − ρb is ρ(b + c), so the interval is every ρ with
    (c − ρb)² ≤ z²φ·ρ(b + c): the solutions of a quadratic,
    ρ = [2bc + q ± √(q(4bc + q))] / 2b² with q = z²φ(b + c). It is Wilson's interval of the binomial c | b + c,
    carried over to the odds. From b = 0 only the lower end exists, ρ ≥ c/(z²φ).

    Parameters
    ----------
    baseline, current : float
        The two counts.
    exposure_ratio : float
        Exposure of the current period over exposure of the baseline (days over days).
    overdispersion : float
        φ ≥ 1, variance over mean.
    level : float
        Confidence.

    References
    ----------
    Ng & Tang (2005), Statistics in Medicine 24, 955–965; Graham, Mengersen & Morton (2003), Statistics in
    Medicine 22, 2071–2083; Wilson (1927), JASA 22, 209–212.
    """
    b, c = baseline / overdispersion, current / overdispersion
    if b + c == 0:
        return RatioInterval(0.0, math.inf)
    q = z_value(level) ** 2 * (b + c)
    if b == 0:
        return RatioInterval(c * c / q / exposure_ratio, math.inf)
    high = (2 * b * c + q + math.sqrt(q * (4 * b * c + q))) / (2 * b * b)
    low = (c / b) ** 2 / high  # the product of the two roots is (c/b)²; the difference would cancel
    return RatioInterval(low / exposure_ratio, high / exposure_ratio)


def score_statistic(
    baseline: float, current: float, *, exposure_ratio: float = 1.0, overdispersion: float = 1.0
) -> float:
    """Return the score statistic of equal rates, (c − rb) / √(φ·r(b + c)); 0 where both counts are 0."""
    if baseline + current == 0:
        return 0.0
    scale = math.sqrt(overdispersion * exposure_ratio * (baseline + current))
    return (current - exposure_ratio * baseline) / scale


def score_p(
    baseline: float, current: float, *, exposure_ratio: float = 1.0, overdispersion: float = 1.0
) -> float:
    """Return the two-sided p-value of the score test of equal rates (normal approximation)."""
    z = score_statistic(baseline, current, exposure_ratio=exposure_ratio, overdispersion=overdispersion)
    return float(2 * special.ndtr(-abs(z)))


def e_test_p(
    baseline: float, current: float, *, exposure_ratio: float = 1.0, overdispersion: float = 1.0
) -> float:
    """Return the p-value of the E-test of equal rates.

    The p-value is the probability, under two independent Poisson counts with the pooled rate estimated from the
    data, of a score statistic at least as far from 0 as the observed one. For each possible current count x the
    baseline counts that are as extreme form two tails, whose ends are the roots of a quadratic; so the double sum
    is one sum of products pmf(x)·(lower tail + upper tail), over the x that carry all but 2·10⁻¹⁵ of the
    probability. This is exact and takes about √count steps: counts of a million take a few milliseconds.

    Parameters
    ----------
    baseline, current, exposure_ratio, overdispersion : float
        As for `score_interval`. With φ > 1 the sum runs over effective counts.

    References
    ----------
    Krishnamoorthy & Thomson (2004), Journal of Statistical Planning and Inference 119, 23–35; with the score
    statistic: Gu, Ng, Tang & Schucany (2008), Biometrical Journal 50, 283–298.
    """
    b, c, r = baseline / overdispersion, current / overdispersion, exposure_ratio
    t = abs(score_statistic(b, c, exposure_ratio=r))
    if t == 0:
        return 1.0
    mean_b = (b + c) / (1 + r)
    mean_c = r * mean_b
    x = _support(mean_c)
    centre = 2 * x + t * t
    spread = t * np.sqrt(t * t + 4 * x * (1 + r))
    # Ties with the observed statistic belong to the tails; rounding must not push them out.
    slack = 1e-9 * (1 + x / r)
    lower = np.floor((centre - spread) / (2 * r) + slack)
    upper = np.ceil((centre + spread) / (2 * r) - slack)
    lower[x == 0] = -1.0  # both counts zero is no evidence of a difference
    tails = np.where(lower >= 0, special.pdtr(np.maximum(lower, 0), mean_b), 0.0)
    tails = tails + np.where(upper >= 1, special.pdtrc(np.maximum(upper - 1, 0), mean_b), 1.0)
    log_pmf = special.xlogy(x, mean_c) - mean_c - special.gammaln(x + 1)
    return float(min(1.0, np.dot(np.exp(log_pmf), tails)))


def exact_interval(
    baseline: float,
    current: float,
    *,
    exposure_ratio: float = 1.0,
    overdispersion: float = 1.0,
    level: float = LEVEL,
) -> RatioInterval:
    """Return the exact conditional interval: Clopper–Pearson for c given b + c, carried over to the odds.

    Given their sum, c is binomial with probability ρ/(1 + ρ), whatever the common rate. The interval never covers
    less than the level and mostly more: it is the careful reference beside the score interval.

    References
    ----------
    Clopper & Pearson (1934), Biometrika 26, 404–413; Przyborowski & Wilenski (1940), Biometrika 31, 313–323.
    """
    b, c = baseline / overdispersion, current / overdispersion
    tail = (1 - level) / 2
    low, high = 0.0, math.inf
    if c > 0:
        share = float(special.betaincinv(c, b + 1, tail))
        low = share / (1 - share)
    if b > 0:
        rest = float(special.betaincinv(b, c + 1, tail))  # 1 − upper share, kept accurate near 0
        high = (1 - rest) / rest
    return RatioInterval(low / exposure_ratio, high / exposure_ratio)


def exact_p(
    baseline: float, current: float, *, exposure_ratio: float = 1.0, overdispersion: float = 1.0
) -> float:
    """Return the exact conditional p-value: twice the smaller binomial tail (it matches `exact_interval`)."""
    b, c = baseline / overdispersion, current / overdispersion
    if b + c == 0:
        return 1.0
    share = exposure_ratio / (1 + exposure_ratio)
    at_least = float(special.betainc(c, b + 1, share)) if c > 0 else 1.0
    at_most = float(special.betainc(b, c + 1, 1 - share)) if b > 0 else 1.0
    return min(1.0, 2 * min(at_least, at_most))


def _support(mean: float) -> NDArray[np.float64]:
    """Return the whole numbers that carry all but `TAIL` of a Poisson count on either side."""
    reach = 8.2 * math.sqrt(mean) + 40.0
    numbers = np.arange(max(0, math.floor(mean - reach)), math.ceil(mean + reach) + 1, dtype=np.float64)
    inside = (special.pdtr(numbers, mean) > TAIL) & (special.pdtrc(np.maximum(numbers - 1, 0), mean) > TAIL)
    inside |= numbers == 0
    return np.asarray(numbers[inside], dtype=np.float64)
