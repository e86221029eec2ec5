"""A measure over time, with the range that is usual, and where it stops being comparable."""

from __future__ import annotations

import math
from typing import Literal

import numpy as np

from commonweal.errors import NotFound
from commonweal.results.breaks import applies
from commonweal.results.finding import Series, SeriesPoint
from commonweal.results.usual_range import UsualRange, usual_range
from commonweal.studies.answering import AnsweringSource, find_answering_source
from commonweal.studies.desk import Desk
from commonweal.studies.history import History, grain_for, read_history
from commonweal.studies.latest import find_latest_periods
from commonweal.studies.scatter import SEASON
from commonweal.studies.weighing import quantile_of

SeriesGrain = Literal["month", "28-day", "year"]


def read_series(
    desk: Desk, measure_id: str, *, area: str | None = None, grain: SeriesGrain | None = None
) -> Series:
    """Read a measure over time, from the source that answers its latest comparison, else the first one loaded.

    Periods are comparable that were counted as the latest compared ones were.

    Parameters
    ----------
    desk : Desk
        City and records.
    measure_id : str
        A measure of the pack.
    area : str, optional
        An area; the whole city where none is named. For analysts: what is published by area is a release.
    grain : {'month', '28-day', 'year'}, optional
        Length of the periods; months where none is named. Where the source is coarser than what is named (28 days of
        a table of months), its own grain; the series says which it has.

    Raises
    ------
    NotFound
        No such measure or area, or no records are loaded.
    """
    measure = desk.city.get_measure(measure_id)
    if area is not None:
        desk.city.get_area(area)
    latest = find_latest_periods(desk, measure, by_area=area is not None)
    asked = (latest.baseline, latest.current) if latest else ()
    answering = find_answering_source(desk, measure, asked, by_area=area is not None)
    if answering is None:
        raise NotFound(
            f"No records of {measure.title.lower()} are loaded. It is answered by: {', '.join(measure.sources)}."
        )
    chosen = _grain_told(answering, grain)
    like = latest.current if latest else None
    history = read_history(desk, measure, answering, area=area, grain=chosen, like=like)
    breaks = tuple(
        one
        for one in desk.city.breaks.values()
        if applies(one, measure.kind, answering.source.id) and one.on <= answering.loaded.end
    )
    return Series(
        measure=measure.id,
        area=area,
        grain=chosen,
        points=_points(history, counted=measure.denominator is None and quantile_of(measure) is None),
        breaks=breaks,
        query=history.query,
        provenance=(answering.snapshot.provenance,),
        simulated=answering.simulated,
    )


def _grain_told(answering: AnsweringSource, wanted: SeriesGrain | None) -> SeriesGrain:
    told = grain_for(answering)
    if wanted is None or told == "year":
        return told
    days = answering.source.grain_period in ("point", "day")
    return wanted if days or wanted != "28-day" else told


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
    """Give the usual range of the comparable periods, learned from comparable ones; none for the others."""
    nothing: tuple[UsualRange | None, ...] = (None,) * len(history.periods)
    good = np.flatnonzero(history.comparable)
    if history.grain not in SEASON or not len(good):
        return nothing
    part = slice(int(good[0]), int(good[-1]) + 1)
    known = usual_range(
        np.where(history.comparable, history.values, np.nan)[part],
        days=history.days[part],
        starts=[period.start for period in history.periods[part]],
        season=SEASON[history.grain],
    )
    shown = (one if fine else None for one, fine in zip(known, history.comparable[part], strict=True))
    return (*nothing[: part.start], *shown, *nothing[part.stop :])
