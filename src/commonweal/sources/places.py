"""Where a row belongs: its point, the area around it, or the area it names."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from commonweal.city.area_names import prepare_area_names
from commonweal.city.pack import City
from commonweal.sources.column_text import make_text
from commonweal.sources.mapping_types import AreaMapping, PointMapping
from commonweal.sources.toml_table import name_close
from commonweal.sources.values import ValueReader

SHOWN_NAMES = 5


@dataclass(frozen=True, slots=True)
class Places:
    """Place of each row.

    Attributes
    ----------
    lon, lat : Series of Float64
        Null where there is no point.
    area : Series of String
        Area of the pack, or null.
    """

    lon: pl.Series
    lat: pl.Series
    area: pl.Series


def read_places(reader: ValueReader, city: City) -> Places:
    """Read points and areas; what the mapping does not allow becomes a fault, what it allows a note.

    Parameters
    ----------
    reader : ValueReader
        The table and its mapping.
    city : City
        Areas, their polygons, names and aliases.
    """
    point, area = reader.mapping.point, reader.mapping.area
    nowhere = pl.Series([None], dtype=pl.Float64).new_from_index(0, reader.texts.height)
    lon, lat = (nowhere, nowhere) if point is None else _read_point(reader, point)
    has_point = lon.is_not_null() & lat.is_not_null()
    found = pl.Series("area", [None], dtype=pl.String).new_from_index(0, reader.texts.height)
    if "point" in area.by:
        found = _find_by_point(city, lon, lat, has_point)
    named = _read_names(reader, area)
    known = _find_by_name(city, named)
    if area.by == "point_then_name":
        found = found.fill_null(known)
    elif area.by == "name_then_point":
        found = known.fill_null(found)
    elif area.by == "name":
        found = known
    _judge_names(reader, city, named, lost=named.is_not_null() & found.is_null())
    if point is not None:
        lost = found.is_null() & named.is_null() if "point" in area.by else _list_off_map(city, lon, lat)
        _judge_points(reader, point, has_point, lost)
    if area.name is not None and point is None:
        _judge_blanks(reader, area, found.is_null() & named.is_null())
    return Places(lon.alias("lon"), lat.alias("lat"), found.alias("area"))


def _read_point(reader: ValueReader, point: PointMapping) -> tuple[pl.Series, pl.Series]:
    lon = reader.read_numbers(point.lon, make_text(point.lon, reader.texts, reader.faults), pl.Float64())
    lat = reader.read_numbers(point.lat, make_text(point.lat, reader.texts, reader.faults), pl.Float64())
    zero = ((lon == 0) & (lat == 0)).fill_null(value=False)
    half = lon.is_null() ^ lat.is_null()
    if zero.any():
        reader.notes.append(
            f"{int(zero.sum()):,} rows have the point 0,0, which is no place; read as no point."
        )
    gone = zero | half
    return lon.set(gone, None), lat.set(gone, None)


def _find_by_point(city: City, lon: pl.Series, lat: pl.Series, has_point: pl.Series) -> pl.Series:
    """Look each different point up once: sources blur points to corners, so that many are equal."""
    from commonweal.city.locate import locate_points

    points = pl.DataFrame({"lon": lon, "lat": lat})
    different = points.filter(has_point).unique(maintain_order=True)
    inside = different.filter(pl.col("lon").is_between(-180, 180) & pl.col("lat").is_between(-90, 90))
    located = locate_points(city, inside.get_column("lon").to_numpy(), inside.get_column("lat").to_numpy())
    areas = pl.Series("area", located.tolist(), dtype=pl.String)
    joined = points.join(inside.with_columns(areas), on=["lon", "lat"], how="left", maintain_order="left")
    return joined.get_column("area")


def _read_names(reader: ValueReader, area: AreaMapping) -> pl.Series:
    if area.name is None or "name" not in area.by:
        return pl.Series("area", [None], dtype=pl.String).new_from_index(0, reader.texts.height)
    return make_text(area.name, reader.texts, reader.faults)


def _find_by_name(city: City, named: pl.Series) -> pl.Series:
    """Look each different name up once."""
    names = prepare_area_names(city.areas)
    different = named.drop_nulls().unique().to_list()
    found = {name: area for name in different if (area := names.find(name))}
    return named.replace_strict(list(found), list(found.values()), default=None, return_dtype=pl.String)


def _judge_names(reader: ValueReader, city: City, named: pl.Series, *, lost: pl.Series) -> None:
    if not lost.any():
        return
    unknown = named.filter(lost)
    if reader.mapping.area.unknown == "reject":
        known = [area.name for area in city.areas.values()]
        for name in unknown.unique(maintain_order=True).head(50):
            message = f"the pack has no area of that name or alias; {name_close(name, known)}"
            reader.faults.add("unknown_area", "area", lost & (named == name), message, named)
        rest = lost & ~reader.faults.mask_of("area")
        reader.faults.add("unknown_area", "area", rest, "the pack has no area of that name or alias", named)
        return
    counts = unknown.value_counts(sort=True).head(SHOWN_NAMES).get_column(named.name).to_list()
    shown = ", ".join(str(name) for name in counts)
    reader.notes.append(
        f"{len(unknown):,} rows name an area that the pack does not know ({shown}); kept without area."
    )


def _judge_points(reader: ValueReader, point: PointMapping, has_point: pl.Series, lost: pl.Series) -> None:
    broken = reader.faults.mask_of("lon", "lat")
    without = lost & ~has_point & ~broken
    outside = lost & has_point
    texts = reader.texts
    where = pl.select(
        pl.concat_str(
            *(
                texts.get_column(one.headers[0]).fill_null("")
                for one in (point.lon, point.lat)
                if one.headers
            ),
            separator=", ",
        )
    ).to_series()
    if point.missing == "reject":
        reader.faults.add("no_point", "point", without, "has no point, and the mapping asks for one", where)
    elif without.any():
        reader.notes.append(f"{int(without.sum()):,} rows have no point; kept without area.")
    message = "lies in no area of the pack; look for swapped or wrong coordinates"
    if point.outside == "reject":
        reader.faults.add("outside", "point", outside, message, where)
    elif outside.any():
        reader.notes.append(f"{int(outside.sum()):,} rows lie in no area of the pack; kept without area.")


def _judge_blanks(reader: ValueReader, area: AreaMapping, blank: pl.Series) -> None:
    blank = blank & ~reader.faults.mask_of("area")
    if area.blank == "reject":
        reader.faults.add("no_area", "area", blank, "names no area, and the mapping asks for one")
    elif blank.any():
        reader.notes.append(f"{int(blank.sum()):,} rows name no area; kept without area.")


def _list_off_map(city: City, lon: pl.Series, lat: pl.Series) -> pl.Series:
    frame = city.frame
    on_map = lon.is_between(frame.west, frame.east) & lat.is_between(frame.south, frame.north)
    return ~on_map.fill_null(value=False)
