"""A smooth model of a regular series of counts: level × trend × season, fitted by Poisson quasi-likelihood.

log E[y_t] = log d_t + β₀ + trend(t) + Σ_k (a_k sin 2πkt/s + b_k cos 2πkt/s), Var[y_t] = φ·E[y_t], with d_t the
days of the period and s periods a year. The same model serves the over-dispersion, the usual range and the trend
projection.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

HARMONICS = 2
"""Pairs of sine and cosine a year: a year's wave and a half-year's, which months of crime follow."""

ITERATIONS = 60
TOLERANCE = 1e-10
SMALLEST_MEAN = 1e-6


@dataclass(frozen=True, slots=True)
class SeasonalFit:
    """A fitted series.

    Attributes
    ----------
    coefficients : array, shape (terms,)
        β on the log scale.
    covariance : array, shape (terms, terms)
        (XᵀWX)⁻¹, to be multiplied by φ.
    fitted : array, shape (periods,)
        Expected counts.
    dispersion : float
        φ̂ by Fletcher's estimator, not bounded below.
    degrees : int
        Periods less fitted terms.
    """

    coefficients: Floats
    covariance: Floats
    fitted: Floats
    dispersion: float
    degrees: int


def trend_and_season(
    positions: Floats, *, season: int, bends: Floats | None = None, harmonics: int = HARMONICS
) -> Floats:
    """Return the design matrix, shape (periods, terms): level, trend (with bends), season.

    Parameters
    ----------
    positions : array, shape (periods,)
        Number of the period since the start of the series.
    season : int
        Periods a year: 12 months, 13 spans of 28 days.
    bends : array or None
        Positions at which the trend may bend (a piecewise linear trend); none for a straight one.
    harmonics : int
        Waves a year, as far as the season has periods enough for them.
    """
    scaled = positions / season
    columns = [np.ones_like(scaled), scaled]
    columns += [np.maximum(0.0, scaled - bend / season) for bend in (bends if bends is not None else ())]
    for k in range(1, min(harmonics, (season - 1) // 2) + 1):
        columns += [np.sin(2 * np.pi * k * scaled), np.cos(2 * np.pi * k * scaled)]
    return np.column_stack(columns)


def fit_counts(counts: Floats, design: Floats, exposure: Floats) -> SeasonalFit:
    """Fit a log-linear Poisson model by iteratively reweighted least squares.

    Parameters
    ----------
    counts : array, shape (periods,)
        Counts.
    design : array, shape (periods, terms)
        From `trend_and_season`.
    exposure : array, shape (periods,)
        Days, or anything proportional to them.

    References
    ----------
    McCullagh & Nelder (1989), Generalized Linear Models, chapters 2 and 6; for φ̂, Fletcher (2012), Biometrika 99,
    230–237: Pearson's X²/(n − p) over 1 + mean((y − μ)/μ), which is nearly unbiased where counts are small.
    """
    mean = np.maximum((counts + counts.mean()) / 2, 0.1)
    beta = np.zeros(design.shape[1])
    deviance = np.inf
    offset = np.log(exposure)
    for _ in range(ITERATIONS):
        working = np.log(mean) - offset + (counts - mean) / mean
        weighted = design * np.sqrt(mean)[:, None]
        beta, *_ = np.linalg.lstsq(weighted, working * np.sqrt(mean), rcond=None)
        mean = np.maximum(np.exp(np.clip(design @ beta + offset, -30.0, 30.0)), SMALLEST_MEAN)
        with np.errstate(divide="ignore", invalid="ignore"):
            logs = np.where(counts > 0, counts * np.log(counts / mean), 0.0)
        new = 2 * float(np.sum(logs - (counts - mean)))
        if abs(new - deviance) < TOLERANCE * (abs(new) + 0.1):
            break
        deviance = new
    covariance = np.linalg.pinv((design * mean[:, None]).T @ design)
    degrees = len(counts) - design.shape[1]
    relative = (counts - mean) / mean
    pearson = float(np.sum(relative * (counts - mean)))
    dispersion = pearson / max(degrees, 1) / (1 + float(relative.mean()))
    return SeasonalFit(beta, covariance, mean, dispersion, degrees)
