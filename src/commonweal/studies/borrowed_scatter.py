"""How much areas scatter of which only years are told: borrowed from the months of the whole city."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from commonweal.city.measures import Measure
from commonweal.results.compiler import Scope, compile_totals
from commonweal.results.overdispersion import Overdispersion
from commonweal.results.periods import Period
from commonweal.studies.answering import AnsweringSource, list_candidates
from commonweal.studies.desk import Desk
from commonweal.studies.history import grain_for, read_history
from commonweal.studies.latest import ComparedPeriods
from commonweal.studies.scatter import find_overdispersion
from commonweal.studies.weighing import UNKNOWN


def borrow_overdispersion(
    desk: Desk, measure: Measure, answering: AnsweringSource, periods: ComparedPeriods
) -> Mapping[str, Overdispersion]:
    """Borrow the over-dispersion of areas from the whole city's months.

    A few years do not tell how much an area scatters, and to take 1 for it would call too many changes sure: on the
    real areas of the reference city, 34 of 252 in place of the 15 that the months of the areas themselves give.
    Let φ be the city's and s an area's share of the city's count. If all scatter is common to all areas, the area's
    is 1 + (φ − 1)·s; if every area scatters by itself, it is φ. The middle of the two, on the scale of ratios, is
    1 + (φ − 1)·√s; of the real areas it is close to the median in every category.

    Parameters
    ----------
    desk : Desk
        City and records.
    measure : Measure
        What is counted.
    answering : AnsweringSource
        Source that tells the years of areas.
    periods : ComparedPeriods
        The two periods.

    Returns
    -------
    mapping of str to Overdispersion
        By area; unknown for all where no loaded source tells the city's months.
    """
    whole = _of_city(desk, measure, periods.current)
    scope = Scope(answering.source, desk.city.time_zone, by=("area",))
    asked = (periods.baseline, periods.current)
    totals = desk.ask(compile_totals(measure, scope, asked), answering.snapshot).table
    counts = totals.group_by("area").agg(pl.col("value").sum())
    found = {str(area): float(value) for area, value in counts.iter_rows() if area is not None}
    everything = float(counts["value"].sum() or 0)
    return {area: _share_out(whole, found.get(area, 0.0), everything) for area in desk.city.areas}


def _of_city(desk: Desk, measure: Measure, current: Period) -> Overdispersion:
    for candidate in list_candidates(desk, measure):
        if grain_for(candidate) == "month":
            return find_overdispersion(read_history(desk, measure, candidate, like=current).through(current))
    return UNKNOWN


def _share_out(whole: Overdispersion, count: float, everything: float) -> Overdispersion:
    if not whole.known or everything <= 0:
        return UNKNOWN
    return replace(whole, phi=1 + (whole.phi - 1) * math.sqrt(count / everything), estimate=None)
