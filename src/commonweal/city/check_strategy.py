"""Check what places and strategy refer to: areas, stations, programs, measures."""

from __future__ import annotations

from collections.abc import Mapping

from commonweal.city.area_names import normalize_name
from commonweal.city.faults import Entry, Faults, name_known
from commonweal.city.measure_values import find_measure_value
from commonweal.city.places import Area
from commonweal.city.tables import PackTables


def check_strategy(tables: PackTables, faults: Faults) -> None:
    """Write down every reference of places and strategy that leads nowhere, or to something that cannot answer."""
    check_area_names(tables.areas, faults)
    _check_places(tables, faults)
    _check_figures(tables, faults)
    _check_commitments(tables, faults)


def check_area_names(areas: Mapping[str, Entry[Area]], faults: Faults) -> None:
    """Write down names that stand for two areas."""
    taken: dict[str, str] = {}
    for area, entry in areas.items():
        for field, names in (
            ("id", (area,)),
            ("name", (entry.value.name,)),
            ("aliases", entry.value.aliases),
        ):
            for name in names:
                plain = normalize_name(name)
                if not plain and name:
                    entry.fault(faults, field, "must hold a letter or a digit", name)
                elif plain and taken.setdefault(plain, area) != area:
                    entry.fault(
                        faults, field, f"stands for another area already: {taken[plain]}; case, spaces and "
                        "punctuation do not tell names apart", name,
                    )  # fmt: skip


def _check_places(tables: PackTables, faults: Faults) -> None:
    areas, stations = tuple(tables.areas), tuple(tables.stations)
    for station in tables.stations.values():
        if station.value.area is not None and station.value.area not in tables.areas:
            message = f"areas.csv has no such area; {name_known(station.value.area, areas)}"
            station.fault(faults, "area", message, station.value.area)
    for units in tables.fleet:
        home = tables.stations.get(units.value.station)
        if home is None:
            message = f"stations.csv has no such station; {name_known(units.value.station, stations)}"
            units.fault(faults, "station", message, units.value.station)


def _check_figures(tables: PackTables, faults: Faults) -> None:
    for entry in tables.figures.values():
        figure = entry.value
        if figure.program is not None and figure.program not in tables.programs:
            message = (
                f"programs.csv has no such program; {name_known(figure.program, tuple(tables.programs))}"
            )
            entry.fault(faults, "program", message, figure.program)
        if figure.baseline_end and figure.period_start and figure.baseline_end >= figure.period_start:
            message = f"must lie before period_start, {figure.period_start}"
            entry.fault(faults, "baseline_end", message, str(figure.baseline_end))
        if figure.measure is None:
            continue
        declared = tables.measures.get(figure.measure)
        if declared is None:
            message = (
                f"measures.toml has no such measure; {name_known(figure.measure, tuple(tables.measures))}"
            )
            entry.fault(faults, "measure", message, figure.measure)
            continue
        is_share = declared.value.denominator is not None
        value = find_measure_value(declared.value.value)
        if figure.form == "share" and not is_share:
            message = f"a share needs a measure with a denominator; {figure.measure} has none"
            entry.fault(faults, "form", message, figure.form)
        if figure.form == "total" and is_share:
            entry.fault(faults, "form", f"{figure.measure} is a share; write share or change", figure.form)
        if figure.form == "total" and figure.unit == "percent" and not is_share and value is not None:
            entry.fault(
                faults, "unit", "a total is not in percent; is the form change or share?", figure.unit
            )


def _check_commitments(tables: PackTables, faults: Faults) -> None:
    for entry in tables.commitments.values():
        promise = entry.value
        if promise.program is not None and promise.program not in tables.programs:
            message = (
                f"programs.csv has no such program; {name_known(promise.program, tuple(tables.programs))}"
            )
            entry.fault(faults, "program", message, promise.program)
        if promise.measure is not None and promise.measure not in tables.measures:
            message = (
                f"measures.toml has no such measure; {name_known(promise.measure, tuple(tables.measures))}"
            )
            entry.fault(faults, "measure", message, promise.measure)
