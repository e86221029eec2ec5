"""Read areas, stations and fleet: ``areas.csv``, ``stations.csv``, ``fleet.csv``."""

from __future__ import annotations

from pathlib import Path

from commonweal.city.csv_table import Columns, Row, read_rows
from commonweal.city.faults import Entry, Faults
from commonweal.city.places import Area, FleetUnits, MapFrame, Station
from commonweal.records.vocabulary import AGENCIES

AREA_COLUMNS = Columns(("id", "name", "aliases", "population", "population_source"), ("id", "name"))
STATION_COLUMNS = Columns(
    ("id", "name", "agency", "community", "area", "lon", "lat", "source"),
    ("id", "name", "agency", "lon", "lat", "source"),
)
FLEET_COLUMNS = Columns(
    ("station", "unit_type", "agency", "units", "basis", "source"),
    ("station", "unit_type", "agency", "units", "basis", "source"),
)


def read_areas(folder: Path, faults: Faults) -> tuple[Entry[Area], ...]:
    """Read ``areas.csv``; polygons come later."""
    rows = read_rows(folder, "areas.csv", AREA_COLUMNS, faults, required=True)
    return tuple(_read_area(row) for row in rows)


def read_stations(folder: Path, frame: MapFrame | None, faults: Faults) -> tuple[Entry[Station], ...]:
    """Read ``stations.csv``; each point must lie in the map's frame."""
    rows = read_rows(folder, "stations.csv", STATION_COLUMNS, faults)
    return tuple(_read_station(row, frame) for row in rows)


def read_fleet(folder: Path, faults: Faults) -> tuple[Entry[FleetUnits], ...]:
    """Read ``fleet.csv``; one line a station, type of unit and agency."""
    found: dict[tuple[str, str, str], int] = {}
    entries = []
    for row in read_rows(folder, "fleet.csv", FLEET_COLUMNS, faults):
        entry = _read_units(row)
        key = (entry.value.station, entry.value.unit_type, entry.value.agency)
        if key in found:
            row.fault("unit_type", f"this station has this type already, in line {found[key]}")
        found.setdefault(key, row.line)
        entries.append(entry)
    return tuple(entries)


def is_in_frame(frame: MapFrame, lon: float, lat: float) -> bool:
    """Tell whether a point lies in the map's frame, its edge included."""
    return frame.west <= lon <= frame.east and frame.south <= lat <= frame.north


def describe_frame(frame: MapFrame) -> str:
    """Render the frame for a message."""
    return f"lon {frame.west:g} to {frame.east:g}, lat {frame.south:g} to {frame.north:g}"


def _read_area(row: Row) -> Entry[Area]:
    aliases = tuple(one.strip() for one in row.text("aliases").split("|") if one.strip())
    population = row.whole("population")
    population_source = row.text("population_source")
    if population is not None and not population_source:
        row.fault("population_source", "must not be empty: say where the population comes from")
    area = Area(
        id=row.identifier("id"),
        name=row.text("name", required=True),
        aliases=aliases,
        population=population,
        population_source=population_source,
        geometry=None,
        approximate=False,
    )
    return Entry(row.where, row.line, area)


def _read_station(row: Row, frame: MapFrame | None) -> Entry[Station]:
    before = len(row.faults.problems)
    lon, lat = row.need_number("lon"), row.need_number("lat")
    if len(row.faults.problems) == before and frame is not None:
        _check_point(row, frame, lon, lat)
    station = Station(
        id=row.identifier("id"),
        name=row.text("name", required=True),
        agency=row.choice("agency", AGENCIES),  # type: ignore[arg-type]
        community=row.text("community"),
        area=row.reference("area"),
        lon=lon,
        lat=lat,
        source=row.text("source", required=True),
    )
    return Entry(row.where, row.line, station)


def _check_point(row: Row, frame: MapFrame, lon: float, lat: float) -> None:
    if is_in_frame(frame, lon, lat):
        return
    message = f"the point (lon {lon:g}, lat {lat:g}) lies outside the map ({describe_frame(frame)})"
    if is_in_frame(frame, lat, lon):
        message += "; lon and lat are swapped"
    field = "lat" if frame.west <= lon <= frame.east else "lon"
    row.fault(field, message)


def _read_units(row: Row) -> Entry[FleetUnits]:
    units = row.whole("units")
    if units is None and not row.text("units"):
        row.fault("units", "must not be empty: a whole number from 0")
    return Entry(
        row.where,
        row.line,
        FleetUnits(
            station=row.text("station", required=True),
            unit_type=row.text("unit_type", required=True),
            agency=row.choice("agency", AGENCIES),
            units=units or 0,
            basis=row.choice("basis", ("published", "assumed")),  # type: ignore[arg-type]
            source=row.text("source", required=True),
        ),
    )
