"""The numbers of a report, as sums of the finest cells they can be made of.

The finest cells, called atoms here, are area × measure × span of days between two ends of any published period. A
published count is the sum of some of them: an area's twelve months of the spans they hold, a city total of all
areas. Two tables, or two periods that overlap, speak about the same atoms, and so about each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from commonweal.results.periods import Period


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """What a number counts.

    Attributes
    ----------
    area : str
        Area identifier; empty for the whole city.
    measure : str
        Measure identifier.
    period : Period
        Days.
    """

    area: str
    measure: str
    period: Period

    def __str__(self) -> str:
        """Write as ``homicides, newton, 2023-01-01..2023-12-31``."""
        return f"{self.measure}, {self.area or 'whole city'}, {self.period}"


@dataclass(frozen=True, slots=True)
class PublishedNumber:
    """One count that is to be published.

    Attributes
    ----------
    key : Key
        What it counts.
    value : int
        The count.
    atoms : frozenset of int
        Atoms it is the sum of.
    sensitive : bool
        Whether it is too small to be shown.
    hideable : bool
        Whether it may be hidden; city-wide totals that a rule exempts may not.
    cost : float
        What is lost where it is hidden.
    spread : int
        How far apart the bounds of this number must stay while it is hidden.
    measures : int
        Measures without parts that it adds up.
    """

    key: Key
    value: int
    atoms: frozenset[int]
    sensitive: bool
    hideable: bool
    cost: float
    spread: int
    measures: int = 1


@dataclass(frozen=True, slots=True)
class Unpublished:
    """A count nobody publishes, of an area and a span of days, that could come out by subtraction.

    Attributes
    ----------
    key : Key
        What it counts.
    atoms : frozenset of int
        Atoms it is the sum of.
    smallest, largest : int
        Range in which it would be hidden.
    spread : int
        How far apart its bounds must lie where it lies in that range.
    """

    key: Key
    atoms: frozenset[int]
    smallest: int
    largest: int
    spread: int


@dataclass(frozen=True, slots=True)
class PublishedTables:
    """All numbers of all tables of one report.

    Attributes
    ----------
    numbers : tuple of PublishedNumber
        Each number once, however many tables show it.
    atoms : int
        How many atoms there are.
    unpublished : tuple of Unpublished
        What could come out by subtraction.
    """

    numbers: tuple[PublishedNumber, ...]
    atoms: int
    unpublished: tuple[Unpublished, ...] = ()
    position: Mapping[Key, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "position", {one.key: i for i, one in enumerate(self.numbers)})
