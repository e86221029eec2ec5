"""Everything that can be wrong with a pack, found before it is used."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from commonweal.city import City, check_city, load_city
from commonweal.errors import CommonwealError, InvalidMapping, Problem
from commonweal.sources.load import load_pack_sources
from commonweal.sources.mapping import read_mapping
from commonweal.sources.simulation import check_simulation

SHOWN_ROWS = 20
"""Rejected rows of one table that are listed one by one."""


def check_pack(folder: Path) -> tuple[Problem, ...]:
    """List every problem of a pack: its tables, its mapping files, its simulation, the records it carries.

    Parameters
    ----------
    folder : Path
        The pack.

    Returns
    -------
    tuple of Problem
        Empty where the pack is in order. What depends on the tables is checked when they are in order.
    """
    problems = check_city(folder)
    if problems:
        return problems
    city = load_city(folder)
    problems = (*_check_mappings(city), *check_simulation(city))
    return problems or _check_records(city)


def _check_mappings(city: City) -> list[Problem]:
    problems: list[Problem] = []
    for path in sorted((city.folder / "maps").glob("*.toml")):
        try:
            read_mapping(path)
        except InvalidMapping as error:
            problems += error.problems
    return problems


def _check_records(city: City) -> tuple[Problem, ...]:
    """Parse the tables the pack carries: all of their rows must be kept."""
    try:
        loaded = load_pack_sources(city, now=datetime.now(UTC))
    except CommonwealError as error:
        return error.problems or (Problem("records", error.message),)
    return tuple(
        Problem(f"records/{one.parsed.provenance.file_name}", row["problem"], row=row["row"])
        for one in loaded
        for row in one.parsed.rejected.head(SHOWN_ROWS).iter_rows(named=True)
    )
