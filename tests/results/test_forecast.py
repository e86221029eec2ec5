"""What is expected of counts to come."""

from __future__ import annotations

import numpy as np
import pytest

from commonweal.results.forecast import Expectation, expect_total, find_outlook, prediction_interval
from commonweal.results.score import score_interval


def draw(mean: np.ndarray, phi: float, rng: np.random.Generator) -> np.ndarray:
    """Draw counts with variance φ·mean."""
    return rng.poisson(rng.gamma(mean / (phi - 1), phi - 1) if phi > 1 else mean).astype(float)


def test_interval_inverts_the_score_test() -> None:
    """At each end of the prediction interval the score interval of the ratio just touches no change."""
    expected = Expectation(120.0, 0.004, 1.7, 10**9)
    band = prediction_interval(expected)
    past = 1 / 0.004
    for end in (band.low, band.high):
        touched = score_interval(past, end / 1.7, exposure_ratio=120 / 1.7 / past)
        assert min(abs(touched.low - 1), abs(touched.high - 1)) == pytest.approx(0, abs=1e-6)


def test_interval_of_a_known_mean_is_the_score_interval_of_a_poisson_count() -> None:
    """Without uncertainty of the mean the band solves (y − μ)² = z²μ."""
    band = prediction_interval(Expectation(100.0, 0.0, 1.0, 10**9))
    assert (band.low, band.high) == pytest.approx((100 - 19.6, 100 + 19.6), abs=0.01)


@pytest.mark.parametrize("phi", [1.0, 2.0])
@pytest.mark.parametrize(("level", "months"), [(33, 36), (400, 48), (3, 60)])
def test_coverage_of_a_continued_trend(phi: float, level: float, months: int) -> None:
    """The next year's total lies in the 95 % interval of the continued trend in 93 to 99 of 100 histories."""
    rng = np.random.default_rng(7)
    t = np.arange(months + 12)
    mean = level * np.exp(-0.1 * t / 12 + 0.15 * np.sin(2 * np.pi * t / 12 + 0.7))
    held = 0
    for _ in range(500):
        counts = draw(mean, phi, rng)
        outlook = find_outlook(counts[:months], np.ones(months), season=12, trend="continue")
        assert outlook is not None
        band = prediction_interval(expect_total(outlook, np.arange(1.0, 13.0), np.ones(12)))
        held += band.low <= counts[months:].sum() <= band.high
    assert 0.93 <= held / 500 <= 0.99


def test_held_level_ends_where_the_trend_ended() -> None:
    """A held level stays at the end of the trend, a continued one goes on falling."""
    t = np.arange(36.0)
    counts = 1000 * np.exp(-0.24 * t / 12)
    year = np.arange(1.0, 13.0)
    totals = {}
    for trend in ("hold", "continue"):
        outlook = find_outlook(counts, np.ones(36), season=12, trend=trend)
        assert outlook is not None
        totals[trend] = expect_total(outlook, year, np.ones(12)).mean
    assert totals["hold"] == pytest.approx(12 * counts[-1], rel=1e-6)
    assert totals["continue"] == pytest.approx(float(np.sum(1000 * np.exp(-0.02 * (35 + year)))), rel=1e-6)


def test_drift_widens_the_interval() -> None:
    """A history whose years jump about expects less surely than one that lies still."""
    still = np.full(48, 100.0)
    jumping = np.repeat([100.0, 130.0, 90.0, 120.0], 12)
    widths = []
    for counts in (still, jumping):
        outlook = find_outlook(counts, np.ones(48), season=12, trend="hold")
        assert outlook is not None
        band = prediction_interval(expect_total(outlook, np.array([6.0]), np.ones(1)))
        widths.append(band.high - band.low)
    assert widths[1] > 1.5 * widths[0]


@pytest.mark.parametrize(
    ("counts", "season"), [(np.full(23, 30.0), 12), (np.zeros(48), 12), (np.full(5, 400.0), 1)]
)
def test_too_short_a_history(counts: np.ndarray, season: int) -> None:
    """Less than two years, no events, or a handful of yearly numbers give no outlook."""
    assert find_outlook(counts, np.ones(len(counts)), season=season, trend="hold") is None
