"""The text of the queries, in both dialects, and what a measure may say."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Literal

import pytest
import sqlglot
from sqlglot import exp

from commonweal.city.knowledge import Source
from commonweal.city.measure_values import MeasureValue
from commonweal.city.measures import Measure
from commonweal.errors import InvalidRequest
from commonweal.records import RECORD_TYPES
from commonweal.results.compiler import (
    CompiledQuery,
    Scope,
    TimeGrid,
    compile_coverage,
    compile_delay_triangle,
    compile_screen,
    compile_series,
    compile_totals,
    make_query,
    parse_value,
    query_hash,
)
from commonweal.results.period_text import parse_period

SNAPSHOTS = Path(__file__).parent / "snapshots"
LOS_ANGELES = "America/Los_Angeles"


def source(name: str, kind: str, grain: Literal["point", "month"] = "point") -> Source:
    return Source(
        id=name, title="", publisher="", url="", licence="", kind=kind, protocol="file", domain="", dataset="",
        map="", order_by="", updated_column="", where="", grain_period=grain,
        grain_area="area" if grain == "month" else "point", verified=False, covers_from=None, covers_to=None, note="",
    )  # fmt: skip


ROBBERIES = Measure(
    "robberies", "Robberies", "crimes", (), where={"category": ("Robbery", "Attempted robbery")}
)
HOMICIDE = {"category": ("Violent - Homicide",)}
HOMICIDES = Measure("homicides", "", "counts", (), where={**HOMICIDE, "quantity": ("incidents",)})
CLEARED = Measure(
    "cleared", "", "counts", (), where={**HOMICIDE, "quantity": ("clearances",)},
    denominator={**HOMICIDE, "quantity": ("incidents",)},
)  # fmt: skip
ARRIVAL = Measure(
    "arrival", "", "responses", (), value="p90:arrived_at-dispatched_at", where={"agency": ("fire",)}
)
VISITS = Measure("visits", "", "activities", (), value="sum:quantity", where={"activity": ("visits",)})

CRIMES = Scope(source("lapd_crime_2020", "crimes"), LOS_ANGELES, by=("area",))
COUNTS = Scope(source("lapd_crime_monthly", "counts", "month"), LOS_ANGELES, by=("area",))
RESPONSES = Scope(source("simulated_responses", "responses"), LOS_ANGELES, area="77th-street")
ACTIVITIES = Scope(source("simulated_activities", "activities"), LOS_ANGELES)
YEARS = (parse_period("2021-12..2022-11"), parse_period("2022-12..2023-11"))

QUERIES: dict[str, CompiledQuery] = {
    "totals_records": compile_totals(ROBBERIES, CRIMES, YEARS),
    "totals_counts": compile_totals(HOMICIDES, COUNTS, YEARS),
    "totals_share": compile_totals(CLEARED, COUNTS, YEARS[:1]),
    "totals_quantile": compile_totals(ARRIVAL, RESPONSES, YEARS[:1]),
    "totals_sum": compile_totals(VISITS, ACTIVITIES, YEARS[:1]),
    "series_28_days": compile_series(
        ROBBERIES, CRIMES, TimeGrid("28-day", parse_period("2023"), date(2023, 1, 1))
    ),
    "series_months": compile_series(ROBBERIES, CRIMES, TimeGrid("month", parse_period("2023"))),
    "series_counts": compile_series(HOMICIDES, COUNTS, TimeGrid("quarter", parse_period("2022..2023"))),
    "series_days": compile_series(VISITS, ACTIVITIES, TimeGrid("week", parse_period("2023"))),
    "screen": compile_screen([HOMICIDES, CLEARED], COUNTS, YEARS),
    "delay_triangle": compile_delay_triangle(
        ROBBERIES, CRIMES, TimeGrid("month", parse_period("2023")), seen_until=date(2024, 3, 31)
    ),
    "coverage": compile_coverage(COUNTS),
}


@pytest.mark.parametrize("dialect", ["duckdb", "spark"])
@pytest.mark.parametrize("name", QUERIES)
def test_queries_read_as_reviewed(name: str, dialect: Literal["duckdb", "spark"]) -> None:
    """Each query is, word for word, the one that was reviewed (a pin; UPDATE_SNAPSHOTS=1 writes it anew)."""
    path = SNAPSHOTS / f"{name}.{dialect}.sql"
    text = QUERIES[name].sql(dialect) + "\n"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("name", QUERIES)
def test_a_spark_query_is_valid_spark(name: str) -> None:
    """The Spark text parses as Spark, names no function of DuckDB, and reads one table."""
    tree = sqlglot.parse_one(QUERIES[name].sql("spark"), dialect="spark")
    assert {f.name.upper() for f in tree.find_all(exp.Anonymous)} <= {"PERCENTILE"}
    named = {table.name for table in tree.find_all(exp.Table)} - {"placed", "counted"}
    assert len(named) == 1


def test_a_quote_stays_inside_its_value() -> None:
    """Areas and categories that try to end the text of the query are compared as they are written."""
    nasty = [
        "O'Brien",
        "'; DROP TABLE crimes; --",
        'double " quote',
        "back\\slash\\'",
        "new\nline",
        "\\' OR 1=1 --",
    ]
    for text in nasty:
        measure = Measure("m", "", "crimes", (), where={"category": (text,)})
        query = compile_totals(measure, Scope(source("s", "crimes"), LOS_ANGELES, area=text), YEARS[:1])
        for dialect in ("duckdb", "spark"):
            statements = sqlglot.parse(query.sql(dialect), dialect=dialect)
            assert len(statements) == 1
            literals = [one.this for one in statements[0].find_all(exp.Literal) if one.is_string]
            assert literals.count(text) == 2


def test_the_hash_is_of_the_text_and_the_snapshots() -> None:
    """The same query on the same snapshots has the same hash, in any order; another text or snapshot another."""
    one = make_query(QUERIES["totals_records"], ["b", "a"])
    assert one == make_query(QUERIES["totals_records"], ["a", "b"])
    assert one.hash == query_hash(one.sql, ("a", "b"))
    assert len(one.hash) == 12
    others = {query_hash(one.sql, ["a"]), query_hash(one.sql + " ", ["a", "b"]), query_hash(one.sql, [])}
    assert one.hash not in others
    assert len(others) == 3


@pytest.mark.parametrize(
    ("kind", "text", "form"),
    [
        ("crimes", "count", MeasureValue("count")),
        ("counts", "count", MeasureValue("sum", "value")),
        ("crimes", "sum:victims", MeasureValue("sum", "victims")),
        (
            "responses",
            "median:arrived_at-dispatched_at",
            MeasureValue("quantile", "arrived_at", "dispatched_at", 0.5),
        ),
        ("courses", "p75:hours", MeasureValue("quantile", "hours", "", 0.75)),
    ],
)
def test_values_are_read(kind: str, text: str, form: MeasureValue) -> None:
    """Every documented form of a value is read."""
    assert parse_value(text, RECORD_TYPES[kind]) == form


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        ("crimes", "mean:victims", "allowed: count"),
        ("crimes", "sum:", "allowed: count"),
        ("crimes", "p0:victims", "allowed: count"),
        ("crimes", "p100:victims", "allowed: count"),
        ("crimes", "sum:occurred_at-reported_at", "allowed: count"),
        ("crimes", "sum:harm", "columns of crimes"),
        ("crimes", "sum:area", "area holds text; allowed here: lon, lat, victims"),
        ("crimes", "p90:victims-lon", "victims holds whole numbers; allowed here: occurred_at"),
        ("crimes", "median:occurred_at", "occurred_at holds times"),
    ],
)
def test_other_values_are_refused(kind: str, text: str, said: str) -> None:
    """Any other value is refused with what is allowed."""
    with pytest.raises(InvalidRequest) as caught:
        parse_value(text, RECORD_TYPES[kind])
    assert said in str(caught.value)
    assert all(problem.value == text for problem in caught.value.problems)


def test_every_fault_of_a_measure_is_named_at_once() -> None:
    """Unknown columns, wrong types and an empty list of values are all listed."""
    measure = Measure(
        "m", "", "crimes", (), value="p90:harm", denominator={"victims": ("two",)},
        where={"categroy": ("Robbery",), "domestic": ("yes",), "victims": (True,), "area": ()},
    )  # fmt: skip
    with pytest.raises(InvalidRequest) as caught:
        compile_totals(measure, CRIMES, YEARS)
    fields = [(problem.field, problem.value) for problem in caught.value.problems]
    assert fields == [
        ("value", "p90:harm"), ("where", "categroy"), ("where", "yes"), ("where", "True"), ("where", "area"),
        ("denominator", "two"),
    ]  # fmt: skip


def test_what_cannot_be_asked() -> None:
    """No period, no measure, a source of another kind, areas of records without areas: refused in words."""
    for ask in (
        lambda: compile_totals(ROBBERIES, CRIMES, []),
        lambda: compile_screen([], CRIMES, YEARS),
        lambda: compile_totals(ROBBERIES, COUNTS, YEARS),
        lambda: compile_totals(ROBBERIES, Scope(CRIMES.source, LOS_ANGELES, by=("lon",)), YEARS),
        lambda: compile_totals(
            Measure("m", "", "courses", ()), Scope(source("s", "courses"), LOS_ANGELES, area="central"), YEARS
        ),
        lambda: compile_series(ROBBERIES, CRIMES, TimeGrid("year", parse_period("2023-02..2023-11"))),
        lambda: compile_delay_triangle(HOMICIDES, COUNTS, TimeGrid("month", parse_period("2023"))),
        lambda: compile_totals(
            Measure("m", "", "responses", (), value="p90:arrived_at-dispatched_at", denominator={"agency": ("fire",)}),
            RESPONSES, YEARS,
        ),
    ):  # fmt: skip
        with pytest.raises(InvalidRequest) as caught:
            ask()
        assert caught.value.problems
