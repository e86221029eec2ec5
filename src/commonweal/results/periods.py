"""Periods of days, in the city's calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A span of days, first and last day included.

    Attributes
    ----------
    start, end : date
        First and last day.
    """

    start: date
    end: date

    @property
    def days(self) -> int:
        """Length in days."""
        return (self.end - self.start).days + 1

    def __str__(self) -> str:
        """Write as ``2021-12-01..2022-11-30``."""
        return f"{self.start.isoformat()}..{self.end.isoformat()}"
