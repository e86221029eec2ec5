"""Complementary suppression: what else to hide, so that the small numbers stay hidden, at the least loss.

A small number is protected if two tables exist that agree with everything shown, hold no negative count, and differ
in that number by as much as needed. Which further numbers to hide is the smallest set for which such a pair exists
for every small number at once: a mixed-integer program (Kelly, Golden and Assad, *Cell suppression*, Networks 22,
1992), solved by HiGHS. Where that program is large, the small numbers are taken one after the other, each by the
linear program in which the numbers shown may differ at a price.
"""

# mypy: disable-error-code="no-untyped-call"
# (SciPy carries no types.)

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds as VariableBounds
from scipy.optimize import LinearConstraint, linprog, milp
from scipy.sparse import block_diag, csr_array, diags_array, eye_array, hstack, kron, vstack

from commonweal.results.suppression.attack import TOLERANCE, Floats, Knowledge, Target, find_bounds, learn
from commonweal.results.suppression.numbers import PublishedTables

EXACT_SIZE: Final = 1000
"""Largest number of continuous variables for which all small numbers are solved together."""
NODES: Final = 20_000
"""Nodes after which that search stops with the best set found; a bound on nodes, not time, so that a report is
the same on every machine."""
_USED: Final = 1e-5


def choose_complements(
    tables: PublishedTables,
    small: frozenset[int],
    hidden: frozenset[int],
    targets: tuple[Sequence[Target], Sequence[Target]],
) -> frozenset[int]:
    """Return what to hide so that every target is protected.

    Parameters
    ----------
    tables : PublishedTables
        Numbers that hang together.
    small : frozenset of int
        What is hidden whatever happens.
    hidden : frozenset of int
        What is hidden so far; a large program only adds to it, a small one is solved afresh.
    targets : (all, failing)
        What must be protected, and which of it is not yet. ``needed`` must be attainable.
    """
    model = _Model(tables)
    every, failing = targets
    if 2 * tables.atoms * len(every) <= EXACT_SIZE:
        chosen = model.choose_together(small, every)
        if chosen is not None:
            return chosen
    found, knowledge = hidden, _learn(tables, hidden)
    for target in sorted(failing, key=lambda one: (-one.needed, sorted(one.atoms))):
        (bounds,) = find_bounds(knowledge, [target])
        if bounds.spread < target.needed - TOLERANCE:
            found |= model.choose_for_one(found, target)
            knowledge = _learn(tables, found)
    return found


def _learn(tables: PublishedTables, hidden: frozenset[int]) -> Knowledge:
    return learn(one for i, one in enumerate(tables.numbers) if i not in hidden)


class _Model:
    """The numbers of one block as a matrix."""

    def __init__(self, tables: PublishedTables) -> None:
        self.tables = tables
        self.values = np.array([one.value for one in tables.numbers], dtype=float)
        self.costs = np.array([one.cost for one in tables.numbers])
        self.fixed = np.array([not one.hideable for one in tables.numbers])
        pairs = [(i, atom) for i, one in enumerate(tables.numbers) for atom in one.atoms]
        index = np.array(pairs).T
        shape = (len(tables.numbers), tables.atoms)
        self._some_table: Floats | None = None
        self.matrix = csr_array((np.ones(len(pairs)), (index[0], index[1])), shape=shape)

    def row(self, target: Target) -> csr_array:
        """Return a target as a row over atoms."""
        columns = sorted(target.atoms)
        zeros = np.zeros(len(columns), dtype=int)
        return csr_array((np.ones(len(columns)), (zeros, columns)), shape=(1, self.tables.atoms))

    def start(self, target: Target) -> float:
        """Return what a target comes to: the number itself, or its value in some table that fits."""
        for one in self.tables.numbers:
            if one.atoms == target.atoms:
                return float(one.value)
        if self._some_table is None:
            goal = np.zeros(self.tables.atoms)
            answer = linprog(goal, A_eq=self.matrix, b_eq=self.values, bounds=(0, None), method="highs")
            self._some_table = np.asarray(answer.x)
        return float(self._some_table[sorted(target.atoms)].sum())

    def open_rows(self, hidden: frozenset[int]) -> NDArray[np.int64]:
        """Return the numbers that are shown and might be hidden."""
        is_hidden = np.zeros(len(self.values), dtype=bool)
        is_hidden[sorted(hidden)] = True
        return np.flatnonzero(~self.fixed & ~is_hidden)

    def choose_together(self, hidden: frozenset[int], targets: Sequence[Target]) -> frozenset[int] | None:
        """Solve the program of all targets: two tables for each, and one choice for each number shown."""
        choices, fixed = self.open_rows(hidden), np.flatnonzero(self.fixed)
        values, tables = self.values[choices], 2 * len(targets)
        width = self.tables.atoms * tables
        most = float(self.values.max(initial=0.0) + 2 * sum(target.needed for target in targets) + 1)
        each, every = eye_array(tables), np.ones((tables, 1))
        shown = kron(each, self.matrix[choices])
        sure = hstack([kron(each, self.matrix[fixed]), csr_array((len(fixed) * tables, len(choices)))])
        apart = block_diag([hstack([self.row(target), -self.row(target)]) for target in targets])
        gaps = hstack([apart, csr_array((len(targets), len(choices)))])
        above = hstack([shown, kron(every, -most * eye_array(len(choices)))])
        below = hstack([shown, kron(every, diags_array(values))])
        sums = np.tile(self.values[fixed], tables)
        answer = milp(
            np.concatenate([np.zeros(width), self.costs[choices]]),
            integrality=np.concatenate([np.zeros(width), np.ones(len(choices))]),
            bounds=VariableBounds(0, np.concatenate([np.full(width, np.inf), np.ones(len(choices))])),
            constraints=[
                LinearConstraint(above.tocsr(), -np.inf, np.tile(values, tables)),
                LinearConstraint(below.tocsr(), np.tile(values, tables), np.inf),
                LinearConstraint(gaps.tocsr(), [target.needed for target in targets], np.inf),
                *([LinearConstraint(sure.tocsr(), sums, sums)] if len(fixed) else []),
            ],
            options={"mip_rel_gap": 0.0, "node_limit": NODES},
        )
        if answer.x is None:
            return None
        return hidden | {int(i) for i in choices[answer.x[width:] > 0.5]}

    def choose_for_one(self, hidden: frozenset[int], target: Target) -> frozenset[int]:
        """Move one target up by what it needs, or else apart on both sides, at the least price."""
        return self._move(hidden, target, tables=1) or self._move(hidden, target, tables=2) or hidden

    def _move(self, hidden: frozenset[int], target: Target, *, tables: int) -> frozenset[int]:
        """Solve a linear program: one or two other tables, and what each shown number differs, at its price."""
        choices, fixed = self.open_rows(hidden), np.flatnonzero(self.fixed)
        size, count, each = self.tables.atoms, len(choices), eye_array(tables)
        row, values = self.row(target), np.tile(self.values[choices], tables)
        shown, price = kron(each, self.matrix[choices]), kron(np.ones((tables, 1)), eye_array(count))
        gap = hstack([-row, *[row] * (tables - 1), csr_array((1, count))])
        sure = hstack([kron(each, self.matrix[fixed]), csr_array((len(fixed) * tables, count))])
        start = self.start(target) if tables == 1 else 0.0
        answer = linprog(
            np.concatenate([np.zeros(tables * size), self.costs[choices]]),
            A_ub=vstack([hstack([shown, -price]), hstack([-shown, -price]), gap]).tocsr(),
            b_ub=np.concatenate([values, -values, [-target.needed - start]]),
            A_eq=sure.tocsr(),
            b_eq=np.tile(self.values[fixed], tables),
            bounds=(0, None),
            method="highs",
        )
        if answer.x is None:
            return frozenset()
        return frozenset(int(i) for i in choices[answer.x[tables * size :] > _USED])
