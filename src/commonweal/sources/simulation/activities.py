"""Simulated program activity: each published figure, spread over its days, sites and areas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from commonweal.city.strategy import Figure
from commonweal.sources.simulation.draws import draw_indices
from commonweal.sources.simulation.parameters import ActivityRule, Simulation
from commonweal.sources.simulation.places import Places
from commonweal.sources.simulation.streams import open_stream
from commonweal.sources.simulation.totals import aim_at

Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """One row of the table of activities, without its identifier."""

    date: date
    program: str
    activity: str
    quantity: float
    unit: str
    site: str | None
    area: str | None
    lon: float | None
    lat: float | None


@dataclass(frozen=True, slots=True)
class _Spot:
    site: str | None = None
    area: str | None = None
    lon: float | None = None
    lat: float | None = None


def draw_activities(
    simulation: Simulation, figures: Mapping[str, Figure], places: Places, year: int, seed: int
) -> list[ActivityRow]:
    """Draw the program activity behind every published figure whose span touches the year.

    The quantities of a rule add up to its figure over the figure's whole span, days before the year included; a rule
    that goes on adds days after it at the same pace.

    Parameters
    ----------
    simulation : Simulation
        What the generator is told.
    figures : mapping of str to Figure
        The city's published figures.
    places : Places
        Where sites may be.
    year : int
        The simulated year.
    seed : int
        Seed of all streams.
    """
    rows = []
    for rule in simulation.activities:
        figure = figures[rule.figure]
        if touches_year(figure, year):
            stream = open_stream(seed, f"activities.{rule.figure}.{rule.activity}")
            spots = _list_spots(rule, figures, places, seed)
            rows += _draw_rule(rule, figure, (spots, simulation.margin_percent, year), stream)
    return sorted(rows, key=lambda row: (row.date, row.program, row.activity, row.site or "", row.area or ""))


def touches_year(figure: Figure, year: int) -> bool:
    """Say whether a figure speaks of days of the year."""
    if figure.period_start is None or figure.period_end is None:
        return False
    return figure.period_start.year <= year <= figure.period_end.year


def _draw_rule(
    rule: ActivityRule, figure: Figure, given: tuple[list[_Spot], float, int], stream: np.random.Generator
) -> list[ActivityRow]:
    spots, margin_percent, year = given
    if figure.period_start is None or figure.period_end is None:
        return []
    total = aim_at(figure, margin_percent)
    days = _list_days(rule.starts or figure.period_start, figure.period_end, rule.weekdays)
    parts = [(days, total)]
    if rule.pattern == "once":
        parts = [([rule.on or days[0]], total)]
    elif rule.goes_on:
        later = _list_days(figure.period_end + timedelta(days=1), date(year, 12, 31), rule.weekdays)
        parts.append((later, round(total * len(later) / len(days))))
    return [
        row for part_days, part in parts for row in _spread(rule, figure, spots, (part_days, part), stream)
    ]


def _spread(
    rule: ActivityRule,
    figure: Figure,
    spots: list[_Spot],
    part: tuple[list[date], int],
    stream: np.random.Generator,
) -> list[ActivityRow]:
    """Spread a total over days and spots: in equal chances over the days, and over the spots as they are listed."""
    days, total = part
    if not days or total == 0:
        return []
    if rule.pattern == "events":
        cells = stream.integers(len(days) * len(spots), size=total)
        quantities = np.ones(total, dtype=np.int64)
    else:
        quantities = _split(total, len(days) * len(spots), rule, stream)
        cells = np.flatnonzero(quantities)
        quantities = quantities[cells]
    return [
        ActivityRow(
            date=days[cell // len(spots)],
            program=figure.program or "",
            activity=rule.activity,
            quantity=float(quantity),
            unit=figure.unit,
            site=spots[cell % len(spots)].site,
            area=spots[cell % len(spots)].area,
            lon=spots[cell % len(spots)].lon,
            lat=spots[cell % len(spots)].lat,
        )
        for cell, quantity in zip(cells.tolist(), quantities.tolist(), strict=True)
    ]


def _split(total: int, cells: int, rule: ActivityRule, stream: np.random.Generator) -> Integers:
    """Split a total into whole parts; a number of sites that equals the total puts one into each."""
    if rule.pattern == "once" and total == cells:
        return np.ones(cells, dtype=np.int64)
    shares = stream.gamma(4.0, size=cells)
    return stream.multinomial(total, shares / shares.sum()).astype(np.int64)


def _list_days(start: date, end: date, weekdays: tuple[int, ...]) -> list[date]:
    span = (start + timedelta(days=i) for i in range((end - start).days + 1))
    return [day for day in span if day.isoweekday() in weekdays]


def _list_spots(rule: ActivityRule, figures: Mapping[str, Figure], places: Places, seed: int) -> list[_Spot]:
    """List where a rule's activity may be: its sites, as many entries as an area has weight, or nowhere in particular.

    The sites of one figure are the same for every rule that names it.
    """
    if rule.sites is not None:
        count = round(figures[rule.sites].value)
        chosen = draw_indices(open_stream(seed, f"sites.{rule.sites}"), places.weight, count)
        return [
            _Spot(
                f"Site {i + 1}", places.areas[places.area[at]], float(places.lon[at]), float(places.lat[at])
            )
            for i, at in enumerate(chosen)
        ]
    if rule.by_area:
        chosen = draw_indices(open_stream(seed, f"spots.{rule.figure}"), places.weight, AREA_SPOTS)
        return [_Spot(area=places.areas[places.area[at]]) for at in chosen]
    return [_Spot()]


AREA_SPOTS = 200
"""Draws of an area, each equally likely for an event."""
