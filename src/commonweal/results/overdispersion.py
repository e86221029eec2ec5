"""How much more a series of counts scatters than independent events would: φ, estimated from its history.

Why this estimator
------------------
φ must not take a trend or a season for scatter, or every comparison would look unsure; nor may it follow every
move, or none would. A smooth monthly model (`commonweal.results.seasonal`: season of two waves, straight trend that
may bend once a year) leaves the month-to-month scatter, and Fletcher's form of Pearson's statistic turns it into φ.
In simulation it was nearly unbiased for 24 to 48 months and 3 to 400 events a month (1.00 for 1, 1.48 for 1.5, 2.9
for 3), had two thirds of the variance of estimators from successive differences, and unlike a straight trend it
did not double where the level wanders. Slow moves are thus counted as change, which they are, and not as scatter:
an interval tells by how much the rates of two years differ, not whether they differ more than is usual; for that
there are the usual range and the trend, which know the drift of the level.

φ is itself estimated, from few months. Quasi-likelihood theory answers with Student's t in place of the normal;
so that one number says it all, the φ that is returned already holds the factor (t/z)².
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from commonweal.results.score import LEVEL, z_value
from commonweal.results.seasonal import fit_counts, trend_and_season

SHORTEST_YEARS = 2
"""Years of history below which φ is not estimated."""

FEWEST_EVENTS = 20
"""Events in the whole history below which φ is not estimated."""


@dataclass(frozen=True, slots=True)
class Overdispersion:
    """Over-dispersion of a series.

    Attributes
    ----------
    phi : float
        φ ≥ 1 to widen intervals with; it includes the uncertainty of the estimate. 1 where it is not known.
    known : bool
        False where the history was too short or too empty.
    periods : int
        Periods of history used.
    method : {'seasonal-pearson', 'none'}
        How it was estimated.
    estimate : float or None
        The bare estimate, not bounded below and without the factor (t/z)².
    """

    phi: float
    known: bool
    periods: int
    method: Literal["seasonal-pearson", "none"]
    estimate: float | None = None

    @property
    def for_comparison(self) -> float | None:
        """What `compare_counts` takes: φ, or none where it is not known."""
        return self.phi if self.known else None


def estimate_overdispersion(
    counts_by_period: ArrayLike, *, days: ArrayLike | None = None, season: int = 12
) -> Overdispersion:
    """Estimate φ from consecutive periods of equal kind (months, or spans of 28 days).

    Assumes scatter that is independent from one period to the next, so that the φ of months is also the φ of
    their sums. Use only periods that were counted in one way: none beyond a series break.

    Parameters
    ----------
    counts_by_period : array, shape (periods,)
        Counts, oldest first; NaN where a period is missing.
    days : array, shape (periods,), or None
        Days of each period; none for equal lengths. Give them for months: in a large series the difference
        between February and March alone looks like scatter.
    season : int
        Periods a year.

    References
    ----------
    Fletcher (2012), Biometrika 99, 230–237; McCullagh & Nelder (1989), section 4.5.2.
    """
    counts = np.asarray(counts_by_period, dtype=np.float64)
    exposure = np.ones_like(counts) if days is None else np.asarray(days, dtype=np.float64)
    known = np.isfinite(counts)
    periods = int(known.sum())
    if periods < SHORTEST_YEARS * season or float(counts[known].sum()) < FEWEST_EVENTS:
        return Overdispersion(1.0, known=False, periods=periods, method="none")
    positions = np.arange(len(counts), dtype=np.float64)
    bends = np.arange(season, len(counts) - season // 2, season, dtype=np.float64)
    design = trend_and_season(positions, season=season, bends=bends)
    fit = fit_counts(counts[known], design[known], exposure[known])
    if fit.degrees < season:
        return Overdispersion(1.0, known=False, periods=periods, method="none")
    t = float(special.stdtrit(fit.degrees, 0.5 + LEVEL / 2))
    phi = max(1.0, fit.dispersion * (t / z_value()) ** 2)
    return Overdispersion(
        phi, known=True, periods=periods, method="seasonal-pearson", estimate=fit.dispersion
    )
