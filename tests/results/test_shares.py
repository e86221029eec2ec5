"""Two shares, compared."""

from __future__ import annotations

import itertools
import warnings

import numpy as np
import pytest
from scipy import optimize, stats

from commonweal.errors import InvalidRequest
from commonweal.results.finding import Comparison
from commonweal.results.shares import Share, compare_shares, share_interval
from commonweal.results.verdict import Verdict

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from statsmodels.stats import proportion


def compare(baseline: tuple[int, int], current: tuple[int, int]) -> Comparison:
    """Compare two shares of a year each."""
    return compare_shares(Share(*baseline), Share(*current), baseline_days=365, current_days=365)


@pytest.mark.parametrize(
    ("current", "baseline", "low", "high"),
    [
        ((56, 70), (48, 80), 5.28, 33.82),
        ((9, 10), (3, 10), 17.00, 84.06),
        ((6, 7), (2, 7), 3.42, 85.34),
        ((5, 56), (0, 29), -3.26, 19.33),
        ((0, 10), (0, 20), -16.58, 28.44),
        ((0, 10), (0, 10), -28.79, 28.79),
        ((10, 10), (0, 20), 71.56, 100.0),
        ((10, 10), (0, 10), 66.36, 100.0),
    ],
)
def test_published_intervals(
    current: tuple[int, int], baseline: tuple[int, int], low: float, high: float
) -> None:
    """The intervals are those that Newcombe (1998, table II) gives for Miettinen and Nurminen's method."""
    one = compare(baseline, current)
    assert (one.low, one.high) == pytest.approx((low, high), abs=0.006)


def brute_statistic(x0: int, n0: int, x1: int, n1: int, delta: float) -> float:
    """Return z(δ) with the restricted shares found by numerical search in place of the closed form."""

    def loss(p: float) -> float:
        return -float(stats.binom.logpmf(x0, n0, p) + stats.binom.logpmf(x1, n1, p + delta))

    ends = (max(0.0, -delta) + 1e-9, min(1.0, 1 - delta) - 1e-9)
    p = float(optimize.minimize_scalar(loss, bounds=ends, method="bounded", options={"xatol": 1e-12}).x)
    q = p + delta
    variance = (q * (1 - q) / n1 + p * (1 - p) / n0) * (n0 + n1) / (n0 + n1 - 1)
    return float((x1 / n1 - x0 / n0 - delta) / np.sqrt(variance))


@pytest.mark.parametrize(
    ("baseline", "current"), [((3, 9), (14, 20)), ((223, 356), (240, 402)), ((1, 40), (9, 35))]
)
def test_interval_inverts_the_test(baseline: tuple[int, int], current: tuple[int, int]) -> None:
    """At each end an independent computation of the score statistic gives 1.96."""
    one = compare(baseline, current)
    assert one.low is not None
    assert one.high is not None
    for end in (one.low, one.high):
        assert abs(brute_statistic(*baseline, *current, end / 100)) == pytest.approx(1.95996, abs=1e-4)


def test_p_agrees_with_statsmodels() -> None:
    """The p-value is that of statsmodels' score test."""
    for x0, x1 in itertools.product((1, 5, 12, 19), (2, 11, 27)):
        theirs = proportion.test_proportions_2indep(x1, 28, x0, 20, method="score", compare="diff").pvalue
        assert compare((x0, 20), (x1, 28)).p == pytest.approx(theirs, rel=1e-8)


def test_verdict_interval_and_p_agree() -> None:
    """Over all pairs of small shares, a change is claimed exactly where p < 0.05 and the interval leaves out 0."""
    for n0, n1 in ((5, 8), (12, 12), (16, 9)):
        for x0, x1 in itertools.product(range(n0 + 1), range(n1 + 1)):
            one = compare((x0, n0), (x1, n1))
            assert one.low is not None
            assert one.high is not None
            assert one.p is not None
            shown = one.low > 0 or one.high < 0
            assert shown == (one.p < 0.05) == (one.verdict in (Verdict.FELL, Verdict.ROSE))


def test_clearance_of_two_years() -> None:
    """62.6 percent of 356 against 59.7 percent of 402 is no clear change: −9.8 to +4.0 points."""
    one = compare((223, 356), (240, 402))
    assert one.change == pytest.approx(-2.94, abs=0.005)
    assert (one.low, one.high) == pytest.approx((-9.85, 4.02), abs=0.01)
    assert one.verdict == Verdict.UNCLEAR


@pytest.mark.parametrize(("baseline", "current"), [((0, 0), (3, 9)), ((2, 4), (0, 0)), ((2, 5), (4, 6))])
def test_few_cases_are_too_few_to_tell(baseline: tuple[int, int], current: tuple[int, int]) -> None:
    """A period without cases, or an interval of more than 20 points to a side, is too few to tell."""
    one = compare(baseline, current)
    assert one.verdict == Verdict.TOO_FEW
    assert (one.change is None) == (0 in (baseline[1], current[1]))


def test_coverage() -> None:
    """The interval holds the true difference in 93 to 97 of 100 simulated pairs."""
    rng = np.random.default_rng(2)
    pairs = rng.binomial([60, 80], [0.62, 0.55], (800, 2))
    held = 0
    for x0, x1 in pairs:
        one = compare((int(x0), 60), (int(x1), 80))
        assert one.low is not None
        assert one.high is not None
        held += one.low <= -7 <= one.high
    assert 0.93 <= held / 800 <= 0.97


def test_one_share_has_wilsons_interval() -> None:
    """The interval of one share is Wilson's, as statsmodels gives it."""
    for part, whole in ((223, 356), (0, 9), (9, 9), (1, 40)):
        mine = share_interval(Share(part, whole))
        theirs = proportion.proportion_confint(part, whole, method="wilson")
        assert (mine.low, mine.high) == pytest.approx([100 * end for end in theirs], abs=1e-9)


def test_every_fault_is_listed() -> None:
    """A part larger than its whole and an empty period are both named."""
    with pytest.raises(InvalidRequest) as raised:
        compare_shares(Share(5, 4), Share(1, 2), baseline_days=0, current_days=1)
    assert [p.field for p in raised.value.problems] == ["baseline", "baseline_days"]
