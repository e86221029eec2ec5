"""What to expect of the periods after a history of counts, and how far off that may be.

The history is fitted with `commonweal.results.seasonal` (level, straight trend on the log scale, season). Ahead of
it the level is either **held** where the trend ended, or the trend is **continued**. The count Y to come has mean μ
and variance φμ + μ²(v + d): the scatter of counts, the variance v of the fitted log mean (delta method), and the
drift d of the level, learned from how much the years of the history moved beyond their scatter and growing with
the distance. Without drift, bands made from two or three years of real monthly crime held 90 of 100 months, with
it 94 (see the tests).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import special

from commonweal.results.score import LEVEL
from commonweal.results.seasonal import Floats, SeasonalFit, fit_counts, trend_and_season

SHORTEST_YEARS = 2
"""Years of history below which nothing is forecast."""

LONGEST_YEARS = 5
"""Years of history used: a straight trend is no model of a longer one."""

FEWEST_DEGREES = 6
"""Periods beyond the fitted terms below which φ is no estimate (so a yearly series has no forecast)."""

FEWEST_EVENTS = 10
"""Events in the history below which nothing is forecast."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """A fitted history, ready to be carried forward.

    Attributes
    ----------
    fit : SeasonalFit
        The fitted model.
    trend : {'hold', 'continue'}
        How the level goes on.
    season, periods : int
        Periods a year, and periods of the history used.
    dispersion : float
        φ ≥ 1.
    drift : float
        Variance of the change of the log level from one year to the next, beyond scatter.
    """

    fit: SeasonalFit
    trend: Literal["hold", "continue"]
    season: int
    periods: int
    dispersion: float
    drift: float


@dataclass(frozen=True, slots=True)
class Expectation:
    """What is expected of a count to come.

    Attributes
    ----------
    mean : float
        Expected count.
    relative_variance : float
        Variance of the expected count itself, over its square.
    dispersion : float
        φ of the count around it.
    degrees : int
        Degrees of freedom of φ.
    """

    mean: float
    relative_variance: float
    dispersion: float
    degrees: int

    @property
    def quantile(self) -> float:
        """Student's t for a 95 % interval."""
        return float(special.stdtrit(self.degrees, 0.5 + LEVEL / 2))

    @property
    def past_events(self) -> float:
        """Effective events of a past period that would tell the expected count equally well."""
        return 1 / max(self.relative_variance, 1e-12)


@dataclass(frozen=True, slots=True)
class PredictionInterval:
    """Range in which 95 of 100 counts to come are expected."""

    low: float
    high: float


def find_outlook(
    counts: Floats, days: Floats, *, season: int, trend: Literal["hold", "continue"]
) -> Outlook | None:
    """Fit a history, or return none where it is too short or too empty.

    Parameters
    ----------
    counts, days : array, shape (periods,)
        Counts (NaN where missing) and days of consecutive periods, oldest first. The last five years are used.
    season : int
        Periods a year.
    trend : {'hold', 'continue'}
        How the level goes on.
    """
    counts, days = counts[-LONGEST_YEARS * season :], days[-LONGEST_YEARS * season :]
    known = np.isfinite(counts)
    if known.sum() < SHORTEST_YEARS * season or counts[known].sum() < FEWEST_EVENTS:
        return None
    design = trend_and_season(np.arange(len(counts), dtype=np.float64), season=season)
    if known.sum() - design.shape[1] < FEWEST_DEGREES:
        return None
    fit = fit_counts(counts[known], design[known], days[known])
    phi = max(1.0, fit.dispersion)
    drift = _drift(counts, days, season, phi, around_mean=trend == "continue")
    return Outlook(fit, trend, season, len(counts), phi, drift)


def expect_total(outlook: Outlook, ahead: Floats, days: Floats) -> Expectation:
    """Return what is expected of the total of some periods to come.

    Parameters
    ----------
    outlook : Outlook
        The fitted history.
    ahead : array, shape (periods,)
        How many periods ahead each one lies (the first after the history is 1).
    days : array, shape (periods,)
        Their lengths.
    """
    positions = outlook.periods - 1 + ahead
    design = trend_and_season(positions, season=outlook.season)
    if outlook.trend == "hold":
        design[:, 1] = (outlook.periods - 1) / outlook.season
    means = days * np.exp(np.clip(design @ outlook.fit.coefficients, -30.0, 30.0))
    mean = float(means.sum())
    weights = means / mean
    gradient = weights @ design
    variance = outlook.dispersion * float(gradient @ outlook.fit.covariance @ gradient)
    # Two neighboring years differ by the drift of two thirds of a year: that is the unit of the drift's growth.
    variance += outlook.drift * float(weights @ ahead) / (2 * outlook.season / 3)
    return Expectation(mean, variance, outlook.dispersion, outlook.fit.degrees)


def prediction_interval(expected: Expectation) -> PredictionInterval:
    """Return the score prediction interval of a count to come, in closed form.

    An expected count with relative variance w is worth a past count of B = 1/w effective events. With ρ = μ/(φB)
    the count Y to come is inside while (Y/φ − ρB)² ≤ t²ρ(Y/φ + B): the interval that `score_interval` would have to
    leave out. It is never below zero and fits small counts, where mean ± t·sd does not.

    References
    ----------
    Krishnamoorthy & Peng (2011), Journal of Statistical Planning and Inference 141, 1709–1718 (joint sampling).
    """
    past = expected.past_events
    mean = expected.mean / expected.dispersion
    a = expected.quantile**2 * mean / past
    half = mean + a / 2
    reach = math.sqrt(max(half * half - (mean * mean - a * past), 0.0))
    return PredictionInterval(
        expected.dispersion * max(0.0, half - reach), expected.dispersion * (half + reach)
    )


def _drift(counts: Floats, days: Floats, season: int, phi: float, *, around_mean: bool) -> float:
    """Return the variance of year-to-year changes of the log rate beyond scatter; years end with the history."""
    years = len(counts) // season
    tail = counts[len(counts) - years * season :].reshape(years, season)
    lengths = np.where(np.isfinite(tail), days[len(days) - years * season :].reshape(years, season), 0.0)
    totals = np.nansum(tail, axis=1)
    if (totals == 0).any() or years < 2:
        return 0.0
    changes = np.diff(np.log(totals / lengths.sum(axis=1)))
    scatter = float(np.mean(phi * (1 / totals[1:] + 1 / totals[:-1])))
    if around_mean and len(changes) > 1:
        return max(0.0, float(np.var(changes, ddof=1)) - scatter)
    return max(0.0, float(np.mean(changes**2)) - scatter)
