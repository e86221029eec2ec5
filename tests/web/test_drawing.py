"""Small drawings: where a bar, a dot and a polygon land."""

from __future__ import annotations

import re
from math import cos, radians

import pytest
from shapely.geometry import Polygon, box

from commonweal.city.places import MapFrame
from commonweal.web.drawing import draw_map, draw_whisker, find_reach

FRAME = MapFrame(-90, 40, -88, 42)


def read_whisker(markup: str) -> tuple[float, float, float]:
    """Return left end, dot and right end of a drawn interval."""
    left, right = re.search(r'class="range" d="M([\d.]+) 9H([\d.]+)"', markup).groups()  # type: ignore[union-attr]
    dot = re.search(r'cx="([\d.]+)"', markup).group(1)  # type: ignore[union-attr]
    return float(left), float(dot), float(right)


def test_zero_is_in_the_middle_and_both_sides_have_one_scale() -> None:
    """Symmetric intervals are drawn symmetrically about the middle, larger values farther out."""
    left, dot, right = read_whisker(draw_whisker(-30, 0, 30, reach=60))
    assert dot == 120
    assert dot - left == pytest.approx(right - dot)
    far_left, _, _ = read_whisker(draw_whisker(-60, 0, 30, reach=60))
    assert far_left < left


def test_what_lies_beyond_ends_in_an_arrow() -> None:
    """Open ends and values beyond the edge are drawn to the edge, with an arrow; others have none."""
    assert draw_whisker(-20, -10, 5, reach=60).count("open") == 0
    assert draw_whisker(None, -10, 500, reach=60).count("open") == 2
    left, _, right = read_whisker(draw_whisker(None, -10, 500, reach=60))
    assert (left, right) == (7, 233)


def test_nothing_is_drawn_where_there_is_no_change() -> None:
    """Without an estimate there is no drawing."""
    assert draw_whisker(None, None, None) == ""


def test_the_edge_fits_what_is_drawn() -> None:
    """The edge is the next multiple of ten, at least 20 and at most 100; wild ends do not squeeze the others."""
    assert find_reach([(-3, 4)]) == 20
    assert find_reach([(-31, 4)]) == 40
    assert find_reach([(-31, 900), (None, 12)]) == 40
    assert find_reach([]) == 20


def test_north_is_up_and_distances_agree() -> None:
    """A square of one degree is higher than wide by the cosine of its latitude, and the northern one is above."""
    drawing = draw_map(FRAME, {"south": box(-90, 40, -89, 41), "north": box(-90, 41, -89, 42)})
    south, north = (next(area for area in drawing.areas if area.id == name) for name in ("south", "north"))
    assert north.y < south.y
    width, height = measure(south.path)
    assert height / width == pytest.approx(1 / cos(radians(41)), rel=0.01)


def measure(path: str) -> tuple[float, float]:
    """Return width and height of a path."""
    numbers = [float(number) for number in re.findall(r"[\d.]+", path)]
    xs, ys = numbers[0::2], numbers[1::2]
    return max(xs) - min(xs), max(ys) - min(ys)


def test_shared_borders_stay_shared() -> None:
    """Neighbors whose border has many corners are simplified alike: every corner left on one side is on the other."""
    wave = [(-89 + 0.0002 * (step % 2), 40 + step / 500) for step in range(501)]
    west = Polygon([(-90, 40), *wave, (-90, 41)])
    east = Polygon([(-88, 41), *reversed(wave), (-88, 40)])
    drawing = draw_map(FRAME, {"west": west, "east": east})
    left, right = (corners(area.path) for area in drawing.areas)
    assert len(left) < 100
    assert len(left & right) >= 2
    assert all(point in right for point in left if 200 < point[0] < 420)


def corners(path: str) -> set[tuple[float, float]]:
    """Return the corners of a path."""
    return {(float(x), float(y)) for x, y in re.findall(r"([\d.]+) ([\d.]+)", path)}


def test_points_land_in_their_polygon() -> None:
    """A station in the middle of a square is drawn in the middle of it."""
    drawing = draw_map(FRAME, {"one": box(-90, 40, -89, 41)}, [("station", -89.5, 40.5)])
    area, point = drawing.areas[0], drawing.points[0]
    numbers = sorted(corners(area.path))
    assert point.x == pytest.approx((numbers[0][0] + numbers[-1][0]) / 2, abs=0.2)
    assert point.y == pytest.approx(sum(y for _, y in numbers) / 4, abs=0.2)


def test_holes_and_parts_are_drawn() -> None:
    """A polygon with a hole has two rings."""
    ring = box(-90, 40, -89, 41).difference(box(-89.7, 40.3, -89.3, 40.7))
    assert draw_map(FRAME, {"ring": ring}).areas[0].path.count("M") == 2
