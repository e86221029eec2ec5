"""The past of a measure: whole periods of one grain, with zeros where nothing happened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray

from commonweal.city.measures import Measure
from commonweal.results.breaks import find_breaks, is_comparable
from commonweal.results.compiler import Scope, TimeGrid, compile_series, compile_totals
from commonweal.results.finding import Query
from commonweal.results.periods import Grain, Period
from commonweal.studies.answering import AnsweringSource
from commonweal.studies.desk import Desk


@dataclass(frozen=True, slots=True)
class History:
    """Values of consecutive periods.

    Attributes
    ----------
    grain : str
        Length of the periods.
    periods : tuple of Period
        Oldest first.
    values : array, shape (periods,)
        Value of each; 0 where nothing happened, NaN where there is no case to tell from.
    cases : array, shape (periods,)
        Cases behind each value.
    comparable : array of bool, shape (periods,)
        Whether the period can be held against what the history was read for, and the source is complete for it.
    query : Query
        The query.
    """

    grain: Grain
    periods: tuple[Period, ...]
    values: NDArray[np.float64]
    cases: NDArray[np.float64]
    comparable: NDArray[np.bool_]
    query: Query

    @property
    def days(self) -> NDArray[np.float64]:
        """Length of each period, in days."""
        return np.array([period.days for period in self.periods], dtype=np.float64)

    def before(self, period: Period) -> History:
        """Return the comparable part that ends before a period starts."""
        return self._comparable(sum(one.end < period.start for one in self.periods))

    def through(self, period: Period) -> History:
        """Return the comparable part up to the end of a period."""
        return self._comparable(sum(one.end <= period.end for one in self.periods))

    def _comparable(self, wanted: int) -> History:
        """Return the first periods, from the first to the last comparable one; what lies between is unknown."""
        good = np.flatnonzero(self.comparable[:wanted])
        part = slice(int(good[0]), int(good[-1]) + 1) if len(good) else slice(0, 0)
        return History(
            self.grain,
            self.periods[part],
            np.where(self.comparable[part], self.values[part], np.nan),
            self.cases[part],
            self.comparable[part],
            self.query,
        )


def grain_for(answering: AnsweringSource) -> Literal["month", "year"]:
    """Return the grain of a history: months, or years where the source tells no more."""
    return "year" if answering.source.grain_period == "year" else "month"


def read_history(
    desk: Desk,
    measure: Measure,
    answering: AnsweringSource,
    *,
    area: str | None = None,
    grain: Grain | None = None,
    like: Period | None = None,
) -> History:
    """Read the history of one measure for the whole city or one area.

    Parameters
    ----------
    desk : Desk
        City and records.
    measure : Measure
        What is counted.
    answering : AnsweringSource
        Source to read.
    area : str, optional
        Area.
    grain : Grain, optional
        Length of the periods; the finest sensible one where none is named.
    like : Period, optional
        Only what was counted as this period was is comparable: nothing from the other side of a break. Where none
        is named, what lies before every break.
    """
    return _read(desk, measure, answering, like, grain=grain, area=area)[None]


def read_histories_by_area(
    desk: Desk, measure: Measure, answering: AnsweringSource, *, like: Period | None = None
) -> Mapping[str | None, History]:
    """Read the history of one measure for every area, with one query; records without an area come under None."""
    return _read(desk, measure, answering, like, by_area=True)


def _read(
    desk: Desk,
    measure: Measure,
    answering: AnsweringSource,
    like: Period | None,
    *,
    grain: Grain | None = None,
    area: str | None = None,
    by_area: bool = False,
) -> dict[str | None, History]:
    chosen = grain or grain_for(answering)
    grid = TimeGrid(chosen, _span(answering))
    scope = Scope(answering.source, desk.city.time_zone, area, ("area",) if by_area else ())
    periods = grid.periods
    if not periods:
        return {None: _nothing(desk, measure, answering, scope, chosen)}
    answer = desk.ask(compile_series(measure, scope, grid), answering.snapshot)
    comparable = np.array([_is_like(desk, answering, one, like) for one in periods], dtype=np.bool_)
    groups = answer.table.partition_by("area", as_dict=True) if by_area else {(None,): answer.table}
    return {
        _name(key): History(chosen, periods, *_filled(rows, measure, len(periods)), comparable, answer.query)
        for key, rows in groups.items()
    }


def _nothing(desk: Desk, measure: Measure, answering: AnsweringSource, scope: Scope, grain: Grain) -> History:
    """Return the history of records that hold no whole period; its query gives their total."""
    query = desk.ask(compile_totals(measure, scope, [_span(answering)]), answering.snapshot).query
    return History(grain, (), np.zeros(0), np.zeros(0), np.zeros(0, dtype=np.bool_), query)


def _is_like(desk: Desk, answering: AnsweringSource, one: Period, like: Period | None) -> bool:
    """Say whether a period is covered and was counted as another was."""
    if not answering.covers.contains(one):
        return False
    breaks, source = desk.city.breaks.values(), answering.source
    if like is None:
        return is_comparable(breaks, source.kind, source.id, one)
    return not find_breaks(breaks, source.kind, source.id, one, like)


def _name(key: tuple[object, ...]) -> str | None:
    return None if key[0] is None else str(key[0])


def _filled(
    rows: pl.DataFrame, measure: Measure, periods: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Put values where they belong; a count of nothing is 0, a share or quantile of nothing is unknown.

    So is a period that published counts straddle: they were left out of its value.
    """
    empty = 0.0 if measure.denominator is None and not measure.value.startswith(("median", "p")) else np.nan
    values = np.full(periods, empty)
    cases = np.zeros(periods)
    at = rows["period"].to_numpy()
    value = rows["value"].cast(pl.Float64).fill_null(np.nan).to_numpy()
    n = rows["n"].cast(pl.Float64).to_numpy()
    if measure.denominator is not None:
        value = np.divide(100 * value, n, out=np.full(len(n), np.nan), where=n > 0)
    values[at] = np.where(rows["straddling"].to_numpy() > 0, np.nan, value)
    cases[at] = n
    return values, cases


def _span(answering: AnsweringSource) -> Period:
    """Days of the history: from the start of the cover to the end of what is loaded, whole months."""
    end = max(answering.covers.end, answering.loaded.end)
    return Period(answering.covers.start, end)
