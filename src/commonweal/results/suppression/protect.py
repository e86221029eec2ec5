"""Suppression of a whole report: hide what is small, hide what gives it away, audit, repeat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from commonweal.errors import PublicationBlocked
from commonweal.results.periods import Period
from commonweal.results.suppression.attack import TOLERANCE, Target, find_bounds, learn
from commonweal.results.suppression.audit import Audit, Exposure, audit
from commonweal.results.suppression.blocks import split_blocks
from commonweal.results.suppression.complement import choose_complements
from commonweal.results.suppression.consistency import list_contradictions
from commonweal.results.suppression.numbers import Key, PublishedTables

CLEAN_UP_SIZE: Final = 100_000
"""Largest block (atoms × small numbers) in which all that was hidden beside the small ones is tried again for being
shown."""
LARGE: Final = 500
"""Atoms from which on a block is first protected without its sums over measures, in smaller blocks."""


@dataclass(frozen=True, slots=True)
class Suppressed:
    """What may be shown of a report.

    Which numbers are hidden for being small and which to protect others is not told: it would give away that the
    first are small.

    Attributes
    ----------
    hidden : frozenset of Key
        Numbers that are not shown, in any table, nor is any change, rate or share made of them.
    audit : Audit
        The audit that was passed.
    """

    hidden: frozenset[Key]
    audit: Audit

    def is_hidden(self, area: str | None, measure: str, *periods: Period) -> bool:
        """Say whether a number, or one made of several periods such as a change, is hidden."""
        return any(Key(area or "", measure, period) in self.hidden for period in periods)


def suppress(tables: PublishedTables, *, complementary: bool = True) -> Suppressed:
    """Hide what must be hidden, and no more than needed.

    Parameters
    ----------
    tables : PublishedTables
        All numbers of all tables of the report.
    complementary : bool
        False hides only the small numbers themselves and reports what can be worked out: for tests and for
        showing why it is not enough, never for publication.

    Raises
    ------
    PublicationBlocked
        A number that must be hidden follows from totals that may not be hidden.
    InvalidRequest
        The numbers contradict each other.
    """
    hidden: set[int] = set()
    exposed: list[Exposure] = []
    checked = 0
    for block in split_blocks(tables):
        chosen, report = _protect(_without_contradictions(block.tables), complementary=complementary)
        hidden |= {block.places[i] for i in chosen}
        exposed += report.exposed
        checked += report.checked
    found = frozenset(tables.numbers[i].key for i in hidden)
    return Suppressed(found, Audit(len(tables.numbers), len(hidden), checked, tuple(exposed)))


def _without_contradictions(block: PublishedTables) -> PublishedTables:
    """Take the link from exempt totals that cannot be the sum of the rest: they come from elsewhere.

    Such a total keeps its place, as the sum of an atom of its own.
    """
    wrong = {one.key for one in list_contradictions(block)}
    if not wrong:
        return block
    numbers, atoms = [], block.atoms
    for one in block.numbers:
        if one.key in wrong:
            numbers.append(replace(one, atoms=frozenset({atoms})))
            atoms += 1
        else:
            numbers.append(one)
    return PublishedTables(tuple(numbers), atoms, block.unpublished)


def _protect(block: PublishedTables, *, complementary: bool) -> tuple[frozenset[int], Audit]:
    """Hide more and more of one block until its audit passes."""
    small = frozenset(i for i, one in enumerate(block.numbers) if one.sensitive)
    hidden = small
    if complementary and block.atoms > LARGE:
        hidden |= _protect_narrow_sums(block)
    report = audit(block, hidden)
    if report.passed or not complementary:
        return hidden, report
    search = _Search(block, small, hidden)
    while search.note(report):
        report = search.hide_more()
    return _clean_up(search)


def _protect_narrow_sums(block: PublishedTables) -> frozenset[int]:
    """Protect a large block as if its sums over measures were not shown: a good start, in smaller blocks."""
    widest = max(one.measures for one in block.numbers)
    narrow = [i for i, one in enumerate(block.numbers) if one.measures < widest]
    if widest == 1 or not narrow:
        return frozenset()
    rest = PublishedTables(tuple(block.numbers[i] for i in narrow), block.atoms, block.unpublished)
    hidden = set()
    for one in split_blocks(rest):
        hidden |= {narrow[one.places[i]] for i in _protect(one.tables, complementary=True)[0]}
    return frozenset(hidden)


@dataclass(slots=True)
class _Search:
    """What is hidden of one block so far, and what each number needs.

    Attributes
    ----------
    block : PublishedTables
        The block.
    small, hidden : frozenset of int
        What is hidden in any case, and all that is hidden.
    needed : list of float
        How far apart the bounds of each number must lie.
    proven : frozenset of int
        Small numbers whose bounds are wide enough.
    goals : dict of Key to Target
        Whatever was ever exposed.
    failing : tuple of Exposure
        What is exposed now.
    """

    block: PublishedTables
    small: frozenset[int]
    hidden: frozenset[int]
    needed: list[float] = field(init=False)
    proven: frozenset[int] = frozenset()
    goals: dict[Key, Target] = field(default_factory=dict)
    failing: tuple[Exposure, ...] = ()

    def __post_init__(self) -> None:
        self.needed = [float(one.spread) for one in self.block.numbers]

    def note(self, report: Audit) -> bool:
        """Take in what an audit found; return whether anything is still exposed."""
        new = [one for one in report.exposed if one.key not in self.goals]
        for one, target in zip(new, self._attainable(new), strict=True):
            self.goals[one.key] = target
            if one.key in self.block.position:
                self.needed[self.block.position[one.key]] = target.needed
        self.failing = tuple(
            one
            for one in report.exposed
            if one.how != "narrow" or one.high - one.low < self.goals[one.key].needed - TOLERANCE
        )
        exposed = {self.block.position[one.key] for one in self.failing if one.key in self.block.position}
        self.proven = self.small - exposed
        return bool(self.failing)

    def hide_more(self) -> Audit:
        """Hide what the failing numbers need, and audit again."""
        failing = [self.goals[one.key] for one in self.failing]
        sure = [Target(self.block.numbers[i].atoms, self.needed[i]) for i in sorted(self.small)]
        others = [goal for key, goal in self.goals.items() if key not in self.block.position]
        chosen = choose_complements(self.block, self.small, self.hidden, ([*sure, *others], failing))
        if chosen == self.hidden:
            chosen = _hide_one_more(self.block, self.hidden, self.failing)
        if not chosen >= self.hidden:
            self.proven = frozenset()
        self.hidden = chosen
        return audit(self.block, self.hidden, self.needed, proven=self.proven)

    def _attainable(self, exposed: Sequence[Exposure]) -> list[Target]:
        """Return what each needs: its spread, or less where totals that are always shown allow less.

        A city total of 3 that is shown leaves every area between 0 and 3, whatever is hidden.
        """
        always = learn(one for one in self.block.numbers if not one.hideable)
        wanted = [Target(one.atoms, float(one.spread)) for one in exposed]
        limited = []
        for one, target, bounds in zip(exposed, wanted, find_bounds(always, wanted), strict=True):
            if bounds.spread < 1.0 - TOLERANCE:
                raise _blocked(str(one.key))
            limited.append(Target(one.atoms, min(target.needed, bounds.spread)))
        return limited


def _hide_one_more(
    block: PublishedTables, hidden: frozenset[int], exposed: Sequence[Exposure]
) -> frozenset[int]:
    """Hide the cheapest number that shares an atom with one that is exposed, or else any."""
    touched = frozenset().union(*(one.atoms for one in exposed))
    open_numbers = [i for i, one in enumerate(block.numbers) if one.hideable and i not in hidden]
    if not open_numbers:
        raise _blocked(", ".join(str(one.key) for one in exposed))

    def price(i: int) -> tuple[bool, float, int]:
        return (not block.numbers[i].atoms & touched, block.numbers[i].cost, i)

    return hidden | {min(open_numbers, key=price)}


def _clean_up(search: _Search) -> tuple[frozenset[int], Audit]:
    """Show again what need not be hidden, the dearest first; of a small block, whose choice was the best already."""
    block, hidden = search.block, search.hidden
    report = audit(block, hidden, search.needed, proven=search.proven)
    if block.atoms * len(search.small) > CLEAN_UP_SIZE:
        return hidden, report
    for i in sorted(hidden - search.small, key=lambda i: (-block.numbers[i].cost, i)):
        without = audit(block, hidden - {i}, search.needed)
        if without.passed:
            hidden, report = hidden - {i}, without
    return hidden, report


def _blocked(what: str) -> PublicationBlocked:
    return PublicationBlocked(
        f"Not published: {what} must be hidden and could be worked out from totals that are always shown. "
        "Leave out the measure, the area or the period, or let the rule hide totals too (geography all)."
    )
