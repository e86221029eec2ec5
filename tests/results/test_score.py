"""Intervals and tests of a ratio of two rates, held against published values and statsmodels."""

from __future__ import annotations

import itertools
import math
import warnings

import numpy as np
import pytest
from scipy import stats

from commonweal.results.score import (
    e_test_p,
    exact_interval,
    exact_p,
    score_interval,
    score_p,
    score_statistic,
)

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from statsmodels.stats import rates

COUNTS = (0, 1, 2, 5, 13, 40, 121)
RATIOS = (1.0, 0.5, 2.0, 0.37, 366 / 365)


@pytest.mark.parametrize(
    ("baseline", "current", "change", "low", "high", "p"),
    [
        (327, 280, -14.4, -27.3, 0.8, 0.056),
        (392, 282, -28.1, -38.5, -15.9, 2e-5),
        (7, 1, -85.7, -99.7, 11.2, 0.033),
        (84, 65, -22.6, -44.9, 8.3, 0.120),
        (42, 23, -45.2, -68.6, -6.8, 0.019),
        (56, 57, 1.8, -30.9, 49.9, 0.93),
    ],
)
def test_reference_table(
    baseline: int, current: int, change: float, low: float, high: float, p: float
) -> None:
    """Change, exact conditional interval and E-test p-value are those of the reference table."""
    interval = exact_interval(baseline, current)
    assert round(100 * (current / baseline - 1), 1) == change
    assert round(100 * (interval.low - 1), 1) == low
    assert round(100 * (interval.high - 1), 1) == high
    assert e_test_p(baseline, current) == pytest.approx(
        p, rel=0.1 if p < 1e-4 else 0, abs=6e-4 if p < 0.5 else 6e-3
    )


def test_exact_p_of_seven_to_one() -> None:
    """Seven against one has an exact conditional p-value of 0.070 where the E-test says 0.033."""
    assert exact_p(7, 1) == pytest.approx(2 * 9 / 256)
    assert e_test_p(7, 1) == pytest.approx(0.0334, abs=5e-5)


@pytest.mark.parametrize(("one", "other", "p"), [(0, 3, 0.0884), (6, 2, 0.1749), (25, 16, 0.165)])
def test_published_e_test(one: int, other: int, p: float) -> None:
    """The E-test gives the published p-values, in both directions."""
    digits = 3 if p == 0.165 else 4
    assert round(e_test_p(one, other), digits) == p
    assert e_test_p(other, one) == pytest.approx(e_test_p(one, other), abs=1e-12)


@pytest.mark.parametrize("ratio", RATIOS)
def test_score_interval_agrees_with_statsmodels(ratio: float) -> None:
    """The closed form equals the interval that statsmodels gives, zeros and unequal exposures included."""
    for baseline, current in itertools.product(COUNTS[1:], COUNTS):
        mine = score_interval(baseline, current, exposure_ratio=ratio)
        theirs = rates.confint_poisson_2indep(
            current, ratio * 365, baseline, 365, method="score", compare="ratio"
        )
        assert mine.high == pytest.approx(theirs[1], rel=1e-6)
        # statsmodels repeats the upper end where the current count is 0; the lower end is 0 by definition.
        assert mine.low == pytest.approx(theirs[0] if current else 0.0, rel=1e-5)


@pytest.mark.parametrize("ratio", RATIOS)
def test_tests_agree_with_statsmodels(ratio: float) -> None:
    """Score and E-test p-values equal those of statsmodels."""
    for baseline, current in itertools.product(COUNTS, COUNTS):
        if baseline + current == 0:
            continue
        given = (current, ratio * 365, baseline, 365)
        with np.errstate(divide="ignore", invalid="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # its grid holds the pair (0, 0)
            e_test = rates.test_poisson_2indep(*given, method="etest", compare="ratio").pvalue
            score = rates.test_poisson_2indep(*given, method="score", compare="ratio").pvalue
        assert e_test_p(baseline, current, exposure_ratio=ratio) == pytest.approx(e_test, abs=1e-5)
        assert score_p(baseline, current, exposure_ratio=ratio) == pytest.approx(score, abs=1e-12)


def test_e_test_agrees_with_scipy() -> None:
    """For equal exposures the E-test equals scipy's, whose statistic is then the same."""
    for one, other in itertools.product((0, 1, 3, 8, 30), repeat=2):
        if one != other:  # scipy leaves the pair (0, 0) out where the statistic is 0
            theirs = stats.poisson_means_test(one, 1, other, 1).pvalue
            assert e_test_p(one, other) == pytest.approx(theirs, abs=1e-9)


@pytest.mark.parametrize("ratio", RATIOS)
def test_e_test_equals_the_double_sum(ratio: float) -> None:
    """Summing tails gives the same as adding every pair of counts by brute force."""
    x, y = np.meshgrid(np.arange(160.0), np.arange(160.0), indexing="ij")
    for baseline, current in itertools.product((0, 1, 4, 11, 30), repeat=2):
        if baseline + current == 0:
            continue
        rate = (baseline + current) / (1 + ratio)
        weight = stats.poisson.pmf(x, rate * ratio) * stats.poisson.pmf(y, rate)
        with np.errstate(invalid="ignore"):
            statistic = np.abs(x - ratio * y) / np.sqrt(ratio * (x + y))
        statistic[0, 0] = 0.0
        observed = abs(score_statistic(baseline, current, exposure_ratio=ratio))
        brute = 1.0 if observed == 0 else float(weight[statistic >= observed - 1e-9].sum())
        assert e_test_p(baseline, current, exposure_ratio=ratio) == pytest.approx(brute, abs=1e-10)


def test_exact_pair_agrees_with_binomial_test() -> None:
    """The exact conditional interval is Clopper–Pearson's, and its p-value twice the smaller tail."""
    for baseline, current in itertools.product(COUNTS, COUNTS):
        if baseline + current == 0:
            continue
        binomial = stats.binomtest(current, baseline + current, 2 / 3)
        ends = binomial.proportion_ci(0.95, method="exact")
        mine = exact_interval(baseline, current, exposure_ratio=2.0)
        assert mine.low == pytest.approx(ends.low / (1 - ends.low) / 2, rel=1e-6, abs=1e-12)
        if baseline:
            assert mine.high == pytest.approx(ends.high / (1 - ends.high) / 2, rel=1e-6)
        else:
            assert mine.high == math.inf
        tails = [
            stats.binomtest(current, baseline + current, 2 / 3, alternative=side).pvalue
            for side in ("less", "greater")
        ]
        assert exact_p(baseline, current, exposure_ratio=2.0) == pytest.approx(
            min(1.0, 2 * min(tails)), rel=1e-9, abs=1e-300
        )


def test_overdispersion_is_z_times_root_phi() -> None:
    """Dividing counts by φ is the same as an interval with z·√φ and a statistic divided by √φ."""
    phi = 2.5
    level = 2 * stats.norm.cdf(1.959963984540054 * math.sqrt(phi)) - 1
    wide = score_interval(401, 337, overdispersion=phi)
    same = score_interval(401, 337, level=level)
    assert (wide.low, wide.high) == pytest.approx((same.low, same.high), rel=1e-9)
    assert score_statistic(401, 337, overdispersion=phi) == pytest.approx(
        score_statistic(401, 337) / math.sqrt(phi)
    )


def test_score_interval_inverts_the_score_test() -> None:
    """At each end of the interval the score test of that ratio has p = 0.05."""
    interval = score_interval(42, 23, exposure_ratio=0.7, overdispersion=1.6)
    for end in (interval.low, interval.high):
        rho = end * 0.7
        z = (23 - rho * 42) / math.sqrt(1.6 * rho * 65)
        assert abs(z) == pytest.approx(1.959963984540054)


def test_zero_baseline_has_only_a_lower_end() -> None:
    """From zero events only the lower end exists, c/z²; from zero to zero nothing is known."""
    assert score_interval(0, 8).low == pytest.approx(8 / 1.959963984540054**2)
    assert score_interval(0, 8).high == math.inf
    assert (score_interval(0, 0).low, score_interval(0, 0).high) == (0.0, math.inf)
    assert e_test_p(0, 0) == exact_p(0, 0) == score_p(0, 0) == 1.0


def test_counts_of_a_million() -> None:
    """The E-test of a million events agrees with the normal limit, and stays a probability far out."""
    assert e_test_p(1_000_000, 1_002_000) == pytest.approx(score_p(1_000_000, 1_002_000), abs=1e-5)
    assert 0 <= e_test_p(1_000_000, 1_100_000) < 1e-12
