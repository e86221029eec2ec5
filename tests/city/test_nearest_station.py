"""Without official polygons, an area is what is nearest to its stations, in meters."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import shapely
from broken_pack import BrokenPack

from commonweal.city import City, load_city, locate_points
from commonweal.city.nearest_station import draw_nearest_station_areas
from commonweal.city.places import MapFrame, Station
from commonweal.city.projection import LocalPlane


def measure_great_circle_m(lon: np.ndarray, lat: np.ndarray, station: Station) -> np.ndarray:
    """Haversine distance of points to a station: an independent way to measure."""
    half = np.radians([lat - station.lat, lon - station.lon]) / 2
    chord = (
        np.sin(half[0]) ** 2
        + np.cos(np.radians(lat)) * np.cos(np.radians(station.lat)) * np.sin(half[1]) ** 2
    )
    return 2 * 6_371_008.8 * np.arcsin(np.sqrt(chord))


def draw_random_points(frame: MapFrame, count: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(20)
    return rng.uniform(frame.west, frame.east, count), rng.uniform(frame.south, frame.north, count)


def test_the_toy_city_falls_back_to_its_squares(pack: BrokenPack) -> None:
    """Stations in the middle of four squares give the four squares again, marked as approximate."""
    official = load_city(pack.folder)
    (pack.folder / "areas.geojson").unlink()
    drawn = load_city(pack.folder)
    for name, area in drawn.areas.items():
        square = official.areas[name].geometry
        assert area.approximate
        assert area.geometry is not None
        assert square is not None
        assert area.geometry.symmetric_difference(square).area < 1e-9


def load_without_polygons(pack: Path) -> City:
    city = load_city(pack)
    drawn = draw_nearest_station_areas(city.stations.values(), city.frame)
    areas = {name: replace(area, geometry=drawn.get(name)) for name, area in city.areas.items()}
    return replace(city, areas=areas)


def test_every_point_of_los_angeles_goes_to_its_nearest_station(packs: Path) -> None:
    """Of 20,000 random points, all lie in the area of the nearest station by great-circle distance.

    The plane is flat, so that a point whose two nearest stations are within 1 % of each other may go to either.
    """
    city = load_without_polygons(packs / "los-angeles")
    stations = [one for one in city.stations.values() if one.area is not None]
    lon, lat = draw_random_points(city.frame, 20_000)
    distances = np.array([measure_great_circle_m(lon, lat, one) for one in stations])
    nearest = np.array([one.area for one in stations])[distances.argmin(axis=0)]
    two = np.sort(distances, axis=0)[:2]
    clear = two[1] > two[0] * 1.01
    assert clear.mean() > 0.97
    assert (locate_points(city, lon, lat)[clear] == nearest[clear]).all()


def test_nearest_is_in_meters_not_in_degrees() -> None:
    """At 60 degrees north a degree of longitude is half as long as one of latitude, and the line between follows."""
    frame = MapFrame(10.0, 59.0, 12.0, 61.0)
    east = Station("a", "A", "police", "", "east", 11.0, 60.0, "")
    north = replace(east, id="b", area="north", lon=10.0, lat=60.6)
    drawn = draw_nearest_station_areas([east, north], frame)
    point = shapely.Point(10.15, 60.2)  # in degrees 0.43 from north and 0.87 from east; in km 45.2 and 52.2
    assert drawn["north"].contains(point)
    nearer = shapely.Point(10.4, 60.05)  # in degrees 0.68 from north and 0.60 from east; in km 65.1 and 33.8
    assert drawn["east"].contains(nearer)
    turned = shapely.Point(10.2, 60.12)  # in degrees 0.52 from north and 0.81 from east; in km 54.5 and 46.6
    assert drawn["east"].contains(turned)


def test_areas_fill_the_frame_without_overlap(packs: Path) -> None:
    """Together the areas of Los Angeles cover the whole map once."""
    city = load_without_polygons(packs / "los-angeles")
    polygons = [area.geometry for area in city.areas.values() if area.geometry]
    whole = shapely.box(city.frame.west, city.frame.south, city.frame.east, city.frame.north)
    assert shapely.union_all(polygons).symmetric_difference(whole).area < 1e-9
    assert sum(one.area for one in polygons) == pytest.approx(whole.area)


@pytest.mark.parametrize("count", [0, 1, 2])
def test_few_stations(count: int) -> None:
    """No station draws nothing, one takes the whole frame, two share it; stations in a row are no trouble."""
    frame = MapFrame(0.0, 0.0, 1.0, 1.0)
    stations = [Station(f"s{n}", "", "police", "", f"area-{n}", 0.25 + n / 2, 0.5, "") for n in range(count)]
    drawn = draw_nearest_station_areas(stations, frame)
    assert len(drawn) == count
    assert sum(one.area for one in drawn.values()) == pytest.approx(1.0 if count else 0.0)


def test_stations_on_one_point_and_without_area() -> None:
    """Of two stations on one point the first counts; a station without an area draws none."""
    frame = MapFrame(0.0, 0.0, 1.0, 1.0)
    first = Station("s1", "", "police", "", "first", 0.25, 0.5, "")
    same, other = replace(first, id="s2", area="second"), replace(first, id="s3", area="first", lon=0.75)
    lonely = replace(first, id="s4", area=None, lon=0.5)
    drawn = draw_nearest_station_areas([lonely, first, same, other], frame)
    assert list(drawn) == ["first"]
    assert drawn["first"].equals(shapely.box(0, 0, 1, 1))


def test_the_plane_is_close_to_the_sphere() -> None:
    """Over 30 km in Los Angeles, distances on the plane differ from the great circle by less than 1 percent."""
    plane = LocalPlane(34.0)
    home = Station("s", "", "police", "", None, -118.25, 34.05, "")
    lon, lat = draw_random_points(MapFrame(-118.5, 33.8, -118.0, 34.3), 1000)
    x_y = plane.to_meters(np.column_stack([lon, lat])) - plane.to_meters(np.array([[home.lon, home.lat]]))
    true_m = measure_great_circle_m(lon, lat, home)
    assert np.abs(np.hypot(x_y[:, 0], x_y[:, 1]) / true_m - 1).max() < 0.01
    assert plane.to_degrees(plane.to_meters(np.array([[-118.0, 34.0]]))) == pytest.approx(
        np.array([[-118, 34]])
    )
