"""What an attacker can work out from the numbers that are shown, knowing that counts are not negative.

First the plain steps, until none is left: a sum with one unknown gives it away; a sum with nothing left makes all
its unknowns 0. What stays unknown falls into parts that say nothing about each other; in each, linear programs give
the lowest and the highest value a hidden number can have.
"""

# mypy: disable-error-code="no-untyped-call"
# (SciPy carries no types.)

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from commonweal.results.suppression.numbers import PublishedNumber

Floats = NDArray[np.float64]

TOLERANCE: Final = 1e-6
"""Counts are whole numbers; bounds closer than this are the same."""


@dataclass(frozen=True, slots=True)
class Part:
    """Unknown atoms that hang together.

    Attributes
    ----------
    atoms : tuple of int
        The unknown atoms.
    sums : tuple of (tuple of int, int)
        What is known of them: sums, with the known atoms subtracted.
    """

    atoms: tuple[int, ...]
    sums: tuple[tuple[tuple[int, ...], int], ...]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What follows from the shown numbers by plain steps.

    Attributes
    ----------
    known : mapping of int to int
        Atoms given away.
    part_of : mapping of int to int
        Part of each unknown atom that occurs in a shown sum; the others can be anything.
    parts : tuple of Part
        What stays unknown.
    """

    known: Mapping[int, int]
    part_of: Mapping[int, int]
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Bounds:
    """Lowest and highest value a number can have; the highest is infinite where nothing limits it."""

    low: float
    high: float

    @property
    def spread(self) -> float:
        """How far they lie apart."""
        return self.high - self.low


def learn(shown: Iterable[PublishedNumber]) -> Knowledge:
    """Take the plain steps."""
    open_atoms: list[set[int]] = []
    left: list[int] = []
    holders: defaultdict[int, list[int]] = defaultdict(list)
    for row, one in enumerate(shown):
        open_atoms.append(set(one.atoms))
        left.append(one.value)
        for atom in one.atoms:
            holders[atom].append(row)
    known: dict[int, int] = {}
    waiting = list(range(len(left)))
    while waiting:
        row = waiting.pop()
        unknown = open_atoms[row]
        if not unknown or (len(unknown) > 1 and left[row] != 0):
            continue
        for atom in sorted(unknown):
            known[atom] = left[row]
            for other in holders[atom]:
                if atom in open_atoms[other]:
                    open_atoms[other].discard(atom)
                    left[other] -= known[atom] if other != row else 0
                    waiting.append(other)
    return _parts(known, open_atoms, left)


def _parts(known: dict[int, int], open_atoms: Sequence[set[int]], left: Sequence[int]) -> Knowledge:
    sums = {(tuple(sorted(atoms)), value) for atoms, value in zip(open_atoms, left, strict=True) if atoms}
    leader: dict[int, int] = {}

    def find(atom: int) -> int:
        while leader.setdefault(atom, atom) != atom:
            leader[atom] = leader[leader[atom]]
            atom = leader[atom]
        return atom

    for atoms, _ in sums:
        for atom in atoms[1:]:
            leader[find(atom)] = find(atoms[0])
    groups: defaultdict[int, list[tuple[tuple[int, ...], int]]] = defaultdict(list)
    for one in sorted(sums):
        groups[find(one[0][0])].append(one)
    parts = tuple(
        Part(tuple(sorted({atom for atoms, _ in group for atom in atoms})), tuple(group))
        for _, group in sorted(groups.items())
    )
    part_of = {atom: number for number, part in enumerate(parts) for atom in part.atoms}
    return Knowledge(known, part_of, parts)


@dataclass(frozen=True, slots=True)
class Target:
    """A hidden number that must stay hidden.

    Attributes
    ----------
    atoms : frozenset of int
        Atoms it is the sum of.
    needed : float
        How far apart its bounds must lie. The search for wider ones stops there.
    """

    atoms: frozenset[int]
    needed: float


def find_bounds(knowledge: Knowledge, targets: Sequence[Target]) -> list[Bounds]:
    """Return bounds of each target: exact where they lie closer than needed, else at least as wide as needed."""
    found: list[Bounds | None] = [None] * len(targets)
    by_part: defaultdict[int, list[int]] = defaultdict(list)
    for number, target in enumerate(targets):
        unknown = target.atoms - knowledge.known.keys()
        places = {knowledge.part_of.get(atom) for atom in unknown}
        if None in places:
            found[number] = Bounds(0.0, np.inf)
        elif len(places) == 1:
            by_part[next(place for place in places if place is not None)].append(number)
        else:
            bounds = [
                _solve(knowledge.parts[place], [Target(unknown & set(knowledge.parts[place].atoms), np.inf)])[
                    0
                ]
                for place in sorted(place for place in places if place is not None)
            ]
            found[number] = Bounds(sum(b.low for b in bounds), sum(b.high for b in bounds))
    for place, numbers in by_part.items():
        inside = [Target(targets[n].atoms - knowledge.known.keys(), targets[n].needed) for n in numbers]
        for number, bounds_ in zip(numbers, _solve(knowledge.parts[place], inside), strict=True):
            found[number] = bounds_
    certain = [sum(knowledge.known.get(atom, 0) for atom in target.atoms) for target in targets]
    return [
        Bounds((b or Bounds(0, 0)).low + sure, (b or Bounds(0, 0)).high + sure)
        for b, sure in zip(found, certain, strict=True)
    ]


def _solve(part: Part, targets: Sequence[Target]) -> list[Bounds]:
    """Solve linear programs until every target is as wide as needed, or exactly known; solutions are shared."""
    place = {atom: i for i, atom in enumerate(part.atoms)}
    rows = np.zeros((len(targets), len(part.atoms)))
    for number, target in enumerate(targets):
        rows[number, [place[atom] for atom in target.atoms]] = 1.0
    low, high = np.full(len(targets), np.inf), np.full(len(targets), -np.inf)
    program = _Program(part, place)
    needed = np.array([target.needed for target in targets])

    def pull(goal: Floats) -> bool:
        solution = program.minimise(goal)
        if solution is not None:
            values = rows @ solution
            np.minimum(low, values, out=low)
            np.maximum(high, values, out=high)
        return solution is not None

    for signs in _sign_patterns(len(targets)):
        wanting = high - low < needed - TOLERANCE
        if np.count_nonzero(wanting) <= 1:
            break
        pull(np.where(wanting, signs, 0.0) @ rows)
    for number in range(len(targets)):
        for sign in (-1.0, 1.0):
            if high[number] - low[number] < needed[number] - TOLERANCE and not pull(sign * rows[number]):
                high[number] = np.inf
    return [Bounds(float(a), float(b)) for a, b in zip(low, high, strict=True)]


def _sign_patterns(count: int) -> Iterator[Floats]:
    """Yield directions in which to pull all targets at once; any two are pulled apart in one of them.

    One solution then widens the bounds of many, and few targets are left to be pulled one by one.
    """
    numbers = np.arange(count)
    for bit in range(count.bit_length()):
        signs = np.where(numbers >> bit & 1, 1.0, -1.0)
        yield signs
        yield -signs


class _Program:
    """The linear program of one part, for one goal after the other."""

    def __init__(self, part: Part, place: Mapping[int, int]) -> None:
        from scipy.sparse import csr_array

        pairs = [(i, place[atom]) for i, (atoms, _) in enumerate(part.sums) for atom in atoms]
        index = np.array(pairs).T
        shape = (len(part.sums), len(part.atoms))
        self._matrix = csr_array((np.ones(len(pairs)), (index[0], index[1])), shape=shape)
        self._values = np.array([value for _, value in part.sums], dtype=float)

    def minimise(self, goal: Floats) -> Floats | None:
        """Return a solution with the smallest value of the goal; None where there is no smallest."""
        from scipy.optimize import linprog

        answer = linprog(goal, A_eq=self._matrix, b_eq=self._values, bounds=(0, None), method="highs")
        if answer.status == 3:
            return None
        if answer.status != 0:
            raise ArithmeticError(f"the shown numbers contradict each other: {answer.message}")
        return np.asarray(answer.x)
