"""Small drawings made on the server: an interval as a bar, areas and stations as a map."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians, sqrt
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from commonweal.city.places import MapFrame

WIDTH = 240.0
MIDDLE = WIDTH / 2
MARGIN = 7.0
MAP_WIDTH = 620.0
FINEST_STEP_DEGREES = 0.0012
"""Corners of polygons closer than this (about 130 m) are not drawn."""


def draw_whisker(
    low: float | None,
    change: float | None,
    high: float | None,
    *,
    reach: float = 60.0,
    tone: str = "",
    in_row: bool = False,
) -> Markup:
    """Draw an interval: zero in the middle, a bar from low to high, a dot at the estimate.

    The numbers stand beside it in words, so it is hidden from screen readers.

    Parameters
    ----------
    low, change, high : float or None
        Interval and estimate, in one unit; an open end runs to the edge.
    reach : float
        Value at both edges; what lies beyond ends in an arrow.
    tone : str
        Class that colors it.
    in_row : bool
        Whether it stands in a table, where the zero of all rows makes one line.
    """
    if change is None:
        return Markup("")
    left, at, right = _place(low, -reach, reach), _place(change, None, reach), _place(high, reach, reach)
    arrows = ""
    if low is None or low < -reach:
        arrows += '<path class="open" d="M1 9l6-4v8z"/>'
    if high is None or high > reach:
        arrows += f'<path class="open" d="M{WIDTH - 1:.0f} 9l-6-4v8z"/>'
    return Markup(
        '<svg class="whisker {tone}" viewBox="0 0 240 18" aria-hidden="true">'
        '<path class="base" d="M0 9H240"/><path class="zero" d="M120 {top}V{end}"/>'
        '<path class="range" d="M{left:.1f} 9H{right:.1f}"/>{arrows}'
        '<ellipse class="dot" cx="{at:.1f}" cy="9" rx="5" ry="5"/></svg>'
    ).format(
        tone=tone,
        top=-32 if in_row else 1,
        end=50 if in_row else 17,
        left=left,
        right=right,
        at=at,
        arrows=Markup(arrows),  # noqa: S704 - made of numbers
    )


def find_reach(intervals: Iterable[tuple[float | None, float | None]]) -> float:
    """Return an edge that fits the intervals: a multiple of ten, from 20 to 100."""
    ends = [abs(end) for interval in intervals for end in interval if end is not None]
    fitting = max((end for end in ends if end <= 100), default=20.0)
    return min(100.0, max(20.0, -(-fitting // 10) * 10.0))


def _place(value: float | None, instead: float | None, reach: float) -> float:
    known = value if value is not None else (instead or 0.0)
    share = max(-1.0, min(1.0, known / reach))
    return MIDDLE + share * (MIDDLE - MARGIN)


@dataclass(frozen=True, slots=True)
class DrawnArea:
    """One area of a drawn map: SVG path, where its sign stands and how wide it may be, in units of the drawing."""

    id: str
    path: str
    x: float
    y: float
    room: float


@dataclass(frozen=True, slots=True)
class DrawnPoint:
    """One point of a drawn map, in units of the drawing."""

    id: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """A map, ready for a template.

    Attributes
    ----------
    width, height : float
        Of the drawing.
    areas : tuple of DrawnArea
        Polygons.
    points : tuple of DrawnPoint
        Stations.
    """

    width: float
    height: float
    areas: tuple[DrawnArea, ...]
    points: tuple[DrawnPoint, ...]


def draw_map(
    frame: MapFrame, polygons: Mapping[str, BaseGeometry], points: Sequence[tuple[str, float, float]] = ()
) -> Drawing:
    """Draw polygons and points, north up, distances alike in both directions at the middle of the frame.

    Parameters
    ----------
    frame : MapFrame
        What the map shows, in degrees; used where there are no polygons.
    polygons : mapping of str to BaseGeometry
        Areas, in lon, lat.
    points : sequence of (id, lon, lat)
        Stations.
    """
    sheet = _Sheet.around(frame, polygons, points)
    shapes = _simplify(polygons)
    return Drawing(
        width=MAP_WIDTH,
        height=round(sheet.height, 1),
        areas=tuple(_draw_area(sheet, name, shape) for name, shape in shapes.items()),
        points=tuple(DrawnPoint(name, *sheet.place(lon, lat)) for name, lon, lat in points),
    )


@dataclass(frozen=True, slots=True)
class _Sheet:
    west: float
    north: float
    scale: float
    stretch: float
    height: float

    @classmethod
    def around(
        cls, frame: MapFrame, polygons: Mapping[str, BaseGeometry], points: Sequence[tuple[str, float, float]]
    ) -> _Sheet:
        boxes = [shape.bounds for shape in polygons.values()] + [(x, y, x, y) for _, x, y in points]
        if not boxes:
            boxes = [(frame.west, frame.south, frame.east, frame.north)]
        west, south = min(box[0] for box in boxes), min(box[1] for box in boxes)
        east, north = max(box[2] for box in boxes), max(box[3] for box in boxes)
        stretch = 1 / cos(radians((south + north) / 2))
        room = 10.0
        scale = (MAP_WIDTH - 2 * room) / max(east - west, 1e-6)
        height = (north - south) * scale * stretch + 2 * room
        return cls(west - room / scale, north + room / scale / stretch, scale, stretch, height)

    def place(self, lon: float, lat: float) -> tuple[float, float]:
        x = (lon - self.west) * self.scale
        y = (self.north - lat) * self.scale * self.stretch
        return round(x, 1), round(y, 1)


def _simplify(polygons: Mapping[str, BaseGeometry]) -> dict[str, BaseGeometry]:
    """Leave out corners too close to see; shared borders stay shared."""
    import shapely

    if not polygons:
        return {}
    names = list(polygons)
    shapes = shapely.coverage_simplify([polygons[name] for name in names], FINEST_STEP_DEGREES)
    return dict(zip(names, shapes, strict=True))


def _draw_area(sheet: _Sheet, name: str, shape: BaseGeometry) -> DrawnArea:
    parts = [part for part in getattr(shape, "geoms", [shape]) if part.geom_type == "Polygon"]
    rings = [ring for part in parts for ring in (part.exterior, *part.interiors)]
    path = "".join(_draw_ring(sheet, [(x, y) for x, y, *_ in ring.coords]) for ring in rings)
    largest = max(parts, key=lambda part: part.area, default=shape)
    sign = largest.representative_point()
    room = sheet.scale * sqrt(largest.area * sheet.stretch)
    x, y = sheet.place(sign.x, sign.y)
    return DrawnArea(name, path, x, y, round(room, 1))


def _draw_ring(sheet: _Sheet, corners: Sequence[tuple[float, float]]) -> str:
    placed = [sheet.place(lon, lat) for lon, lat in corners[:-1]]
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in placed) + "Z" if placed else ""
