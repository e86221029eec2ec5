"""Replace approximate areas by official polygons."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

from commonweal.city.check_strategy import check_area_names
from commonweal.city.faults import Entry, Faults, index_by_id, name_known
from commonweal.city.identity import read_identity
from commonweal.city.match_polygons import PolygonMatcher
from commonweal.city.place_tables import read_areas
from commonweal.city.places import Area, MapFrame
from commonweal.city.polygons import FILE, Feature, check_bounds, list_features, parse_collection
from commonweal.city.replace_file import replace_files
from commonweal.city.text_file import read_pack_text
from commonweal.city.toml_document import read_document
from commonweal.errors import InvalidPack, InvalidRequest, NotFound, WorkspaceError

DECIMALS = 6
"""Decimals of a degree that are written: about a tenth of a meter."""


@dataclass(frozen=True, slots=True)
class AreasReplaced:
    """What was written.

    Attributes
    ----------
    file : Path
        The pack's ``areas.geojson``.
    matched : int
        Areas that now have an official polygon.
    created : tuple of str
        Identifiers of those that were added to ``areas.csv``.
    joined : tuple of str
        Identifiers of those whose polygon was joined from several features of one name.
    """

    file: Path
    matched: int
    created: tuple[str, ...]
    joined: tuple[str, ...]


def write_areas(
    folder: Path, geojson_path: Path, *, name_property: str = "name", create: bool = False
) -> AreasReplaced:
    """Give every area of a pack its official polygon; nothing is written unless all of them fit.

    Polygons are matched by identifier, name or alias, without regard to case, spaces and punctuation.

    Parameters
    ----------
    folder : Path
        The pack.
    geojson_path : Path
        Feature collection in lon, lat (WGS 84).
    name_property : str
        Property that names the area.
    create : bool
        Whether names that the pack does not know become new areas.

    Raises
    ------
    NotFound
        There is no such file.
    InvalidPack
        ``city.toml`` or ``areas.csv`` has problems.
    InvalidRequest
        With every polygon that matches no area, every area left without one, and every faulty polygon.
    WorkspaceError
        The pack cannot be written; it is as it was.
    """
    areas, frame = _read_pack(folder)
    faults = Faults()
    matcher = PolygonMatcher(areas, geojson_path.name, name_property, create, faults)
    if features := _read_features(geojson_path, name_property, faults):
        matcher.match(features)
    parts = {area: matcher.parts.get(area) for area in (*areas, *matcher.created)}
    polygons = {area: _join(found) for area, found in parts.items() if found}
    check_bounds(polygons, frame, geojson_path.name, faults)
    if faults.problems:
        count = len(faults.problems)
        message = (
            f"The areas were not replaced: {count} problem{'' if count == 1 else 's'}. Nothing was written."
        )
        if not create and any(one.field == name_property and one.value for one in faults.problems):
            message += " To add names that the pack does not have as new areas, use --create."
        raise InvalidRequest(message, faults.problems)
    _write(folder, polygons, matcher.created)
    joined = tuple(area for area, found in parts.items() if found and len(found) > 1)
    return AreasReplaced(folder / FILE, len(polygons), tuple(matcher.created), joined)


def render_areas(polygons: Mapping[str, BaseGeometry]) -> str:
    """Render polygons as GeoJSON: one feature a line, only the identifier, six decimals, not approximate."""
    lines = []
    for area, polygon in polygons.items():
        geometry = json.loads(shapely.to_geojson(polygon))  # type: ignore[no-untyped-call]
        geometry["coordinates"] = _round(geometry["coordinates"])
        feature = {"type": "Feature", "properties": {"id": area}, "geometry": geometry}
        lines.append(json.dumps(feature, separators=(",", ":")))
    features = ",\n".join(lines)
    return f'{{"type":"FeatureCollection","approximate":false,"features":[\n{features}\n]}}\n'


def _read_pack(folder: Path) -> tuple[dict[str, Area], MapFrame]:
    faults = Faults()
    if not folder.is_dir():
        raise NotFound(f"There is no folder {folder}; name the pack, the folder that holds city.toml.")
    document = read_document(folder, "city.toml", faults)
    identity = read_identity(document) if document else None
    entries: dict[str, Entry[Area]] = index_by_id(read_areas(folder, faults), faults)
    check_area_names(entries, faults)
    if faults.problems or identity is None or identity.frame is None:
        raise InvalidPack("Put these in order first; nothing was written.", faults.problems)
    return {name: entry.value for name, entry in entries.items()}, identity.frame


def _read_features(path: Path, name_property: str, faults: Faults) -> tuple[Feature, ...]:
    if not path.is_file():
        raise NotFound(f"There is no file {path}.")
    text = read_pack_text(path.resolve().parent, path.resolve().name, faults, required=True)
    collection = None if text is None else parse_collection(text, path.name, faults)
    if collection is None:
        return ()
    features = list_features(collection)
    present = sorted({key for feature in features for key in feature.properties})
    if not features:
        faults.add(path.name, "has no features")
    elif name_property not in present:
        hint = name_known(name_property, present)
        faults.add(path.name, f"no feature has such a property; {hint}", field=name_property)
        return ()
    return features


def _join(parts: list[BaseGeometry]) -> BaseGeometry:
    """Join the parts of one area on the grid of the decimals that are written."""
    whole: BaseGeometry = shapely.union_all(parts, grid_size=10.0**-DECIMALS)
    return whole


def _round(coordinates: object) -> object:
    if isinstance(coordinates, list):
        return [_round(one) for one in coordinates]
    return round(float(coordinates), DECIMALS)  # type: ignore[arg-type]


def _write(folder: Path, polygons: Mapping[str, BaseGeometry], created: Mapping[str, str]) -> None:
    contents = {folder / FILE: render_areas(polygons)}
    if created:
        contents[folder / "areas.csv"] = _add_areas(folder / "areas.csv", created)
    try:
        replace_files(contents)
    except OSError as error:
        raise WorkspaceError(f"The areas could not be written; {folder} is as it was: {error}") from error


def _add_areas(path: Path, created: Mapping[str, str]) -> str:
    """Add rows to the text of ``areas.csv``; what stands there stays as it is."""
    text = path.read_bytes().decode("utf-8-sig")
    header = [cell.strip() for cell in next(csv.reader(io.StringIO(text, newline="")))]
    added = io.StringIO(newline="")
    writer = csv.DictWriter(added, header, lineterminator="\n", restval="")
    writer.writerows({"id": area, "name": name} for area, name in created.items())
    return text + ("" if text.endswith(("\n", "\r")) else "\n") + added.getvalue()
