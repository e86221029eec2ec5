"""Where calls come from: a fixed set of places in each area, some of which call often."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from commonweal.city.pack import City
from commonweal.city.places import Station
from commonweal.sources.simulation.parameters import PlaceModel

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

KM_PER_DEGREE = 111.195
EARTH_RADIUS_KM = 6371.0088
MOST_ROUNDS = 200
DECIMALS = 5
"""About a meter."""


@dataclass(frozen=True, slots=True)
class Places:
    """Places of the whole city.

    Attributes
    ----------
    lon, lat : ndarray of float64, shape (places,)
        Position in degrees, to five decimals.
    area : ndarray of int64, shape (places,)
        Index into ``areas``.
    weight : ndarray of float64, shape (places,)
        Chance that a call comes from there; adds up to 1.
    areas : tuple of str
        Area identifiers.
    """

    lon: Floats
    lat: Floats
    area: Integers
    weight: Floats
    areas: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NearestStations:
    """Stations with units of one type, nearest first, for each place.

    Attributes
    ----------
    station : ndarray of int64, shape (places, choices)
        Index into ``stations``.
    km : ndarray of float64, shape (places, choices)
        Great-circle distance.
    stations : tuple of str
        Station identifiers.
    """

    station: Integers
    km: Floats
    stations: tuple[str, ...]


def draw_places(city: City, model: PlaceModel, generator: np.random.Generator) -> Places:
    """Draw the places of a city.

    Each area gets the same number of places and its share of the weight. A place lies around a station of the area,
    or anywhere in it, and always within it.

    Parameters
    ----------
    city : City
        Its areas must have polygons.
    model : PlaceModel
        Shares and spreads.
    generator : Generator
        Source of randomness.
    """
    areas = tuple(area_id for area_id, weight in model.area_weights.items() if weight > 0)
    stations = _group_stations(city, areas)
    points = [_draw_points(_get_polygon(city, a), stations[a], model, generator) for a in areas]
    raw = [np.exp(model.concentration * generator.standard_normal(len(p))) for p in points]
    weight = np.concatenate(
        [model.area_weights[area] * one / one.sum() for area, one in zip(areas, raw, strict=True)]
    )
    lonlat = np.concatenate(points)
    return Places(
        lon=lonlat[:, 0],
        lat=lonlat[:, 1],
        area=np.repeat(np.arange(len(areas)), [len(p) for p in points]),
        weight=weight / weight.sum(),
        areas=areas,
    )


def find_nearest(places: Places, stations: list[Station], choices: int) -> NearestStations:
    """Find the nearest stations of each place, by great circle (haversine)."""
    lon = np.radians([station.lon for station in stations])
    lat = np.radians([station.lat for station in stations])
    place_lon, place_lat = np.radians(places.lon)[:, None], np.radians(places.lat)[:, None]
    half = np.sin((lat - place_lat) / 2) ** 2
    half = half + np.cos(place_lat) * np.cos(lat) * np.sin((lon - place_lon) / 2) ** 2
    km = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(half))
    order = np.argsort(km, axis=1, kind="stable")[:, :choices]
    return NearestStations(order, np.take_along_axis(km, order, axis=1), tuple(s.id for s in stations))


def _group_stations(city: City, areas: tuple[str, ...]) -> dict[str, list[tuple[float, float]]]:
    """Group the stations by the area that holds them."""
    grouped: dict[str, list[tuple[float, float]]] = {area: [] for area in areas}
    stations = list(city.stations.values())
    points = shapely.points([s.lon for s in stations], [s.lat for s in stations])
    for area in areas:
        inside = shapely.intersects(_get_polygon(city, area), points)  # type: ignore[no-untyped-call]
        grouped[area] = [(s.lon, s.lat) for s, here in zip(stations, inside, strict=True) if here]
    return grouped


def _get_polygon(city: City, area: str) -> BaseGeometry:
    polygon = city.areas[area].geometry
    if polygon is None:
        raise ValueError(f"area {area} has no polygon")
    shapely.prepare(polygon)  # type: ignore[no-untyped-call]
    return polygon


def _draw_points(
    polygon: BaseGeometry,
    stations: list[tuple[float, float]],
    model: PlaceModel,
    generator: np.random.Generator,
) -> Floats:
    """Draw points by rejection: proposed around stations or in the bounding box, kept where they lie inside."""
    kept: list[Floats] = []
    wanted = model.per_area
    for _ in range(MOST_ROUNDS):
        proposed = _propose(polygon, stations, model, generator)
        inside = shapely.intersects_xy(polygon, proposed[:, 0], proposed[:, 1])  # type: ignore[no-untyped-call]
        kept.append(proposed[inside][:wanted])
        wanted -= len(kept[-1])
        if wanted == 0:
            break
    if wanted == model.per_area:  # a sliver that no proposal hit
        inner = polygon.representative_point()  # type: ignore[no-untyped-call]
        return np.array([[inner.x, inner.y]])
    return np.concatenate(kept)


def _propose(
    polygon: BaseGeometry,
    stations: list[tuple[float, float]],
    model: PlaceModel,
    generator: np.random.Generator,
) -> Floats:
    west, south, east, north = polygon.bounds
    anywhere = generator.uniform((west, south), (east, north), size=(model.per_area, 2))
    if not stations:
        return np.round(anywhere, DECIMALS)
    km_to_lat = 1 / KM_PER_DEGREE
    km_to_lon = km_to_lat / math.cos(math.radians((south + north) / 2))
    around = np.asarray(stations)[generator.integers(len(stations), size=model.per_area)]
    around = around + generator.standard_normal((model.per_area, 2)) * model.spread_km * (
        km_to_lon,
        km_to_lat,
    )
    near = generator.random(model.per_area) < model.near_stations
    chosen: Floats = np.where(near[:, None], around, anywhere)
    return np.round(chosen, DECIMALS)
