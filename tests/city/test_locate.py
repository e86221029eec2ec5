"""Points find their area."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from commonweal.city import City, load_city, locate_points
from commonweal.city.places import Area
from commonweal.errors import InvalidRequest

PACKS = Path(__file__).resolve().parents[2] / "cities"


@pytest.fixture(scope="module")
def toy(packs: Path) -> City:
    return load_city(packs / "toy")


def test_points_inside_and_outside(toy: City) -> None:
    """Middle points lie in their squares; points off the map and points that are not numbers lie nowhere."""
    lon = [-89.5, -88.5, -89.5, -88.5, -87.0, np.nan, -89.5, np.inf]
    lat = [40.5, 40.5, 41.5, 41.5, 40.5, 40.5, np.nan, 40.5]
    assert locate_points(toy, lon, lat).tolist() == [
        "riverside", "hilltop", "harbor", "old-town", None, None, None, None,
    ]  # fmt: skip


def test_edges_belong_to_the_first_area(toy: City) -> None:
    """A point on an edge or a corner belongs to the area that comes first in the pack, and always to one."""
    lon, lat = [-89, -89, -89.5, -88.5, -90, -88], [41, 40.5, 41, 41, 42, 42]
    first = ["riverside", "riverside", "riverside", "hilltop", "harbor", "old-town"]
    assert locate_points(toy, lon, lat).tolist() == first
    backward = replace(toy, areas=dict(reversed(toy.areas.items())))
    last = ["old-town", "hilltop", "harbor", "old-town", "harbor", "old-town"]
    assert locate_points(backward, lon, lat).tolist() == last


def test_no_points_and_no_polygons(toy: City) -> None:
    """No points give no answers; a city without polygons holds no point."""
    assert locate_points(toy, [], []).tolist() == []
    bare = replace(toy, areas={name: replace(area, geometry=None) for name, area in toy.areas.items()})
    assert locate_points(bare, [-89.5], [40.5]).tolist() == [None]


def test_lists_of_unequal_length_are_refused(toy: City) -> None:
    """The error names both shapes."""
    with pytest.raises(InvalidRequest, match=r"\(2,\) and \(1,\)"):
        locate_points(toy, [1.0, 2.0], [1.0])


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.integers(-362, -350), st.integers(158, 170)), max_size=30))
def test_agrees_with_brute_force_on_a_grid(points: list[tuple[int, int]]) -> None:
    """On a grid that meets every edge, each point gets the first square whose closed bounds hold it."""
    toy = load_city(PACKS / "toy")
    lon, lat = [x / 4 for x, _ in points], [y / 4 for _, y in points]
    squares = {"riverside": (-90, 40), "hilltop": (-89, 40), "harbor": (-90, 41), "old-town": (-89, 41)}
    expected = [
        next((a for a, (w, s) in squares.items() if w <= x <= w + 1 and s <= y <= s + 1), None)
        for x, y in zip(lon, lat, strict=True)
    ]
    assert locate_points(toy, lon, lat).tolist() == expected


@pytest.mark.real
def test_agrees_with_a_spatial_index_on_real_polygons(toy: City, real_data: Path) -> None:
    """All 240,992 real points of Toronto find the neighborhood that a spatial index finds."""
    features = json.loads((real_data / "toronto" / "neighborhoods.geojson").read_text())["features"]
    polygons = [shapely.from_geojson(json.dumps(one["geometry"])) for one in features]
    areas = {
        str(place): Area(str(place), f"Area {place}", (), None, "", polygon, approximate=False)
        for place, polygon in enumerate(polygons)
    }
    incidents = pl.read_csv(
        real_data / "toronto" / "crime_incidents_2014_2021.csv.gz", columns=["Long", "Lat"]
    )
    lon, lat = incidents["Long"].to_numpy(), incidents["Lat"].to_numpy()
    found = locate_points(replace(toy, areas=areas), lon, lat)
    points, hits = shapely.STRtree(polygons).query(shapely.points(lon, lat), predicate="intersects")
    first = np.full(len(lon), len(polygons))
    np.minimum.at(first, points, hits)
    expected = [None if one == len(polygons) else str(one) for one in first]
    assert len(found) == 240_992
    assert found.tolist() == expected
