"""Read who the city is: the head of ``city.toml``."""

from __future__ import annotations

import zoneinfo
from collections.abc import Mapping
from dataclasses import dataclass

from commonweal.city.faults import name_known
from commonweal.city.identifiers import LANGUAGE, LANGUAGE_RULE
from commonweal.city.places import MapFrame
from commonweal.city.toml_document import TomlDocument, TomlTable

SCHEMA_VERSION = 1
WIDEST_DEGREES = 10.0
"""A frame wider or higher than this is no city: two numbers are swapped or mistyped."""

HEAD_KEYS = (
    "schema",
    "id",
    "name",
    "time_zone",
    "languages",
    "area_title",
    "population",
    "population_source",
    "names",
    "map",
    "sources",
    "breaks",
    "suppression",
)


@dataclass(frozen=True, slots=True)
class Identity:
    """Head of ``city.toml``; the fields are those of `City`. ``frame`` is none where it cannot be read."""

    id: str = ""
    name: str = ""
    names: Mapping[str, str] | None = None
    time_zone: str = "UTC"
    languages: tuple[str, ...] = ("en",)
    area_title: str = "area"
    population: int | None = None
    population_source: str = ""
    frame: MapFrame | None = None


def read_identity(document: TomlDocument) -> Identity:
    """Read the head of ``city.toml``; faults are written down in the document's list."""
    root = document.root
    root.allow(*HEAD_KEYS)
    if root.content.get("schema") != SCHEMA_VERSION or isinstance(root.content["schema"], bool):
        root.fault(
            "schema", f"must be {SCHEMA_VERSION}: the version of this file's form", root.content.get("schema")
        )
    population = root.whole("population", smallest=1)
    population_source = root.text("population_source")
    if population is not None and not population_source:
        root.fault("population_source", "is missing: say where the population comes from")
    languages = _read_languages(root)
    return Identity(
        id=root.identifier("id"),
        name=root.text("name", required=True),
        names=_read_names(document, languages),
        time_zone=_read_time_zone(root),
        languages=languages,
        area_title=root.text("area_title", required=True),
        population=population,
        population_source=population_source,
        frame=_read_frame(document),
    )


def _read_languages(root: TomlTable) -> tuple[str, ...]:
    languages = root.texts("languages")
    if not languages and root.content.get("languages") in (None, []):
        root.fault("languages", 'is missing: a list, the default first, for example ["en", "es"]')
    for code in languages:
        if not LANGUAGE.fullmatch(code):
            root.fault("languages", LANGUAGE_RULE, code)
    return languages or ("en",)


def _read_names(document: TomlDocument, languages: tuple[str, ...]) -> Mapping[str, str]:
    table = document.root.table("names", document.lines)
    names = {}
    for code in table.content:
        if code not in languages:
            table.fault(code, f"is not one of the languages of this pack: {', '.join(languages)}")
        names[code] = table.text(code, required=True)
    return names


def _read_time_zone(root: TomlTable) -> str:
    zone = root.text("time_zone", required=True)
    known = zoneinfo.available_timezones()
    if zone and zone not in known:
        root.fault("time_zone", f"must be the name of a time zone; {_name_zone(zone, known)}", zone)
        return "UTC"
    return zone or "UTC"


def _name_zone(zone: str, known: set[str]) -> str:
    hint = name_known(zone, sorted(known))
    return hint if hint.startswith("did you mean") else "for example America/Los_Angeles"


def _read_frame(document: TomlDocument) -> MapFrame | None:
    if "map" not in document.root.content:
        document.root.fault("map", "is missing: [map] with west, south, east and north in degrees")
        return None
    table = document.root.table("map", document.lines)
    table.allow("west", "south", "east", "north")
    sides = {key: table.number(key) for key in ("west", "south", "east", "north")}
    west, south, east, north = sides.values()
    if west is None or south is None or east is None or north is None:
        return None
    frame = MapFrame(west, south, east, north)
    before = len(table.faults.problems)
    for key, message in find_frame_problems(frame).items():
        table.fault(key, message, getattr(frame, key))
    return frame if len(table.faults.problems) == before else None


def find_frame_problems(frame: MapFrame) -> dict[str, str]:
    """Find what is wrong with a frame: the message by side; empty where it can be the frame of a city."""
    problems = {}
    for side, limit in (("west", 180), ("east", 180), ("south", 90), ("north", 90)):
        if not abs(getattr(frame, side)) <= limit:
            problems[side] = f"must be in degrees from -{limit} to {limit}"
    for low, high in (("west", "east"), ("south", "north")):
        width = getattr(frame, high) - getattr(frame, low)
        if low in problems or high in problems:
            continue
        if width <= 0:
            problems[low] = f"must be smaller than {high} ({getattr(frame, high):g})"
        elif width > WIDEST_DEGREES:
            problems[low] = f"the frame spans {width:g} degrees to {high}; at most {WIDEST_DEGREES:g}"
    return problems
