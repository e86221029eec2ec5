"""The model of level, trend and season."""

from __future__ import annotations

import warnings

import numpy as np
import pytest

from commonweal.results.seasonal import fit_counts, trend_and_season

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import statsmodels.api as sm

DAYS = np.array([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] * 4, dtype=float)


@pytest.mark.parametrize("level", [0.3, 4.0, 1700.0])
def test_fit_equals_statsmodels(level: float) -> None:
    """Coefficients, covariance and Pearson's statistic equal those of statsmodels' Poisson model."""
    design = trend_and_season(np.arange(48.0), season=12, bends=np.array([12.0, 24.0]))
    counts = np.random.default_rng(5).poisson(level, 48).astype(float)
    mine = fit_counts(counts, design, DAYS)
    theirs = sm.GLM(counts, design, family=sm.families.Poisson(), exposure=DAYS).fit(tol=1e-12)
    assert mine.coefficients == pytest.approx(theirs.params, abs=1e-5)
    assert mine.covariance == pytest.approx(theirs.cov_params(), rel=1e-3, abs=1e-8)
    assert mine.fitted == pytest.approx(theirs.fittedvalues, rel=1e-5)
    fletcher = theirs.pearson_chi2 / 40 / (1 + np.mean(counts / theirs.fittedvalues - 1))
    assert mine.degrees == 40
    assert mine.dispersion == pytest.approx(fletcher, rel=1e-5)


def test_a_pure_season_and_trend_are_recovered() -> None:
    """Counts that follow the model exactly leave no scatter."""
    positions = np.arange(36.0)
    counts = 50 * np.exp(-0.1 * positions / 12 + 0.2 * np.sin(2 * np.pi * positions / 12))
    fit = fit_counts(counts, trend_and_season(positions, season=12), np.ones(36))
    assert fit.fitted == pytest.approx(counts, rel=1e-8)
    assert fit.dispersion == pytest.approx(0, abs=1e-12)
    assert fit.coefficients[:3] == pytest.approx([np.log(50), -0.1, 0.2], abs=1e-8)
