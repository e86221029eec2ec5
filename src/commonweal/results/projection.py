"""Where a trajectory ends if it goes on."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from scipy import special

from commonweal.results.finding import TrajectoryPoint
from commonweal.results.score import LEVEL

FEWEST = 4
"""Values below which nothing is projected: a line through three leaves one degree of freedom."""


@dataclass(frozen=True, slots=True)
class Projection:
    """Value at a day to come, with its 95 % prediction interval."""

    value: float
    low: float
    high: float


def project_trajectory(points: Sequence[TrajectoryPoint], deadline: date) -> Projection | None:
    """Project the straight line through the values to the period that ends on the deadline.

    Ordinary least squares of the values on the ends of their periods; with n values, residual standard deviation s,
    mean time t̄ and S = Σ(t − t̄)², the interval at time T is ŷ ± t₀.₉₇₅(n − 2)·s·√(1 + 1/n + (T − t̄)²/S). The scatter
    is never taken smaller than the values' own intervals say, so that four values that happen to lie on a line do not
    promise certainty. Values that cannot be negative are not projected below 0.

    Parameters
    ----------
    points : sequence of TrajectoryPoint
        Values so far, oldest first.
    deadline : date
        Day to project to.

    Returns
    -------
    Projection or None
        None with fewer than four values, or where the deadline is further off than the values reach back.

    References
    ----------
    Draper & Smith (1998), Applied Regression Analysis, section 3.1.
    """
    if len(points) < FEWEST:
        return None
    days = np.array([float(point.end.toordinal()) for point in points])
    values = np.array([point.value for point in points])
    at = float(deadline.toordinal())
    if at - days[-1] > days[-1] - days[0]:
        return None
    mean = float(days.mean())
    spread = float(np.sum((days - mean) ** 2))
    slope = float(np.sum((days - mean) * values)) / spread
    level = float(values.mean())
    degrees = len(points) - 2
    residual = float(np.sum((values - level - slope * (days - mean)) ** 2)) / degrees
    scatter = max(residual, _own_variance(points))
    t = float(special.stdtrit(degrees, 0.5 + LEVEL / 2))
    reach = t * math.sqrt(scatter * (1 + 1 / len(points) + (at - mean) ** 2 / spread))
    value = level + slope * (at - mean)
    floor = 0.0 if values.min() >= 0 else -math.inf
    return Projection(max(floor, value), max(floor, value - reach), max(floor, value + reach))


def _own_variance(points: Sequence[TrajectoryPoint]) -> float:
    """Return the mean variance that the values' own 95 % intervals stand for."""
    widths = [p.high - p.low for p in points if p.low is not None and p.high is not None]
    if not widths:
        return 0.0
    return float(np.mean([(width / (2 * 1.96)) ** 2 for width in widths]))
