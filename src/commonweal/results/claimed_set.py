"""The values that a published figure stands for."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal

from commonweal.city.strategy import Figure

ABOUT = 0.10
"""How far a value may lie from a figure that is said to hold about, as a share of it."""

ROUNDEST = 0.005
"""Zeros at the end of a figure count as rounding up to this share of it."""


@dataclass(frozen=True, slots=True)
class ClaimedSet:
    """Values that a figure stands for.

    Attributes
    ----------
    low, high : float
        Ends; one of them may be infinite.
    open_ended : bool
        Whether the finite end itself is left out (*more than*).
    """

    low: float
    high: float
    open_ended: bool = False

    def holds(self, value: float) -> bool:
        """Whether a value is in the set; an open end of an interval is infinite."""
        if math.isinf(value):
            return value in (self.low, self.high)
        if self.open_ended and value in (self.low, self.high):
            return False
        slack = 1e-9 * max(1.0, abs(value))
        return self.low - slack <= value <= self.high + slack

    def distance(self, value: float) -> float:
        """How far a value lies from the set."""
        return max(self.low - value, value - self.high, 0.0)


def claimed_set(figure: Figure) -> ClaimedSet:
    """Return the values that a figure stands for.

    Parameters
    ----------
    figure : Figure
        ``−28.1 percent, equals`` stands for −28.15 to −28.05; ``−50 percent, more_than`` for all below −50.
    """
    value = figure.value
    if figure.relation in ("more_than", "at_least"):
        open_ended = figure.relation == "more_than"
        if figure.form == "change" and value < 0:
            return ClaimedSet(-math.inf, value, open_ended)
        return ClaimedSet(value, math.inf, open_ended)
    reach = rounding_of(value)
    if figure.relation == "about":
        reach = max(reach, ABOUT * abs(value))
    return ClaimedSet(value - reach, value + reach)


def rounding_of(value: float) -> float:
    """Return how far a value may lie from a figure and still round to it.

    Half of the last place that is written. Zeros at the end of a whole number may be rounding too: 316,800 may stand
    for 316,750 to 316,850; but not by more than half a percent, so that 100 people are not 50.

    Parameters
    ----------
    value : float
        The figure as it was published.
    """
    exponent = Decimal(str(value)).normalize().as_tuple().exponent
    place = 10.0 ** int(exponent)
    if place <= 1:
        return place / 2
    return max(0.5, min(place / 2, ROUNDEST * abs(value)))
