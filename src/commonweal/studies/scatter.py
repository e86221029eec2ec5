"""How much a history scatters."""

from __future__ import annotations

from commonweal.results.overdispersion import Overdispersion, estimate_overdispersion
from commonweal.studies.history import History
from commonweal.studies.weighing import UNKNOWN

SEASON = {"month": 12, "28-day": 13}


def find_overdispersion(history: History) -> Overdispersion:
    """Estimate the over-dispersion of a history; unknown where it is told only by years, or too short.

    Parameters
    ----------
    history : History
        Comparable periods.
    """
    if history.grain not in SEASON or not len(history.periods):
        return UNKNOWN
    return estimate_overdispersion(history.values, days=history.days, season=SEASON[history.grain])
