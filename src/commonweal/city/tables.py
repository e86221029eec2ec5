"""A pack as it was read: every table with the place of each entry, before it is checked as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from commonweal.city.faults import Entry
from commonweal.city.identity import Identity
from commonweal.city.knowledge import SeriesBreak, Source, SuppressionRule
from commonweal.city.measures import Measure
from commonweal.city.places import Area, FleetUnits, Station
from commonweal.city.strategy import Commitment, Event, Figure, Program


@dataclass(frozen=True, slots=True)
class PackTables:
    """Tables of a pack; those with identifiers are indexed by them, in the order of the files."""

    identity: Identity
    areas: Mapping[str, Entry[Area]]
    stations: Mapping[str, Entry[Station]]
    fleet: tuple[Entry[FleetUnits], ...]
    programs: Mapping[str, Entry[Program]]
    figures: Mapping[str, Entry[Figure]]
    commitments: Mapping[str, Entry[Commitment]]
    events: tuple[Entry[Event], ...]
    measures: Mapping[str, Entry[Measure]]
    sources: Mapping[str, Entry[Source]]
    breaks: Mapping[str, Entry[SeriesBreak]]
    suppression: Mapping[str, Entry[SuppressionRule]]
