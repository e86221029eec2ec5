"""Places of a city: areas and stations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from shapely.geometry.base import BaseGeometry


@dataclass(frozen=True, slots=True)
class Area:
    """One area by which the city reports.

    Attributes
    ----------
    id : str
        Stable identifier in lower case: ``77th-street``.
    name : str
        Name as the city writes it.
    aliases : tuple of str
        Other spellings found in sources; compared without regard to case.
    population : int or None
        Residents, where known.
    population_source : str
        Where the population comes from.
    geometry : BaseGeometry or None
        Polygon in lon, lat (WGS 84).
    approximate : bool
        True where the polygon is the nearest-station area, not the official one.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    population: int | None
    population_source: str
    geometry: BaseGeometry | None
    approximate: bool


@dataclass(frozen=True, slots=True)
class Station:
    """One police or fire station.

    Attributes
    ----------
    id : str
        Stable identifier: ``fire-57``, ``police-12``.
    name : str
        Name or number as the city writes it.
    agency : {'police', 'fire', 'ems', 'crisis', 'other'}
        Service it belongs to.
    community : str
        Neighborhood, where known.
    area : str or None
        Area it reports to.
    lon, lat : float
        Position in degrees (WGS 84).
    source : str
        Where the position comes from.
    """

    id: str
    name: str
    agency: Literal["police", "fire", "ems", "crisis", "other"]
    community: str
    area: str | None
    lon: float
    lat: float
    source: str


@dataclass(frozen=True, slots=True)
class FleetUnits:
    """Units of one type at one station.

    Attributes
    ----------
    station : str
        Station identifier.
    unit_type : str
        Type: ``engine``, ``rescue_ambulance``, ``patrol_car``, ``crisis_team`` …
    agency : str
        Service.
    units : int
        How many are staffed.
    basis : {'published', 'assumed'}
        Whether the number is published or assumed.
    source : str
        Where it comes from, or why it is assumed.
    """

    station: str
    unit_type: str
    agency: str
    units: int
    basis: Literal["published", "assumed"]
    source: str


@dataclass(frozen=True, slots=True)
class MapFrame:
    """What a map of the city shows: west, south, east, north in degrees."""

    west: float
    south: float
    east: float
    north: float
