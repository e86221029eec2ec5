"""The hours of a year in a city, so that days of 23 and 25 hours are right by construction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

HOUR_S = 3600


@dataclass(frozen=True, slots=True)
class YearHours:
    """Every hour of a calendar year as the city lives it.

    Attributes
    ----------
    start_s : ndarray of int64, shape (hours,)
        Beginning of each hour, in seconds since 1970 in UTC.
    day : ndarray of int64, shape (hours,)
        Local day, counted from 0 on 1 January.
    hour, weekday, month : ndarray of int64, shape (hours,)
        Local hour (0–23), day of the week (Monday = 0), month (0–11).
    """

    start_s: Integers
    day: Integers
    hour: Integers
    weekday: Integers
    month: Integers


def list_year_hours(year: int, time_zone: str) -> YearHours:
    """List the hours of a year; zones whose offset is not whole hours are supported to the hour.

    Parameters
    ----------
    year : int
        Calendar year.
    time_zone : str
        IANA name.
    """
    zone = ZoneInfo(time_zone)
    first = datetime.combine(date(year, 1, 1), time(), zone).astimezone(UTC)
    after = datetime.combine(date(year + 1, 1, 1), time(), zone).astimezone(UTC)
    count = int((after - first) / timedelta(hours=1))
    local = [(first + timedelta(hours=i)).astimezone(zone) for i in range(count)]
    new_year = date(year, 1, 1)
    return YearHours(
        start_s=np.array([int(one.timestamp()) for one in local]),
        day=np.array([(one.date() - new_year).days for one in local]),
        hour=np.array([one.hour for one in local]),
        weekday=np.array([one.weekday() for one in local]),
        month=np.array([one.month - 1 for one in local]),
    )


def weigh_hours(
    hours: YearHours, by_hour: tuple[float, ...], by_weekday: tuple[float, ...], by_month: tuple[float, ...]
) -> Floats:
    """Multiply the three profiles into one weight an hour."""
    weights: Floats = (
        np.asarray(by_hour)[hours.hour]
        * np.asarray(by_weekday)[hours.weekday]
        * np.asarray(by_month)[hours.month]
    )
    return weights
