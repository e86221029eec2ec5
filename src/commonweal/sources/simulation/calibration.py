"""Calibration: every published figure that a simulated year repeats, and what came out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

import polars as pl

from commonweal.city.pack import City
from commonweal.city.strategy import Figure
from commonweal.sources.simulation.activities import touches_year
from commonweal.sources.simulation.calls import find_group_target
from commonweal.sources.simulation.parameters import CallGroup, Simulation

TOLERANCE_OF_ABOUT: Final = 0.05


@dataclass(frozen=True, slots=True)
class Calibrated:
    """One total that the simulated records were made to have.

    Attributes
    ----------
    kind : {'calls', 'activities'}
        Kind of record.
    what : str
        Group of calls, or program and activity.
    figure : str or None
        The published figure; none where the total is assumed.
    relation : str
        How the statement relates to the value; ``assumed`` where there is none.
    published : float
        The figure, or the assumed total.
    start, end : date
        Days over which the records were added up.
    came_out : float
        What the records add up to.
    agrees : bool
        Whether the records make the statement true.
    """

    kind: Literal["calls", "activities"]
    what: str
    figure: str | None
    relation: str
    published: float
    start: date
    end: date
    came_out: float
    agrees: bool


def list_calibration(
    city: City, simulation: Simulation, tables: Mapping[str, pl.DataFrame], year: int
) -> tuple[Calibrated, ...]:
    """Add the tables up again and hold them against what was published.

    Parameters
    ----------
    city : City
        Its figures and time zone.
    simulation : Simulation
        Which figure stands behind what.
    tables : mapping of str to DataFrame
        Kind → simulated table.
    year : int
        The simulated year.
    """
    calls = [_check_group(city, one, tables["calls"], (year, simulation)) for one in simulation.groups]
    figures = [(rule, city.figures[rule.figure]) for rule in simulation.activities]
    activities = [
        _check_activity(figure, rule.activity, tables["activities"])
        for rule, figure in figures
        if touches_year(figure, year)
    ]
    return (*calls, *activities)


def agrees_with(figure: Figure, value: float) -> bool:
    """Say whether a value makes a published statement true."""
    if figure.relation == "more_than":
        return value > figure.value
    if figure.relation == "at_least":
        return value >= figure.value
    if figure.relation == "about":
        return abs(value - figure.value) <= TOLERANCE_OF_ABOUT * figure.value
    return value == figure.value


def _check_group(
    city: City, group: CallGroup, table: pl.DataFrame, given: tuple[int, Simulation]
) -> Calibrated:
    year, simulation = given
    target = find_group_target(group, city.figures, year, simulation.margin_percent)
    first = _begin(target.start, city.time_zone)
    after = _begin(target.end + timedelta(days=1), city.time_zone)
    agencies = sorted({one.agency for one in group.types})
    came_out = table.filter(
        pl.col("received_at") >= first, pl.col("received_at") < after, pl.col("agency").is_in(agencies)
    ).height
    figure = None if group.figure is None else city.figures[group.figure]
    # A figure of another span is followed at its pace; then the pace is what was aimed at.
    same_span = figure is not None and (figure.period_start in (None, target.start))
    return Calibrated(
        kind="calls",
        what=group.id,
        figure=group.figure,
        relation="assumed" if figure is None else figure.relation,
        published=target.total if figure is None else figure.value,
        start=target.start,
        end=target.end,
        came_out=came_out,
        agrees=agrees_with(figure, came_out)
        if figure is not None and same_span
        else came_out == target.total,
    )


def _begin(day: date, time_zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(time_zone)).astimezone(UTC)


def _check_activity(figure: Figure, activity: str, table: pl.DataFrame) -> Calibrated:
    start, end = figure.period_start, figure.period_end
    if start is None or end is None:
        raise ValueError(f"figure {figure.id} has no span")
    rows = table.filter(
        pl.col("program") == (figure.program or ""),
        pl.col("activity") == activity,
        pl.col("unit") == figure.unit,
        pl.col("date").is_between(start, end),
    )
    came_out = float(sum(rows["quantity"].to_list()))
    return Calibrated(
        kind="activities",
        what=f"{figure.program}: {activity}",
        figure=figure.id,
        relation=figure.relation,
        published=figure.value,
        start=start,
        end=end,
        came_out=came_out,
        agrees=agrees_with(figure, came_out),
    )
