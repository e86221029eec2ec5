"""Breaks and cover: which periods may be held against each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.city.knowledge import SeriesBreak, Source
from commonweal.results.breaks import (
    covered_period,
    covers,
    find_breaks,
    find_refusal,
    is_comparable,
)
from commonweal.results.period_text import parse_period
from commonweal.results.periods import Period

MONTHLY = Source(
    id="lapd_crime_monthly", title="", publisher="", url="", licence="", kind="counts", protocol="file",
    domain="", dataset="", map="", order_by="", updated_column="", where="", grain_period="month",
    grain_area="area", verified=False, covers_from=date(2020, 1, 1), covers_to=date(2024, 2, 29), note="",
)  # fmt: skip
NIBRS = SeriesBreak(
    id="nibrs-2024", on=date(2024, 3, 1), until=None, kinds=("counts", "crimes"),
    sources=("lapd_crime_monthly", "lapd_crime_2020"), title="", why="", reference="",
)  # fmt: skip
LOCKDOWN = replace(NIBRS, id="lockdown", on=date(2020, 3, 15), until=date(2020, 6, 30), sources=())


def test_los_angeles_before_the_break_is_comparable() -> None:
    """Twelve months from December 2021 may be held against twelve months from December 2022."""
    periods = parse_period("2021-12..2022-11"), parse_period("2022-12..2023-11")
    assert find_breaks([NIBRS], "counts", MONTHLY.id, *periods) == ()
    assert find_refusal(MONTHLY, [NIBRS], periods) is None


@pytest.mark.parametrize("first", ["2022-12..2023-11", "2023-04..2024-03", "2023", "2024-03..2025-02"])
@pytest.mark.parametrize("second", ["2023-04..2024-03", "2024-03..2025-02", "2024-03", "2024"])
def test_los_angeles_from_march_2024_is_refused(first: str, second: str) -> None:
    """Whatever holds a day from March 2024 on is refused, also where both periods lie after the break."""
    refusal = find_refusal(MONTHLY, [NIBRS], [parse_period(first), parse_period(second)])
    assert refusal is not None
    assert refusal.covers_to == date(2024, 2, 29)
    after = parse_period(first).start >= NIBRS.on and parse_period(second).start >= NIBRS.on
    assert refusal.reason == ("incomplete" if after else "break")
    assert refusal.breaks == (() if after else (NIBRS,))


def test_a_single_total_after_the_cover_is_refused() -> None:
    """The year 2024 cannot even be read as a total: the series stops in February."""
    refusal = find_refusal(MONTHLY, [], [parse_period("2024")])
    assert refusal is not None
    assert refusal.reason == "incomplete"
    assert not covers(MONTHLY, parse_period("2024-03"))
    assert covers(MONTHLY, parse_period("2024-02"))


def test_a_break_is_about_its_kinds_and_sources() -> None:
    """Another kind of record, or a source the break does not name, is not touched by it."""
    across = parse_period("2024-02"), parse_period("2024-03")
    assert find_breaks([NIBRS], "counts", MONTHLY.id, *across) == (NIBRS,)
    assert find_breaks([NIBRS], "counts", "other", *across) == ()
    assert find_breaks([NIBRS], "calls", MONTHLY.id, *across) == ()
    assert find_breaks([replace(NIBRS, sources=())], "counts", "other", *across) != ()


def brute_force(one: SeriesBreak, *periods: Period) -> bool:
    """Day by day: the periods hold both days counted one way and days counted the other."""
    ways = {
        one.on <= period.start + timedelta(days=i) <= (one.until or date.max)
        for period in periods
        for i in range(period.days)
    }
    return len(ways) > 1


SPANS = st.builds(
    lambda start, days: Period(start, start + timedelta(days=days)),
    st.dates(date(2020, 1, 1), date(2020, 12, 31)),
    st.integers(0, 120),
)


@given(SPANS, SPANS, st.sampled_from([LOCKDOWN, replace(LOCKDOWN, until=None)]))
def test_breaks_agree_with_counting_days(one: Period, other: Period, series_break: SeriesBreak) -> None:
    """A break stands in the way exactly where the periods hold days of both ways of counting."""
    found = find_breaks([series_break], "counts", "any", one, other)
    assert (found == (series_break,)) == brute_force(series_break, one, other)
    assert is_comparable([series_break], "counts", "any", one) == all(
        not series_break.on <= one.start + timedelta(days=i) <= (series_break.until or date.max)
        for i in range(one.days)
    )


def test_a_break_that_ended_leaves_before_and_after_comparable() -> None:
    """Weeks before and after a span that was counted otherwise may be compared; one inside may not."""
    before, inside, after = (parse_period(t) for t in ("2020-02", "2020-04", "2020-07"))
    assert find_breaks([LOCKDOWN], "counts", "any", before, after) == ()
    assert find_breaks([LOCKDOWN], "counts", "any", before, inside) == (LOCKDOWN,)
    assert find_breaks([LOCKDOWN], "counts", "any", parse_period("2020")) == (LOCKDOWN,)


@pytest.mark.parametrize(
    ("grain", "text", "fine"),
    [
        ("month", "2023-01..2023-03", True),
        ("month", "2023-01-01..2023-01-28", False),
        ("year", "2022..2023", True),
        ("year", "2021-12..2022-11", False),
        ("day", "2023-01-01..2023-01-28", True),
        ("point", "2023-01-05", True),
    ],
)
def test_aggregates_answer_only_for_what_they_tell(grain: str, text: str, fine: bool) -> None:
    """Monthly numbers answer for whole months, yearly ones for whole years, and none for parts of them."""
    source = replace(MONTHLY, grain_period=grain)
    refusal = find_refusal(source, [], [parse_period(text)])
    assert (refusal is None) == fine
    assert refusal is None or refusal.reason == "too_fine"


def test_a_city_series_cannot_answer_for_an_area() -> None:
    """City totals are too coarse for an area, and good for the city."""
    source = replace(MONTHLY, grain_area="city")
    refusal = find_refusal(source, [], [parse_period("2023")], by_area=True)
    assert refusal is not None
    assert refusal.reason == "too_fine"
    assert find_refusal(source, [], [parse_period("2023")]) is None


def test_a_file_that_was_cut_short_narrows_the_cover() -> None:
    """Records loaded only up to mid 2021 do not cover 2022, whatever the pack says of the source."""
    loaded = Period(date(2020, 1, 1), date(2021, 6, 30))
    refusal = find_refusal(MONTHLY, [], [parse_period("2022")], loaded=loaded)
    assert refusal is not None
    assert (refusal.reason, refusal.covers_to) == ("incomplete", date(2021, 6, 30))
    nearly = Period(date(2020, 1, 1), date(2024, 2, 1))
    assert covered_period(MONTHLY, nearly) == Period(date(2020, 1, 1), date(2024, 2, 29))


def test_without_declared_cover_the_loaded_records_say() -> None:
    """Where the pack declares nothing, the loaded days are the cover, and without them there is none."""
    source = replace(MONTHLY, covers_from=None, covers_to=None)
    loaded = Period(date(2020, 1, 1), date(2021, 6, 30))
    assert covered_period(source, loaded) == loaded
    assert covered_period(source) is None
    refusal = find_refusal(source, [], [parse_period("2020")])
    assert refusal is not None
    assert refusal.reason == "no_records"
