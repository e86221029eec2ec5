"""Load a city's pack, and check all of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from commonweal.city.check_files import check_files
from commonweal.city.check_measures import check_measures
from commonweal.city.check_sources import check_sources
from commonweal.city.check_strategy import check_strategy
from commonweal.city.faults import Entry, Faults, index_by_id
from commonweal.city.identity import Identity, read_identity
from commonweal.city.knowledge_tables import read_breaks, read_sources, read_suppression
from commonweal.city.measure_tables import read_measures
from commonweal.city.nearest_station import draw_nearest_station_areas
from commonweal.city.pack import City
from commonweal.city.place_tables import read_areas, read_fleet, read_stations
from commonweal.city.places import Area, MapFrame
from commonweal.city.polygons import AreaPolygon, read_polygons
from commonweal.city.strategy_tables import read_commitments, read_events, read_figures, read_programs
from commonweal.city.tables import PackTables
from commonweal.city.text_tables import Texts, read_texts
from commonweal.city.toml_document import read_document
from commonweal.errors import InvalidPack, Problem

T = TypeVar("T")


def load_city(folder: Path) -> City:
    """Load a pack that is in order.

    Parameters
    ----------
    folder : Path
        The pack: the folder that holds ``city.toml``.

    Raises
    ------
    InvalidPack
        With every problem at once: file, line, field, value, what is allowed.
    """
    faults = Faults()
    city = _read_city(folder, faults)
    if faults.problems or city is None:
        count = len(faults.problems)
        raise InvalidPack(
            f"The pack {folder} has {count} problem{'' if count == 1 else 's'}.", _sort(faults.problems)
        )
    return city


def check_city(folder: Path) -> tuple[Problem, ...]:
    """Check a pack; returns every problem, file by file, and nothing where it is in order."""
    faults = Faults()
    _read_city(folder, faults)
    return _sort(faults.problems)


def _sort(problems: list[Problem]) -> tuple[Problem, ...]:
    files = list(dict.fromkeys(one.where for one in problems))
    return tuple(sorted(problems, key=lambda one: (files.index(one.where), one.row or 0)))


def _read_city(folder: Path, faults: Faults) -> City | None:
    if not folder.is_dir():
        faults.add(str(folder), "is not a folder; a pack is a folder that holds city.toml")
        return None
    tables = _read_tables(folder, faults)
    identity = tables.identity
    check_files(folder, identity.languages, faults)
    check_strategy(tables, faults)
    check_measures(tables, faults)
    check_sources(folder, tables, faults)
    texts = read_texts(folder, identity.languages, _list_identifiers(tables), faults)
    polygons = read_polygons(folder, tuple(tables.areas), identity.frame, faults)
    if faults.problems or identity.frame is None:
        return None
    return _assemble(folder, tables, identity.frame, polygons, texts)


def _read_tables(folder: Path, faults: Faults) -> PackTables:
    document = read_document(folder, "city.toml", faults)
    identity = read_identity(document) if document else Identity()
    return PackTables(
        identity=identity,
        areas=index_by_id(read_areas(folder, faults), faults),
        stations=index_by_id(read_stations(folder, identity.frame, faults), faults),
        fleet=read_fleet(folder, faults),
        programs=index_by_id(read_programs(folder, faults), faults),
        figures=index_by_id(read_figures(folder, faults), faults),
        commitments=index_by_id(read_commitments(folder, faults), faults),
        events=read_events(folder, faults),
        measures=read_measures(folder, faults),
        sources=index_by_id(read_sources(document) if document else (), faults),
        breaks=index_by_id(read_breaks(document) if document else (), faults),
        suppression=index_by_id(read_suppression(document) if document else (), faults, key="sensitivity"),
    )


def _list_identifiers(tables: PackTables) -> dict[str, tuple[str, ...]]:
    """List the rows that translations may name, by table."""
    return {
        "city": (tables.identity.id,),
        "areas": tuple(tables.areas),
        "programs": tuple(tables.programs),
        "figures": tuple(tables.figures),
        "commitments": tuple(tables.commitments),
        "measures": tuple(tables.measures),
        "sources": tuple(tables.sources),
        "breaks": tuple(tables.breaks),
        "events": tuple(one.value.start.isoformat() for one in tables.events),
        "suppression": tuple(tables.suppression),
    }


def _assemble(
    folder: Path,
    tables: PackTables,
    frame: MapFrame,
    polygons: Mapping[str, AreaPolygon] | None,
    texts: Texts,
) -> City:
    identity = tables.identity
    stations = _values(tables.stations)
    if polygons is None:
        drawn = draw_nearest_station_areas(stations.values(), frame)
        polygons = {area: AreaPolygon(polygon, approximate=True) for area, polygon in drawn.items()}
    return City(
        folder=folder,
        id=identity.id,
        name=identity.name,
        names=identity.names or {},
        time_zone=identity.time_zone,
        languages=identity.languages,
        area_title=identity.area_title,
        population=identity.population,
        population_source=identity.population_source,
        frame=frame,
        areas={name: _place(area, polygons.get(name)) for name, area in _values(tables.areas).items()},
        stations=stations,
        fleet=tuple(one.value for one in tables.fleet),
        programs=_values(tables.programs),
        figures=_values(tables.figures),
        commitments=_values(tables.commitments),
        measures=_values(tables.measures),
        events=tuple(sorted((one.value for one in tables.events), key=lambda event: event.start)),
        sources=_values(tables.sources),
        breaks=_values(tables.breaks),
        suppression=_values(tables.suppression),
        texts=texts,
    )


def _values(entries: Mapping[str, Entry[T]]) -> dict[str, T]:
    return {name: entry.value for name, entry in entries.items()}


def _place(area: Area, polygon: AreaPolygon | None) -> Area:
    if polygon is None:
        return area
    return replace(area, geometry=polygon.geometry, approximate=polygon.approximate)
