"""Comparisons give the numbers that can be counted by hand, and refuse what was counted differently."""

from __future__ import annotations

from datetime import date

import pytest

from commonweal.errors import NotFound
from commonweal.results.period_text import parse_period
from commonweal.results.periods import Period
from commonweal.results.verdict import Verdict
from commonweal.studies.compare import compare_measure
from commonweal.studies.desk import Desk
from commonweal.studies.series import read_series


def test_without_periods_the_last_comparable_year_is_compared(toy: Desk) -> None:
    """The toy city's counts break on 1 January 2024, so 2023 is held against 2022."""
    finding = compare_measure(toy, "robberies")
    assert (finding.baseline_period, finding.current_period) == (parse_period("2022"), parse_period("2023"))
    assert finding.comparison is not None
    assert (finding.comparison.baseline, finding.comparison.current) == (144, 108)
    assert finding.comparison.change == pytest.approx(-25)


def test_rates_use_the_residents_of_the_place(toy: Desk) -> None:
    """The toy city has 100,000 residents, so the yearly rate of the city is the count itself."""
    finding = compare_measure(toy, "robberies")
    assert finding.current_rate is not None
    assert finding.current_rate.value == pytest.approx(108, rel=1e-3)
    assert finding.current_rate.low < 108 < finding.current_rate.high


def test_shares_are_compared_in_points(toy: Desk) -> None:
    """Robberies cleared: 24 of 144, then 36 of 108."""
    comparison = compare_measure(toy, "robbery_clearance").comparison
    assert comparison is not None
    assert comparison.form == "share"
    assert comparison.baseline == pytest.approx(100 * 24 / 144)
    assert comparison.current == pytest.approx(100 * 36 / 108)


def test_events_are_counted_on_the_city_day(toy: Desk) -> None:
    """A theft on 31 December at 23:30 belongs to 2022, though it is 2023 in UTC: 72, then 48."""
    finding = compare_measure(toy, "thefts", baseline=parse_period("2022"), current=parse_period("2023"))
    assert finding.comparison is not None
    assert (finding.comparison.baseline, finding.comparison.current) == (72, 48)


def test_quantiles_are_compared_in_their_unit(toy: Desk) -> None:
    """The 90th percentile of the times of units: 546 s, then 273 s."""
    measure = next(
        m for m in toy.city.measures.values() if m.kind == "responses" and m.value.startswith("p90")
    )
    finding = compare_measure(toy, measure.id, baseline=parse_period("2022"), current=parse_period("2023"))
    assert finding.comparison is not None
    assert finding.comparison.form == "quantile"
    assert finding.comparison.baseline == pytest.approx(546)
    assert finding.comparison.current == pytest.approx(273)
    assert finding.verdict is Verdict.FELL


def test_a_comparison_across_a_break_is_refused_with_the_reason(toy: Desk) -> None:
    """2024 is counted by other rules than 2023."""
    finding = compare_measure(
        toy, "robberies", baseline=parse_period("2023-01..2023-06"), current=parse_period("2024-01..2024-06")
    )
    assert finding.verdict is Verdict.REFUSED
    assert finding.comparison is None
    assert finding.refusal is not None
    assert finding.refusal.breaks[0].on == date(2024, 1, 1)


def test_when_asked_for_the_refused_numbers_come_with_the_refusal(toy: Desk) -> None:
    """54 robberies in the first half of 2023 and 24 in that of 2024, marked as not comparable."""
    finding = compare_measure(
        toy,
        "robberies",
        baseline=parse_period("2023-01..2023-06"),
        current=parse_period("2024-01..2024-06"),
        even_if_broken=True,
    )
    assert finding.verdict is Verdict.REFUSED
    assert finding.refusal is not None
    assert finding.comparison is not None
    assert (finding.comparison.baseline, finding.comparison.current) == (54, 24)


def test_los_angeles_homicides_around_the_change_of_mayor(los_angeles: Desk) -> None:
    """Twelve months from December 2021 against twelve from December 2022: 401, then 337."""
    finding = compare_measure(
        los_angeles,
        "homicides",
        baseline=parse_period("2021-12..2022-11"),
        current=parse_period("2022-12..2023-11"),
    )
    comparison = finding.comparison
    assert comparison is not None
    assert (comparison.baseline, comparison.current) == (401, 337)
    assert finding.verdict is Verdict.FELL
    assert comparison.low is not None
    assert comparison.high is not None
    assert -30 < comparison.low < -25
    assert -4 < comparison.high < 0


@pytest.mark.parametrize("current", ["2024", "2024-03..2024-12", "2023-04..2024-03", "2024-06"])
def test_anything_with_months_from_march_2024_is_refused(los_angeles: Desk, current: str) -> None:
    """The tool never prints that homicides fell by 71 % in 2024."""
    finding = compare_measure(los_angeles, "homicides", current=parse_period(current))
    assert finding.verdict is Verdict.REFUSED
    assert finding.comparison is None


def test_no_month_behind_the_break_is_called_comparable(los_angeles: Desk) -> None:
    """The series goes on after February 2024, and says from where it cannot be compared."""
    series = read_series(los_angeles, "homicides")
    behind = [point for point in series.points if point.start >= date(2024, 3, 1)]
    assert behind
    assert not any(point.comparable for point in behind)
    assert all(point.usual_low is None for point in behind)
    assert all(point.comparable for point in series.points if point.end <= date(2024, 2, 29))


def test_a_measure_without_records_says_what_to_load(los_angeles: Desk) -> None:
    """Nothing simulated is loaded here, so there are no calls."""
    with pytest.raises(NotFound, match="Load"):
        compare_measure(
            los_angeles,
            "circle_calls" if "circle_calls" in los_angeles.city.measures else "police_applications",
        )


@pytest.mark.real
def test_one_file_by_area_and_one_for_the_city_agree(los_angeles: Desk, los_angeles_by_area: Desk) -> None:
    """The same reports, added up by area, give the city's total of every measure of counts."""
    asked = {
        "baseline": Period(date(2021, 12, 1), date(2022, 11, 30)),
        "current": Period(date(2022, 12, 1), date(2023, 11, 30)),
    }
    for measure in los_angeles.city.measures.values():
        if measure.kind != "counts":
            continue
        one = compare_measure(los_angeles, measure.id, **asked).comparison
        other = compare_measure(los_angeles_by_area, measure.id, **asked).comparison
        assert one is not None
        assert other is not None
        assert (one.baseline, one.current) == (other.baseline, other.current), measure.id


def test_reports_still_to_come_are_expected_where_report_times_are_known(toy: Desk) -> None:
    """Some thefts of December 2023 were reported in January: the year's count stands beside its correction."""
    finding = compare_measure(toy, "thefts")
    assert finding.current_period == parse_period("2023")
    assert finding.delay_corrected is not None
    assert finding.delay_low is not None
    assert finding.delay_high is not None
    assert finding.delay_low <= finding.delay_corrected <= finding.delay_high
    assert finding.delay_corrected == pytest.approx(48, abs=2)
