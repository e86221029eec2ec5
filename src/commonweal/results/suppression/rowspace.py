"""Exact linear algebra: what follows from published sums by adding and subtracting them.

A count is recoverable exactly if its row of ones lies in the row space of the published sums. Rows are reduced in
rational arithmetic (whole numbers nearly always, fractions where needed), so there is no rounding and no chance.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction
from typing import Final

VALUE: Final = -1
"""Place of the published value in a row."""

Row = dict[int, int | Fraction]


class RowSpace:
    """The span of published sums.

    Parameters
    ----------
    sums : iterable of (atoms, value)
        Each published number: the atoms it is the sum of, and the sum.
    """

    def __init__(self, sums: Iterable[tuple[Iterable[int], int]]) -> None:
        rows: dict[int, Row] = {}
        for number, (atoms, value) in enumerate(sums):
            rows[number] = {**dict.fromkeys(atoms, 1), VALUE: value}
        self._pivots = _reduce(rows)
        self._witness = _other_table(self._pivots)

    def find_value(self, atoms: Iterable[int]) -> int | Fraction | None:
        """Return what a sum of atoms comes to, or None where the published sums do not say.

        Parameters
        ----------
        atoms : iterable of int
            Atoms of the sum.
        """
        row: Row = dict.fromkeys(atoms, 1)
        if sum(self._witness.get(atom, _weight(atom)) for atom in row):
            return None
        open_atoms = set(row)
        while open_atoms:
            known = [atom for atom in open_atoms if atom in self._pivots]
            if not known:
                return None
            atom = min(known, key=lambda one: self._pivots[one][0])
            _subtract(row, self._pivots[atom][1], atom)
            open_atoms = set(row) - {VALUE}
        return -row.get(VALUE, 0)


def _other_table(pivots: dict[int, tuple[int, Row]]) -> Row:
    """Return a change of the atoms under which every published sum stays the same.

    Whatever changes with it does not follow from the published sums; that rules out nearly every candidate at the
    price of one sum. What does not change is still reduced.
    """
    change: Row = {}
    for atom, (_, row) in sorted(pivots.items(), key=lambda pivot: -pivot[1][0]):
        rest = (
            factor * change.get(other, _weight(other))
            for other, factor in row.items()
            if other not in (atom, VALUE)
        )
        change[atom] = _whole(-sum(rest))
    return change


def _weight(atom: int) -> int:
    """Return a number that no other atom's weight, or few of them together, would make up by accident."""
    return (atom + 1) * 0x9E3779B97F4A7C15 % 0xFFFFFFFFFFFFFFC5


def _reduce(rows: dict[int, Row]) -> dict[int, tuple[int, Row]]:
    """Eliminate atom by atom, those in the fewest rows first; return pivot rows by atom with their order."""
    holders: defaultdict[int, set[int]] = defaultdict(set)
    for number, row in rows.items():
        for atom in row:
            if atom != VALUE:
                holders[atom].add(number)
    waiting = _Queue({atom: len(held) for atom, held in holders.items()})
    pivots: dict[int, tuple[int, Row]] = {}
    while (chosen := waiting.pop(holders)) is not None:
        atom = chosen
        held = holders.pop(atom)
        number = min(held, key=lambda one: (len(rows[one]), one))
        pivot = _scaled(rows.pop(number), atom)
        for other in pivot:
            if other not in (VALUE, atom):
                holders[other].discard(number)
        for target in sorted(held - {number}):
            before = set(rows[target])
            _subtract(rows[target], pivot, atom)
            _note_changes(holders, waiting, target, before, set(rows[target]))
        pivots[atom] = (len(pivots), pivot)
    return pivots


class _Queue:
    """Atoms by the number of rows that hold them, kept roughly in order."""

    def __init__(self, sizes: dict[int, int]) -> None:
        self._heap = [(size, atom) for atom, size in sizes.items()]
        heapq.heapify(self._heap)

    def push(self, atom: int, size: int) -> None:
        heapq.heappush(self._heap, (size, atom))

    def pop(self, holders: dict[int, set[int]]) -> int | None:
        while self._heap:
            size, atom = heapq.heappop(self._heap)
            if holders.get(atom):
                if len(holders[atom]) > size:
                    self.push(atom, len(holders[atom]))
                    continue
                return atom
        return None


def _note_changes(
    holders: defaultdict[int, set[int]], waiting: _Queue, number: int, before: set[int], after: set[int]
) -> None:
    for atom in before - after - {VALUE}:
        if atom in holders:
            holders[atom].discard(number)
            waiting.push(atom, len(holders[atom]))
    for atom in after - before - {VALUE}:
        holders[atom].add(number)


def _scaled(row: Row, atom: int) -> Row:
    factor = row[atom]
    if factor == 1:
        return row
    if factor == -1:
        return {key: -value for key, value in row.items()}
    return {key: _whole(Fraction(value) / factor) for key, value in row.items()}


def _subtract(row: Row, pivot: Row, atom: int) -> None:
    factor = row[atom]
    for key, value in pivot.items():
        left = _whole(row.get(key, 0) - factor * value)
        if left or key == VALUE:
            row[key] = left
        else:
            del row[key]


def _whole(number: int | Fraction) -> int | Fraction:
    return int(number) if isinstance(number, Fraction) and number.denominator == 1 else number
