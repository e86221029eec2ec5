"""A measure over time, with the range that is usual, and where it stops being comparable."""

from __future__ import annotations

import math
from typing import Literal

from commonweal.errors import NotFound
from commonweal.results.breaks import applies
from commonweal.results.finding import Series, SeriesPoint
from commonweal.results.usual_range import UsualRange, usual_range
from commonweal.studies.answering import find_answering_source
from commonweal.studies.desk import Desk
from commonweal.studies.history import History, grain_for, read_history
from commonweal.studies.scatter import SEASON

SeriesGrain = Literal["month", "28-day", "year"]


def read_series(
    desk: Desk, measure_id: str, *, area: str | None = None, grain: SeriesGrain | None = None
) -> Series:
    """Read a measure over time.

    Parameters
    ----------
    desk : Desk
        City and records.
    measure_id : str
        A measure of the pack.
    area : str, optional
        An area; the whole city where none is named. For analysts: what is published by area is a release.
    grain : {'month', '28-day', 'year'}, optional
        Length of the periods; months where none is named and the source tells months.

    Raises
    ------
    NotFound
        No such measure or area, or no records are loaded.
    """
    measure = desk.city.get_measure(measure_id)
    if area is not None:
        desk.city.get_area(area)
    answering = find_answering_source(desk, measure, (), by_area=area is not None)
    if answering is None:
        raise NotFound(
            f"No records of {measure.title.lower()} are loaded. It is answered by: {', '.join(measure.sources)}."
        )
    finest = grain_for(answering)
    chosen = "year" if finest == "year" else grain or finest
    history = read_history(desk, measure, answering, area=area, grain=chosen)
    breaks = tuple(
        one
        for one in desk.city.breaks.values()
        if applies(one, measure.kind, answering.source.id) and one.on <= answering.loaded.end
    )
    return Series(
        measure=measure.id,
        area=area,
        grain=chosen,
        points=_points(history, counted=measure.denominator is None),
        breaks=breaks,
        query=history.query,
        provenance=(answering.snapshot.provenance,),
        simulated=answering.simulated,
    )


def _points(history: History, *, counted: bool) -> tuple[SeriesPoint, ...]:
    ranges = _usual(history) if counted else (None,) * len(history.periods)
    return tuple(
        SeriesPoint(
            start=period.start,
            end=period.end,
            value=None if math.isnan(history.values[at]) else float(history.values[at]),
            usual_low=one.low if one else None,
            usual_high=one.high if one else None,
            comparable=bool(history.comparable[at]),
        )
        for at, (period, one) in enumerate(zip(history.periods, ranges, strict=True))
    )


def _usual(history: History) -> tuple[UsualRange | None, ...]:
    """Give the usual range of the comparable periods; none beyond the first that is not."""
    nothing: tuple[UsualRange | None, ...] = (None,) * len(history.periods)
    if history.grain not in SEASON or not history.comparable.any():
        return nothing
    kept = len(history.comparable) if history.comparable.all() else int(history.comparable.argmin())
    if not kept:
        return nothing
    known = usual_range(
        history.values[:kept],
        days=history.days[:kept],
        starts=[period.start for period in history.periods[:kept]],
        season=SEASON[history.grain],
    )
    return (*known, *nothing[kept:])
