"""The weekdays of two periods."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from commonweal.errors import InvalidRequest
from commonweal.results.periods import Period
from commonweal.results.weekdays import compare_weekdays, mean_by_weekday

WEEKEND_HEAVY = (10.0, 10.0, 10.0, 10.0, 10.0, 20.0, 20.0)


def test_28_days_hold_every_weekday_equally_often() -> None:
    """Two spans of 28 days have the same mix and no effect, wherever they begin."""
    before = Period(date(2023, 1, 3), date(2023, 1, 30))
    after = Period(date(2024, 2, 8), date(2024, 3, 6))
    mix = compare_weekdays(before, after, events_a_day=WEEKEND_HEAVY)
    assert mix.same
    assert mix.expected_effect_pct == pytest.approx(0)


def test_a_month_with_five_weekends() -> None:
    """September 2022 had four Saturdays and Sundays, October five: the effect equals the count by hand."""
    before = Period(date(2022, 9, 1), date(2022, 9, 30))
    after = Period(date(2022, 10, 1), date(2022, 10, 31))
    by_hand = []
    for period in (before, after):
        days = [period.start + timedelta(days=i) for i in range(period.days)]
        by_hand.append(sum(20 if day.weekday() > 4 else 10 for day in days) / len(days))
    mix = compare_weekdays(before, after, events_a_day=WEEKEND_HEAVY)
    assert not mix.same
    assert mix.expected_effect_pct == pytest.approx(100 * (by_hand[1] / by_hand[0] - 1))
    assert mix.expected_effect_pct > 4
    assert sum(mix.current) == 31


def test_unknown_rates_give_no_effect() -> None:
    """Without the weekdays' own rates only the mix is told."""
    year = Period(date(2023, 1, 1), date(2023, 12, 31))
    mix = compare_weekdays(year, Period(date(2022, 1, 1), date(2022, 12, 31)))
    assert not mix.same
    assert mix.expected_effect_pct is None


def test_mean_by_weekday() -> None:
    """Events are divided by how often each weekday occurs."""
    span = Period(date(2024, 1, 1), date(2024, 1, 15))  # three Mondays, two of every other day
    assert mean_by_weekday([9, 2, 2, 2, 2, 4, 4], span) == (3, 1, 1, 1, 1, 2, 2)
    with pytest.raises(InvalidRequest):
        mean_by_weekday([1] * 7, Period(date(2024, 1, 1), date(2024, 1, 3)))
    with pytest.raises(InvalidRequest):
        compare_weekdays(span, span, events_a_day=[1.0] * 6)
