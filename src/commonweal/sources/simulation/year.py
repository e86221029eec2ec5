"""One simulated year of a city: calls, responses and program activity."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime

import polars as pl

from commonweal.city.pack import City
from commonweal.errors import NotFound
from commonweal.records import Provenance
from commonweal.sources.parse import Parsed
from commonweal.sources.simulation.activities import draw_activities
from commonweal.sources.simulation.calls import draw_calls, find_group_target
from commonweal.sources.simulation.hours import list_year_hours
from commonweal.sources.simulation.parameters import Simulation
from commonweal.sources.simulation.places import draw_places
from commonweal.sources.simulation.reading import find_simulation
from commonweal.sources.simulation.responses import draw_responses
from commonweal.sources.simulation.streams import open_stream
from commonweal.sources.simulation.tables import (
    ACTIVITIES_SOURCE,
    CALLS_SOURCE,
    RESPONSES_SOURCE,
    build_activities,
    build_calls,
    build_responses,
)
from commonweal.sources.simulation.totals import Target

SOURCES = {"calls": CALLS_SOURCE, "responses": RESPONSES_SOURCE, "activities": ACTIVITIES_SOURCE}


def simulate_year(
    city: City, *, year: int = 2024, seed: int, scale: float = 1.0, now: datetime | None = None
) -> dict[str, Parsed]:
    """Simulate a year of a city as its ``simulation.toml`` says.

    The same city, year, seed and scale give the same tables, byte for byte, with one version of NumPy.

    Parameters
    ----------
    city : City
        The city; its pack must have a ``simulation.toml``.
    year : int
        Calendar year, in the city's time zone.
    seed : int
        Seed, from 0.
    scale : float
        Factor on the number of calls. Other than 1 it makes a smaller table for trying things, which repeats no
        published total of calls; its provenance says so.
    now : datetime, optional
        Time that the provenance names; by default the first moment after the year (UTC).

    Returns
    -------
    dict of str to Parsed
        By kind: ``calls``, ``responses``, ``activities``.

    Raises
    ------
    NotFound
        The city has nothing to simulate.
    InvalidPack
        ``simulation.toml`` has problems; all are listed.
    """
    simulation = find_simulation(city)
    if simulation is None:
        raise NotFound(f"{city.name} has no simulation.toml, so there is nothing to simulate.")
    return simulate_with(city, simulation, year=year, seed=seed, scale=scale, now=now)


def simulate_with(
    city: City,
    simulation: Simulation,
    *,
    year: int,
    seed: int,
    scale: float = 1.0,
    now: datetime | None = None,
) -> dict[str, Parsed]:
    """Simulate a year with parameters as given; see `simulate_year`. Pure."""
    hours = list_year_hours(year, city.time_zone)
    places = draw_places(city, simulation.places, open_stream(seed, "places"))
    targets = tuple(
        _scale(find_group_target(group, city.figures, year, simulation.margin_percent), scale)
        for group in simulation.groups
    )
    calls = draw_calls(simulation, targets, hours, places, seed)
    responses = draw_responses(city, simulation, calls, places, seed)
    agency_of = {row.unit_type: row.agency for row in city.fleet}
    agencies = [agency_of[unit_type] for unit_type in responses.unit_types]
    tables = {
        "calls": build_calls(calls, responses, places, simulation.groups, year),
        "responses": build_responses(calls, responses, places, agencies, year),
        "activities": build_activities(draw_activities(simulation, city.figures, places, year, seed), year),
    }
    made = {
        "year": year,
        "seed": seed,
        "scale": scale,
        "parameters": simulation.content_hash,
        "city": city.id,
    }
    return {
        kind: _wrap(city, kind, table, made, now or datetime(year + 1, 1, 1, tzinfo=UTC))
        for kind, table in tables.items()
    }


def _scale(target: Target, scale: float) -> Target:
    return replace(target, total=round(target.total * scale))


def _wrap(city: City, kind: str, table: pl.DataFrame, made: dict[str, object], now: datetime) -> Parsed:
    source = city.sources.get(SOURCES[kind])
    recipe = json.dumps({**made, "kind": kind}, sort_keys=True)
    notes = [
        "Made by a generator; these records did not happen. Published totals are repeated, the rest is assumed."
    ]
    if made["scale"] != 1.0 and kind != "activities":
        notes.append(f"Made at {made['scale']:g} times the number of calls: totals are not those published.")
    provenance = Provenance(
        source=SOURCES[kind],
        title=source.title if source else f"Simulated {kind}",
        publisher=source.publisher if source else "Commonweal",
        url=source.url if source else "",
        licence=source.licence if source else "",
        retrieved_at=now,
        file_name="simulation.toml",
        content_hash=hashlib.sha256(recipe.encode()).hexdigest(),
        mapping_hash=str(made["parameters"]),
        rows_read=table.height,
        rows_kept=table.height,
        rows_rejected=0,
        duplicates=0,
        notes=tuple(notes),
        simulated=True,
        seed=int(str(made["seed"])),
    )
    rejected = pl.DataFrame(schema={"row": pl.Int64, "rule": pl.String, "problem": pl.String})
    return Parsed(table, rejected, provenance)
