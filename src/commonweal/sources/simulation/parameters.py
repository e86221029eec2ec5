"""What the generator is told: one frozen value for each part of ``simulation.toml``."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

Z90: Final = 1.2815515655446004
"""90th percentile of the standard normal distribution."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A lognormal interval of time.

    Attributes
    ----------
    median_s, p90_s : float
        Median and 90th percentile in seconds.
    """

    median_s: float
    p90_s: float

    @property
    def log_mean(self) -> float:
        """Mean of the logarithm of the seconds."""
        return math.log(self.median_s)

    @property
    def log_sd(self) -> float:
        """Standard deviation of the logarithm of the seconds."""
        return math.log(self.p90_s / self.median_s) / Z90


@dataclass(frozen=True, slots=True)
class CallType:
    """One type of call.

    Attributes
    ----------
    agency, name, priority : str
        In the words of the record type.
    share : float
        Share of its group, from 0 to 1.
    units : tuple of str
        Unit types sent, in the order in which they are sent.
    transport : float
        Share that ends in a ride.
    scene_min : float
        Median minutes on scene.
    """

    agency: str
    name: str
    priority: str
    share: float
    units: tuple[str, ...]
    transport: float
    scene_min: float


@dataclass(frozen=True, slots=True)
class CallGroup:
    """Calls that share a total and a rhythm.

    Attributes
    ----------
    id : str
        Name of the group.
    figure : str or None
        Published figure that gives the total.
    total : int or None
        Assumed total of a year, where there is no figure.
    why : str
        Why it is assumed.
    hours, weekdays, months : tuple of float
        Weights: 24, 7 (Monday first), 12.
    answer, processing : Interval
        From ring to answer, from answer to dispatch.
    wait : mapping of str to float
        Priority → factor on processing.
    origins, dispositions : mapping of str to float
        Name → share.
    transport_disposition : str
        How a call that ends in a ride ended.
    types : tuple of CallType
        Their shares add up to 1.
    """

    id: str
    figure: str | None
    total: int | None
    why: str
    hours: tuple[float, ...]
    weekdays: tuple[float, ...]
    months: tuple[float, ...]
    answer: Interval
    processing: Interval
    wait: Mapping[str, float]
    origins: Mapping[str, float]
    dispositions: Mapping[str, float]
    transport_disposition: str
    types: tuple[CallType, ...]


@dataclass(frozen=True, slots=True)
class UnitType:
    """One type of unit: how it is named and how it moves."""

    id: str
    prefix: str
    turnout: Interval
    speed_km_h: float


@dataclass(frozen=True, slots=True)
class TravelModel:
    """How a unit gets there.

    Attributes
    ----------
    detour : float
        Distance over streets as a multiple of the great circle.
    spread : float
        Factor (one standard deviation of the logarithm) by which travel times differ.
    busy : float
        Chance that the nearest unit is out, so that the next one goes.
    """

    detour: float
    spread: float
    busy: float


@dataclass(frozen=True, slots=True)
class PlaceModel:
    """Where calls come from.

    Attributes
    ----------
    area_weights : mapping of str to float
        Area → share of the calls; adds up to 1.
    per_area : int
        Places of an area.
    near_stations : float
        Share of the places that lie around stations; the others lie anywhere in the area.
    spread_km : float
        Standard deviation of the distance from a station, along each axis.
    concentration : float
        Standard deviation of the logarithm of a place's weight; 0 makes all places equal.
    """

    area_weights: Mapping[str, float]
    per_area: int
    near_stations: float
    spread_km: float
    concentration: float


@dataclass(frozen=True, slots=True)
class ActivityRule:
    """One published figure that activity records add up to.

    Attributes
    ----------
    figure : str
        The figure; it gives program, unit, total and span.
    activity : str
        Name of the activity.
    pattern : {'spread', 'events', 'once'}
        How the total is spread over the span.
    on : date or None
        Day of a ``once``.
    starts : date or None
        First day, where the activity starts later than the figure's span.
    weekdays : tuple of int
        Days of the week on which it happens, Monday = 1.
    sites : str or None
        Figure that says at how many sites.
    by_area : bool
        Whether it is spread over the areas.
    goes_on : bool
        Whether it continues at the same pace to the end of the year.
    """

    figure: str
    activity: str
    pattern: Literal["spread", "events", "once"]
    on: date | None
    starts: date | None
    weekdays: tuple[int, ...]
    sites: str | None
    by_area: bool
    goes_on: bool


@dataclass(frozen=True, slots=True)
class Simulation:
    """Everything ``simulation.toml`` says, checked against its city.

    Attributes
    ----------
    margin_percent : float
        How much above a figure published as "more than" the records come out.
    groups : tuple of CallGroup
        Calls.
    units : mapping of str to UnitType
        Unit types.
    travel : TravelModel
        How units move.
    places : PlaceModel
        Where calls come from.
    activities : tuple of ActivityRule
        Program activity.
    content_hash : str
        SHA-256 of the file, and of the table of weights it names.
    """

    margin_percent: float
    groups: tuple[CallGroup, ...]
    units: Mapping[str, UnitType]
    travel: TravelModel
    places: PlaceModel
    activities: tuple[ActivityRule, ...]
    content_hash: str
