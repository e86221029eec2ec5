"""Read the polygons of a pack: ``areas.geojson``."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from commonweal.city.faults import Faults, name_known
from commonweal.city.place_tables import describe_frame
from commonweal.city.places import MapFrame
from commonweal.city.text_file import read_pack_text

FILE = "areas.geojson"
CRS_NAMES = (
    "urn:ogc:def:crs:OGC:1.3:CRS84",
    "urn:ogc:def:crs:OGC::CRS84",
    "urn:ogc:def:crs:EPSG::4326",
    "EPSG:4326",
)


@dataclass(frozen=True, slots=True)
class AreaPolygon:
    """Polygon of one area, and whether it is approximate."""

    geometry: BaseGeometry
    approximate: bool


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature of a GeoJSON collection: its place from 1, its properties, its polygon or what is wrong with it."""

    place: int
    properties: Mapping[str, object]
    geometry: BaseGeometry | None
    problem: str = ""


def read_polygons(
    folder: Path, areas: tuple[str, ...], frame: MapFrame | None, faults: Faults
) -> dict[str, AreaPolygon] | None:
    """Read ``areas.geojson``: one polygon an area.

    Parameters
    ----------
    folder : Path
        The pack.
    areas : tuple of str
        Identifiers of the areas.
    frame : MapFrame or None
        What the map shows.
    faults : Faults
        Where faults are written down.

    Returns
    -------
    dict or None
        Polygon by area; none where the pack has no such file.
    """
    if not (folder / FILE).exists():
        return None
    text = read_pack_text(folder, FILE, faults, required=False)
    if text is None:
        return {}
    collection = parse_collection(text, FILE, faults)
    if collection is None:
        return {}
    whole = collection.get("approximate", False)
    if not isinstance(whole, bool):
        faults.add(FILE, "must be true or false", field="approximate", value=whole)
        whole = False
    found: dict[str, AreaPolygon] = {}
    for feature in list_features(collection):
        _take_feature(feature, areas, found, faults, approximate=whole)
    for area in areas:
        if area not in found:
            faults.add(FILE, "has no polygon for this area", field="id", value=area)
    if frame is not None:
        check_bounds({area: one.geometry for area, one in found.items()}, frame, FILE, faults)
    return found


def parse_collection(text: str, where: str, faults: Faults) -> Mapping[str, object] | None:
    """Parse a GeoJSON feature collection in lon, lat; faults are written down."""
    try:
        document = json.loads(text)
    except (shapely.errors.GEOSException, ValueError, RecursionError) as error:  # type: ignore[attr-defined]
        faults.add(where, f"is not readable as JSON: {error}", row=getattr(error, "lineno", None))
        return None
    if not isinstance(document, dict) or not isinstance(document.get("features"), list):
        faults.add(where, 'must be a GeoJSON FeatureCollection with a list "features"')
        return None
    crs = document.get("crs")
    if crs is not None:
        named = crs.get("properties") if isinstance(crs, dict) else None
        name = named.get("name") if isinstance(named, dict) else crs
        if name not in CRS_NAMES:
            faults.add(where, "must be in degrees, lon then lat (WGS 84, EPSG:4326)", field="crs", value=name)
            return None
    return document


def list_features(collection: Mapping[str, object]) -> tuple[Feature, ...]:
    """List the features of a collection; a faulty one says what is wrong with it."""
    features = collection["features"]
    return tuple(_parse_feature(place, one) for place, one in enumerate(features, start=1))  # type: ignore[arg-type,var-annotated]


def check_bounds(polygons: Mapping[str, BaseGeometry], frame: MapFrame, where: str, faults: Faults) -> None:
    """Write down polygons that reach out of the map's frame, with the frame that would hold them all."""
    shown = shapely.box(frame.west, frame.south, frame.east, frame.north)
    outside = [area for area, polygon in polygons.items() if not shown.covers(polygon)]
    if not outside:
        return
    bounds = np.array([polygon.bounds for polygon in (*polygons.values(), shown)])
    west, south = (math.floor(one * 100) / 100 for one in bounds[:, :2].min(axis=0))
    east, north = (math.ceil(one * 100) / 100 for one in bounds[:, 2:].max(axis=0))
    faults.add(
        where,
        f"{len(outside)} of {len(polygons)} areas reach out of the map ({describe_frame(frame)}). If the polygons "
        f"are right, write in city.toml [map] west = {west:g}, south = {south:g}, east = {east:g}, north = {north:g}",
        field="geometry",
        value=", ".join(outside),
    )


def _take_feature(
    feature: Feature,
    areas: tuple[str, ...],
    found: dict[str, AreaPolygon],
    faults: Faults,
    *,
    approximate: bool,
) -> None:
    area = feature.properties.get("id")
    where = f"{FILE} feature {feature.place}"
    if not isinstance(area, str) or area not in areas:
        hint = name_known(str(area), areas) if area is not None else "each feature names its area"
        faults.add(where, f"areas.csv has no such area; {hint}", field="id", value=area)
        return
    own = feature.properties.get("approximate", approximate)
    if not isinstance(own, bool):
        faults.add(where, "must be true or false", field="approximate", value=own)
        own = approximate
    if feature.geometry is None:
        faults.add(where, feature.problem, field="geometry", value=area)
        return
    if area in found:
        faults.add(
            where, "this area has a polygon already; join them in one MultiPolygon", field="id", value=area
        )
        return
    found[area] = AreaPolygon(feature.geometry, own)


def _parse_feature(place: int, feature: object) -> Feature:
    if not isinstance(feature, dict) or not isinstance(feature.get("properties") or {}, dict):
        return Feature(place, {}, None, "is not a GeoJSON feature")
    properties = feature.get("properties") or {}
    geometry = feature.get("geometry")
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon"):
        return Feature(place, properties, None, f"must be a Polygon or a MultiPolygon, not {kind}")
    try:
        polygon = shapely.from_geojson(json.dumps(geometry), on_invalid="raise")
    except (shapely.errors.GEOSException, ValueError, TypeError, RecursionError) as error:  # type: ignore[attr-defined]
        return Feature(place, properties, None, f"is not readable as a polygon: {error}")
    return Feature(place, properties, *_examine(polygon))


def _examine(polygon: BaseGeometry | None) -> tuple[BaseGeometry | None, str]:
    if polygon is None or polygon.is_empty:
        return None, "is empty"
    west, south, east, north = polygon.bounds
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        return None, f"must be in degrees, lon then lat; it begins at {west:g}, {south:g}"
    if not polygon.is_valid:
        reason = shapely.is_valid_reason(polygon)  # type: ignore[no-untyped-call]
        repaired = shapely.make_valid(polygon, method="structure", keep_collapsed=False)  # type: ignore[no-untyped-call]
        if repaired.is_empty or repaired.geom_type not in ("Polygon", "MultiPolygon"):
            return None, f"is not a valid polygon: {reason}"
        polygon = repaired
    if polygon.area <= 0:
        return None, "has no area"
    return shapely.force_2d(polygon), ""  # type: ignore[no-untyped-call]
