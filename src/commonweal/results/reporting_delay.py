"""Reports still to come: what a recent count will be once late reports are in.

The data are a triangle: periods of occurrence × delay (periods from occurrence to report), seen up to the end of the
last period. The chain ladder reads it backwards. Let g_d be the chance that a report that comes within d periods comes
exactly then (the reverse hazard), estimated from the periods that are old enough: reports with delay d over reports
with delay up to d. Then F_a = Π_{k > a} (1 − g_k) is the share of reports that is in at age a, and a period with C
reports in is expected to end at C/F_a.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from commonweal.errors import InvalidRequest, Problem
from commonweal.results.finding import Refusal
from commonweal.results.forecast import Expectation, prediction_interval
from commonweal.results.seasonal import Floats

FEWEST_PERIODS = 12
"""Periods of occurrence below which delays are not estimated."""

FEWEST_SEEN = 4
"""Periods that must have been seen to a delay for it to be estimated; longer delays are not corrected for."""

TAIL = 0.02
"""Share of reports at the longest estimated delays above which the record is too short to know the end."""

LATEST_SHARE = 0.2
"""Share in, of the newest period asked for, below which too little is known of it."""


SMALLEST_VARIANCE = 0.5
"""Variance of a split below which a period does not tell about its scatter."""


@dataclass(frozen=True, slots=True)
class DelayCorrection:
    """A count, corrected for reports still to come.

    Attributes
    ----------
    observed : int
        Reports that are in.
    corrected : float
        Expected count once all are in.
    low, high : float
        95 % prediction interval of that count; never below what is in.
    share_in : float
        Expected share of reports that are in, between 0 and 1.
    longest_delay : int
        Longest delay, in periods, that is corrected for.
    """

    observed: int
    corrected: float
    low: float
    high: float
    share_in: float
    longest_delay: int


def correct_reporting_delay(triangle: ArrayLike, *, last: int = 1) -> DelayCorrection | Refusal:
    """Correct the total of the most recent periods for reports still to come.

    Counts are Poisson or more scattered, delays independent of the time of occurrence. A period with C reports in at
    age a ends at C/F_a with variance φ_a·u/F_a, where u is expected still to come; the estimated delays add
    Σ_k φ_{k−1}·s_k²·g_k/(R_k(1 − g_k)) (delta method; R_k reports that came within k, s_k expected final count of
    the periods younger than k). φ_a ≥ 1 is Pearson's statistic, over the older periods, of the split into reports in
    by age a and later ones: it holds what the delays themselves vary. Student's t is used for the same reason.
    Reports later than the longest estimated delay are not corrected for.

    Parameters
    ----------
    triangle : array, shape (periods, delays)
        Reports by period of occurrence (oldest first) and delay; cells not yet seen are ignored. The last diagonal
        must be complete: everything reported up to the end of the last period, and nothing after.
    last : int
        How many of the most recent periods are wanted.

    Returns
    -------
    DelayCorrection or Refusal
        A refusal with reason ``history`` where the record is too short to know how late reports come.

    Raises
    ------
    InvalidRequest
        The triangle is empty or has a negative cell, or ``last`` does not fit it.

    References
    ----------
    Lagakos, Barraj & De Gruttola (1988), Biometrika 75, 515–523 (reverse hazard); Lawless (1994), Canadian Journal of
    Statistics 22, 15–31; England & Verrall (2002), British Actuarial Journal 8, 443–544 (over-dispersed Poisson
    chain ladder).
    """
    cells = _checked(triangle, last)
    periods = len(cells)
    longest = periods - FEWEST_SEEN
    if periods < FEWEST_PERIODS or last > longest:
        return Refusal("history", detail="reporting_delay")
    ladder = _climb(cells, longest)
    ages = np.arange(last - 1, -1, -1)
    reports = np.array([cells[periods - 1 - age, : age + 1].sum() for age in ages])
    shares = ladder.share_in[np.minimum(ages, longest)]
    recent_tail = 1 - ladder.share_in[max(0, longest - FEWEST_SEEN)]
    if recent_tail > TAIL or shares[-1] < LATEST_SHARE or reports.sum() == 0:
        return Refusal("history", detail="reporting_delay")
    final = reports / shares
    to_come = float((final - reports).sum())
    observed = int(reports.sum())
    share = observed / (observed + to_come)
    if to_come < 1e-9:
        return DelayCorrection(observed, float(observed), float(observed), float(observed), 1.0, longest)
    reach = np.array([final[ages < k].sum() for k in range(1, longest + 1)])
    unsure = float(reach**2 @ (ladder.log_variance * ladder.dispersion))
    scatter = float(((final - reports) / shares) @ ladder.dispersion[np.minimum(ages, longest - 1)])
    # What counts scatter by themselves goes with the count to come, the rest with its expectation.
    phi = scatter / to_come
    expected = Expectation(to_come, unsure / to_come**2, phi, ladder.degrees)
    band = prediction_interval(expected)
    return DelayCorrection(
        observed, observed + to_come, observed + band.low, observed + band.high, share, longest
    )


@dataclass(frozen=True, slots=True)
class _Ladder:
    """Share in by age; variance of log(1 − g_k) for k from 1; φ by age; degrees of freedom at age 0."""

    share_in: Floats
    log_variance: Floats
    dispersion: Floats
    degrees: int


def _climb(cells: Floats, longest: int) -> _Ladder:
    periods = len(cells)
    hazard = np.zeros(longest + 1)
    log_variance = np.zeros(longest)
    for k in range(1, longest + 1):
        seen = cells[: periods - k]
        within = float(seen[:, : k + 1].sum())
        exactly = float(seen[:, k].sum()) if k < cells.shape[1] else 0.0
        if within > 0:
            hazard[k] = min(exactly / within, 1 - 1e-9)
            log_variance[k - 1] = hazard[k] / (within * (1 - hazard[k]))
    share_in = np.append(np.cumprod((1 - hazard[1:])[::-1])[::-1], 1.0)
    dispersion = np.array([_scatter_at(cells, share_in, age) for age in range(longest)])
    return _Ladder(share_in, log_variance, dispersion, periods - 2)


def _scatter_at(cells: Floats, share_in: Floats, age: int) -> float:
    """Return φ ≥ 1 of the split of reports into those in by an age and those later, over the older periods."""
    periods, longest = len(cells), len(share_in) - 1
    statistic, rows = 0.0, 0
    for i in range(periods - age - 1):
        reports = cells[i, : min(periods - i, longest + 1)].sum()
        share = share_in[age] / share_in[min(periods - 1 - i, longest)]
        variance = reports * share * (1 - share)
        if variance >= SMALLEST_VARIANCE:
            statistic += (cells[i, : age + 1].sum() - reports * share) ** 2 / variance
            rows += 1
    return max(1.0, statistic / (rows - 1)) if rows > FEWEST_SEEN else 1.0


def _checked(triangle: ArrayLike, last: int) -> Floats:
    cells = np.asarray(triangle, dtype=np.float64)
    problems = []
    if cells.ndim != 2 or 0 in cells.shape:
        problems.append(Problem("triangle", "periods of occurrence × delays, at least one of each"))
    elif (np.nan_to_num(cells) < 0).any():
        problems.append(Problem("triangle", "a cell is 0 or more"))
    elif not 1 <= last <= len(cells):
        problems.append(Problem("triangle", f"from 1 to {len(cells)}", field="last", value=str(last)))
    if problems:
        raise InvalidRequest("This triangle of reports does not fit.", problems)
    delay = np.arange(cells.shape[1])
    unseen = delay[None, :] > np.arange(len(cells))[::-1, None]
    return np.where(unseen, 0.0, np.nan_to_num(cells))


def build_triangle(period: ArrayLike, delay: ArrayLike, value: ArrayLike, *, periods: int) -> Floats:
    """Put the rows of a triangle (period of occurrence, delay, reports) into an array.

    Parameters
    ----------
    period, delay, value : array, shape (rows,)
        Position of the period of occurrence from 0, delay in periods from 0, reports; several rows of one cell add.
    periods : int
        Periods of occurrence; rows outside, and delays not seen within them, are left out.

    Returns
    -------
    array, shape (periods, periods)
        For `correct_reporting_delay`.
    """
    at, late = np.asarray(period, dtype=np.int64), np.asarray(delay, dtype=np.int64)
    inside = (at >= 0) & (at < periods) & (late >= 0) & (late < periods)
    cells = np.zeros((periods, periods))
    np.add.at(cells, (at[inside], late[inside]), np.asarray(value, dtype=np.float64)[inside])
    return cells
