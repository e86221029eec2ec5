"""Simulated responses: which units go, and their times of NFPA 1710.

Each type of call sends a list of units. A unit comes from the nearest station that has its type, or from one further
out while units are busy. Turnout is lognormal; travel is the great circle times a detour, at the unit's speed, times
a lognormal factor. Units are not tracked from call to call: this is a table of plausible times, not a simulation of
dispatch. All of it is assumed, as ``simulation.toml`` says.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from commonweal.city.pack import City
from commonweal.sources.simulation.calls import DrawnCalls
from commonweal.sources.simulation.draws import draw_seconds
from commonweal.sources.simulation.parameters import Simulation, UnitType
from commonweal.sources.simulation.places import NearestStations, Places, find_nearest
from commonweal.sources.simulation.streams import open_stream

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Truths = npt.NDArray[np.bool_]

CHOICES = 6
"""Stations that are tried, nearest first."""
SCENE_LOG_SD = 0.45
RIDE_LOG_MEAN_S = math.log(40 * 60)
RIDE_LOG_SD = 0.35
"""From leaving the scene to being free again: ride, handover, cleaning; median 40 minutes, assumed."""
SECOND_LEAVES = 0.6
"""Units after the first stay on scene for this part of its time."""


@dataclass(frozen=True, slots=True)
class DrawnResponses:
    """Unit responses as numbers; those of one call lie together, in the order of the calls.

    Attributes
    ----------
    call : ndarray of int64, shape (responses,)
        Index of the call.
    turn : ndarray of int64, shape (responses,)
        Place of the unit among those of the call, from 0.
    unit_type : ndarray of int64, shape (responses,)
        Index into ``unit_types``.
    unit : ndarray of int64, shape (responses,)
        Index into ``units``.
    dispatched_s, en_route_s, arrived_s, cleared_s : ndarray of int64, shape (responses,)
        Seconds since 1970 in UTC.
    transport_s : ndarray of int64, shape (responses,)
        As above; 0 where nobody is taken anywhere.
    unit_types : tuple of str
        Unit types.
    units : tuple of tuple (unit, station)
        Name of each unit and its station.
    """

    call: Integers
    turn: Integers
    unit_type: Integers
    unit: Integers
    dispatched_s: Integers
    en_route_s: Integers
    arrived_s: Integers
    transport_s: Integers
    cleared_s: Integers
    unit_types: tuple[str, ...]
    units: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Fleet:
    """Units of one type: where they are, nearest first, and how they are named."""

    kind: UnitType
    nearest: NearestStations
    staffed: Integers
    first_name: int


def draw_responses(
    city: City, simulation: Simulation, calls: DrawnCalls, places: Places, seed: int
) -> DrawnResponses:
    """Draw the units that answer each call, and their times.

    Parameters
    ----------
    city : City
        Its stations and fleet.
    simulation : Simulation
        Types of units and how they move.
    calls : DrawnCalls
        The calls.
    places : Places
        Where they come from.
    seed : int
        Seed of all streams.
    """
    unit_types = tuple(simulation.units)
    fleets, units = _gather_fleets(city, simulation.units, places)
    call, turn, unit_type, rank = _expand(calls, unit_types)
    unit, km = _choose_units(calls, (call, unit_type, rank), fleets, simulation.travel.busy, seed)
    turnout_s = np.zeros(len(call))
    travel_s = np.zeros(len(call))
    noise = open_stream(seed, "responses.travel").standard_normal(len(call))
    for code, fleet in enumerate(fleets):
        mine = unit_type == code
        stream = open_stream(seed, f"responses.turnout.{fleet.kind.id}")
        turnout_s[mine] = draw_seconds(stream, fleet.kind.turnout, int(mine.sum()))
        travel_s[mine] = km[mine] * simulation.travel.detour / fleet.kind.speed_km_h * 3600
    travel_s *= np.exp(noise * math.log(simulation.travel.spread))
    dispatched_s = calls.dispatched_s[call]
    en_route_s = dispatched_s + _whole(turnout_s)
    arrived_s = en_route_s + np.maximum(_whole(travel_s), 1)
    transport_s, cleared_s = _draw_endings(calls, call, turn, arrived_s, seed)
    return DrawnResponses(
        call,
        turn,
        unit_type,
        unit,
        dispatched_s,
        en_route_s,
        arrived_s,
        transport_s,
        cleared_s,
        unit_types,
        units,
    )


def _gather_fleets(
    city: City, kinds: Mapping[str, UnitType], places: Places
) -> tuple[list[_Fleet], tuple[tuple[str, str], ...]]:
    fleets = []
    units: list[tuple[str, str]] = []
    for kind in kinds.values():
        staffed = {row.station: row.units for row in city.fleet if row.unit_type == kind.id and row.units > 0}
        stations = [city.stations[station_id] for station_id in staffed]
        counts = np.array([staffed[station.id] for station in stations])
        fleets.append(_Fleet(kind, find_nearest(places, stations, CHOICES), counts, len(units)))
        for station, count in zip(stations, counts, strict=True):
            number = station.id.rpartition("-")[2]
            named = (
                [f"{kind.prefix}{number}"]
                if count == 1
                else [f"{kind.prefix}{number}-{i + 1}" for i in range(count)]
            )
            units += [(name, station.id) for name in named]
    return fleets, tuple(units)


def _expand(calls: DrawnCalls, unit_types: tuple[str, ...]) -> tuple[Integers, Integers, Integers, Integers]:
    """Repeat each call for its units: index of the call, turn, unit type, and rank among units of the same type."""
    lengths = np.array([len(one.units) for one in calls.types])
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    codes = np.array([unit_types.index(unit) for one in calls.types for unit in one.units])
    ranks = np.array([one.units[:i].count(unit) for one in calls.types for i, unit in enumerate(one.units)])
    per_call = lengths[calls.type]
    call = np.repeat(np.arange(len(calls.type)), per_call)
    turn = np.arange(len(call)) - np.repeat(np.cumsum(per_call) - per_call, per_call)
    at = starts[calls.type[call]] + turn
    return call, turn, codes[at], ranks[at]


def _choose_units(
    calls: DrawnCalls,
    expanded: tuple[Integers, Integers, Integers],
    fleets: list[_Fleet],
    busy: float,
    seed: int,
) -> tuple[Integers, Floats]:
    """Choose the units of each call: of the nearest station that is free, and the next ones for further units.

    All units of a call skip the same number of busy stations, so that no unit is chosen twice for a call, except
    where a city has fewer units of a type than the call wants.
    """
    call, unit_type, rank = expanded
    unit = np.zeros(len(call), dtype=np.int64)
    km = np.zeros(len(call))
    skipped = open_stream(seed, "responses.busy").geometric(1 - busy, len(calls.type)) - 1
    picked = open_stream(seed, "responses.units").random(len(calls.type))
    for code, fleet in enumerate(fleets):
        mine = np.flatnonzero(unit_type == code)
        if len(mine) == 0:
            continue
        place, turn = calls.place[call[mine]], rank[mine]
        choices = fleet.nearest.station.shape[1]
        first = np.minimum(skipped[call[mine]], max(choices - 1 - int(turn.max()), 0))
        enough = fleet.staffed[fleet.nearest.station[place, first]] > turn
        choice = np.where(enough, first, np.minimum(first + turn, choices - 1))
        station = fleet.nearest.station[place, choice]
        km[mine] = fleet.nearest.km[place, choice]
        staffed = fleet.staffed[station]
        number = ((picked[call[mine]] * staffed).astype(np.int64) + np.where(enough, turn, 0)) % staffed
        unit[mine] = fleet.first_name + (np.cumsum(fleet.staffed) - fleet.staffed)[station] + number
    return unit, km


def _draw_endings(
    calls: DrawnCalls, call: Integers, turn: Integers, arrived_s: Integers, seed: int
) -> tuple[Integers, Integers]:
    """Return when the first unit left with a patient (0 where it did not), and when each unit was free again."""
    kind = calls.type[call]
    scene_min = np.array([one.scene_min for one in calls.types])
    chance = np.array([one.transport for one in calls.types])
    scene_noise = open_stream(seed, "responses.scene").standard_normal(len(call))
    scene_s = scene_min[kind] * 60 * np.exp(scene_noise * SCENE_LOG_SD)
    scene_s = np.where(turn == 0, scene_s, scene_s * SECOND_LEAVES)
    left_s = arrived_s + np.maximum(_whole(scene_s), 1)
    rides = (turn == 0) & (open_stream(seed, "responses.rides").random(len(call)) < chance[kind])
    ride_s = open_stream(seed, "responses.ride_times").lognormal(RIDE_LOG_MEAN_S, RIDE_LOG_SD, len(call))
    return np.where(rides, left_s, 0), np.where(rides, left_s + _whole(ride_s), left_s)


def _whole(seconds: Floats) -> Integers:
    return np.rint(seconds).astype(np.int64)
