"""Primary suppression: which counts are too small to be published."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Final

from commonweal.city.knowledge import SuppressionRule
from commonweal.errors import NotFound

LOS_ANGELES_STYLE: Final = SuppressionRule(
    sensitivity="default", hide_from=1, hide_to=10, smallest_population=0, geography="area",
    why="Counts from 1 to 10 of a small area could point at a person.",
)  # fmt: skip
"""Counts of 1 to 10 of an area are hidden; zeros and city-wide totals are shown."""


def get_rule(rules: Mapping[str, SuppressionRule], sensitivity: str) -> SuppressionRule:
    """Return the rule a measure's sensitivity names; `LOS_ANGELES_STYLE` where a pack has no default of its own.

    Raises
    ------
    NotFound
        There is no such sensitivity.
    """
    if sensitivity in rules:
        return rules[sensitivity]
    if sensitivity == "default":
        return LOS_ANGELES_STYLE
    raise NotFound.named("suppression threshold", sensitivity, list(rules))


def is_exempt(rule: SuppressionRule, area: str | None) -> bool:
    """Say whether a number is shown whatever it is: a city-wide total, where the rule is about areas only."""
    return area is None and rule.geography == "area"


def hidden_range(rule: SuppressionRule, population: int | None = None) -> tuple[int, int]:
    """Return the smallest and the largest count that is hidden in a place of so many residents."""
    if population is not None and population < rule.smallest_population:
        return 0, sys.maxsize
    return rule.hide_from, rule.hide_to


def is_small(rule: SuppressionRule, count: int, area: str | None, population: int | None = None) -> bool:
    """Say whether a count may not be published by itself.

    Parameters
    ----------
    rule : SuppressionRule
        The threshold.
    count : int
        The number.
    area : str or None
        Its area; none for the whole city.
    population : int or None
        Residents of the area, where known. With fewer than the rule's smallest population every count is hidden,
        0 too.
    """
    if is_exempt(rule, area):
        return False
    smallest, largest = hidden_range(rule, population)
    return smallest <= count <= largest


def spread_of(rule: SuppressionRule) -> int:
    """Return how far apart the bounds of a hidden number must at least stay: as far as the rule itself tells."""
    return max(1, rule.hide_to - rule.hide_from)
