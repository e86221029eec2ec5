"""What someone who distrusts the numbers would try: every answer is recomputed here from the records themselves."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from commonweal.config import find_workspace
from commonweal.errors import InvalidRequest, NotFound
from commonweal.results.claims import recompute_change
from commonweal.results.finding import Refusal
from commonweal.results.period_text import parse_period
from commonweal.results.periods import Period, calendar_month
from commonweal.results.verdict import ClaimVerdict, Verdict
from commonweal.studies.answering import list_candidates
from commonweal.studies.claims import check_claim
from commonweal.studies.commitments import check_commitment
from commonweal.studies.compare import compare_measure
from commonweal.studies.desk import Desk, open_desk
from commonweal.studies.history import read_history
from commonweal.studies.latest import ComparedPeriods, find_latest_periods
from commonweal.studies.loading import load_records
from commonweal.studies.named_periods import find_named_periods
from commonweal.studies.opening import open_workspace_for
from commonweal.studies.overview import make_overview
from commonweal.studies.release import make_release, screen_areas
from commonweal.studies.screen import compare_areas, list_screen_measures
from commonweal.studies.series import read_series

BREAK = date(2022, 1, 1)
AFTER_BREAK = (parse_period("2024"), parse_period("2025"))
Build = Callable[..., Desk]


@dataclass(frozen=True, slots=True)
class Robberies:
    """Robberies of one month in Riverside."""

    month: date
    count: int


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """Return a maker of toy cities whose counts, and what they cover, are others."""

    def make(rows: Sequence[Robberies], covers: Period) -> Desk:
        folder = tmp_path / "workspace"
        open_workspace_for(folder, "toy")
        pack = folder / "city" / "city.toml"
        text = pack.read_text(encoding="utf-8")
        text = text.replace("on = 2024-01-01", f"on = {BREAK}")
        text = text.replace("covers_from = 2021-01-01", f"covers_from = {covers.start}")
        pack.write_text(text.replace("covers_to = 2024-06-30", f"covers_to = {covers.end}"), encoding="utf-8")
        path = tmp_path / "counts.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            table = csv.writer(file)
            table.writerow(["month", "district", "category", "incidents", "cleared"])
            table.writerows([f"{one.month:%Y-%m}", "Riverside", "Robbery", one.count, 0] for one in rows)
        desk = open_desk(find_workspace(folder))
        load_records(desk, "counts", path, "counts_monthly")
        return desk

    return make


def months(first: int, last: int) -> list[date]:
    """Return the first days of all months of some years."""
    return [date(year, month, 1) for year in range(first, last + 1) for month in range(1, 13)]


def after_a_break() -> list[Robberies]:
    """Return counts of about 400 a month before the break and of about 40 from then on."""
    random = np.random.default_rng(7)
    return [
        Robberies(month, int(random.poisson(40 if month >= BREAK else 400))) for month in months(2019, 2025)
    ]


def test_nothing_before_a_break_is_used_to_judge_what_came_after(build: Build) -> None:
    """Over-dispersion and trend of 2025 come from 2022 to 2024, not from the ten times larger counts before."""
    rows = after_a_break()
    desk = build(rows, parse_period("2019..2025"))
    assert find_latest_periods(desk, desk.city.get_measure("robberies")) is not None
    finding = compare_measure(desk, "robberies", baseline=AFTER_BREAK[0], current=AFTER_BREAK[1])
    assert finding.comparison is not None
    before, now = (sum(one.count for one in rows if one.month.year == year) for year in (2024, 2025))
    assert (finding.comparison.baseline, finding.comparison.current) == (before, now)
    trend = next(one for one in finding.alternatives if one.kind == "trend")
    assert trend.expected == pytest.approx(480, rel=0.25)
    assert finding.comparison.overdispersion < 3


def test_a_series_marks_what_differs_from_the_latest_comparison(build: Build) -> None:
    """Once two years are counted the new way, it is the old months that are not comparable."""
    series = read_series(build(after_a_break(), parse_period("2019..2025")), "robberies")
    for point in series.points:
        assert point.comparable is (point.start >= BREAK)
        assert point.comparable or point.usual_low is None
    assert series.points[-1].usual_low is not None
    assert series.points[-1].usual_high is not None
    assert series.points[-1].usual_high < 120


def test_a_period_is_not_compared_with_days_of_its_own(toy: Desk) -> None:
    """Periods that share days, or stand in the wrong order, are an error of the request."""
    for baseline, current in (("2022", "2022-06..2023-05"), ("2022", "2022"), ("2023", "2022")):
        with pytest.raises(InvalidRequest, match="must end before"):
            compare_measure(toy, "robberies", baseline=parse_period(baseline), current=parse_period(current))


def test_more_than_a_year_has_no_other_baseline_that_shares_its_days(toy: Desk) -> None:
    """The fifteen months to December 2023 and the same months a year before have three months in common."""
    current = parse_period("2022-10..2023-12")
    finding = compare_measure(toy, "robberies", current=current)
    assert not finding.baseline_period.overlaps(current)
    assert all(one.kind == "trend" for one in finding.alternatives)


def test_tables_of_months_are_not_cut_into_28_days(toy: Desk) -> None:
    """What cannot be told is not told as zero: the series comes in months, and says so."""
    series = read_series(toy, "robberies", grain="28-day")
    assert series.grain == "month"
    assert {point.value for point in series.points if point.start.year == 2022} == {12.0}


def test_quantiles_have_no_usual_range_of_counts(toy: Desk) -> None:
    """Seconds do not scatter as counts do."""
    assert all(point.usual_low is None for point in read_series(toy, "response_p90").points)


def test_less_than_a_month_of_records_is_no_error(build: Build) -> None:
    """With one month there is a series of one point, no default comparison, and a reason."""
    desk = build([Robberies(date(2023, 5, 1), 9)], parse_period("2023-05"))
    assert [point.value for point in read_series(desk, "robberies").points] == [9.0]
    with pytest.raises(NotFound, match="Load one of them"):
        compare_measure(desk, "robberies")
    refused = compare_measure(desk, "robberies", current=parse_period("2023-05"))
    assert refused.refusal is not None
    assert refused.refusal.reason == "incomplete"
    assert make_release(desk).screen is None or "robberies" not in make_release(desk).measures


def test_days_that_are_not_covered_are_not_given_even_when_asked_for(toy: Desk) -> None:
    """Before the records begin nothing is known, and nothing is not zero."""
    finding = compare_measure(
        toy, "robberies", baseline=parse_period("2020"), current=parse_period("2021"), even_if_broken=True
    )
    assert finding.comparison is None


def test_an_amount_without_a_record_is_unknown_not_zero(toy: Desk) -> None:
    """Night games were written down from 2022 on: in May of a year without a record nobody counted."""
    measure = toy.city.get_measure("game_visits")
    assert list_candidates(toy, measure)
    finding = compare_measure(toy, "game_visits", baseline=parse_period("2022"), current=parse_period("2023"))
    assert finding.comparison is not None
    assert (finding.comparison.baseline, finding.comparison.current) == (1200, 1800)
    other = replace(measure, id="other", where={"program": ("night-games",), "activity": ("injuries",)})
    desk = _with_measure(toy, other)
    assert compare_measure(desk, "other").verdict is Verdict.NO_RECORDS
    figure = replace(toy.city.get_figure("visits"), measure="other")
    desk.city.figures["visits"] = figure  # type: ignore[index]
    claim = check_claim(desk, "visits")
    assert claim.verdict is ClaimVerdict.UNCHECKABLE
    assert claim.refusal == Refusal("no_records")


def _with_measure(desk: Desk, measure: object) -> Desk:
    city = replace(
        desk.city,
        measures={**desk.city.measures, measure.id: measure},  # type: ignore[attr-defined]
        figures=dict(desk.city.figures),
    )
    return Desk(desk.workspace, city, desk.store)


def test_a_part_of_the_screen_finds_no_more_than_the_whole(los_angeles: Desk) -> None:
    """Looking at one measure alone does not turn a change of the whole screen into a discovery."""
    whole = make_release(los_angeles).screen
    assert whole is not None
    for name in list_screen_measures(los_angeles):
        part = screen_areas(los_angeles, [name])
        stands = {(row.measure, row.area): row.adjusted_p for row in whole.rows if row.measure == name}
        assert {(row.measure, row.area): row.adjusted_p for row in part.rows} == stands
        assert part.tests == whole.tests


def test_shares_times_and_amounts_are_no_rows_of_a_screen(toy: Desk) -> None:
    """A screen of counts would take seconds for cases."""
    odd = [
        replace(toy.city.get_measure(name), category="Odd")
        for name in ("response_p90", "robbery_clearance", "game_visits")
    ]
    city = replace(toy.city, measures={**toy.city.measures, **{one.id: one for one in odd}})
    names = list_screen_measures(Desk(toy.workspace, city, toy.store))
    assert not {one.id for one in odd} & set(names)


@pytest.mark.parametrize(
    ("name", "baseline", "current"),
    [
        ("ytd", "2022", "2023"),
        ("12-months", "2022", "2023"),
        ("year", "2022", "2023"),
        ("quarter", "2022-Q4", "2023-Q4"),
        ("month", "2022-12", "2023-12"),
        ("since:2023-03-01", "2022-03..2022-12", "2023-03..2023-12"),
        ("since:2022-07-01", "2021-01..2022-06", "2022-07..2023-12"),
    ],
)
def test_periods_by_name_end_with_the_last_comparable_month(
    toy: Desk, name: str, baseline: str, current: str
) -> None:
    """The counts are broken from January 2024 on: every kind of period ends in December 2023."""
    found = find_named_periods(toy, toy.city.get_measure("robberies"), name)
    assert (found.baseline, found.current) == (parse_period(baseline), parse_period(current))


def test_28_days_have_the_same_weekdays_a_year_before(toy: Desk) -> None:
    """Both hold every weekday four times, 364 days apart, and the last incomplete ones are left out."""
    found = find_named_periods(toy, toy.city.get_measure("thefts"), "28-day")
    assert found.current.days == found.baseline.days == 28
    assert found.current.start - found.baseline.start == timedelta(days=364)
    assert date(2023, 12, 31) - timedelta(days=28) < found.current.end <= date(2023, 12, 31)
    assert compare_measure(toy, "thefts", current=found.current).baseline_period == found.baseline


@pytest.mark.parametrize("name", ["fortnight", "since:", "since:2023-02-30", "since:DATE"])
def test_other_names_of_periods_are_refused_with_those_there_are(toy: Desk, name: str) -> None:
    """The message lists what is allowed."""
    with pytest.raises(InvalidRequest, match="28-day"):
        find_named_periods(toy, toy.city.get_measure("thefts"), name)


def test_the_weekdays_effect_is_that_of_the_records(toy: Desk) -> None:
    """Recomputed day by day: the mean of each weekday, weighed by how often each occurs."""
    baseline, current = parse_period("2023-10"), parse_period("2023-11")
    finding = compare_measure(toy, "thefts", baseline=baseline, current=current)
    assert finding.weekday_note
    assert finding.weekday_effect is not None
    path = toy.city.folder / "records" / "crime_points.csv"
    with path.open(encoding="utf-8") as file:
        thefts = [date.fromisoformat(row["occurred"][:10]) for row in csv.DictReader(file)]
    through = [date(2022, 1, 1) + timedelta(days=n) for n in range((current.end - date(2022, 1, 1)).days + 1)]
    mean = [
        sum(day.weekday() == w for day in thefts if day <= current.end)
        / sum(d.weekday() == w for d in through)
        for w in range(7)
    ]
    rates = [
        np.mean([mean[(period.start + timedelta(days=n)).weekday()] for n in range(period.days)])
        for period in (baseline, current)
    ]
    assert finding.weekday_effect == pytest.approx(100 * (rates[1] / rates[0] - 1))


def test_a_claim_about_a_leap_year_is_held_against_the_counts(build: Build) -> None:
    """From 1,000 in 2019 to 900 in 2020 is −10.0 %, as anyone would say, though 2020 has a day more."""
    before, now = [84] * 11 + [76], [75] * 12
    rows = [Robberies(month, count) for month, count in zip(months(2019, 2020), before + now, strict=True)]
    desk = build(rows, parse_period("2019..2020"))
    finding = compare_measure(desk, "robberies", current=parse_period("2020"))
    assert finding.comparison is not None
    assert finding.comparison.change == pytest.approx(100 * (900 / 366 / (1000 / 365) - 1))
    found = recompute_change(finding)
    assert not isinstance(found, Refusal)
    assert found.value == pytest.approx(-10)


def test_a_claim_in_percent_is_not_held_against_seconds(toy: Desk) -> None:
    """546 s to 273 s is half, not 273 percent."""
    finding = compare_measure(toy, "response_p90", current=parse_period("2023"))
    found = recompute_change(finding, unit="percent")
    assert not isinstance(found, Refusal)
    assert found.value == pytest.approx(-50)
    assert found.low is not None
    assert found.high is not None
    assert found.low < -50 < found.high < 0


def test_a_time_as_a_claim_has_an_interval(toy: Desk) -> None:
    """The 90th percentile of 120 times is uncertain: it is not judged like a total that was counted."""
    figure = replace(
        toy.city.get_figure("visits"), measure="response_p90", value=275.0, unit="seconds", relation="equals"
    )
    city = replace(toy.city, figures={**toy.city.figures, "visits": figure})
    claim = check_claim(Desk(toy.workspace, city, toy.store), "visits")
    assert claim.recomputed_value == pytest.approx(273)
    assert claim.low is not None
    assert claim.verdict is ClaimVerdict.UNCERTAIN


def test_a_promise_from_inside_its_own_period_is_not_held_against_itself(toy: Desk) -> None:
    """A baseline day in 2023 leaves the twelve months of 2023 with those before."""
    promise = replace(toy.city.commitments["fewer-robberies"], baseline_on=date(2023, 6, 1))
    city = replace(toy.city, commitments={**toy.city.commitments, "fewer-robberies": promise})
    result = check_commitment(Desk(toy.workspace, city, toy.store), "fewer-robberies", today=BREAK)
    assert result.finding is not None
    assert (result.finding.baseline_period, result.finding.current_period) == (
        parse_period("2022"),
        parse_period("2023"),
    )


def test_a_gap_in_a_history_is_unknown_and_not_nothing(build: Build) -> None:
    """Months behind the break that ends a history do not come back as zeros."""
    desk = build(after_a_break(), parse_period("2019..2025"))
    measure = desk.city.get_measure("robberies")
    [answering] = [one for one in list_candidates(desk, measure) if one.source.id == "counts_monthly"]
    history = read_history(desk, measure, answering, like=calendar_month(2023, 1))
    assert history.before(calendar_month(2023, 1)).periods == tuple(
        calendar_month(2022, month) for month in range(1, 13)
    )
    assert not history.before(calendar_month(2021, 1)).periods


def test_a_file_that_ends_early_is_not_complete_because_the_pack_says_so(build: Build) -> None:
    """Eleven months of 2021 are not held against twelve of 2020, whatever was declared."""
    desk = build([Robberies(month, 30) for month in months(2019, 2021)[:-1]], parse_period("2019..2021"))
    refused = compare_measure(desk, "robberies", current=parse_period("2021"))
    assert refused.comparison is None
    assert refused.refusal is not None
    assert refused.refusal.covers_to == date(2021, 11, 30)
    latest = compare_measure(desk, "robberies").comparison
    assert latest is not None
    assert (latest.baseline, latest.current) == (360, 360)


@pytest.mark.parametrize("read_on", [date(2023, 12, 31), date(2024, 12, 31)])
def test_only_reports_that_are_still_to_come_are_expected(
    build: Build, tmp_path: Path, read_on: date
) -> None:
    """Of ten thefts a month, two are reported 20 and one 95 days late; a year later nothing is expected any more."""
    desk = build([Robberies(date(2023, 1, 1), 1)], parse_period("2023"))
    path = tmp_path / "thefts.csv"
    written = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["report", "occurred", "reported", "category", "lon", "lat", "victims", "status"])
        for month in months(2022, 2023):
            for number, late in enumerate([0] * 7 + [20, 20, 95]):
                day = month + timedelta(days=2 + 2 * number)
                if day + timedelta(days=late) <= read_on:
                    written += month.year == 2023
                    named = [
                        f"R{month:%y%m}{number}",
                        f"{day}T12:00:00",
                        f"{day + timedelta(days=late)}T12:00:00",
                    ]
                    table.writerow([*named, "Theft", -89.75, 40.25, 1, "O"])
    load_records(desk, "crimes", path, "crime_points")
    finding = compare_measure(desk, "thefts", current=parse_period("2023"))
    assert finding.comparison is not None
    assert finding.comparison.current == written
    if read_on.year == 2024:
        assert finding.delay_corrected is None
    else:
        assert finding.delay_corrected == pytest.approx(120, abs=1.5)
        assert finding.delay_low is not None
        assert written <= finding.delay_low


def test_areas_told_by_years_scatter_as_the_city_lets_expect(los_angeles: Desk) -> None:
    """Of yearly tables by area the scatter lies between the area's share of the city's and all of it."""
    names = list_screen_measures(los_angeles)
    periods = ComparedPeriods(parse_period("2022"), parse_period("2023"))
    screen = compare_areas(los_angeles, names, periods)
    seen = 0
    for row in screen.rows:
        comparison = row.comparison
        if comparison is None:
            continue
        whole = compare_measure(
            los_angeles, row.measure, baseline=row.baseline_period, current=row.current_period
        ).comparison
        assert whole is not None
        share = (comparison.baseline + comparison.current) / (whole.baseline + whole.current)
        expected = 1 + (whole.overdispersion - 1) * share**0.5
        assert comparison.overdispersion_known
        assert comparison.overdispersion == pytest.approx(expected, abs=0.051)  # published with one decimal
        seen += comparison.overdispersion > 1.2
    assert seen > 50


@pytest.mark.real
def test_borrowed_scatter_finds_about_what_months_of_areas_find(
    los_angeles: Desk, los_angeles_by_area: Desk
) -> None:
    """With years only, no more changes stand than with the months of the areas, but most of those do."""
    few = make_release(los_angeles).screen
    assert few is not None
    names = list_screen_measures(los_angeles)
    periods = ComparedPeriods(few.baseline_period, few.current_period)
    years, by_month = (compare_areas(desk, names, periods) for desk in (los_angeles, los_angeles_by_area))
    stands = [{(row.measure, row.area) for row in one.rows if row.discovered} for one in (years, by_month)]
    assert len(stands[0]) <= 1.2 * len(stands[1])
    assert len(stands[0] & stands[1]) >= len(stands[1]) / 2


@pytest.mark.parametrize("areas", [0, 1])
def test_a_city_without_areas_has_results_and_no_release(tmp_path: Path, areas: int) -> None:
    """Where the one area is the city, or none is declared, the first page is made all the same."""
    folder = tmp_path / "workspace"
    open_workspace_for(folder, "toy")
    city = folder / "city"
    kept = {"areas.csv": areas, "stations.csv": 0, "fleet.csv": 0}
    for name, rows in kept.items():
        lines = (city / name).read_text(encoding="utf-8").splitlines()
        (city / name).write_text("\n".join(lines[: rows + 1]) + "\n", encoding="utf-8")
    (city / "areas.geojson").unlink()
    for texts in (city / "texts").glob("*.csv"):
        lines = texts.read_text(encoding="utf-8").splitlines()
        others = [line for line in lines if not line.startswith("areas")]
        texts.write_text("\n".join(others) + "\n", encoding="utf-8")
    desk = open_desk(find_workspace(folder))
    overview = make_overview(desk)
    assert overview.screen is None
    robberies = overview.headline_findings[0]
    assert robberies.comparison is not None
    assert (robberies.comparison.baseline, robberies.comparison.current) == (144, 108)
