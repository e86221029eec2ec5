"""The queries, run by DuckDB, against an independent count in Polars and plain Python."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

import duckdb
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonweal.city.knowledge import Source
from commonweal.city.measures import Measure
from commonweal.results.compiler import (
    CompiledQuery,
    Scope,
    TimeGrid,
    compile_coverage,
    compile_delay_triangle,
    compile_screen,
    compile_series,
    compile_totals,
)
from commonweal.results.period_text import parse_period
from commonweal.results.periods import GRAINS, Grain, Period

ZONES = ("America/Los_Angeles", "America/Toronto", "UTC", "Asia/Kolkata", "Australia/Lord_Howe", "Asia/Beirut",
         "America/Santiago", "Pacific/Apia", "Europe/London")  # fmt: skip
AREAS = ("central", "O'Brien's", None)
CATEGORIES = ("Robbery", 'Theft "from" vehicle', "it's")


def source(
    kind: str,
    grain: Literal["point", "month", "year"] = "point",
    place: Literal["point", "area", "city"] = "point",
) -> Source:
    return Source(
        id="ours", title="", publisher="", url="", licence="", kind=kind, protocol="file", domain="", dataset="",
        map="", order_by="", updated_column="", where="", grain_period=grain, grain_area=place, verified=False,
        covers_from=None, covers_to=None, note="",
    )  # fmt: skip


@cache
def database() -> duckdb.DuckDBPyConnection:
    """Open one database for all tests, its clock set to a zone that no test is about."""
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'Asia/Tokyo'")
    return connection


def run(query: CompiledQuery, **tables: pl.DataFrame) -> list[dict[str, Any]]:
    for name, table in tables.items():
        database().register(name, table.to_arrow())
    return list(database().sql(query.sql()).to_arrow_table().to_pylist())


@cache
def moments(zone: str) -> st.SearchStrategy[datetime]:
    """Draw times that crowd around midnights and changes of the clock."""
    tz = ZoneInfo(zone)
    days = [date(2021, 1, 1) + timedelta(days=i) for i in range(0, 1096, 31)]
    edges = [datetime.combine(day, datetime.min.time(), tz).astimezone(UTC) for day in days]
    here, end = datetime(2020, 12, 30, tzinfo=UTC), datetime(2024, 1, 3, tzinfo=UTC)
    while here < end:
        if here.astimezone(tz).utcoffset() != (here + timedelta(hours=1)).astimezone(tz).utcoffset():
            edges += [here, here + timedelta(hours=1)]
        here += timedelta(hours=1)
    near = st.builds(
        lambda edge, seconds: edge + timedelta(seconds=seconds),
        st.sampled_from(edges),
        st.integers(-7300, 7300),
    )
    anywhere = st.datetimes(datetime(2020, 12, 30), datetime(2024, 1, 3), timezones=st.just(UTC))
    return st.one_of(near, anywhere)


@st.composite
def crimes(draw: st.DrawFn, zone: str) -> pl.DataFrame:
    rows = draw(
        st.lists(
            st.tuples(
                moments(zone), st.sampled_from(AREAS), st.sampled_from(CATEGORIES), st.sampled_from(["ours", "theirs"]),
                st.booleans(), st.one_of(st.none(), st.integers(0, 5)), st.one_of(st.none(), moments(zone)),
            ),
            max_size=40,
        )
    )  # fmt: skip
    schema = {"occurred_at": pl.Datetime("us", "UTC"), "area": pl.String, "category": pl.String, "source": pl.String,
              "simulated": pl.Boolean, "victims": pl.Int64, "reported_at": pl.Datetime("us", "UTC")}  # fmt: skip
    return pl.DataFrame(rows, schema=schema, orient="row")


def with_day(table: pl.DataFrame, zone: str, column: str = "occurred_at", name: str = "day") -> pl.DataFrame:
    """Add the city's day by Polars' own time zones."""
    return table.with_columns(pl.col(column).dt.convert_time_zone(zone).dt.date().alias(name))


def place(periods: tuple[Period, ...], day: date) -> int | None:
    return next((i for i, one in enumerate(periods) if one.start <= day <= one.end), None)


SPANS = st.builds(
    lambda start, days: Period(start, start + timedelta(days=days)),
    st.dates(date(2021, 1, 1), date(2023, 6, 30)),
    st.integers(0, 500),
)


@settings(max_examples=50, deadline=None)
@given(st.data(), st.sampled_from(ZONES), st.lists(SPANS, min_size=1, max_size=3))
def test_totals_of_records(data: st.DataObject, zone: str, periods: list[Period]) -> None:
    """Totals by area of periods that may overlap agree with counting in Polars, around clock changes as well."""
    table = data.draw(crimes(zone))
    measure = Measure("m", "", "crimes", (), where={"category": CATEGORIES[1:]})
    found = run(compile_totals(measure, Scope(source("crimes"), zone, by=("area",)), periods), crimes=table)
    expected = []
    ours = with_day(table, zone).filter(
        (pl.col("source") == "ours") & pl.col("category").is_in(CATEGORIES[1:])
    )
    for position, period in enumerate(periods):
        inside = ours.filter(pl.col("day").is_between(period.start, period.end))
        for area in sorted(AREAS, key=lambda a: (a is None, a or "")):
            rows = inside.filter(pl.col("area").eq_missing(area))
            if rows.height:
                expected.append((position, area, rows.height, rows.height, 0, bool(rows["simulated"].any())))
    keys = ("period", "area", "value", "n", "straddling", "simulated")
    assert [tuple(row[key] for key in keys) for row in found] == expected


@settings(max_examples=50, deadline=None)
@given(
    st.data(),
    st.sampled_from(ZONES),
    SPANS,
    st.sampled_from(GRAINS),
    st.dates(date(2020, 1, 1), date(2024, 1, 1)),
)
def test_series_of_records(data: st.DataObject, zone: str, span: Period, grain: Grain, anchor: date) -> None:
    """A series cut into any grain agrees with placing every record by Polars' time zones, one by one."""
    grid = TimeGrid(grain, span, anchor)
    if not grid.periods:
        return
    table = data.draw(crimes(zone))
    measure = Measure("m", "", "crimes", (), value="sum:victims")
    scope = Scope(source("crimes"), zone, by=("category",))
    found = {(row["period"], row["category"]): (row["value"], row["n"]) for row in run(
        compile_series(measure, scope, grid), crimes=table
    )}  # fmt: skip
    expected: dict[tuple[int, str], tuple[int, int]] = {}
    for row in with_day(table, zone).filter(pl.col("source") == "ours").to_dicts():
        position = place(grid.periods, row["day"])
        if position is not None:
            value, n = expected.get((position, row["category"]), (0, 0))
            told = row["victims"] is not None
            expected[position, row["category"]] = (value + (row["victims"] or 0), n + told)
    assert found == expected


@settings(max_examples=50, deadline=None)
@given(st.data(), st.sampled_from(ZONES[:3]), st.dates(date(2022, 6, 1), date(2024, 1, 1)))
def test_delay_triangle(data: st.DataObject, zone: str, seen: date) -> None:
    """The triangle agrees with placing occurrence and report of every record by hand."""
    table = data.draw(crimes(zone)).with_columns(
        pl.max_horizontal("reported_at", pl.col("occurred_at") - pl.duration(hours=20)).alias("later")
    ).with_columns(pl.when(pl.col("reported_at").is_not_null()).then("later").alias("reported_at"))  # fmt: skip
    grid = TimeGrid("month", Period(date(2021, 3, 1), date(2022, 4, 30)))
    query = compile_delay_triangle(
        Measure("m", "", "crimes", ()), Scope(source("crimes"), zone), grid, seen_until=seen
    )
    found = {(row["period"], row["delay"]): row["value"] for row in run(query, crimes=table)}
    expected: dict[tuple[int, int], int] = {}
    both = with_day(with_day(table, zone), zone, "reported_at", "told").filter(pl.col("source") == "ours")
    for row in both.drop_nulls("told").to_dicts():
        position = place(grid.periods, row["day"])
        if position is not None and row["told"] <= seen:
            delay = (row["told"].year - row["day"].year) * 12 + row["told"].month - row["day"].month
            key = (position, max(delay, 0))
            expected[key] = expected.get(key, 0) + 1
    assert found == expected


@settings(max_examples=80, deadline=None)
@given(st.data(), st.sampled_from(["area", "city"]), SPANS)
def test_totals_of_published_counts(
    data: st.DataObject, published: Literal["area", "city"], period: Period
) -> None:
    """Values wholly inside are added, values that straddle are told and left out, areas and city never mixed."""
    rows = data.draw(
        st.lists(
            st.tuples(
                st.dates(date(2021, 1, 1), date(2023, 12, 1)), st.sampled_from([0, 6, 27, 30, 364]),
                st.sampled_from(["central", "newton", None]), st.integers(0, 50),
            ),
            max_size=40,
        )
    )  # fmt: skip
    table = pl.DataFrame(
        [(s, s + timedelta(days=d), a, "Homicide", "incidents", v, "ours", False) for s, d, a, v in rows],
        orient="row",
        schema={"period_start": pl.Date, "period_end": pl.Date, "area": pl.String, "category": pl.String,
                "quantity": pl.String, "value": pl.Int64, "source": pl.String, "simulated": pl.Boolean},
    )  # fmt: skip
    measure = Measure("m", "", "counts", (), where={"quantity": ("incidents",)})
    (found,) = run(
        compile_totals(measure, Scope(source("counts", "month", published), "UTC"), [period]), counts=table
    )
    value = straddling = 0
    for start, days, area, number in rows:
        end = start + timedelta(days=days)
        if (area is None) != (published == "city") or end < period.start or start > period.end:
            continue
        if period.start <= start and end <= period.end:
            value += number
        else:
            straddling += 1
    assert (found["value"], found["n"], found["straddling"]) == (value, value, straddling)


def test_series_of_monthly_counts() -> None:
    """Monthly numbers add up to quarters, and cannot be cut into weeks: all of them straddle."""
    months = [date(2023, m, 1) for m in range(1, 13)]
    ends = [(date(2023 + m // 12, m % 12 + 1, 1) - timedelta(days=1)) for m in range(1, 13)]
    same = {
        "area": "central",
        "source": "ours",
        "simulated": False,
        "quantity": "incidents",
        "category": "Homicide",
    }
    table = pl.DataFrame({"period_start": months, "period_end": ends, "value": range(1, 13)}).with_columns(
        pl.lit(value).alias(name) for name, value in same.items()
    )
    measure = Measure("m", "", "counts", ())
    scope = Scope(source("counts", "month", "area"), "UTC")
    quarters = run(compile_series(measure, scope, TimeGrid("quarter", parse_period("2023"))), counts=table)
    assert [(row["value"], row["straddling"]) for row in quarters] == [(6, 0), (15, 0), (24, 0), (33, 0)]
    weeks = run(compile_series(measure, scope, TimeGrid("week", parse_period("2023"))), counts=table)
    assert sum(row["value"] for row in weeks) == 0
    assert sum(row["straddling"] for row in weeks) == 12
    (cover,) = run(compile_coverage(scope), counts=table)
    assert (cover["row_count"], cover["shortest_days"], cover["longest_days"], cover["city_rows"]) == (
        12,
        28,
        31,
        0,
    )
    assert (cover["first_time"], cover["last_time"]) == (date(2023, 1, 1), date(2023, 12, 31))


@settings(max_examples=50, deadline=None)
@given(st.data(), st.lists(SPANS, min_size=2, max_size=2))
def test_a_screen_says_what_single_queries_say(data: st.DataObject, periods: list[Period]) -> None:
    """Each measure of a screen has the value its own query has; a missing row is a zero."""
    zone = "America/Los_Angeles"
    table = data.draw(crimes(zone))
    measures = [
        Measure("all", "", "crimes", ()),
        Measure("robbery", "", "crimes", (), where={"category": ("Robbery",)}),
        Measure(
            "its", "", "crimes", (), where={"category": ("it's",)}, denominator={"category": CATEGORIES[1:]}
        ),
        Measure("victims", "", "crimes", (), value="median:victims"),
    ]
    scope = Scope(source("crimes"), zone, by=("area",))
    chosen = data.draw(st.lists(st.sampled_from(measures), min_size=1, max_size=4, unique_by=lambda m: m.id))
    screen = run(compile_screen(chosen, scope, periods), crimes=table)
    together = {(r["period"], r["measure"], r["area"]): (r["value"], r["n"]) for r in screen}
    for measure in chosen:
        single = run(compile_totals(measure, scope, periods), crimes=table)
        for row in single:
            assert together.pop((row["period"], measure.id, row["area"])) == (row["value"], row["n"])
    assert all(not value and n == 0 for value, n in together.values())


@pytest.mark.parametrize(("value", "quantile"), [("median", 0.5), ("p90", 0.9), ("p1", 0.01)])
def test_quantiles_of_response_times(value: str, quantile: float) -> None:
    """Quantiles are of the known seconds between two times, interpolated as Polars does."""
    start = datetime(2023, 5, 1, 12, tzinfo=UTC)
    seconds = [30.0, 45.0, 61.0, 200.0, 310.5, 500.0, 1000.0, None]
    table = pl.DataFrame(
        {
            "dispatched_at": [start + timedelta(minutes=i) for i in range(8)],
            "arrived_at": [
                None if s is None else start + timedelta(minutes=i, seconds=s) for i, s in enumerate(seconds)
            ],
        }
    ).with_columns(pl.lit("ours").alias("source"), pl.lit(value=True).alias("simulated"))
    measure = Measure("m", "", "responses", (), value=f"{value}:arrived_at-dispatched_at")
    (row,) = run(
        compile_totals(measure, Scope(source("responses"), "UTC"), [parse_period("2023-05")]), responses=table
    )
    expected = pl.Series([s for s in seconds if s is not None]).quantile(quantile, "linear")
    assert row["value"] == pytest.approx(expected)
    assert row["n"] == 7
    assert row["simulated"] is True


def test_totals_of_days() -> None:
    """Records dated by day need no clock: both ends of the period count, and nothing gives zero, not nothing."""
    table = pl.DataFrame(
        {"date": [date(2023, 5, 1), date(2023, 5, 31), date(2023, 6, 1)], "quantity": [1.5, 2.0, 4.0]}
    ).with_columns(pl.lit("ours").alias("source"), pl.lit(value=False).alias("simulated"))
    measure = Measure("m", "", "activities", (), value="sum:quantity")
    scope = Scope(source("activities"), "America/Los_Angeles")
    rows = run(
        compile_totals(measure, scope, [parse_period("2023-05"), parse_period("2022")]), activities=table
    )
    assert [(row["value"], row["n"], row["simulated"]) for row in rows] == [(3.5, 2, False), (0, 0, False)]


@pytest.mark.real
def test_real_los_angeles_homicides(real_data: Path) -> None:
    """The real monthly file gives 401 and 337 homicides, and by area the same in sum."""
    raw = pl.read_csv(real_data / "los-angeles" / "lapd_crime_monthly_2020_2024.csv")
    start = (pl.col("period") + "-01").str.to_date()
    table = raw.select(
        start.alias("period_start"), start.dt.month_end().alias("period_end"), "area", "category",
        pl.lit("incidents").alias("quantity"), pl.col("crimes").alias("value"), pl.lit("ours").alias("source"),
        pl.lit(value=False).alias("simulated"),
    )  # fmt: skip
    measure = Measure("homicides", "", "counts", (), where={"category": ("Violent - Homicide",)})
    periods = [parse_period("2021-12..2022-11"), parse_period("2022-12..2023-11")]
    city = run(
        compile_totals(measure, Scope(source("counts", "month", "area"), "UTC"), periods), counts=table
    )
    assert [row["value"] for row in city] == [401, 337]
    scope = Scope(source("counts", "month", "area"), "UTC", by=("area",))
    areas = run(compile_screen([measure], scope, periods), counts=table)
    assert [sum(r["value"] for r in areas if r["period"] == p) for p in (0, 1)] == [401, 337]
