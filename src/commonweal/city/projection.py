"""A flat map of one city in meters."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

EARTH_RADIUS_M = 6_371_008.8
"""Mean radius of the Earth (IUGG)."""


@dataclass(frozen=True, slots=True)
class LocalPlane:
    """Equirectangular projection about a middle latitude: near enough to meters over one city.

    Within 0.5 degrees of latitude of its middle, distances are wrong by less than 1 percent up to 45 degrees north
    or south. Straight lines stay straight, so polygons need no extra points.

    Attributes
    ----------
    middle_lat : float
        Latitude in degrees along which east-west distances are exact.
    """

    middle_lat: float

    @property
    def meters_per_degree_lat(self) -> float:
        """Meters in a degree of latitude."""
        return float(EARTH_RADIUS_M * np.pi / 180)

    @property
    def meters_per_degree_lon(self) -> float:
        """Meters in a degree of longitude, on the middle latitude."""
        return float(self.meters_per_degree_lat * np.cos(np.radians(self.middle_lat)))

    def to_meters(self, lon_lat: NDArray[np.float64]) -> NDArray[np.float64]:
        """Turn rows of lon, lat in degrees into rows of x, y in meters; shape (n, 2) both."""
        return np.asarray(lon_lat, dtype=np.float64) * self._scale

    def to_degrees(self, x_y: NDArray[np.float64]) -> NDArray[np.float64]:
        """Turn rows of x, y in meters into rows of lon, lat in degrees; shape (n, 2) both."""
        return np.asarray(x_y, dtype=np.float64) / self._scale

    @property
    def _scale(self) -> NDArray[np.float64]:
        return np.array([self.meters_per_degree_lon, self.meters_per_degree_lat])
