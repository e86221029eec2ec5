"""The usual range and how often it holds what comes."""

from __future__ import annotations

import calendar
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from commonweal.results.usual_range import UsualRange, usual_range

REAL_FILE = "los-angeles/lapd_crime_monthly_2020_2024.csv"


def share_inside(counts: np.ndarray, ranges: tuple[UsualRange | None, ...]) -> list[bool]:
    """Return for each period that has a range whether its count lies inside."""
    return [band.low <= value <= band.high for value, band in zip(counts, ranges, strict=True) if band]


@pytest.mark.parametrize("phi", [1.0, 2.0])
@pytest.mark.parametrize("level", [3.0, 33.0, 400.0])
def test_coverage_in_simulation(phi: float, level: float) -> None:
    """With trend, season and φ the range holds 93 to 99.5 of 100 months."""
    rng = np.random.default_rng(21)
    t = np.arange(48)
    mean = level * np.exp(-0.1 * t / 12 + 0.15 * np.sin(2 * np.pi * t / 12 + 0.7))
    inside: list[bool] = []
    for _ in range(60):
        counts = rng.poisson(rng.gamma(mean / (phi - 1), phi - 1) if phi > 1 else mean).astype(float)
        inside += share_inside(counts, usual_range(counts))
    assert len(inside) == 60 * 24
    assert 0.93 <= np.mean(inside) <= 0.995


@pytest.mark.real
def test_coverage_on_real_months(real_data: Path) -> None:
    """On 400 real area series of the reference city the range holds 93 to 96 of 100 months."""
    table = pl.read_csv(real_data / REAL_FILE).filter(pl.col("period") < "2024-03")
    months = sorted(table["period"].unique())
    starts = [date(int(m[:4]), int(m[5:7]), 1) for m in months]
    days = [calendar.monthrange(day.year, day.month)[1] for day in starts]
    wide = (
        table.group_by("area", "category", "period")
        .agg(pl.col("crimes").sum())
        .pivot("period", index=["area", "category"], values="crimes")
        .select(months)
        .fill_null(0)
    )
    inside: list[bool] = []
    for row in wide.iter_rows():
        counts = np.array(row, dtype=float)
        inside += share_inside(counts, usual_range(counts, days=days, starts=starts))
    assert len(inside) > 8000
    assert 0.93 <= np.mean(inside) <= 0.96


def test_nothing_later_is_used() -> None:
    """Values of the year itself and of later years do not move the range of a month."""
    rng = np.random.default_rng(1)
    counts = rng.poisson(40, 48).astype(float)
    changed = counts.copy()
    changed[24:] *= 3
    assert usual_range(counts)[24:36] == usual_range(changed)[24:36]
    assert usual_range(counts)[36:] != usual_range(changed)[36:]


def test_the_first_two_years_have_no_range() -> None:
    """No range is made from less than two years, counted in calendar years of the start dates."""
    counts = np.random.default_rng(1).poisson(40, 40).astype(float)
    starts = [date(2020 + (i + 6) // 12, (i + 6) % 12 + 1, 1) for i in range(40)]
    ranges = usual_range(counts, starts=starts)
    assert [band is None for band in ranges] == [True] * 30 + [False] * 10
    assert usual_range(np.zeros(48)) == (None,) * 48


def test_spans_of_28_days_have_a_range() -> None:
    """A series of thirteen spans a year has a range after 26 of them."""
    counts = np.random.default_rng(1).poisson(40, 39).astype(float)
    ranges = usual_range(counts, season=13)
    assert [band is None for band in ranges] == [True] * 26 + [False] * 13
