"""Approximate areas: everything that is nearest to the stations of an area (a Voronoi diagram)."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from commonweal.city.places import MapFrame, Station
from commonweal.city.projection import LocalPlane


def draw_nearest_station_areas(stations: Iterable[Station], frame: MapFrame) -> dict[str, BaseGeometry]:
    """Draw the area around the stations that report to each area, clipped to the map's frame.

    Parameters
    ----------
    stations : iterable of Station
        Stations; those without an area are left out. Of several on one point, the first counts.
    frame : MapFrame
        What the map shows, in degrees.

    Returns
    -------
    dict of str to BaseGeometry
        Polygon, or several, in lon, lat by area. Together they fill the frame; "nearest" is in meters on a plane
        about the frame's middle latitude. Empty where no station names an area.
    """
    by_point: dict[tuple[float, float], str] = {}
    for station in stations:
        if station.area is not None:
            by_point.setdefault((station.lon, station.lat), station.area)
    if not by_point:
        return {}
    plane = LocalPlane((frame.south + frame.north) / 2)
    corners = np.array([[frame.west, frame.south], [frame.east, frame.north]])
    clip = shapely.box(*plane.to_meters(corners).ravel())
    points = plane.to_meters(np.array(list(by_point)))
    cells = _draw_cells(points, clip)
    areas = np.array(list(by_point.values()))
    return {
        area: _return_to_degrees(shapely.union_all(cells[areas == area]), plane)
        for area in dict.fromkeys(by_point.values())
    }


def _draw_cells(points: np.ndarray, clip: BaseGeometry) -> np.ndarray:
    """Draw the cell of each point, in the order of the points."""
    if len(points) == 1:
        return np.array([clip])
    drawn = shapely.voronoi_polygons(shapely.multipoints(points), extend_to=clip, ordered=True)
    return np.asarray(shapely.intersection(shapely.get_parts(drawn), clip))


def _return_to_degrees(area: BaseGeometry, plane: LocalPlane) -> BaseGeometry:
    degrees: BaseGeometry = shapely.transform(area, plane.to_degrees)
    return degrees
