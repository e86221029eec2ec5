"""Rates per 100,000 residents and year."""

from __future__ import annotations

from datetime import date

import pytest
from scipy import stats

from commonweal.errors import InvalidRequest
from commonweal.results.periods import Period
from commonweal.results.rates import compute_rate, years_of

YEAR = Period(date(2022, 12, 1), date(2023, 11, 30))


@pytest.mark.parametrize(
    ("count", "low", "high"), [(0, 0.0, 3.6889), (1, 0.0253, 5.5716), (10, 4.7954, 18.3904)]
)
def test_published_interval(count: int, low: float, high: float) -> None:
    """The interval of a count is the exact one of Poisson tables (Garwood): 10 events are 4.80 to 18.39."""
    rate = compute_rate(count, 100_000, YEAR, source="test")
    assert rate.value == count
    assert (rate.low, rate.high) == pytest.approx((low, high), abs=5e-5)


def test_interval_agrees_with_chi_square() -> None:
    """Gamma and chi-square forms of the exact interval are the same."""
    rate = compute_rate(337, 3_898_747, YEAR, source="census")
    scale = 100_000 / 3_898_747
    assert rate.value == pytest.approx(8.644, abs=5e-4)
    assert rate.low == pytest.approx(stats.chi2.ppf(0.025, 674) / 2 * scale)
    assert rate.high == pytest.approx(stats.chi2.ppf(0.975, 676) / 2 * scale)
    assert rate.source == "census"


def test_overdispersion_widens() -> None:
    """Over-dispersion widens the interval by about its root."""
    narrow = compute_rate(400, 100_000, YEAR, source="")
    wide = compute_rate(400, 100_000, YEAR, source="", overdispersion=4.0)
    assert (wide.high - wide.low) / (narrow.high - narrow.low) == pytest.approx(2, rel=0.02)


def test_a_year_is_twelve_months() -> None:
    """Twelve months are one year in leap years too; a month a twelfth; 28 days are 28 of 365.25."""
    assert years_of(Period(date(2024, 1, 1), date(2024, 12, 31))) == 1
    assert years_of(Period(date(2023, 2, 1), date(2023, 2, 28))) == pytest.approx(1 / 12)
    assert years_of(Period(date(2023, 2, 2), date(2023, 3, 1))) == pytest.approx(28 / 365.25)


def test_every_fault_is_listed() -> None:
    """A negative count and an empty city are both named."""
    with pytest.raises(InvalidRequest) as raised:
        compute_rate(-1, 0, YEAR, source="")
    assert [p.field for p in raised.value.problems] == ["count", "population"]
