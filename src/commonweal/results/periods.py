"""Periods of days, in the city's calendar.

Rules
-----
Whole months
    A period that starts on the first day of a month and ends on the last day of one is shifted by months: the
    year before February 2025 (28 days) is February 2024 (29 days), the period before a quarter is a quarter.
Leap day
    Any other period is shifted to the same days of the other year; a last day of 29 February has the partner
    28 February, a first day of 29 February has the partner 1 March (28 February where it is also the last day).
28 days
    Thirteen periods make 364 days, so each holds every weekday four times, and the same period of the year
    before lies 364 days, not a year, earlier.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal, get_args

Grain = Literal["day", "week", "28-day", "month", "quarter", "year"]
"""Lengths into which time is cut."""

GRAINS: Final[tuple[Grain, ...]] = get_args(Grain)
GRAIN_DAYS: Final[dict[Grain, int]] = {"day": 1, "week": 7, "28-day": 28}
"""Grains of fixed length; the others are made of calendar months."""
GRAIN_MONTHS: Final[dict[Grain, int]] = {"month": 1, "quarter": 3, "year": 12}
DEFAULT_ANCHOR: Final = date(2001, 1, 1)
"""A Monday on which a week and a 28-day period start, where a city names no anchor of its own."""

_ONE_DAY: Final = timedelta(days=1)


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

    @property
    def whole_months(self) -> int:
        """Number of calendar months it is made of; 0 where it does not start and end with a month."""
        if self.start.day != 1 or (self.end + _ONE_DAY).day != 1 or self.end < self.start:
            return 0
        return (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1

    @property
    def weekdays(self) -> tuple[int, ...]:
        """How often each weekday occurs, Monday first."""
        weeks, rest = divmod(self.days, 7)
        first = self.start.weekday()
        return tuple(weeks + ((day - first) % 7 < rest) for day in range(7))

    def contains(self, other: Period | date) -> bool:
        """Say whether a day or another period lies wholly inside."""
        if isinstance(other, date):
            return self.start <= other <= self.end
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Period) -> bool:
        """Say whether the two share a day."""
        return self.start <= other.end and other.start <= self.end

    def __str__(self) -> str:
        """Write as ``2021-12-01..2022-11-30``."""
        return f"{self.start.isoformat()}..{self.end.isoformat()}"


def month_start(year: int, month: int) -> date:
    """Return the first day of a month; months beyond 1–12 run into other years."""
    years, index = divmod(month - 1, 12)
    return date(year + years, index + 1, 1)


def months_from(year: int, month: int, months: int = 1) -> Period:
    """Return the period of so many calendar months that begins with the one named."""
    return Period(month_start(year, month), month_start(year, month + months) - _ONE_DAY)


def calendar_month(year: int, month: int) -> Period:
    """Return one calendar month."""
    return months_from(year, month)


def calendar_quarter(year: int, quarter: int) -> Period:
    """Return one calendar quarter, 1–4."""
    return months_from(year, 3 * quarter - 2, 3)


def calendar_year(year: int) -> Period:
    """Return one calendar year."""
    return months_from(year, 1, 12)


def twelve_months(last: date) -> Period:
    """Return the twelve calendar months of which the month of ``last`` is the last one."""
    return months_from(last.year, last.month - 11, 12)


def year_to_date(last: date) -> Period:
    """Return 1 January up to a day, included."""
    return Period(date(last.year, 1, 1), last)


def twenty_eight_days(last: date) -> Period:
    """Return the 28 days that end with a day."""
    return Period(last - timedelta(days=27), last)


def since(first: date, through: date) -> Period:
    """Return a day up to another, included; held against `same_length_before`."""
    return Period(first, through)


def shift_months(period: Period, months: int) -> Period:
    """Shift by calendar months; a period of whole months stays one, days that do not exist move as documented."""
    start = month_start(period.start.year, period.start.month + months)
    if period.whole_months:
        return months_from(start.year, start.month, period.whole_months)
    end = month_start(period.end.year, period.end.month + months)
    last_of_end = calendar_month(end.year, end.month).end
    first = start + timedelta(days=period.start.day - 1)
    last = min(end + timedelta(days=period.end.day - 1), last_of_end)
    return Period(min(first, last), last)


def year_before(period: Period, *, years: int = 1) -> Period:
    """Return the same part of an earlier year: whole months stay whole months, else the same days."""
    return shift_months(period, -12 * years)


def year_before_by_weekday(period: Period) -> Period:
    """Return the period 364 days earlier, which holds every weekday equally often."""
    return shift_days(period, -364)


def shift_days(period: Period, days: int) -> Period:
    """Shift by days."""
    return Period(period.start + timedelta(days=days), period.end + timedelta(days=days))


def same_length_before(period: Period) -> Period:
    """Return as many days as the period has, directly before it."""
    return shift_days(period, -period.days)


def previous(period: Period) -> Period:
    """Return the period of the same kind directly before: as many months where it is whole months, else days."""
    if period.whole_months:
        return shift_months(period, -period.whole_months)
    return same_length_before(period)


def same_weekday_mix(one: Period, other: Period) -> bool:
    """Say whether two periods hold every weekday equally often."""
    return one.weekdays == other.weekdays
