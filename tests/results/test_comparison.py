"""Two counts, compared: what the verdict, the interval and the p-value say together."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from commonweal.errors import InvalidRequest
from commonweal.results.comparison import TOO_FEW_DROP, compare_counts, weigh_ratio
from commonweal.results.finding import Comparison
from commonweal.results.score import e_test_p, score_interval
from commonweal.results.verdict import Verdict

YEAR = {"baseline_days": 365, "current_days": 365}


def assert_consistent(one: Comparison) -> None:
    """Verdict, interval and p-value never contradict each other."""
    assert one.p is not None
    low = -math.inf if one.low is None else one.low
    high = math.inf if one.high is None else one.high
    assert low <= high
    if one.change is not None:
        assert low - 1e-9 <= one.change <= high + 1e-9
    shown = low > 0 or high < 0
    assert shown == (one.p < 0.05)
    assert shown == (one.verdict in (Verdict.FELL, Verdict.ROSE))
    assert (one.verdict == Verdict.FELL) == (high < 0)
    if one.verdict == Verdict.TOO_FEW:
        assert one.detectable_drop is None or one.detectable_drop > TOO_FEW_DROP


def test_homicides_of_the_reference_city() -> None:
    """401 homicides against 337 are a fall of 16 percent, between 27 and 3, and that is clear."""
    one = compare_counts(401, 337, **YEAR, overdispersion=1.0)
    assert one.change == pytest.approx(-15.96, abs=0.01)
    assert one.low == pytest.approx(-27.3, abs=0.05)
    assert one.high == pytest.approx(-2.9, abs=0.05)
    assert one.p == pytest.approx(0.0185, abs=5e-5)
    assert one.verdict == Verdict.FELL
    assert one.detectable_drop == pytest.approx(18.8, abs=0.05)
    assert one.overdispersion_known


def test_overdispersion_can_take_the_verdict_away() -> None:
    """With φ = 2 the same two counts show no clear change, and p says so too."""
    one = compare_counts(401, 337, **YEAR, overdispersion=2.0)
    assert one.verdict == Verdict.UNCLEAR
    assert one.high is not None
    assert one.high > 0
    assert one.p is not None
    assert one.p > 0.05


def test_every_small_pair_is_consistent() -> None:
    """Over every pair of counts up to 45, with equal and unequal periods and φ, nothing contradicts itself."""
    for phi, days in ((None, 365), (1.7, 365), (None, 90), (3.0, 730)):
        for baseline, current in itertools.product(range(0, 46), range(0, 46)):
            assert_consistent(
                compare_counts(baseline, current, baseline_days=365, current_days=days, overdispersion=phi)
            )


@given(
    st.integers(0, 200_000),
    st.integers(0, 200_000),
    st.integers(1, 1500),
    st.integers(1, 1500),
    st.floats(1, 50),
)
def test_any_pair_is_consistent(
    baseline: int, current: int, baseline_days: int, current_days: int, phi: float
) -> None:
    """Whatever the counts, lengths and φ, verdict, interval and p agree."""
    assert_consistent(
        compare_counts(
            baseline, current, baseline_days=baseline_days, current_days=current_days, overdispersion=phi
        )
    )


def test_borderline_goes_to_the_careful_side() -> None:
    """15 against 6: the score interval alone would claim a fall (p 0.0495), the E-test does not (0.0503)."""
    assert score_interval(15, 6).high < 1
    one = compare_counts(15, 6, **YEAR)
    assert one.verdict == Verdict.TOO_FEW
    assert one.high is not None
    assert one.high >= 0
    assert one.p is not None
    assert one.p >= 0.05


def test_seven_to_one_is_too_few_to_tell() -> None:
    """Of eight events the exact test decides: 7 against 1 has p 0.070 and an interval up to +11 percent."""
    assert e_test_p(7, 1) < 0.05
    one = compare_counts(7, 1, **YEAR)
    assert one.verdict == Verdict.TOO_FEW
    assert one.p == pytest.approx(0.0703, abs=5e-5)
    assert (one.low, one.high) == pytest.approx((-99.7, 11.2), abs=0.05)


@pytest.mark.parametrize(
    ("baseline", "current", "verdict"),
    [
        (0, 0, Verdict.TOO_FEW),
        (0, 3, Verdict.TOO_FEW),
        (6, 2, Verdict.TOO_FEW),
        (42, 40, Verdict.TOO_FEW),
        (42, 23, Verdict.FELL),
        (56, 57, Verdict.UNCLEAR),
        (327, 280, Verdict.UNCLEAR),
        (392, 282, Verdict.FELL),
        (282, 392, Verdict.ROSE),
        (0, 30, Verdict.ROSE),
    ],
)
def test_verdicts(baseline: int, current: int, verdict: Verdict) -> None:
    """Small and large, falling and rising: each pair ends in the word that the rule gives."""
    assert compare_counts(baseline, current, **YEAR).verdict == verdict


def test_change_from_zero_is_undefined() -> None:
    """From zero there is no percentage, only a lower bound; from zero to zero not even that."""
    rise = compare_counts(0, 30, **YEAR)
    assert rise.change is None
    assert rise.high is None
    assert rise.low == pytest.approx(100 * (30 / 1.959963984540054**2 - 1))
    nothing = compare_counts(0, 0, **YEAR)
    assert (nothing.change, nothing.low, nothing.high, nothing.p) == (None, None, None, 1.0)


def test_fall_to_zero_has_a_closed_lower_end() -> None:
    """A fall to zero is a change of −100 percent with an interval that starts there."""
    one = compare_counts(40, 0, **YEAR)
    assert one.change == one.low == -100
    assert one.verdict == Verdict.FELL


def test_unequal_lengths_are_compared_as_rates() -> None:
    """100 events in a year and 50 in half a year are no change; the difference stays as counted."""
    one = compare_counts(100, 50, baseline_days=364, current_days=182)
    assert one.change == pytest.approx(0)
    assert one.difference == -50
    assert one.p == pytest.approx(1)


def test_unknown_overdispersion_is_said() -> None:
    """Without history φ is 1 and marked as not known."""
    one = compare_counts(401, 337, **YEAR)
    assert one.overdispersion == 1
    assert not one.overdispersion_known


def test_every_fault_is_listed() -> None:
    """A negative count, an empty period and a φ that is no number are all named in one error."""
    with pytest.raises(InvalidRequest) as raised:
        compare_counts(-1, 3, baseline_days=0, current_days=10, overdispersion=math.nan)
    assert [p.field for p in raised.value.problems] == ["baseline", "baseline_days", "overdispersion"]


@pytest.mark.parametrize("base", [2, 5, 10, 25, 60])
def test_false_alarms_exactly(base: int) -> None:
    """Where nothing changed a change is claimed with a probability of at most 5 percent, computed exactly."""
    chance = stats.poisson.pmf(np.arange(base + int(6 * base**0.5) + 10), base)
    wrong = 0.0
    for b, c in itertools.combinations(range(len(chance)), 2):
        weight = 2 * chance[b] * chance[c]
        if weight > 1e-9:
            one = weigh_ratio(b, c, exposure_ratio=1.0, overdispersion=1.0)
            wrong += weight * one.interval.excludes_no_change
    assert wrong < 0.0501


@pytest.mark.parametrize("base", [25, 100, 400])
def test_false_alarms_with_known_overdispersion(base: int) -> None:
    """With φ = 2 known, negative binomial counts without a change raise at most 6 false alarms in 100."""
    rng = np.random.default_rng(11)
    pairs = rng.poisson(rng.gamma(base, 1.0, (2500, 2)))
    wrong = [
        compare_counts(int(b), int(c), **YEAR, overdispersion=2.0).verdict in (Verdict.FELL, Verdict.ROSE)
        for b, c in pairs
    ]
    assert np.mean(wrong) < 0.062
