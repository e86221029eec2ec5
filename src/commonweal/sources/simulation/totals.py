"""How many: from a published figure to the number of simulated records."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

from commonweal.city.strategy import Figure


@dataclass(frozen=True, slots=True)
class Target:
    """A number of records (or a quantity) over a span of days, both included."""

    total: int
    start: date
    end: date


def aim_at(figure: Figure, margin_percent: float) -> int:
    """Return the whole number that agrees with a published figure.

    *More than* comes out above by the margin, and by one at least; the other relations at the figure itself.
    """
    if figure.relation == "more_than":
        return max(math.floor(figure.value) + 1, round(figure.value * (1 + margin_percent / 100)))
    return round(figure.value)


def find_target(figure: Figure, year: int, margin_percent: float) -> Target:
    """Return the number over the figure's span where that lies in the year, else at its pace over the whole year.

    A figure without a span speaks of a year.
    """
    first, last = date(year, 1, 1), date(year, 12, 31)
    total = aim_at(figure, margin_percent)
    if figure.period_start is None or figure.period_end is None:
        return Target(total, first, last)
    if first <= figure.period_start and figure.period_end <= last:
        return Target(total, figure.period_start, figure.period_end)
    span_days = (figure.period_end - figure.period_start).days + 1
    return Target(round(total * ((last - first).days + 1) / span_days), first, last)
