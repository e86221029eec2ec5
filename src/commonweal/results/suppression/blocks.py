"""Cutting a report into blocks of numbers that say nothing about each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace

from commonweal.results.suppression.numbers import PublishedNumber, PublishedTables, Unpublished


@dataclass(frozen=True, slots=True)
class Block:
    """Numbers that hang together.

    Attributes
    ----------
    tables : PublishedTables
        The numbers, with atoms numbered anew.
    places : tuple of int
        Position of each in the whole.
    """

    tables: PublishedTables
    places: tuple[int, ...]


def split_blocks(tables: PublishedTables) -> tuple[Block, ...]:
    """Return the blocks of a report, in the order of their first numbers."""
    leader = list(range(tables.atoms))

    def find(atom: int) -> int:
        while leader[atom] != atom:
            leader[atom] = leader[leader[atom]]
            atom = leader[atom]
        return atom

    for one in tables.numbers:
        first, *others = one.atoms
        for atom in others:
            leader[find(atom)] = find(first)
    members: defaultdict[int, list[int]] = defaultdict(list)
    for place, one in enumerate(tables.numbers):
        members[find(next(iter(one.atoms)))].append(place)
    could: defaultdict[int, list[Unpublished]] = defaultdict(list)
    for other in tables.unpublished:
        homes = {find(atom) for atom in other.atoms}
        if len(homes) == 1:
            could[homes.pop()].append(other)
    return tuple(_block(tables, places, could.get(home, ())) for home, places in members.items())


def _block(tables: PublishedTables, places: list[int], could: Collection[Unpublished]) -> Block:
    used = sorted({atom for place in places for atom in tables.numbers[place].atoms})
    renumbered = {atom: i for i, atom in enumerate(used)}

    def moved(one: PublishedNumber) -> PublishedNumber:
        return replace(one, atoms=frozenset(renumbered[atom] for atom in one.atoms))

    reachable = tuple(
        replace(other, atoms=frozenset(renumbered[atom] for atom in other.atoms))
        for other in could
        if other.atoms <= renumbered.keys()
    )
    numbers = tuple(moved(tables.numbers[place]) for place in places)
    return Block(PublishedTables(numbers, len(used), reachable), tuple(places))
