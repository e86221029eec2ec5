"""Reading the calls and units of ``simulation.toml``."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from commonweal.city.pack import City
from commonweal.records.vocabulary import AGENCIES, CALL_ORIGINS, PRIORITIES
from commonweal.sources.simulation.checked import (
    check_total,
    list_tables,
    read_interval,
    read_name,
    read_number,
    read_shares,
    read_text,
    read_weights,
    read_whole,
)
from commonweal.sources.simulation.parameters import CallGroup, CallType, UnitType
from commonweal.sources.toml_table import TomlTable, name_close

MOST_CALLS = 50_000_000


def read_units(document: TomlTable, city: City) -> dict[str, UnitType]:
    """Return the unit types; each must have staffed units at stations of the pack's fleet."""
    inner = document.table("units")
    staffed = {row.unit_type for row in city.fleet if row.units > 0 and row.station in city.stations}
    units = {}
    for name in inner.content:
        one = inner.table(name)
        one.allow("prefix", "turnout", "speed_km_h")
        if name not in staffed:
            inner.fault(name, f"fleet.csv has no such unit type; {name_close(name, sorted(staffed))}")
        units[name] = UnitType(
            name,
            read_text(one, "prefix"),
            read_interval(one, "turnout"),
            read_number(one, "speed_km_h", 1, 200),
        )
    return units


def read_groups(document: TomlTable, city: City, units: Collection[str]) -> tuple[CallGroup, ...]:
    """Return the groups of calls; each has a figure of the pack or an assumed total with its reason."""
    groups = tuple(_read_group(one, city, units) for one in list_tables(document, "calls"))
    if not groups:
        document.fault("calls", "there must be at least one group of calls")
    names = [group.id for group in groups]
    for name in sorted({name for name in names if names.count(name) > 1}):
        document.fault("calls", "two groups may not have the same id", name)
    return groups


def _read_group(table: TomlTable, city: City, units: Collection[str]) -> CallGroup:
    table.allow(
        "id", "figure", "total", "why", "hours", "weekdays", "months", "answer", "processing", "wait", "origins",
        "dispositions", "transport_disposition", "types",
    )  # fmt: skip
    figure, total = _read_total(table, city)
    return CallGroup(
        id=read_text(table, "id"),
        figure=figure,
        total=total,
        why=table.text("why"),
        hours=read_weights(table, "hours", 24),
        weekdays=read_weights(table, "weekdays", 7),
        months=read_weights(table, "months", 12),
        answer=read_interval(table, "answer"),
        processing=read_interval(table, "processing"),
        wait=_read_waits(table),
        origins=read_shares(table, "origins", CALL_ORIGINS),
        dispositions=read_shares(table, "dispositions"),
        transport_disposition=read_text(table, "transport_disposition"),
        types=_read_types(table, units),
    )


def _read_total(table: TomlTable, city: City) -> tuple[str | None, int | None]:
    if "figure" in table.content:
        if "total" in table.content:
            table.fault("total", "give a figure or a total, not both", table.content["total"])
        return read_name(table, "figure", city.figures) or None, None
    if not table.text("why").strip():
        table.fault("why", "an assumed total needs its reason")
    return None, read_whole(table, "total", 0, MOST_CALLS)


def _read_waits(table: TomlTable) -> Mapping[str, float]:
    inner = table.table("wait")
    inner.allow(*PRIORITIES)
    return {name: read_number(inner, name, 0, 100) for name in inner.content if name in PRIORITIES}


def _read_types(table: TomlTable, units: Collection[str]) -> tuple[CallType, ...]:
    types = []
    for one in list_tables(table, "types"):
        one.allow("agency", "name", "share", "priority", "units", "transport", "scene_min")
        sent = one.texts("units")
        for unit in sent:
            if unit not in units:
                one.fault(
                    "units",
                    f"there is no such unit type under [units]; {name_close(unit, list(units))}",
                    unit,
                )
        if not sent:
            one.fault("units", "must name at least one unit type")
        types.append(
            CallType(
                agency=one.choice("agency", AGENCIES, ""),
                name=read_text(one, "name"),
                priority=one.choice("priority", PRIORITIES, ""),
                share=read_number(one, "share", 0, 1),
                units=sent,
                transport=read_number(one, "transport", 0, 1),
                scene_min=read_number(one, "scene_min", 0.1, 1440),
            )
        )
    check_total(table, "types", sum(one.share for one in types))
    return tuple(types)
