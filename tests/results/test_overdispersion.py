"""Over-dispersion, estimated from history and proved by the coverage of the intervals it widens."""

from __future__ import annotations

import calendar
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from numpy.typing import NDArray

from commonweal.results.comparison import compare_counts
from commonweal.results.overdispersion import estimate_overdispersion
from commonweal.results.score import score_interval
from commonweal.results.verdict import Verdict

Floats = NDArray[np.float64]


def means(level: float, periods: int, *, wander: float = 0.0) -> Floats:
    """Return expected counts that fall by 10 percent a year, with a season of ±15 percent."""
    t = np.arange(periods)
    season = 0.15 * np.sin(2 * np.pi * t / 12 + 0.7) + 0.06 * np.cos(4 * np.pi * t / 12)
    return level * np.exp(-0.1 * t / 12 + season + wander * np.sin(2 * np.pi * t / 31))


def draw(mean: Floats, phi: float, rng: np.random.Generator) -> Floats:
    """Draw counts with variance φ·mean: Poisson, or negative binomial."""
    if phi > 1:
        mean = rng.gamma(mean / (phi - 1), phi - 1)
    return rng.poisson(mean).astype(float)


@pytest.mark.parametrize("phi", [1.0, 1.5, 3.0])
@pytest.mark.parametrize(
    ("months", "level", "wander"), [(24, 33, 0.0), (36, 33, 0.1), (48, 400, 0.1), (48, 4, 0)]
)
def test_coverage(phi: float, months: int, level: float, wander: float) -> None:
    """Intervals widened by the estimated φ hold the true ratio of two years in 93 to 98 of 100 histories."""
    rng = np.random.default_rng(round(1000 * phi) + months + level)
    mean = means(level, months, wander=wander)
    truth = mean[-12:].sum() / mean[-24:-12].sum()
    held = 0
    for _ in range(600):
        counts = draw(mean, phi, rng)
        found = estimate_overdispersion(counts)
        interval = score_interval(counts[-24:-12].sum(), counts[-12:].sum(), overdispersion=found.phi)
        held += interval.low <= truth <= interval.high
    assert 0.93 <= held / 600 <= 0.98


@pytest.mark.parametrize("phi", [1.0, 2.0])
@pytest.mark.parametrize("a_year", [5, 25, 100, 400])
def test_false_alarms(a_year: int, phi: float) -> None:
    """With φ estimated from 48 months, a change is claimed in no more than 5 of 100 pairs of years without one."""
    rng = np.random.default_rng(a_year)
    mean = a_year / 12 * np.exp(0.15 * np.sin(2 * np.pi * np.arange(48) / 12))
    claimed = 0
    for _ in range(700):
        counts = draw(mean, phi, rng)
        one = compare_counts(
            int(counts[24:36].sum()),
            int(counts[36:].sum()),
            baseline_days=365,
            current_days=365,
            overdispersion=estimate_overdispersion(counts).for_comparison,
        )
        claimed += one.verdict in (Verdict.FELL, Verdict.ROSE)
    assert claimed / 700 <= 0.07  # 5 in 100, and what chance adds in 700 draws


@pytest.mark.parametrize("a_year", [400, 5000])
def test_coverage_where_the_level_wanders(a_year: int) -> None:
    """Where the level itself wanders from month to month, the interval holds the true ratio of the two years."""
    rng = np.random.default_rng(31)
    held = 0
    for _ in range(300):
        level = np.zeros(48)
        for i, push in enumerate(rng.normal(0, 0.08, 48)):
            level[i] = 0.6 * level[i - 1] + push if i else push / 0.8
        mean = a_year / 12 * np.exp(level)
        counts = draw(mean, 1.0, rng)
        interval = score_interval(
            counts[24:36].sum(), counts[36:].sum(), overdispersion=estimate_overdispersion(counts).phi
        )
        held += interval.low <= mean[36:].sum() / mean[24:36].sum() <= interval.high
    assert held / 300 >= 0.94


@pytest.mark.parametrize("phi", [1.0, 1.5, 3.0])
def test_estimate_is_nearly_unbiased(phi: float) -> None:
    """Over many histories the bare estimate averages φ, in spite of trend and season."""
    rng = np.random.default_rng(8)
    found = [estimate_overdispersion(draw(means(33, 48), phi, rng)).estimate for _ in range(300)]
    assert np.mean(found) == pytest.approx(phi, rel=0.05)


def test_month_lengths_are_not_scatter() -> None:
    """In a large series the lengths of the months look like scatter unless they are given."""
    days = np.array([calendar.monthrange(2020 + i // 12, i % 12 + 1)[1] for i in range(48)], dtype=float)
    counts = draw(means(20_000, 48) * days / 30.4, 1.0, np.random.default_rng(3))
    assert estimate_overdispersion(counts).phi > 3
    assert estimate_overdispersion(counts, days=days).phi < 1.6


def test_missing_months_are_left_out() -> None:
    """Missing months neither count as history nor as zeros."""
    counts = draw(means(100, 48), 1.0, np.random.default_rng(4))
    counts[[5, 20, 21]] = np.nan
    found = estimate_overdispersion(counts)
    assert found.known
    assert found.periods == 45
    assert found.phi < 1.6


@pytest.mark.parametrize("counts", [np.full(23, 30.0), np.zeros(48), np.r_[np.full(20, 9.0), [np.nan] * 20]])
def test_short_or_empty_history_is_unknown(counts: Floats) -> None:
    """Less than two years of months, or almost no events, give no φ."""
    found = estimate_overdispersion(counts)
    assert (found.known, found.phi, found.for_comparison) == (False, 1.0, None)


def test_spans_of_28_days() -> None:
    """With 13 spans a year, 26 are history enough and 25 are not."""
    counts = draw(np.full(26, 50.0), 1.0, np.random.default_rng(1))
    assert estimate_overdispersion(counts, season=13).known
    assert not estimate_overdispersion(counts[:25], season=13).known


def test_homicides_of_the_reference_city(packs: Path) -> None:
    """Monthly homicides scatter like independent events (φ̂ 1.00), so 401 → 337 is a clear fall."""
    table = pl.read_csv(packs / "los-angeles" / "records" / "crime_monthly_citywide.csv")
    column = "period" if "period" in table.columns else "month"
    rows = table.filter((pl.col("category") == "Violent - Homicide") & (pl.col(column) < "2024-03")).sort(
        column
    )
    months = [str(month) for month in rows[column]]
    counts = rows["crimes"].to_numpy().astype(float)
    days = [calendar.monthrange(int(m[:4]), int(m[5:7]))[1] for m in months]
    found = estimate_overdispersion(counts, days=days)
    assert found.periods == 50
    assert found.estimate == pytest.approx(1.0, abs=0.05)
    by_month = dict(zip(months, counts, strict=True))
    before = sum(v for m, v in by_month.items() if "2021-12" <= m < "2022-12")
    after = sum(v for m, v in by_month.items() if "2022-12" <= m < "2023-12")
    assert (before, after) == (401, 337)
    one = compare_counts(
        int(before), int(after), baseline_days=365, current_days=365, overdispersion=found.for_comparison
    )
    assert one.verdict == Verdict.FELL
    assert (one.low, one.high) == pytest.approx((-27.6, -2.4), abs=0.1)
