"""Putting the numbers of all tables of a report together, and seeing what each is a sum of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from math import log2

from commonweal.city.knowledge import SuppressionRule
from commonweal.errors import InvalidRequest, Problem
from commonweal.results.periods import Period
from commonweal.results.suppression.numbers import Key, PublishedNumber, PublishedTables, Unpublished
from commonweal.results.suppression.thresholds import (
    hidden_range,
    is_exempt,
    is_small,
    spread_of,
)

TOTAL_COST = 10.0
"""How many single cells one total (a sum over areas or measures) is worth when something more must be hidden."""


@dataclass(frozen=True, slots=True)
class Relations:
    """How numbers belong together beyond what their keys say.

    Attributes
    ----------
    rules : mapping of str to SuppressionRule
        Threshold by measure.
    parts : mapping of str to tuple of str
        Measures that are sums of others: ``violent_crime`` → (``homicides``, ``robberies``, …).
    populations : mapping of str to int
        Residents by area.
    """

    rules: Mapping[str, SuppressionRule]
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    populations: Mapping[str, int] = field(default_factory=dict)

    def leaves(self, measure: str) -> tuple[str, ...]:
        """Return the measures of which one is the sum, down to those that have no parts."""
        if measure not in self.parts:
            return (measure,)
        return tuple(dict.fromkeys(leaf for part in self.parts[measure] for leaf in self.leaves(part)))


def collect_tables(counts: Mapping[Key, int], relations: Relations) -> PublishedTables:
    """Put all numbers of a report together and see what each is a sum of.

    Parameters
    ----------
    counts : mapping of Key to int
        Every count of every table, also those shown as 0 and those too small to be shown.
    relations : Relations
        Thresholds, sums of measures, populations.

    Raises
    ------
    InvalidRequest
        A count is negative, a period ends before it starts, or a measure has no rule.
    """
    _check(counts, relations)
    areas = sorted({key.area for key in counts if key.area}) or [""]
    cuts = _cuts(counts, relations)
    atoms: dict[tuple[str, str, date], int] = {}
    for leaf, days in cuts.items():
        for area in areas:
            for day in days[:-1]:
                atoms[area, leaf, day] = len(atoms)
    shape = _Shape(areas, cuts, atoms, relations)
    numbers = tuple(shape.number(key, value) for key, value in sorted(counts.items()))
    return PublishedTables(_agree(numbers, len(areas)), len(atoms), tuple(shape.unpublished(counts)))


@dataclass(frozen=True, slots=True)
class _Shape:
    areas: Sequence[str]
    cuts: Mapping[str, Sequence[date]]
    atoms: Mapping[tuple[str, str, date], int]
    relations: Relations

    def held(self, key: Key) -> frozenset[int]:
        areas = [key.area] if key.area else self.areas
        after = key.period.end + timedelta(days=1)
        return frozenset(
            self.atoms[area, leaf, day]
            for leaf in self.relations.leaves(key.measure)
            for day in self.cuts[leaf][:-1]
            if key.period.start <= day < after
            for area in areas
        )

    def number(self, key: Key, value: int) -> PublishedNumber:
        rule, area = self.relations.rules[key.measure], key.area or None
        measures = len(self.relations.leaves(key.measure))
        is_total = area is None or measures > 1
        return PublishedNumber(
            key=key,
            value=value,
            atoms=self.held(key),
            sensitive=is_small(rule, value, area, self.relations.populations.get(key.area)),
            hideable=not is_exempt(rule, area),
            cost=(TOTAL_COST if is_total else 1.0) + log2(1 + value) / 20,
            spread=spread_of(rule),
            measures=measures,
        )

    def unpublished(self, counts: Mapping[Key, int]) -> Iterable[Unpublished]:
        """List spans between any two cuts, of each area and measure that has numbers."""
        for area, measure in sorted({(key.area, key.measure) for key in counts}):
            rule = self.relations.rules[measure]
            if is_exempt(rule, area or None):
                continue
            leaves = self.relations.leaves(measure)
            limits = hidden_range(rule, self.relations.populations.get(area))
            days = sorted({day for leaf in leaves for day in self.cuts[leaf]})
            for i, start in enumerate(days):
                for after in days[i + 1 :]:
                    key = Key(area, measure, Period(start, after - timedelta(days=1)))
                    if key not in counts:
                        yield Unpublished(key, self.held(key), *limits, spread_of(rule))


def _cuts(counts: Mapping[Key, int], relations: Relations) -> dict[str, list[date]]:
    """Return, by measure without parts, the days at which any published period begins or has ended."""
    cuts: defaultdict[str, set[date]] = defaultdict(set)
    families: list[set[str]] = []
    for key in counts:
        leaves = set(relations.leaves(key.measure))
        for leaf in leaves:
            cuts[leaf].update((key.period.start, key.period.end + timedelta(days=1)))
        touching = [family for family in families if family & leaves]
        families = [family for family in families if not family & leaves]
        families.append(leaves.union(*touching))
    for family in families:
        shared = set().union(*(cuts[leaf] for leaf in family))
        cuts.update(dict.fromkeys(family, shared))
    return {leaf: sorted(days) for leaf, days in sorted(cuts.items())}


def _agree(numbers: tuple[PublishedNumber, ...], areas: int) -> tuple[PublishedNumber, ...]:
    """Give a city total the sum of its areas where all are listed: an attacker is assumed to know the difference."""
    sums: defaultdict[tuple[str, Period], list[int]] = defaultdict(list)
    for one in numbers:
        if one.key.area:
            sums[one.key.measure, one.key.period].append(one.value)
    agreed = []
    for one in numbers:
        listed = sums.get((one.key.measure, one.key.period), [])
        if not one.key.area and len(listed) == areas:
            agreed.append(replace(one, value=sum(listed)))
        else:
            agreed.append(one)
    return tuple(agreed)


def _check(counts: Mapping[Key, int], relations: Relations) -> None:
    problems = [
        Problem("table", "a count is 0 or more", field=str(key), value=str(value))
        for key, value in counts.items()
        if value < 0
    ]
    problems += [
        Problem("table", "the period ends before it starts", field=str(key))
        for key in counts
        if key.period.end < key.period.start
    ]
    unruled = sorted({key.measure for key in counts} - set(relations.rules))
    problems += [Problem("rules", "name a suppression rule for this measure", value=name) for name in unruled]
    if problems:
        raise InvalidRequest("The tables cannot be protected.", problems)
