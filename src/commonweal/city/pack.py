"""A city: everything its folder says, loaded and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from commonweal.city.knowledge import SeriesBreak, Source, SuppressionRule
from commonweal.city.measures import Measure
from commonweal.city.places import Area, FleetUnits, MapFrame, Station
from commonweal.city.strategy import Commitment, Event, Figure, Program
from commonweal.errors import NotFound

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class City:
    """One city's pack.

    Attributes
    ----------
    folder : Path
        Where it was read from.
    id, name : str
        ``los-angeles``, ``Los Angeles``.
    names : mapping of str to str
        Name by language code.
    time_zone : str
        IANA name.
    languages : tuple of str
        Languages of reports and pages, first one the default.
    area_title : str
        What the areas are called, in the singular: ``police area``.
    population : int or None
        Residents of the whole city, with ``population_source``.
    frame : MapFrame
        What its map shows.
    areas, stations, fleet, programs, figures, commitments, measures, events, sources, breaks, suppression
        The tables, in the order of the files; by identifier where they have one.
    texts : mapping of (language, table, id, field) to str
        Translations of the pack's own words.
    """

    folder: Path
    id: str
    name: str
    names: Mapping[str, str]
    time_zone: str
    languages: tuple[str, ...]
    area_title: str
    population: int | None
    population_source: str
    frame: MapFrame
    areas: Mapping[str, Area]
    stations: Mapping[str, Station]
    fleet: tuple[FleetUnits, ...]
    programs: Mapping[str, Program]
    figures: Mapping[str, Figure]
    commitments: Mapping[str, Commitment]
    measures: Mapping[str, Measure]
    events: tuple[Event, ...]
    sources: Mapping[str, Source]
    breaks: Mapping[str, SeriesBreak]
    suppression: Mapping[str, SuppressionRule]
    texts: Mapping[tuple[str, str, str, str], str]

    def get_measure(self, name: str) -> Measure:
        """Return a measure, or raise `NotFound` with close names."""
        return _get("measure", name, self.measures)

    def get_area(self, name: str) -> Area:
        """Return an area, or raise `NotFound` with close names."""
        return _get("area", name, self.areas)

    def get_program(self, name: str) -> Program:
        """Return a program, or raise `NotFound` with close names."""
        return _get("program", name, self.programs)

    def get_figure(self, name: str) -> Figure:
        """Return a published figure, or raise `NotFound` with close names."""
        return _get("figure", name, self.figures)

    def get_commitment(self, name: str) -> Commitment:
        """Return a commitment, or raise `NotFound` with close names."""
        return _get("commitment", name, self.commitments)

    def get_source(self, name: str) -> Source:
        """Return a source, or raise `NotFound` with close names."""
        return _get("source", name, self.sources)

    def text(self, language: str, table: str, row: str, field: str, default: str) -> str:
        """Return the pack's own words in a language, or the default where there is no translation."""
        return self.texts.get((language, table, row, field), default)


def _get(what: str, name: str, table: Mapping[str, T]) -> T:
    if name not in table:
        raise NotFound.named(what, name, list(table))
    return table[name]
