"""Cities made by hand for tests of sources: small, or from the real polygons."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from shapely.geometry import box, shape

from commonweal.city.knowledge import Source
from commonweal.city.pack import City
from commonweal.city.places import Area, MapFrame


def make_source(source_id: str, kind: str, **changes: object) -> Source:
    """Make a source of a pack."""
    fields: dict[str, object] = {
        "id": source_id,
        "title": f"Title of {source_id}",
        "publisher": "Toy City",
        "url": "https://example.org/data",
        "licence": "Public domain",
        "kind": kind,
        "protocol": "file",
        "domain": "",
        "dataset": "",
        "map": "",
        "order_by": "",
        "updated_column": "",
        "where": "",
        "grain_period": "point",
        "grain_area": "point",
        "verified": False,
        "covers_from": None,
        "covers_to": None,
        "note": "",
    }
    return Source(**(fields | changes))  # type: ignore[arg-type]


def make_area(area_id: str, geometry: object, *aliases: str) -> Area:
    """Make an area."""
    return Area(area_id, area_id.replace("-", " ").title(), aliases, None, "", geometry, approximate=False)  # type: ignore[arg-type]


def make_city(
    sources: Iterable[Source],
    *,
    areas: Iterable[Area] | None = None,
    time_zone: str = "America/Los_Angeles",
    folder: Path = Path("toy"),
) -> City:
    """Make a city; by default a square of two areas, west and east of lon 0.5, from 0,0 to 1,1."""
    if areas is None:
        areas = (
            make_area("west-side", box(0, 0, 0.5, 1), "W", "The  West"),
            make_area("east-side", box(0.5, 0, 1, 1)),
        )
    return City(
        folder=folder,
        id="toy",
        name="Toy",
        names={},
        time_zone=time_zone,
        languages=("en",),
        area_title="area",
        population=None,
        population_source="",
        frame=MapFrame(-180, -90, 180, 90),
        areas={area.id: area for area in areas},
        stations={},
        fleet=(),
        programs={},
        figures={},
        commitments={},
        measures={},
        events=(),
        sources={source.id: source for source in sources},
        breaks={},
        suppression={},
        texts={},
    )


def read_areas(path: Path, name_key: str) -> tuple[Area, ...]:
    """Read real polygons as areas; the name of the file is an alias."""
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    areas = []
    for feature in features:
        name = str(feature["properties"][name_key])
        area_id = "-".join("".join(c if c.isalnum() else " " for c in name.lower()).split())
        areas.append(Area(area_id, name, (), None, "", shape(feature["geometry"]), approximate=False))
    return tuple(areas)
