"""Reading the places of ``simulation.toml``, and the table of weights it names."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import polars as pl

from commonweal.city.area_names import prepare_area_names
from commonweal.city.pack import City
from commonweal.errors import Problem
from commonweal.sources.simulation.checked import read_number, read_text, read_whole
from commonweal.sources.simulation.parameters import PlaceModel
from commonweal.sources.toml_table import TomlTable, name_close

MOST_PLACES = 100_000


def read_places(document: TomlTable, city: City) -> PlaceModel:
    """Return where calls come from; every area that has weight must have a polygon."""
    table = document.table("places")
    table.allow("weights", "per_area", "near_stations", "spread_km", "concentration")
    weights = _read_area_weights(table, city)
    for area_id, weight in weights.items():
        if weight > 0 and city.areas[area_id].geometry is None:
            message = (
                "this area has no polygon, so no place can be drawn in it; add areas.geojson or stations"
            )
            table.fault("weights", message, area_id)
    return PlaceModel(
        area_weights=weights,
        per_area=read_whole(table, "per_area", 1, MOST_PLACES),
        near_stations=read_number(table, "near_stations", 0, 1),
        spread_km=read_number(table, "spread_km", 0.01, 100),
        concentration=read_number(table, "concentration", 0, 5),
    )


def find_weights_file(document: TomlTable, city: City) -> Path | None:
    """Return the path of the table of weights, or None where areas weigh alike."""
    weights = document.table("places").content.get("weights")
    name = weights.get("file") if isinstance(weights, dict) else None
    return city.folder / name if isinstance(name, str) else None


def _read_area_weights(table: TomlTable, city: City) -> dict[str, float]:
    """Add the table of weights up by area; without one, all areas weigh alike."""
    alike = {area_id: 1 / len(city.areas) for area_id in city.areas}
    if not city.areas:
        table.fault("weights", "the pack has no areas")
    if "weights" not in table.content:
        return alike
    inner = table.table("weights")
    inner.allow("file", "area", "value", "where")
    rows = _read_rows(inner, city)
    if rows is None:
        return alike
    totals = _add_up(inner, city, rows)
    total = sum(totals.values())
    if total <= 0:
        inner.fault("value", "the weights add up to nothing; look at `where`")
        return alike
    return {area_id: totals[area_id] / total for area_id in city.areas}


def _read_rows(inner: TomlTable, city: City) -> pl.DataFrame | None:
    name = read_text(inner, "file")
    path = city.folder / name
    if not path.resolve().is_relative_to(city.folder.resolve()) or not path.is_file():
        inner.fault("file", "there is no such file in the pack", name)
        return None
    try:
        rows = pl.read_csv(path, infer_schema=False)
    except (pl.exceptions.PolarsError, OSError) as error:
        inner.fault("file", f"cannot be read as CSV: {error}", name)
        return None
    conditions = inner.table("where").content
    wanted = [read_text(inner, "area"), read_text(inner, "value"), *conditions]
    missing = [column for column in wanted if column not in rows.columns]
    for column in missing:
        inner.fault("file", f"has no such column; {name_close(column, rows.columns)}", column)
    if missing:
        return None
    return rows.filter([pl.col(column) == str(value) for column, value in conditions.items()])


def _add_up(inner: TomlTable, city: City, rows: pl.DataFrame) -> dict[str, float]:
    names = prepare_area_names(city.areas)
    totals: dict[str, float] = defaultdict(float)
    file_name = str(inner.content["file"])
    area_column, value_column = str(inner.content["area"]), str(inner.content["value"])
    for name, text in rows.select(area_column, value_column).iter_rows():
        area_id = names.find(name or "")
        if area_id is None:
            inner.problems.append(
                Problem(file_name, "areas.csv has no such area", field=area_column, value=name)
            )
            continue
        try:
            totals[area_id] += max(float(text), 0.0)
        except (TypeError, ValueError):
            inner.problems.append(Problem(file_name, "must be a number", field=value_column, value=text))
    return totals
