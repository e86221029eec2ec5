"""Putting a simulated year where no real record can be had."""

from __future__ import annotations

from commonweal.sources.simulation.year import SOURCES, simulate_year
from commonweal.store import Publication
from commonweal.studies.desk import Desk


def list_missing(desk: Desk) -> tuple[str, ...]:
    """List the kinds of record that the pack can simulate and the store does not hold yet."""
    simulated = {
        source.kind: source.id for source in desk.city.sources.values() if source.protocol == "simulated"
    }
    return tuple(
        kind
        for kind, source in simulated.items()
        if SOURCES.get(kind) == source and desk.store.find_current(kind, source) is None
    )


def simulate_records(desk: Desk, *, year: int, seed: int) -> int:
    """Simulate a year and publish it in one step; returns the number of records.

    Parameters
    ----------
    desk : Desk
        City and store.
    year : int
        Calendar year.
    seed : int
        Seed; the same one gives the same records.

    Raises
    ------
    NotFound
        The pack has no ``simulation.toml``.
    """
    tables = simulate_year(desk.city, year=year, seed=seed)
    published = desk.store.publish_all(
        Publication(kind, one.table, one.rejected, one.provenance) for kind, one in tables.items()
    )
    return sum(snapshot.rows for snapshot in published)
