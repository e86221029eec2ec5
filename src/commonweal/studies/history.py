"""The past of a measure: whole periods of one grain, with zeros where nothing happened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray

from commonweal.city.measures import Measure
from commonweal.results.breaks import is_comparable
from commonweal.results.compiler import Scope, TimeGrid, compile_series
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
        Whether the period was counted as the first ones were and the source is complete for it.
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
        return self._first(sum(one.end < period.start for one in self.periods))

    def through(self, period: Period) -> History:
        """Return the comparable part up to the end of a period."""
        return self._first(sum(one.end <= period.end for one in self.periods))

    def _first(self, wanted: int) -> History:
        """Return the first periods, up to the first that is not comparable."""
        broken = np.flatnonzero(~self.comparable[:wanted])
        keep = int(broken[0]) if len(broken) else wanted
        return History(
            self.grain,
            self.periods[:keep],
            self.values[:keep],
            self.cases[:keep],
            self.comparable[:keep],
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
    """
    histories = _read(desk, measure, answering, grain=grain, area=area)
    return histories[None]


def read_histories_by_area(
    desk: Desk, measure: Measure, answering: AnsweringSource, *, grain: Grain | None = None
) -> Mapping[str | None, History]:
    """Read the history of one measure for every area, with one query; records without an area come under None."""
    return _read(desk, measure, answering, grain=grain, by_area=True)


def _read(
    desk: Desk,
    measure: Measure,
    answering: AnsweringSource,
    *,
    grain: Grain | None = None,
    area: str | None = None,
    by_area: bool = False,
) -> dict[str | None, History]:
    chosen = grain or grain_for(answering)
    grid = TimeGrid(chosen, _span(answering))
    scope = Scope(answering.source, desk.city.time_zone, area, ("area",) if by_area else ())
    answer = desk.ask(compile_series(measure, scope, grid), answering.snapshot)
    periods = grid.periods
    comparable = np.array(
        [
            answering.covers.contains(one)
            and is_comparable(desk.city.breaks.values(), measure.kind, answering.source.id, one)
            for one in periods
        ],
        dtype=np.bool_,
    )
    groups = answer.table.partition_by("area", as_dict=True) if by_area else {(None,): answer.table}
    return {
        _name(key): History(chosen, periods, *_filled(rows, measure, len(periods)), comparable, answer.query)
        for key, rows in groups.items()
    }


def _name(key: tuple[object, ...]) -> str | None:
    return None if key[0] is None else str(key[0])


def _filled(
    rows: pl.DataFrame, measure: Measure, periods: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Put values where they belong; a count of nothing is 0, a share or quantile of nothing is unknown."""
    empty = 0.0 if measure.denominator is None and not measure.value.startswith(("median", "p")) else np.nan
    values = np.full(periods, empty)
    cases = np.zeros(periods)
    at = rows["period"].to_numpy()
    value = rows["value"].cast(pl.Float64).fill_null(np.nan).to_numpy()
    n = rows["n"].cast(pl.Float64).to_numpy()
    if measure.denominator is not None:
        value = np.divide(100 * value, n, out=np.full(len(n), np.nan), where=n > 0)
    values[at] = value
    cases[at] = n
    return values, cases


def _span(answering: AnsweringSource) -> Period:
    """Days of the history: from the start of the cover to the end of what is loaded, whole months."""
    end = max(answering.covers.end, answering.loaded.end)
    return Period(answering.covers.start, end)
