"""Sums of measures are found from their filters, and protected without being declared."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from commonweal.city.measures import Measure, Scalar
from commonweal.results.period_text import parse_period
from commonweal.results.suppression import Key, Relations, collect_tables, find_parts, suppress
from commonweal.results.suppression.thresholds import LOS_ANGELES_STYLE

YEAR = parse_period("2023")


def crime(name: str, *categories: str, **other: tuple[Scalar, ...]) -> Measure:
    where = {"category": categories, **other} if categories else other
    return Measure(name, "", "crimes", (), where=where)


def test_a_sum_is_cut_into_what_it_adds_up() -> None:
    """Violent crime holds homicide, robbery and a rest that no other measure counts; theft overlaps with nothing."""
    parts = find_parts([
        crime("homicides", "homicide"), crime("robberies", "robbery"), crime("thefts", "theft"),
        crime("violent", "homicide", "robbery", "assault"),
    ])  # fmt: skip
    assert parts == {
        "homicides": ("only homicides + violent",),
        "robberies": ("only robberies + violent",),
        "violent": ("only homicides + violent", "only robberies + violent", "only violent"),
    }


def test_counts_of_different_things_never_overlap() -> None:
    """Victims are not incidents, other kinds are other records, and incidents are not clearances."""
    incidents = Measure("a", "", "counts", (), where={"quantity": ("incidents",)})
    clearances = Measure("b", "", "counts", (), where={"quantity": ("clearances",)}, value="sum:value")
    victims = Measure("c", "", "crimes", (), value="sum:victims")
    assert find_parts([incidents, clearances, victims, Measure("d", "", "crimes", ())]) == {}


def test_the_same_count_under_two_names_is_one() -> None:
    """Two measures with one filter are the same piece, so hiding one by area hides the other."""
    twins = [crime("one", "robbery"), crime("two", "robbery")]
    assert find_parts(twins) == {"one": ("only one + two",), "two": ("only one + two",)}


@given(st.lists(st.tuples(st.sets(st.sampled_from("abcd")), st.sets(st.booleans())), min_size=1, max_size=4))
def test_pieces_add_up(filters: list[tuple[set[str], set[bool]]]) -> None:
    """Counting the records of each piece and adding up gives what counting by the filters gives."""
    records = [(category, home) for category in "abcde" for home in (False, True, None)]
    measures = [
        Measure(f"m{i}", "", "crimes", (), where={
            **({"category": tuple(sorted(categories))} if categories else {}),
            **({"domestic": tuple(sorted(homes))} if homes else {}),
        })
        for i, (categories, homes) in enumerate(filters)
    ]  # fmt: skip
    counted: dict[str, set[tuple[str, bool | None]]] = {
        f"m{i}": {r for r in records if (not cs or r[0] in cs) and (not hs or r[1] in hs)}
        for i, (cs, hs) in enumerate(filters)
    }
    parts = find_parts(measures)
    for name, pieces in parts.items():
        for other, others in parts.items():
            assert bool(set(pieces) & set(others)) == bool(counted[name] & counted[other])
            assert (set(pieces) <= set(others)) == (counted[name] <= counted[other])
    for name in counted.keys() - parts.keys():
        assert all(not counted[name] & counted[other] for other in counted if other != name)


def test_an_undeclared_sum_gives_nothing_away() -> None:
    """Homicides of an area are hidden from violent crime less the rest, too."""
    measures = [
        crime("homicides", "homicide"),
        crime("assaults", "assault"),
        crime("violent", "homicide", "assault"),
    ]
    counts = {}
    for area, (killed, hurt) in {"a": (3, 60), "b": (14, 50), "c": (25, 70)}.items():
        counts |= {Key(area, "homicides", YEAR): killed, Key(area, "assaults", YEAR): hurt}
        counts[Key(area, "violent", YEAR)] = killed + hurt
    relations = Relations(
        dict.fromkeys(("homicides", "assaults", "violent"), LOS_ANGELES_STYLE), find_parts(measures)
    )
    hidden = suppress(collect_tables(counts, relations)).hidden
    assert Key("a", "homicides", YEAR) in hidden
    assert {Key("a", "assaults", YEAR), Key("a", "violent", YEAR)} & hidden
    unaware = suppress(collect_tables(counts, Relations(relations.rules))).hidden
    assert unaware == {Key("a", "homicides", YEAR)}
