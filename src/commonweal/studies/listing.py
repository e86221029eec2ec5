"""Listing measures: what is declared, what answers it, with which query."""

from __future__ import annotations

from dataclasses import dataclass

from commonweal.city.measures import Measure
from commonweal.results.compiler import Scope, TimeGrid, compile_series
from commonweal.results.periods import Period
from commonweal.studies.answering import list_candidates
from commonweal.studies.desk import Desk
from commonweal.studies.history import grain_for


@dataclass(frozen=True, slots=True)
class MeasureListed:
    """A measure, the source that answers it now, and the query for its series.

    Attributes
    ----------
    measure : Measure
        As declared.
    answered_by : str or None
        Source; none where nothing is loaded.
    covers : Period or None
        Days for which that source is complete.
    simulated : bool
        Whether its records are simulated.
    sql : str or None
        Query of its series over those days.
    """

    measure: Measure
    answered_by: str | None
    covers: Period | None
    simulated: bool
    sql: str | None


def list_measures(desk: Desk) -> tuple[MeasureListed, ...]:
    """List every measure of the pack."""
    return tuple(describe_measure(desk, name) for name in desk.city.measures)


def describe_measure(desk: Desk, name: str) -> MeasureListed:
    """Describe one measure.

    Raises
    ------
    NotFound
        No such measure.
    """
    measure = desk.city.get_measure(name)
    candidates = list_candidates(desk, measure, by_area=False)
    if not candidates:
        return MeasureListed(measure, None, None, simulated=False, sql=None)
    best = candidates[0]
    scope = Scope(best.source, desk.city.time_zone)
    compiled = compile_series(measure, scope, TimeGrid(grain_for(best), best.covers))
    return MeasureListed(measure, best.source.id, best.covers, simulated=best.simulated, sql=compiled.sql())
