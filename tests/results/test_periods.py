"""Periods: lengths, gaps, weekdays, leap days, and how a person writes them."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.errors import InvalidRequest
from commonweal.results.calendar_grid import (
    last_complete,
    last_twelve_months,
    period_of,
    split,
    split_28_days,
    split_months,
)
from commonweal.results.period_text import parse_period
from commonweal.results.periods import (
    GRAINS,
    Grain,
    Period,
    calendar_month,
    calendar_quarter,
    calendar_year,
    previous,
    same_length_before,
    same_weekday_mix,
    since,
    twelve_months,
    year_before,
    year_before_by_weekday,
    year_to_date,
)

DAYS = st.dates(date(1950, 1, 1), date(2100, 12, 31))


def all_days(period: Period) -> list[date]:
    return [period.start + timedelta(days=i) for i in range(period.days)]


@st.composite
def spans(draw: st.DrawFn) -> Period:
    start = draw(DAYS)
    return Period(start, start + timedelta(days=draw(st.integers(0, 1500))))


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2021-12..2022-11", date(2021, 12, 1), date(2022, 11, 30)),
        ("2023", date(2023, 1, 1), date(2023, 12, 31)),
        ("2022..2023", date(2022, 1, 1), date(2023, 12, 31)),
        ("2023-04", date(2023, 4, 1), date(2023, 4, 30)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-q2", date(2023, 4, 1), date(2023, 6, 30)),
        ("2023-04-01..2023-04-28", date(2023, 4, 1), date(2023, 4, 28)),
        ("2022-12-12..2023", date(2022, 12, 12), date(2023, 12, 31)),
        (" 2023-04-01 ", date(2023, 4, 1), date(2023, 4, 1)),
        ("ytd:2023-10-31", date(2023, 1, 1), date(2023, 10, 31)),
        ("ytd:2023-10", date(2023, 1, 1), date(2023, 10, 31)),
        ("12m:2022-11", date(2021, 12, 1), date(2022, 11, 30)),
        ("28d:2023-04-28", date(2023, 4, 1), date(2023, 4, 28)),
    ],
)
def test_written_forms(text: str, start: date, end: date) -> None:
    """Every documented form is read as the days it says, both ends included."""
    assert parse_period(text) == Period(start, end)


@pytest.mark.parametrize(
    "text", ["", "..", "2023..", "2023-13", "2023-02-29", "2023-04-31", "2023..2022", "last year", "23", "mtd:2023",
             "ytd:", "2023-Q5", "0000", "9999", "0001-01", "12m:1899", "2023-4", "2023-04..2023-05..2023-06", "٢٠٢٣"],
)  # fmt: skip
def test_other_forms_are_refused(text: str) -> None:
    """Anything else is refused, naming the option, the value and what is wrong with it."""
    with pytest.raises(InvalidRequest) as caught:
        parse_period(text, where="--from")
    (problem,) = caught.value.problems
    assert (problem.where, problem.value) == ("--from", text)


@given(spans())
def test_a_period_reads_back(period: Period) -> None:
    """A period written as text is read back as itself."""
    assert parse_period(str(period)) == period


@given(spans())
def test_weekdays_are_counted(period: Period) -> None:
    """The weekday mix is what counting the days one by one gives."""
    counted = Counter(day.weekday() for day in all_days(period))
    assert period.weekdays == tuple(counted[i] for i in range(7))


@given(spans(), st.sampled_from(GRAINS), DAYS)
def test_a_split_has_no_gap_and_no_overlap(span: Period, grain: Grain, anchor: date) -> None:
    """The pieces of a span follow each other day by day, and only less than a piece is missing at each end."""
    pieces = split(span, grain, anchor)
    days = [day for piece in pieces for day in all_days(piece)]
    if not pieces:
        assert (
            period_of(span.start, grain, anchor).start < span.start
            or period_of(span.start, grain, anchor).end > span.end
        )
        return
    assert days == all_days(Period(pieces[0].start, pieces[-1].end))
    assert span.contains(pieces[0])
    assert span.contains(pieces[-1])
    before = period_of(pieces[0].start - timedelta(days=1), grain, anchor)
    after = period_of(pieces[-1].end + timedelta(days=1), grain, anchor)
    assert before.start < span.start
    assert after.end > span.end


@given(DAYS, st.sampled_from(GRAINS), DAYS)
def test_every_day_lies_in_its_period(day: date, grain: Grain, anchor: date) -> None:
    """Each day lies in the period it is said to lie in, and that period is one of the grain."""
    one = period_of(day, grain, anchor)
    assert one.contains(day)
    assert split(one, grain, anchor) == (one,)


@given(DAYS, DAYS)
def test_28_day_periods(day: date, anchor: date) -> None:
    """A 28-day period starts a multiple of 28 days from its anchor and holds each weekday four times."""
    one = period_of(day, "28-day", anchor)
    assert one.days == 28
    assert (one.start - anchor).days % 28 == 0
    assert one.weekdays == (4,) * 7
    assert same_weekday_mix(one, same_length_before(one))
    assert previous(one).end + timedelta(days=1) == one.start
    year_ago = year_before_by_weekday(one)
    assert period_of(year_ago.start, "28-day", anchor) == year_ago
    assert (one.start - year_ago.start).days == 13 * 28 == 364


def test_thirteen_28_day_periods_make_364_days() -> None:
    """A span of 364 days from the anchor is cut into thirteen periods, one day more into thirteen as well."""
    anchor = date(2023, 1, 1)
    assert len(split_28_days(Period(anchor, anchor + timedelta(days=363)), anchor)) == 13
    assert len(split_28_days(Period(anchor, anchor + timedelta(days=364)), anchor)) == 13


def test_months() -> None:
    """An incomplete month at either end is left out."""
    assert split_months(Period(date(2023, 1, 2), date(2023, 4, 29))) == (
        calendar_month(2023, 2),
        calendar_month(2023, 3),
    )


@given(DAYS, st.sampled_from(GRAINS), DAYS)
def test_the_incomplete_last_period_is_left_out(through: date, grain: Grain, anchor: date) -> None:
    """The last complete period has ended, and the next one has not."""
    last = last_complete(grain, through, anchor)
    assert last.end <= through
    assert period_of(last.end + timedelta(days=1), grain, anchor).end > through


def test_last_twelve_months_of_a_series_that_ends_in_mid_month() -> None:
    """A series that ends on 15 February 2024 has February 2023 to January 2024 as its last twelve months."""
    assert str(last_twelve_months(date(2024, 2, 15))) == "2023-02-01..2024-01-31"
    assert str(last_twelve_months(date(2024, 2, 29))) == "2023-03-01..2024-02-29"


@given(DAYS)
def test_twelve_months_are_a_year_of_whole_months(day: date) -> None:
    """Twelve months are 365 or 366 days of twelve whole months; before them lie the twelve months before."""
    one = twelve_months(day)
    assert one.whole_months == 12
    assert one.days in (365, 366)
    assert one.contains(day)
    assert previous(one) == year_before(one)
    assert previous(one).end + timedelta(days=1) == one.start


@given(st.integers(1901, 2100), st.integers(1, 4))
def test_quarters_make_a_year(year: int, quarter: int) -> None:
    """Quarters follow each other and four of them make a year."""
    one = calendar_quarter(year, quarter)
    assert one.whole_months == 3
    assert previous(one).end + timedelta(days=1) == one.start
    assert sum(calendar_quarter(year, q).days for q in (1, 2, 3, 4)) == calendar_year(year).days


@given(DAYS)
def test_year_to_date_ends_on_the_same_day_of_both_years(day: date) -> None:
    """Year to date ends on the same calendar day a year before, except around the end of February."""
    before = year_before(year_to_date(day))
    assert before.start == date(day.year - 1, 1, 1)
    if (day + timedelta(days=1)).day == 1:
        assert (before.end + timedelta(days=1)).day == 1
        assert before.end.month == day.month
    else:
        assert (before.end.month, before.end.day) == (day.month, day.day)


def test_leap_days() -> None:
    """29 February has the partner 28 February as a last day and 1 March as a first day."""
    assert str(year_before(year_to_date(date(2024, 2, 29)))) == "2023-01-01..2023-02-28"
    assert str(year_before(year_to_date(date(2025, 2, 28)))) == "2024-01-01..2024-02-29"
    assert str(year_before(year_to_date(date(2025, 2, 27)))) == "2024-01-01..2024-02-27"
    assert str(year_before(Period(date(2024, 2, 10), date(2024, 2, 29)))) == "2023-02-10..2023-02-28"
    assert str(year_before(Period(date(2024, 2, 29), date(2024, 3, 10)))) == "2023-03-01..2023-03-10"
    assert str(year_before(year_to_date(date(2024, 2, 29)), years=4)) == "2020-01-01..2020-02-29"


@given(spans())
def test_the_same_length_before_a_date(period: Period) -> None:
    """Since a date, the baseline is as many days directly before it."""
    before = same_length_before(since(period.start, period.end))
    assert before.days == period.days
    assert before.end + timedelta(days=1) == period.start


@given(spans(), st.integers(1, 30))
def test_year_before_keeps_order_and_months(period: Period, years: int) -> None:
    """Shifting by years never turns a period round, and keeps whole months whole."""
    before = year_before(period, years=years)
    assert before.start <= before.end
    assert before.whole_months == period.whole_months or not period.whole_months
    assert abs((period.start - before.start).days - 365.2425 * years) < 3
