"""Find the area in which each of many points lies."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from commonweal.city.pack import City
from commonweal.errors import InvalidRequest


def locate_points(city: City, lon: ArrayLike, lat: ArrayLike) -> NDArray[np.object_]:
    """Find the area of each point.

    Parameters
    ----------
    city : City
        Areas with their polygons; areas without one hold no point.
    lon, lat : array-like of float, shape (n,)
        Degrees (WGS 84). Points that are not numbers lie nowhere.

    Returns
    -------
    ndarray of object, shape (n,)
        Identifier of the area, or None. A point on the edge of several areas, or in several that overlap, belongs to
        the one that comes first in the pack.

    Raises
    ------
    InvalidRequest
        The two arrays are not equally long lists.
    """
    x, y = np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)
    if x.ndim != 1 or x.shape != y.shape:
        raise InvalidRequest(f"lon and lat must be equally long lists, not of shape {x.shape} and {y.shape}.")
    found = np.full(len(x), None, dtype=object)
    by_lon = np.argsort(x)
    x, y = x[by_lon], y[by_lon]
    for area in reversed(tuple(city.areas.values())):
        if area.geometry is None:
            continue
        shapely.prepare(area.geometry)  # type: ignore[no-untyped-call]
        west, south, east, north = area.geometry.bounds
        first, last = np.searchsorted(x, west, side="left"), np.searchsorted(x, east, side="right")
        near = first + np.flatnonzero((y[first:last] >= south) & (y[first:last] <= north))
        touched = shapely.intersects_xy(area.geometry, x[near], y[near])  # type: ignore[no-untyped-call]
        inside = near[touched]
        found[by_lon[inside]] = area.id
    return found
