"""Two quantiles, compared."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from scipy import stats

from commonweal.errors import InvalidRequest
from commonweal.results.finding import Comparison
from commonweal.results.quantiles import compare_quantiles, quantile_interval
from commonweal.results.verdict import Verdict


def compare(before: np.ndarray, after: np.ndarray, quantile: float) -> Comparison:
    """Compare a quantile of two years."""
    return compare_quantiles(before, after, quantile, baseline_days=365, current_days=365)


def test_interval_of_a_median_is_that_of_order_statistics() -> None:
    """Of 100 values the interval of the median runs between the ranks 50.5 ∓ 9.8, as tables round to 41 and 60."""
    one = quantile_interval(np.arange(1.0, 101.0), 0.5)
    assert one.value == 50.5
    assert (one.low, one.high) == pytest.approx((50.5 - 9.8, 50.5 + 9.8), abs=0.005)


@pytest.mark.parametrize("quantile", [0.5, 0.9])
@pytest.mark.parametrize("cases", [40, 150, 900])
def test_coverage_of_one_quantile(quantile: float, cases: int) -> None:
    """The interval holds the true quantile in 93 to 98 of 100 samples of a skewed distribution."""
    rng = np.random.default_rng(cases)
    truth = math.exp(6 + 0.6 * stats.norm.ppf(quantile))
    held = 0
    for _ in range(600):
        one = quantile_interval(rng.lognormal(6, 0.6, cases), quantile)
        held += (one.low is None or one.low <= truth) and (one.high is None or truth <= one.high)
    assert 0.93 <= held / 600 <= 0.985


@pytest.mark.parametrize(
    "draw",
    [
        lambda rng, n: rng.lognormal(6, 0.6, n),
        lambda rng, n: rng.exponential(300, n),
        lambda rng, n: 60 * np.round(rng.lognormal(6, 0.6, n) / 60),
    ],
    ids=["lognormal", "exponential", "whole minutes"],
)
@pytest.mark.parametrize("quantile", [0.5, 0.9])
def test_false_alarms(draw: Callable[[np.random.Generator, int], np.ndarray], quantile: float) -> None:
    """Where nothing changed a change is claimed in at most 7 of 100 pairs, and p always agrees."""
    rng = np.random.default_rng(4)
    wrong = 0
    for _ in range(400):
        one = compare(draw(rng, 200), draw(rng, 300), quantile)
        assert one.p is not None
        claimed = one.verdict in (Verdict.FELL, Verdict.ROSE)
        assert claimed == (one.p < 0.05)
        wrong += claimed
    assert wrong / 400 <= 0.07


def test_interval_agrees_with_the_bootstrap() -> None:
    """On large samples the interval of the difference agrees with a bootstrap of it within a tenth of its width."""
    rng = np.random.default_rng(6)
    before, after = rng.lognormal(6, 0.6, 4000), rng.lognormal(5.95, 0.6, 3000)
    one = compare(before, after, 0.9)
    draws = [
        np.quantile(rng.choice(after, 3000), 0.9) - np.quantile(rng.choice(before, 4000), 0.9)
        for _ in range(1500)
    ]
    low, high = np.quantile(draws, [0.025, 0.975])
    assert (one.low, one.high) == pytest.approx((low, high), abs=0.1 * (high - low))


def test_a_clear_fall() -> None:
    """A ninetieth percentile that fell by a fifth among thousands is a clear fall."""
    rng = np.random.default_rng(9)
    one = compare(rng.lognormal(6, 0.5, 5000), 0.8 * rng.lognormal(6, 0.5, 5000), 0.9)
    assert one.verdict == Verdict.FELL
    assert one.change == pytest.approx(one.current - one.baseline)
    assert one.p is not None
    assert one.p < 1e-6


def test_few_values_have_open_ends() -> None:
    """Ten values do not tell how high a ninetieth percentile may be; none tell nothing."""
    one = quantile_interval(np.arange(10.0), 0.9)
    assert one.high is None
    few = compare(np.arange(10.0), np.arange(10.0) + 1, 0.9)
    assert few.verdict == Verdict.TOO_FEW
    assert few.low is None
    nothing = compare(np.array([]), np.array([1.0, np.nan]), 0.5)
    assert (nothing.change, nothing.p, nothing.verdict) == (None, None, Verdict.TOO_FEW)


def test_clusters_widen() -> None:
    """With φ = 4 the interval is twice as wide."""
    rng = np.random.default_rng(2)
    before, after = rng.normal(500, 50, 20_000), rng.normal(500, 50, 20_000)
    narrow = compare(before, after, 0.5)
    wide = compare_quantiles(before, after, 0.5, baseline_days=1, current_days=1, overdispersion=4.0)
    assert narrow.low is not None
    assert narrow.high is not None
    assert wide.low is not None
    assert wide.high is not None
    assert (wide.high - wide.low) / (narrow.high - narrow.low) == pytest.approx(2, rel=0.1)


def test_a_quantile_lies_between_zero_and_one() -> None:
    """A quantile of 90 is refused: it is 0.9."""
    with pytest.raises(InvalidRequest):
        compare(np.ones(3), np.ones(3), 90)
