"""The exact parts: the row space against rational algebra, and the bounds against trying all tables."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonweal.results.period_text import parse_period
from commonweal.results.suppression.attack import Target, find_bounds, learn
from commonweal.results.suppression.numbers import Key, PublishedNumber
from commonweal.results.suppression.rowspace import RowSpace

YEAR = parse_period("2023")
ATOMS = 6
SUMS = st.lists(st.sets(st.integers(0, ATOMS - 1), min_size=1), max_size=7)
TABLES = st.lists(st.integers(0, 4), min_size=ATOMS, max_size=ATOMS)


@settings(max_examples=200)
@given(SUMS, TABLES, st.sets(st.integers(0, ATOMS - 1), min_size=1))
def test_row_space_agrees_with_ranks(sums: list[set[int]], table: list[int], asked: set[int]) -> None:
    """A sum follows from others exactly where it does not raise their rank, and then has the value it has."""
    matrix = np.array([[float(a in one) for a in range(ATOMS)] for one in [*sums, asked]])
    follows = np.linalg.matrix_rank(matrix) == (np.linalg.matrix_rank(matrix[:-1]) if sums else 0)
    space = RowSpace((one, sum(table[a] for a in one)) for one in sums)
    value = space.find_value(asked)
    assert (value is not None) == follows
    assert value is None or value == sum(table[a] for a in asked)


def test_a_value_may_need_halves() -> None:
    """Three sums of two give each of three cells, by way of a half."""
    space = RowSpace([({0, 1}, 7), ({1, 2}, 11), ({0, 2}, 8)])
    assert [space.find_value({atom}) for atom in range(3)] == [2, 5, 6]


def number(atoms: set[int], value: int) -> PublishedNumber:
    return PublishedNumber(Key("a", "m", YEAR), value, frozenset(atoms), False, True, 1.0, 9)


@settings(max_examples=60, deadline=None)
@given(
    SUMS,
    st.lists(st.integers(0, 3), min_size=ATOMS, max_size=ATOMS),
    st.sets(st.integers(0, ATOMS - 1), min_size=1),
)
def test_bounds_hold_every_table(sums: list[set[int]], table: list[int], asked: set[int]) -> None:
    """The bounds hold the value in every table of whole numbers that fits, and are not wider than they must be."""
    everything = [*sums, set(range(ATOMS))]
    shown = [number(one, sum(table[a] for a in one)) for one in everything]
    (bounds,) = find_bounds(learn(shown), [Target(frozenset(asked), np.inf)])
    values = {
        sum(other[a] for a in asked)
        for other in product(range(max(table) + 3), repeat=ATOMS)
        if all(sum(other[a] for a in one) == sum(table[a] for a in one) for one in everything)
    } if sum(table) <= 4 else {sum(table[a] for a in asked)}  # fmt: skip
    assert bounds.low - 1e-6 <= min(values)
    assert max(values) <= bounds.high + 1e-6
    assert bounds.low >= -1e-6
    assert bounds.high <= sum(table) + 1e-6


def test_nothing_limits_what_no_total_holds() -> None:
    """A cell in no shown sum has no highest value."""
    (bounds,) = find_bounds(learn([number({0}, 3)]), [Target(frozenset({0, 1}), 9.0)])
    assert bounds.low == 3
    assert bounds.high == np.inf


def test_plain_steps_find_zeros_and_last_unknowns() -> None:
    """A sum of 0 makes its cells 0, and a sum with one cell left gives it away, step by step."""
    knowledge = learn([number({0, 1}, 0), number({1, 2}, 5), number({2, 3}, 9), number({4, 5}, 6)])
    assert knowledge.known == {0: 0, 1: 0, 2: 5, 3: 4}
    assert [part.atoms for part in knowledge.parts] == [(4, 5)]


def test_numbers_that_cannot_be_are_not_solved() -> None:
    """Sums that no table fits are an error, not an answer."""
    shown = [number({0, 1}, 3), number({1, 2}, 3), number({0, 1, 2, 3}, 1)]
    with pytest.raises(ArithmeticError, match="contradict"):
        find_bounds(learn(shown), [Target(frozenset({0}), 9.0)])
