"""JSON, JSON lines and GeoJSON: a list of objects becomes columns of text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import polars as pl

from commonweal.sources.csv_file import TEXT_LIMIT, decode
from commonweal.sources.mapping_types import FileShape
from commonweal.sources.raw_table import RawTable, make_file_error, make_malformed, name_columns

_DEPTH_LIMIT = 8
_CELLS_LIMIT = 50_000_000
_EMPTY_RATIO_LIMIT = 100
"""Beyond `_CELLS_LIMIT`, most cells for each one that is filled: few bytes can ask for any number of empty ones."""


def parse_json(
    content: bytes, format_name: str, shape: FileShape, *, file_name: str, content_hash: str
) -> RawTable:
    """Parse a JSON document whose rows are objects.

    Parameters
    ----------
    content : bytes
        The file.
    format_name : {'json', 'jsonl', 'geojson'}
        One document, one object a line, or features with a geometry.
    shape : FileShape
        Encoding, and where in the document the list of rows is.
    file_name, content_hash : str
        Carried over.

    Raises
    ------
    InvalidInput
        Not JSON, or no list of rows where it should be.
    """
    text = decode(content, shape.encoding, file_name).decode("utf-8")
    malformed: list[dict[str, object]] = []
    if format_name == "jsonl":
        rows, lines = _read_lines(text, malformed)
    else:
        items = _find_list(_load(text, file_name), format_name, shape, file_name)
        rows, lines = _take_objects(items, malformed)
        if format_name == "geojson":
            rows = [_flatten_feature(feature) for feature in rows]
    if not any(rows) and not malformed:
        raise make_file_error(file_name, "has no rows")
    if not any(rows):
        rows, lines = [], []
    return RawTable(
        frame=tabulate(rows, file_name),
        lines=pl.Series("line", lines, dtype=pl.Int64),
        malformed=make_malformed(malformed),
        content_hash=content_hash,
        file_name=file_name,
    )


def tabulate(rows: Iterable[Mapping[str, Any]], file_name: str) -> pl.DataFrame:
    """Make columns of text from objects; inner objects are flat with dots, lists stay JSON text."""
    flat = [dict(_flatten(row)) for row in rows]
    names = list(dict.fromkeys(name for row in flat for name in row))
    clean = name_columns(names, file_name)
    cells, filled = len(names) * len(flat), sum(map(len, flat))
    if cells > max(_CELLS_LIMIT, _EMPTY_RATIO_LIMIT * filled):
        message = f"would make {cells:,} cells, of which {filled:,} are filled; not read"
        raise make_file_error(file_name, message)
    columns = {new: [row.get(old) for row in flat] for old, new in zip(names, clean, strict=True)}
    return pl.DataFrame(columns, schema=dict.fromkeys(clean, pl.String))


def _load(text: str, file_name: str) -> Any:
    try:
        return json.loads(text, parse_float=str, parse_int=str, parse_constant=str)
    except json.JSONDecodeError as error:
        raise make_file_error(file_name, f"is not JSON: {error.msg}", line=error.lineno) from error
    except RecursionError as error:
        raise make_file_error(file_name, "is nested too deeply") from error


def _find_list(document: Any, format_name: str, shape: FileShape, file_name: str) -> list[Any]:
    path = shape.list_path or (("features",) if format_name == "geojson" else ())
    for key in path:
        if not isinstance(document, dict) or key not in document:
            known = ", ".join(document) if isinstance(document, dict) else "none"
            message = f"there is no {'.'.join(path)}; keys there: {known}"
            raise make_file_error(file_name, message, value=key)
        document = document[key]
    if not isinstance(document, list):
        lists = (
            [key for key, value in document.items() if isinstance(value, list)]
            if isinstance(document, dict)
            else []
        )
        hint = (
            f'write list = "{lists[0]}" in [file] of the mapping' if lists else "a list of objects is needed"
        )
        raise make_file_error(file_name, f"is not a list of rows; {hint}")
    return document


def _read_lines(text: str, malformed: list[dict[str, object]]) -> tuple[list[dict[str, Any]], list[int]]:
    rows, lines = [], []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        problem = "a row must be a JSON object"
        try:
            row = json.loads(line, parse_float=str, parse_int=str, parse_constant=str)
        except (json.JSONDecodeError, RecursionError) as error:
            row, problem = None, f"the line is not JSON: {error}"
        if isinstance(row, dict):
            rows.append(row)
            lines.append(number)
        else:
            malformed.append({"line": number, "problem": problem, "text": line[:TEXT_LIMIT]})
    return rows, lines


def _take_objects(
    items: list[Any], malformed: list[dict[str, object]]
) -> tuple[list[dict[str, Any]], list[int]]:
    rows, places = [], []
    for place, item in enumerate(items, start=1):
        if isinstance(item, dict):
            rows.append(item)
            places.append(place)
        else:
            text = json.dumps(item)[:TEXT_LIMIT]
            malformed.append({"line": place, "problem": "a row must be a JSON object", "text": text})
    return rows, places


def _flatten(row: Mapping[str, Any], prefix: str = "", depth: int = 0) -> Iterator[tuple[str, str | None]]:
    for key, value in row.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict) and depth < _DEPTH_LIMIT:
            yield from _flatten(value, f"{name}.", depth + 1)
        elif value is None or isinstance(value, str):
            yield name, value
        elif isinstance(value, bool):
            yield name, "true" if value else "false"
        elif isinstance(value, dict | list):
            yield name, json.dumps(value, ensure_ascii=False)
        else:
            yield name, str(value)


def _flatten_feature(feature: Mapping[str, Any]) -> dict[str, Any]:
    """Join the properties of a feature with its point, or a point inside its shape."""
    properties = feature.get("properties")
    row: dict[str, Any] = dict(properties) if isinstance(properties, dict) else {}
    if "id" in feature:
        row.setdefault("id", feature["id"])
    row["geometry.lon"], row["geometry.lat"] = _find_point(feature.get("geometry")) or (None, None)
    return row


def _find_point(geometry: Any) -> tuple[str, str] | None:
    if not isinstance(geometry, dict):
        return None
    if geometry.get("type") == "Point":
        position = geometry.get("coordinates")
        if isinstance(position, list) and len(position) >= 2:
            return str(position[0]), str(position[1])
        return None
    from shapely.errors import ShapelyError  # type: ignore[attr-defined]
    from shapely.geometry import shape as make_shape

    try:
        numbers = json.loads(json.dumps(geometry), object_hook=_as_numbers)
        point = make_shape(numbers).representative_point()  # type: ignore[no-untyped-call]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, ShapelyError):
        return None
    return None if point.is_empty else (str(point.x), str(point.y))


def _as_numbers(node: dict[str, Any]) -> dict[str, Any]:
    def convert(value: Any) -> Any:
        if isinstance(value, list):
            return [convert(one) for one in value]
        return float(value)

    return {key: convert(value) if key == "coordinates" else value for key, value in node.items()}
