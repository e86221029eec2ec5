"""Simulated calls: when, where, of what type, how they reached the center."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from commonweal.city.strategy import Figure
from commonweal.records.vocabulary import CALL_ORIGINS
from commonweal.sources.simulation.draws import draw_indices, draw_seconds
from commonweal.sources.simulation.hours import HOUR_S, YearHours, weigh_hours
from commonweal.sources.simulation.parameters import CallGroup, CallType, Simulation
from commonweal.sources.simulation.places import Places
from commonweal.sources.simulation.streams import open_stream
from commonweal.sources.simulation.totals import Target, find_target

Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class DrawnCalls:
    """Calls as numbers, in order of time.

    Attributes
    ----------
    received_s, answered_s, dispatched_s : ndarray of int64, shape (calls,)
        Seconds since 1970 in UTC.
    type : ndarray of int64, shape (calls,)
        Index into ``types``.
    place : ndarray of int64, shape (calls,)
        Index of the place.
    origin : ndarray of int64, shape (calls,)
        Index into `CALL_ORIGINS`.
    disposition : ndarray of int64, shape (calls,)
        Index into ``dispositions``: how the call ends if nobody is taken anywhere.
    types : tuple of CallType
        Types of all groups.
    type_group : ndarray of int64, shape (types,)
        Index of the group of each type.
    dispositions : tuple of str
        Names.
    """

    received_s: Integers
    answered_s: Integers
    dispatched_s: Integers
    type: Integers
    place: Integers
    origin: Integers
    disposition: Integers
    types: tuple[CallType, ...]
    type_group: Integers
    dispositions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _GroupDraw:
    """The columns of one group; named as in `DrawnCalls`."""

    received_s: Integers
    answered_s: Integers
    dispatched_s: Integers
    type: Integers
    origin: Integers
    disposition: Integers


def find_group_target(
    group: CallGroup, figures: Mapping[str, Figure], year: int, margin_percent: float
) -> Target:
    """Return how many calls a group has in a year, and over which days that number is meant."""
    if group.figure is not None:
        return find_target(figures[group.figure], year, margin_percent)
    return Target(group.total or 0, date(year, 1, 1), date(year, 12, 31))


def draw_calls(
    simulation: Simulation, targets: tuple[Target, ...], hours: YearHours, places: Places, seed: int
) -> DrawnCalls:
    """Draw the calls of a year.

    The number of calls over each target's days is exactly the target's; on other days of the year the group goes on
    at the same pace. Given their number, calls fall on hours independently, in proportion to the profiles.

    Parameters
    ----------
    simulation : Simulation
        What the generator is told.
    targets : tuple of Target
        One for each group.
    hours : YearHours
        Hours of the year.
    places : Places
        Where calls come from.
    seed : int
        Seed of all streams.
    """
    types = tuple(one for group in simulation.groups for one in group.types)
    type_group = np.repeat(np.arange(len(simulation.groups)), [len(g.types) for g in simulation.groups])
    dispositions = tuple(sorted({name for group in simulation.groups for name in group.dispositions}))
    draws = [
        _draw_group(group, target, hours, seed, (types.index(group.types[0]), dispositions))
        for group, target in zip(simulation.groups, targets, strict=True)
    ]
    order = np.argsort(np.concatenate([one.received_s for one in draws]), kind="stable")

    def gather(name: str) -> Integers:
        columns: list[Integers] = [getattr(one, name) for one in draws]
        return np.concatenate(columns)[order]

    return DrawnCalls(
        received_s=gather("received_s"),
        answered_s=gather("answered_s"),
        dispatched_s=gather("dispatched_s"),
        type=gather("type"),
        place=draw_indices(open_stream(seed, "calls.places"), places.weight, len(order)),
        origin=gather("origin"),
        disposition=gather("disposition"),
        types=types,
        type_group=type_group,
        dispositions=dispositions,
    )


def _draw_group(
    group: CallGroup, target: Target, hours: YearHours, seed: int, names: tuple[int, tuple[str, ...]]
) -> _GroupDraw:
    first_type, dispositions = names
    stream = f"calls.{group.id}"
    received_s = _draw_times(group, target, hours, open_stream(seed, f"{stream}.times"))
    count = len(received_s)
    kind = draw_indices(open_stream(seed, f"{stream}.types"), [t.share for t in group.types], count)
    answered_s = received_s + _whole(draw_seconds(open_stream(seed, f"{stream}.answer"), group.answer, count))
    wait = np.array([group.wait.get(one.priority, 1.0) for one in group.types])
    processing = draw_seconds(open_stream(seed, f"{stream}.processing"), group.processing, count) * wait[kind]
    origin = draw_indices(open_stream(seed, f"{stream}.origins"), list(group.origins.values()), count)
    ending = draw_indices(open_stream(seed, f"{stream}.endings"), list(group.dispositions.values()), count)
    return _GroupDraw(
        received_s=received_s,
        answered_s=answered_s,
        dispatched_s=answered_s + _whole(processing),
        type=kind + first_type,
        origin=np.array([CALL_ORIGINS.index(name) for name in group.origins])[origin],
        disposition=np.array([dispositions.index(name) for name in group.dispositions])[ending],
    )


def _draw_times(
    group: CallGroup, target: Target, hours: YearHours, generator: np.random.Generator
) -> Integers:
    weights = weigh_hours(hours, group.hours, group.weekdays, group.months)
    new_year = date(target.start.year, 1, 1)
    first, last = (target.start - new_year).days, (target.end - new_year).days
    inside = (hours.day >= first) & (hours.day <= last)
    outside_total = round(target.total * weights[~inside].sum() / weights[inside].sum())
    counts = np.zeros(len(weights), dtype=np.int64)
    for part, total in ((inside, target.total), (~inside, outside_total)):
        if part.any():
            counts[part] = generator.multinomial(total, weights[part] / weights[part].sum())
    start_s = np.repeat(hours.start_s, counts)
    return start_s + generator.integers(0, HOUR_S, size=len(start_s))


def _whole(seconds: npt.NDArray[np.float64]) -> Integers:
    return np.rint(seconds).astype(np.int64)
