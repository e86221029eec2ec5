"""Times: held against Python's own zoneinfo and datetime, an independent implementation."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonweal.sources.mapping_types import TimeRules
from commonweal.sources.moments import add_time_of_day, localize, parse_clock
from commonweal.sources.time_formats import find_format_problem

ZONES = (
    "America/Los_Angeles",
    "America/Toronto",
    "America/Chicago",
    "Europe/Dublin",
    "Australia/Lord_Howe",
    "UTC",
)


def read(
    texts: list[str | None], *formats: str, zone: str = "America/Los_Angeles", **rules: str
) -> list[datetime | None]:
    clock = parse_clock(pl.Series(texts, dtype=pl.String), formats or ("iso",))
    return localize(clock, zone, TimeRules(**rules)).utc.to_list()  # type: ignore[arg-type]


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type,misc]


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "America/Toronto"])
def test_the_hour_that_clocks_skip_moves_forward(zone: str) -> None:
    """02:30 on 8 March 2020 does not exist in either zone; it is read as 03:30, and reported."""
    clock = parse_clock(pl.Series(["2020-03-08 01:59", "2020-03-08 02:30", "2020-03-08 03:00"]), ["iso"])
    moments = localize(clock, zone, TimeRules())
    local = moments.utc.dt.convert_time_zone(zone).dt.strftime("%H:%M").to_list()
    assert local == ["01:59", "03:30", "03:00"]
    assert moments.skipped.to_list() == [False, True, False]
    assert localize(clock, zone, TimeRules(nonexistent="reject")).utc.is_null().to_list() == [
        False,
        True,
        False,
    ]


@pytest.mark.parametrize(("zone", "offset"), [("America/Los_Angeles", 7), ("America/Toronto", 4)])
def test_the_hour_that_comes_twice_is_read_as_the_rule_says(zone: str, offset: int) -> None:
    """01:30 on 1 November 2020 came twice, an hour apart; the first is in summer time."""
    text: list[str | None] = ["2020-11-01 01:30"]
    first = utc(2020, 11, 1, 1 + offset, 30)
    assert read(text, zone=zone) == [first]
    assert read(text, zone=zone, ambiguous="latest") == [first + timedelta(hours=1)]
    assert read(text, zone=zone, ambiguous="reject") == [None]
    doubled = localize(parse_clock(pl.Series(text), ["iso"]), zone, TimeRules()).doubled
    assert doubled.to_list() == [True]


@given(
    moments=st.lists(st.datetimes(datetime(1971, 1, 1), datetime(2037, 1, 1)), min_size=1, max_size=30),
    zone=st.sampled_from(ZONES),
    latest=st.booleans(),
)
@settings(max_examples=40, deadline=None)
def test_every_existing_time_is_read_as_zoneinfo_reads_it(
    moments: list[datetime], zone: str, *, latest: bool
) -> None:
    """Both readings of any time that exists are those of Python's zoneinfo; one that does not exist is skipped."""
    changes = [datetime(2021, 3, 14, 2, 30), datetime(2021, 11, 7, 1, 30), datetime(2021, 10, 3, 2, 15)]
    clocks = [moment.replace(microsecond=0) for moment in [*moments, *changes]]
    read_here = localize(
        parse_clock(pl.Series([moment.isoformat(" ") for moment in clocks]), ["iso"]),
        zone,
        TimeRules(ambiguous="latest" if latest else "earliest"),
    )
    for n, moment in enumerate(clocks):
        aware = moment.replace(tzinfo=ZoneInfo(zone), fold=int(latest)).astimezone(UTC)
        exists = aware.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == moment
        if not exists:  # read with the offset before the gap, as zoneinfo does with fold=0
            aware = moment.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)
        assert read_here.skipped[n] == (not exists)
        assert read_here.utc[n] == aware


@given(moments=st.lists(st.datetimes(datetime(1970, 1, 1), datetime(2068, 12, 31)), min_size=1, max_size=30))
@settings(max_examples=20, deadline=None)
@pytest.mark.parametrize(
    "pattern",
    ["%Y-%m-%d %H:%M:%S", "%m/%d/%Y %I:%M:%S %p", "%d.%m.%y %H:%M:%S", "%Y%m%d%H%M%S", "%b %d, %Y %H:%M:%S",
     "%Y/%j %H:%M:%S"],
)  # fmt: skip
def test_formats_are_read_as_python_writes_them(pattern: str, moments: list[datetime]) -> None:
    """What Python's strftime writes is read back to the same time."""
    clocks = [moment.replace(microsecond=0) for moment in moments]
    texts: list[str | None] = [moment.strftime(pattern) for moment in clocks]
    assert read(texts, pattern, zone="UTC") == [moment.replace(tzinfo=UTC) for moment in clocks]


def test_midnight_and_hour_24() -> None:
    """00:00 begins the day, 24:00 is the next day's midnight, and 24:01 is no time."""
    assert read(["2020-02-29 00:00", "2020-02-29 24:00", "2020-02-29 24:01"], zone="UTC") == [
        utc(2020, 2, 29),
        utc(2020, 3, 1),
        None,
    ]


@pytest.mark.parametrize(
    "text",
    ["2021-02-29", "2020-13-01", "2020-00-10", "2020-04-31", "2020-01-01 25:00", "2020-01-01 10:60", "20-01-01", "x",
     "", "2020-01-01T", "2020-01-01 10", "9999-12-31", "0000-01-01", "２０２０-01-01"],
)  # fmt: skip
def test_a_day_or_hour_that_does_not_exist_is_no_time(text: str) -> None:
    """Nothing is guessed: such a text gives no time."""
    assert read([text], zone="UTC") == [None]


def test_a_zone_in_the_value_goes_before_the_zone_of_the_file() -> None:
    """Z and offsets are honored; fractions are kept to the microsecond."""
    texts: list[str | None] = [
        "2020-07-01T12:00:00Z",
        "2020-07-01T12:00:00.5-04:00",
        "2020-07-01 12:00:00 +0530",
        None,
    ]
    assert read(texts) == [
        utc(2020, 7, 1, 12),
        utc(2020, 7, 1, 16, 0, 0, 500_000),
        utc(2020, 7, 1, 6, 30),
        None,
    ]


def test_seconds_and_milliseconds_since_1970() -> None:
    """Both are read as UTC; what is no number, or no time on Earth, is no time."""
    assert read(["1577836800", "x", "inf", "1e300"], "epoch_s") == [utc(2020, 1, 1), None, None, None]
    assert read(["1577836800500"], "epoch_ms") == [utc(2020, 1, 1, 0, 0, 0, 500_000)]


def test_formats_are_tried_in_order() -> None:
    """A file that changed its way of writing dates is read with both."""
    assert read(["03/04/2020", "2020-03-04"], "%m/%d/%Y", "iso", zone="UTC") == [
        utc(2020, 3, 4),
        utc(2020, 3, 4),
    ]


@pytest.mark.parametrize(
    ("pattern", "time", "hour", "minute"),
    [("%H", "8", 8, 0), ("%H", "24", 24, 0), ("%H%M", "0130", 1, 30), ("%H%M", "130", 1, 30), ("%H%M", "5", 0, 5),
     ("%H%M", "2400", 24, 0), ("%H:%M", "1:05", 1, 5), ("%I:%M %p", "12:05 AM", 0, 5), ("%I %p", "12 pm", 12, 0)],
)  # fmt: skip
def test_the_time_of_day_may_have_a_column_of_its_own(
    pattern: str, time: str, hour: int, minute: int
) -> None:
    """Hours, 0130 and 130, and hours with AM and PM are added to the date."""
    clock = parse_clock(pl.Series(["2020-05-05T00:00:00.000"]), ["iso"])
    found = add_time_of_day(clock, pl.Series([time]), pattern).item(0, "clock")
    assert found == datetime(2020, 5, 5) + timedelta(hours=hour, minutes=minute)


def test_a_wrong_time_of_day_is_no_time() -> None:
    """A date with an unreadable or blank hour does not silently become midnight."""
    clock = parse_clock(pl.Series(["2020-05-05"] * 3), ["iso"])
    found = add_time_of_day(clock, pl.Series(["25", "x", None]), "%H").get_column("clock")
    assert found.is_null().all()


@pytest.mark.parametrize("text", ["", "yyyy", "%Q", "%I:%M", "%Y %Y", "%H %H"])
def test_a_format_that_cannot_work_is_said_when_the_mapping_is_read(text: str) -> None:
    """Unknown parts, parts that come twice and 12 hours without AM or PM are problems."""
    assert find_format_problem(text)
