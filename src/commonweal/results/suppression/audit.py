"""The audit, which asks whether anything that is hidden follows from what is shown."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from commonweal.results.suppression.attack import (
    TOLERANCE,
    Knowledge,
    Target,
    find_bounds,
    learn,
)
from commonweal.results.suppression.numbers import Key, PublishedNumber, PublishedTables, Unpublished
from commonweal.results.suppression.rowspace import RowSpace


@dataclass(frozen=True, slots=True)
class Exposure:
    """A number that must not be known and can be worked out, exactly or too narrowly.

    Attributes
    ----------
    key : Key
        What it counts.
    how : {'shown', 'exact', 'narrow'}
        It is shown; it follows by adding and subtracting shown numbers; its bounds lie too close together.
    low, high : float
        Its bounds.
    atoms : frozenset of int
        Atoms it is the sum of.
    spread : int
        How far apart its bounds should lie.
    """

    key: Key
    how: Literal["shown", "exact", "narrow"]
    low: float
    high: float
    atoms: frozenset[int]
    spread: int


@dataclass(frozen=True, slots=True)
class Audit:
    """What the audit of a report found.

    Attributes
    ----------
    numbers : int
        Numbers of the report, shown and hidden.
    hidden : int
        Numbers hidden.
    checked : int
        Numbers whose protection was tested: those too small to be shown, and those that nobody publishes but
        that could come out by subtraction.
    exposed : tuple of Exposure
        Those that can be worked out. A report with any is not published.
    """

    numbers: int
    hidden: int
    checked: int
    exposed: tuple[Exposure, ...]

    @property
    def passed(self) -> bool:
        """Whether nothing that is hidden can be worked out."""
        return not self.exposed


def audit(
    tables: PublishedTables,
    hidden: Collection[int],
    needed: Sequence[float] | None = None,
    *,
    proven: Collection[int] = (),
) -> Audit:
    """Try to work out every number that must not be known.

    Parameters
    ----------
    tables : PublishedTables
        All numbers of the report.
    hidden : collection of int
        Positions, in ``tables.numbers``, of those that are not shown.
    needed : sequence of float, optional
        How far apart the bounds of each number of ``tables.numbers`` must lie; its ``spread`` where not given.
    proven : collection of int
        Positions whose bounds were found wide enough with fewer numbers hidden: hiding more only widens them, so
        they are not computed again.

    Returns
    -------
    Audit
        Exact for what follows by adding and subtracting; for what follows because counts are not negative, the
        bounds are those of linear programs, which can only be wider than those of whole numbers.
    """
    shown = [one for i, one in enumerate(tables.numbers) if i not in hidden]
    sensitive = [i for i, one in enumerate(tables.numbers) if one.sensitive]
    covered = [i for i in sensitive if i in hidden and i not in proven]
    space = RowSpace((one.atoms, one.value) for one in shown)
    exposed = [
        _known(one, "shown", one.value)
        for i, one in enumerate(tables.numbers)
        if one.sensitive and i not in hidden
    ]
    wanted = [needed[i] if needed is not None else tables.numbers[i].spread for i in covered]
    targets = [Target(tables.numbers[i].atoms, float(w)) for i, w in zip(covered, wanted, strict=True)]
    knowledge = learn(shown)
    for i, target, bounds in zip(covered, targets, find_bounds(knowledge, targets), strict=True):
        one = tables.numbers[i]
        if space.find_value(one.atoms) is not None:
            exposed.append(_known(one, "exact", one.value))
        elif bounds.spread < max(target.needed, 1.0) - TOLERANCE:
            exposed.append(Exposure(one.key, "narrow", bounds.low, bounds.high, one.atoms, one.spread))
    for other in tables.unpublished:
        value = _come_out(other, knowledge, space)
        if value is not None and other.smallest <= value <= other.largest:
            exposed.append(_known(other, "exact", value))
    checked = len(sensitive) + len(tables.unpublished)
    return Audit(len(tables.numbers), len(set(hidden)), checked, tuple(exposed))


def _come_out(other: Unpublished, knowledge: Knowledge, space: RowSpace) -> int | Fraction | None:
    """Return an unpublished count that follows from the shown ones, or None."""
    if other.atoms <= knowledge.known.keys():
        return sum(knowledge.known[atom] for atom in other.atoms)
    return space.find_value(other.atoms)


def _known(
    one: PublishedNumber | Unpublished, how: Literal["shown", "exact"], value: int | Fraction
) -> Exposure:
    return Exposure(one.key, how, float(value), float(value), one.atoms, one.spread)
