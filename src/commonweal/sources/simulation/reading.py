"""Reading ``simulation.toml`` of a pack: all its problems at once, or what the generator is told."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path

from commonweal.city.pack import City
from commonweal.errors import InvalidPack, Problem
from commonweal.sources.simulation.checked import (
    list_tables,
    read_day,
    read_name,
    read_number,
    read_text,
    read_truth,
)
from commonweal.sources.simulation.parameters import ActivityRule, Simulation, TravelModel
from commonweal.sources.simulation.reading_calls import read_groups, read_units
from commonweal.sources.simulation.reading_places import find_weights_file, read_places
from commonweal.sources.toml_table import TomlTable

FILE_NAME = "simulation.toml"
SCHEMA = 1
EVERY_DAY = (1, 2, 3, 4, 5, 6, 7)


def find_simulation(city: City) -> Simulation | None:
    """Read what the generator is told about a city, or return None where its pack does not say.

    Raises
    ------
    InvalidPack
        ``simulation.toml`` has problems; all are listed.
    """
    path = city.folder / FILE_NAME
    return read_simulation(city, path) if path.is_file() else None


def check_simulation(city: City) -> tuple[Problem, ...]:
    """List every problem of a pack's ``simulation.toml``; none where there is no such file."""
    try:
        find_simulation(city)
    except InvalidPack as error:
        return error.problems
    return ()


def read_simulation(city: City, path: Path) -> Simulation:
    """Read a file of parameters and check it against its city.

    Raises
    ------
    InvalidPack
        It has problems; all are listed.
    """
    try:
        content = path.read_bytes()
        values = tomllib.loads(content.decode("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise InvalidPack(f"{path.name} cannot be read.", [Problem(path.name, str(error))]) from error
    document = TomlTable(path.name, "", values, [])
    document.allow("schema", "more_than_margin_percent", "activities", "places", "travel", "units", "calls")
    if values.get("schema") != SCHEMA:
        document.fault("schema", f"must be {SCHEMA}", values.get("schema"))
    units = read_units(document, city)
    weights = find_weights_file(document, city)
    hashed = content + (weights.read_bytes() if weights is not None and weights.is_file() else b"")
    simulation = Simulation(
        margin_percent=read_number(document, "more_than_margin_percent", 0, 50),
        groups=read_groups(document, city, units),
        units=units,
        travel=_read_travel(document),
        places=read_places(document, city),
        activities=tuple(_read_rule(one, city) for one in list_tables(document, "activities")),
        content_hash=hashlib.sha256(hashed).hexdigest(),
    )
    if document.problems:
        raise InvalidPack(f"{path.name} has {len(document.problems)} problems.", document.problems)
    return simulation


def _read_travel(document: TomlTable) -> TravelModel:
    table = document.table("travel")
    table.allow("detour", "spread", "busy")
    return TravelModel(
        detour=read_number(table, "detour", 1, 5),
        spread=read_number(table, "spread", 1, 5),
        busy=read_number(table, "busy", 0, 0.95),
    )


def _read_rule(table: TomlTable, city: City) -> ActivityRule:
    table.allow("figure", "activity", "pattern", "on", "from", "weekdays", "sites", "by_area", "goes_on")
    pattern = table.choice("pattern", ("spread", "events", "once"), "once")
    rule = ActivityRule(
        figure=read_name(table, "figure", city.figures),
        activity=read_text(table, "activity"),
        pattern="spread" if pattern == "spread" else "events" if pattern == "events" else "once",
        on=read_day(table, "on"),
        starts=read_day(table, "from"),
        weekdays=_read_weekdays(table),
        sites=read_name(table, "sites", city.figures) or None if "sites" in table.content else None,
        by_area=read_truth(table, "by_area"),
        goes_on=read_truth(table, "goes_on"),
    )
    _check_span(table, rule, city)
    return rule


def _check_span(table: TomlTable, rule: ActivityRule, city: City) -> None:
    figure = city.figures.get(rule.figure)
    if figure is None:
        return
    start, end = figure.period_start, figure.period_end
    if figure.program is None:
        table.fault("figure", "this figure has no program, and an activity belongs to one", rule.figure)
    if start is None or end is None:
        table.fault("figure", "this figure has no span, so its activity has no days", rule.figure)
        return
    for key, day in (("on", rule.on), ("from", rule.starts)):
        if day is not None and not start <= day <= end:
            table.fault(key, f"must lie in the figure's span, {start} to {end}", day)


def _read_weekdays(table: TomlTable) -> tuple[int, ...]:
    value = table.content.get("weekdays", list(EVERY_DAY))
    if not isinstance(value, list) or not value or any(one not in EVERY_DAY for one in value):
        table.fault("weekdays", "must be a list of days of the week, Monday = 1 to Sunday = 7", value)
        return EVERY_DAY
    return tuple(sorted(set(value)))
