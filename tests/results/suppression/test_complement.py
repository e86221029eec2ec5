"""Complementary suppression against brute force, and what is and is not hidden."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonweal.city.knowledge import SuppressionRule
from commonweal.errors import InvalidRequest, NotFound, PublicationBlocked
from commonweal.results.period_text import parse_period
from commonweal.results.periods import Period
from commonweal.results.suppression import (
    Key,
    PublishedTables,
    Relations,
    Thresholds,
    audit,
    collect_tables,
    get_rule,
    is_small,
    protect_screen,
    suppress,
)
from commonweal.results.suppression.attack import Target
from commonweal.results.suppression.complement import choose_complements
from commonweal.results.suppression.thresholds import LOS_ANGELES_STYLE

YEAR = parse_period("2023")
EARLIER = parse_period("2022")


def rule(*, low: int = 1, high: int = 10, population: int = 0, totals_too: bool = False) -> SuppressionRule:
    return SuppressionRule("default", low, high, population, "all" if totals_too else "area", "")


def counts_of(rows: dict[str, dict[str, int]], *, total: str = "") -> dict[Key, int]:
    """Put a table, measure → area → count, with its sums over areas and, where named, over measures."""
    counts: dict[Key, int] = {}
    for measure, by_area in rows.items():
        for area, count in by_area.items():
            counts[Key(area, measure, YEAR)] = count
            if total:
                counts[Key(area, total, YEAR)] = counts.get(Key(area, total, YEAR), 0) + count
        counts[Key("", measure, YEAR)] = sum(by_area.values())
    if total:
        counts[Key("", total, YEAR)] = sum(sum(by_area.values()) for by_area in rows.values())
    return counts


def tables_of(
    rows: dict[str, dict[str, int]], *, total: str = "", by: SuppressionRule = LOS_ANGELES_STYLE
) -> PublishedTables:
    counts = counts_of(rows, total=total)
    parts = {total: tuple(rows)} if total else {}
    return collect_tables(counts, Relations(dict.fromkeys({k.measure for k in counts}, by), parts))


def hidden_areas(rows: dict[str, int], by: SuppressionRule = LOS_ANGELES_STYLE) -> set[str]:
    return {key.area for key in suppress(tables_of({"m": rows}, by=by)).hidden}


def test_one_small_count_hides_a_second_one() -> None:
    """A single small count would be the total less the rest; the smallest other count that is enough goes too."""
    assert hidden_areas({"a": 4, "b": 90, "c": 30, "d": 500}) == {"a", "c"}


def test_two_small_counts_that_add_up_to_little_hide_a_third() -> None:
    """Two hidden counts that must add up to 3 are nearly known; a third is hidden."""
    assert hidden_areas({"a": 1, "b": 2, "c": 40, "d": 60}) == {"a", "b", "c"}


def test_enough_small_counts_protect_each_other() -> None:
    """Three small counts that add up to 20 need no other."""
    assert hidden_areas({"a": 4, "b": 7, "c": 9, "d": 60}) == {"a", "b", "c"}


def test_zero_is_shown_and_large_counts_are_shown() -> None:
    """Where nothing is small nothing is hidden."""
    assert hidden_areas({"a": 0, "b": 11, "c": 30}) == set()


def test_a_city_total_of_one_is_shown_and_its_area_is_not() -> None:
    """One case in the city: its area is hidden with another area that has none."""
    hidden = hidden_areas({"a": 1, "b": 0, "c": 0})
    assert "a" in hidden
    assert len(hidden) == 2


def test_publication_is_blocked_where_nothing_helps() -> None:
    """The only area of a city has its small count in the total that is always shown: nothing is published."""
    with pytest.raises(PublicationBlocked, match="m, a"):
        suppress(tables_of({"m": {"a": 4}}))


def test_totals_are_hidden_too_where_the_rule_says_so() -> None:
    """With a rule for all places, the only area's small count is hidden together with the city's total."""
    hidden = suppress(tables_of({"m": {"a": 4}}, by=rule(totals_too=True))).hidden
    assert {key.area for key in hidden} == {"a", ""}


def brute_force(tables: PublishedTables) -> float:
    """Return the least cost of all sets, tried one by one, that pass the audit."""
    base = {i for i, one in enumerate(tables.numbers) if one.sensitive}
    free = [i for i, one in enumerate(tables.numbers) if one.hideable and i not in base]
    best = float("inf")
    everything = frozenset(i for i, one in enumerate(tables.numbers) if one.hideable)
    widest = {e.key: e.high - e.low for e in audit(tables, everything).exposed}
    needed = [min(float(one.spread), widest.get(one.key, float(one.spread))) for one in tables.numbers]
    for size in range(len(free) + 1):
        for extra in combinations(free, size):
            cost = sum(tables.numbers[i].cost for i in extra)
            if cost < best and audit(tables, base | set(extra), needed).passed:
                best = cost
    return best


@settings(max_examples=12, deadline=None)
@given(
    st.lists(
        st.lists(st.sampled_from([0, 1, 3, 6, 10, 12, 15, 22, 60]), min_size=3, max_size=3),
        min_size=2,
        max_size=3,
    )
)
def test_what_is_hidden_is_the_least_possible(table: list[list[int]]) -> None:
    """On tiny tables with sums both ways, no set that passes the audit loses less than the one chosen."""
    rows = {f"m{m}": {f"a{a}": count for a, count in enumerate(counts)} for m, counts in enumerate(table)}
    tables = tables_of(rows, total="all")
    small = {one.key for one in tables.numbers if one.sensitive}
    suppressed = suppress(tables)
    cost = sum(one.cost for one in tables.numbers if one.key in suppressed.hidden - small)
    assert cost == pytest.approx(brute_force(tables))


def test_the_large_way_protects_as_well() -> None:
    """Taking the small counts one after the other also ends in tables that pass, at a cost not far off."""
    rows = {
        "m0": {"a0": 4, "a1": 30, "a2": 12, "a3": 50},
        "m1": {"a0": 25, "a1": 2, "a2": 60, "a3": 14},
        "m2": {"a0": 80, "a1": 17, "a2": 33, "a3": 41},
    }
    tables = tables_of(rows, total="all")
    small = frozenset(i for i, one in enumerate(tables.numbers) if one.sensitive)
    goals = [Target(tables.numbers[i].atoms, 9.0) for i in sorted(small)]
    many = goals * 20
    chosen = choose_complements(tables, small, small, (many, goals))
    assert audit(tables, chosen).passed
    best = choose_complements(tables, small, small, (goals, goals))
    assert audit(tables, best).passed
    cost = [sum(tables.numbers[i].cost for i in one - small) for one in (best, chosen)]
    assert cost[0] <= cost[1] <= 2 * cost[0]


def test_few_residents_hide_everything() -> None:
    """Below the smallest population every count of the area is hidden, 0 and large ones too."""
    by = rule(population=1000)
    assert is_small(by, 0, "a", 900)
    assert is_small(by, 5000, "a", 900)
    assert not is_small(by, 50, "a", 1000)
    assert not is_small(by, 50, "a", None)
    frame = frame_of({Key(area, "m", YEAR): n for area, n in {"a": 0, "b": 70, "c": 80, "": 150}.items()})
    found = protect_screen(frame, Thresholds(by, populations={"a": 400, "b": 5000, "c": 5000}))
    assert found.table.filter("hidden")["area"].to_list() == ["a", "b"]


def test_rules_are_found_by_sensitivity() -> None:
    """A measure names its rule; the default needs no pack, any other one must be there."""
    strict = rule(low=0, high=20)
    assert get_rule({"victim_traits": strict}, "victim_traits") is strict
    assert get_rule({}, "default") is LOS_ANGELES_STYLE
    with pytest.raises(NotFound):
        get_rule({}, "victim_traits")
    assert is_small(strict, 0, "a")
    assert not is_small(strict, 0, None)


def frame_of(counts: dict[Key, int]) -> pl.DataFrame:
    rows = [(key.area or None, key.measure, key.period.start, key.period.end, n) for key, n in counts.items()]
    schema = {"area": pl.String, "measure": pl.String, "start": pl.Date, "end": pl.Date, "count": pl.Int64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def test_a_protected_table_keeps_its_rows() -> None:
    """Rows keep their order and other columns; hidden counts are empty, the others as they were."""
    frame = frame_of(counts_of({"m": {"a": 4, "b": 90, "c": 30}})).with_columns(note=pl.lit("x"))
    found = protect_screen(frame, Thresholds(LOS_ANGELES_STYLE)).table
    assert found.columns == [*frame.columns, "hidden"]
    assert found.drop("count", "hidden").equals(frame.drop("count"))
    assert found["count"].to_list() == [None, 90, None, 124]
    assert found["hidden"].to_list() == [True, False, True, False]


def test_the_same_number_in_two_tables_is_hidden_in_both() -> None:
    """A number that two tables show is one number."""
    frame = frame_of(counts_of({"m": {"a": 4, "b": 90, "c": 30}}))
    found = protect_screen(pl.concat([frame, frame]), Thresholds(LOS_ANGELES_STYLE)).table
    assert found["hidden"].to_list() == [True, False, True, False] * 2


def test_a_city_total_from_elsewhere_does_not_break_it() -> None:
    """A city total that differs from the sum of its areas protects nothing: the difference is taken as known."""
    frame = frame_of({**counts_of({"m": {"a": 4, "b": 90, "c": 30}}), Key("", "m", YEAR): 131})
    found = protect_screen(frame, Thresholds(LOS_ANGELES_STYLE)).table
    assert found["hidden"].to_list() == [True, False, True, False]
    assert found["count"][3] == 131


def test_a_total_that_contradicts_a_longer_one_is_unlinked() -> None:
    """A city total of a year below the one of its half comes from elsewhere and is shown without being used."""
    counts = {Key("", "m", YEAR): 10, Key("", "m", parse_period("2023-01..2023-06")): 90, Key("a", "m", YEAR): 5,
              Key("b", "m", EARLIER): 50}  # fmt: skip
    assert {
        key.area for key in suppress(collect_tables(counts, Relations({"m": LOS_ANGELES_STYLE}))).hidden
    } == {"a"}


def test_areas_that_contradict_each_other_are_refused() -> None:
    """An area with more in half a year than in the year is named."""
    half = Period(date(2023, 1, 1), date(2023, 6, 30))
    frame = frame_of({Key("a", "m", YEAR): 50, Key("a", "m", half): 60, Key("b", "m", YEAR): 40})
    with pytest.raises(InvalidRequest, match="m, a, 2023"):
        protect_screen(frame, Thresholds(LOS_ANGELES_STYLE))


def test_bad_tables_are_refused() -> None:
    """Missing columns, empty or negative counts, two values of one number and missing rules are all named."""
    frame = frame_of(counts_of({"m": {"a": 4, "b": 90}}))
    with pytest.raises(InvalidRequest, match="columns are"):
        protect_screen(frame.drop("start", "end"), Thresholds(LOS_ANGELES_STYLE))
    with pytest.raises(InvalidRequest, match="whole number"):
        protect_screen(frame.with_columns(pl.lit(None).alias("count")), Thresholds(LOS_ANGELES_STYLE))
    with pytest.raises(InvalidRequest, match="0 or more"):
        protect_screen(frame.with_columns(-pl.col("count")), Thresholds(LOS_ANGELES_STYLE))
    other = frame.with_columns(pl.col("count") + 1)
    with pytest.raises(InvalidRequest, match="given as 4 elsewhere"):
        protect_screen(pl.concat([frame, other]), Thresholds(LOS_ANGELES_STYLE))
    with pytest.raises(InvalidRequest, match="name a suppression rule"):
        protect_screen(frame, Thresholds({"other": LOS_ANGELES_STYLE}))
