"""The other baselines."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from commonweal.results.alternatives import Counted, against_trend, list_alternatives
from commonweal.results.finding import Refusal
from commonweal.results.periods import Period
from commonweal.results.verdict import Verdict


def months(counts: list[int], year: int) -> list[Counted]:
    """Return months from January of a year on."""
    out = []
    for i, count in enumerate(counts):
        y, m = year + i // 12, i % 12 + 1
        out.append(Counted(Period(date(y, m, 1), date(y, m, calendar.monthrange(y, m)[1])), count))
    return out


def counter(history: list[Counted]) -> Callable[[Period], int | Refusal]:
    """Return a function that adds up whole months and refuses what it does not know."""

    def count_in(period: Period) -> int | Refusal:
        inside = [one for one in history if period.contains(one.period)]
        if sum(one.period.days for one in inside) != period.days:
            return Refusal(
                "incomplete", covers_from=history[0].period.start, covers_to=history[-1].period.end
            )
        return sum(one.count or 0 for one in inside)

    return count_in


@pytest.fixture(scope="module")
def homicides(packs: Path) -> list[Counted]:
    """Monthly homicides of the reference city as far as the series is complete."""
    table = pl.read_csv(packs / "los-angeles" / "records" / "crime_monthly_citywide.csv")
    rows = table.filter((pl.col("category") == "Violent - Homicide") & (pl.col("period") < "2024-03"))
    return months(rows.sort("period")["crimes"].to_list(), 2020)


def test_real_homicides(homicides: list[Counted]) -> None:
    """337 homicides fell against the prior year's 401; three years back there are no records; the trend is beside."""
    current = Period(date(2022, 12, 1), date(2023, 11, 30))
    prior, mean, trend = list_alternatives(
        current, 337, count_in=counter(homicides), history=homicides, overdispersion=1.0
    )
    assert prior.comparison is not None
    assert (prior.expected, prior.comparison.baseline) == (401, 401)
    assert prior.comparison.verdict == Verdict.FELL
    assert mean.comparison is None
    assert mean.refusal is not None
    assert mean.refusal.covers_from == date(2020, 1, 1)
    assert trend.comparison is not None
    assert trend.expected_low is not None
    assert trend.expected_high is not None
    assert trend.expected_low < trend.comparison.baseline < trend.expected_high


def test_three_year_mean_has_three_times_the_exposure() -> None:
    """Three years of 100 against 70: the mean is 100, and the interval is narrower than against one year."""
    history = months([10, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 10] * 4, 2018)
    current = Period(date(2021, 1, 1), date(2021, 12, 31))
    prior, mean, _ = list_alternatives(current, 70, count_in=counter(history), history=history)
    assert prior.comparison is not None
    assert mean.comparison is not None
    assert (mean.comparison.baseline, mean.comparison.baseline_days) == (300, 1096)
    assert mean.expected == pytest.approx(300 * 365 / 1096)
    assert mean.comparison.change == pytest.approx(-30, abs=0.1)
    assert prior.comparison.low is not None
    assert prior.comparison.high is not None
    assert mean.comparison.low is not None
    assert mean.comparison.high is not None
    assert mean.comparison.high - mean.comparison.low < prior.comparison.high - prior.comparison.low


def test_trend_is_judged_as_its_interval_says() -> None:
    """Whatever the count, it is clear exactly where it leaves the prediction interval and where p < 0.05."""
    history = months(np.random.default_rng(3).poisson(30, 48).tolist(), 2018)
    current = Period(date(2022, 1, 1), date(2022, 12, 31))
    for count in range(200, 560, 7):
        one = against_trend(current, count, history=history)
        assert one.comparison is not None
        assert one.comparison.p is not None
        assert one.expected_low is not None
        assert one.expected_high is not None
        outside = not one.expected_low <= count <= one.expected_high
        assert outside == (one.comparison.p < 0.05)
        assert outside == (one.comparison.verdict in (Verdict.FELL, Verdict.ROSE))


def test_trend_of_part_of_a_month() -> None:
    """Half a month is expected to hold half of the month's count."""
    history = months([300] * 36, 2018)
    april = against_trend(Period(date(2021, 4, 1), date(2021, 4, 30)), 300, history=history)
    half = against_trend(Period(date(2021, 4, 1), date(2021, 4, 15)), 150, history=history)
    assert april.expected is not None
    assert half.expected == pytest.approx(april.expected / 2)


def test_falling_trend_makes_a_fall_ordinary() -> None:
    """Counts that fall by a fifth each year and go on so did not fall below their trend."""
    level = [100 * 0.8 ** (i / 12) for i in range(48)]
    history = months([round(v) for v in level], 2018)
    current = Period(date(2021, 1, 1), date(2021, 12, 31))
    count = round(sum(level[36:48]))
    prior, _, trend = list_alternatives(current, count, count_in=counter(history), history=history)
    assert prior.comparison is not None
    assert prior.comparison.verdict == Verdict.FELL
    assert trend.comparison is not None
    assert trend.comparison.verdict == Verdict.UNCLEAR
    assert trend.expected == pytest.approx(count, rel=0.02)


def test_short_history_is_refused() -> None:
    """With less than two years before the current period there is no trend."""
    history = months([30] * 23, 2018)
    one = against_trend(Period(date(2019, 12, 1), date(2019, 12, 31)), 20, history=history)
    assert one.refusal is not None
    assert (one.refusal.reason, one.refusal.covers_to) == ("history", date(2019, 11, 30))
    assert against_trend(Period(date(2018, 1, 1), date(2018, 1, 31)), 20, history=history).refusal is not None
