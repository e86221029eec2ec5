"""Rates: a count per 100,000 residents and year."""

from __future__ import annotations

from dataclasses import dataclass

from scipy import special

from commonweal.errors import InvalidRequest, Problem
from commonweal.results.finding import Rate
from commonweal.results.periods import Period
from commonweal.results.score import LEVEL

PER = 100_000
DAYS_A_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class CountInterval:
    """95 % interval of an expected count."""

    low: float
    high: float


def compute_rate(
    count: int, population: int, period: Period, *, source: str, overdispersion: float = 1.0
) -> Rate:
    """Return the rate per 100,000 residents and year with its exact interval.

    The interval of the expected count behind c events is Garwood's: from the 2.5 % quantile of a gamma variable
    with shape c to the 97.5 % quantile of one with shape c + 1 (both with scale 1). It never covers less than
    95 %. With over-dispersion φ it is that of c/φ effective events, times φ. Twelve whole months are one year,
    whatever their days; other periods are measured in years of 365.25 days. The population is taken as known.

    Parameters
    ----------
    count : int
        Events of the period.
    population : int
        Residents.
    period : Period
        The period.
    source : str
        Where the population comes from.
    overdispersion : float
        φ ≥ 1.

    Raises
    ------
    InvalidRequest
        The count is negative or nobody lives there.

    References
    ----------
    Garwood (1936), Biometrika 28, 437–442; Fay & Feuer (1997), Statistics in Medicine 16, 791–801.
    """
    problems = [
        Problem("rate", f"must be at least {least}", field=name, value=str(value))
        for name, value, least in (("count", count, 0), ("population", population, 1))
        if value < least
    ]
    if problems:
        raise InvalidRequest("No rate can be computed.", problems)
    factor = PER / population / years_of(period)
    ends = count_interval(count, overdispersion=overdispersion)
    return Rate(count * factor, ends.low * factor, ends.high * factor, population, source)


def count_interval(count: float, *, overdispersion: float = 1.0) -> CountInterval:
    """Return the exact interval of the expected count behind a count; see `compute_rate`.

    Parameters
    ----------
    count : float
        Events, from 0.
    overdispersion : float
        φ ≥ 1.
    """
    effective = count / overdispersion
    tail = (1 - LEVEL) / 2
    low = float(special.gammaincinv(effective, tail)) if count else 0.0
    high = float(special.gammaincinv(effective + 1, 1 - tail))
    return CountInterval(low * overdispersion, high * overdispersion)


def years_of(period: Period) -> float:
    """Return the length of a period in years: whole months as twelfths, else days over 365.25."""
    if period.whole_months:
        return period.whole_months / 12
    return period.days / DAYS_A_YEAR
