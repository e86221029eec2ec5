"""How much a history scatters."""

from __future__ import annotations

import numpy as np

from commonweal.results.overdispersion import Overdispersion, estimate_overdispersion
from commonweal.studies.history import History
from commonweal.studies.weighing import UNKNOWN

SEASON = {"month": 12, "28-day": 13}


def find_overdispersion(history: History, *, amounts: bool = False) -> Overdispersion:
    """Estimate the over-dispersion of a history; unknown where it is told only by years, or too short.

    Parameters
    ----------
    history : History
        Comparable periods.
    amounts : bool
        Whether amounts are added up. A month without a record of an amount is then unknown, not a month of
        nothing: zeros between two seasons would pass for a very even series.
    """
    if history.grain not in SEASON or not len(history.periods):
        return UNKNOWN
    values = np.where(history.cases > 0, history.values, np.nan) if amounts else history.values
    return estimate_overdispersion(values, days=history.days, season=SEASON[history.grain])
