"""What a city knows about its own numbers: sources, breaks in series, thresholds of publication."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True)
class Source:
    """One place records come from.

    Attributes
    ----------
    id, title, publisher, url, licence : str
        What it is.
    kind : str
        Record type it yields.
    protocol : {'pack', 'file', 'socrata', 'arcgis', 'simulated'}
        ``pack``: a table carried by the pack; ``file``: loaded by hand; the others are fetched or generated.
    domain, dataset : str
        Address of a portal and name of the dataset on it; for ``pack`` the file, in ``dataset``.
    map : str
        Mapping file, by name, in ``maps/``.
    order_by, updated_column : str
        Stable key to page by, and column that says when a row changed (``:updated_at`` for Socrata).
    where : str
        Filter sent to the portal; empty for none.
    grain_period : {'point', 'day', 'month', 'year'}
        Finest time the records tell.
    grain_area : {'point', 'area', 'city'}
        Finest place the records tell.
    verified : bool
        True only where the address was tried against the live portal.
    covers_from, covers_to : date or None
        First and last day for which the source is complete.
    note : str
        What the reader should know.
    """

    id: str
    title: str
    publisher: str
    url: str
    licence: str
    kind: str
    protocol: Literal["pack", "file", "socrata", "arcgis", "simulated"]
    domain: str
    dataset: str
    map: str
    order_by: str
    updated_column: str
    where: str
    grain_period: Literal["point", "day", "month", "year"]
    grain_area: Literal["point", "area", "city"]
    verified: bool
    covers_from: date | None
    covers_to: date | None
    note: str


@dataclass(frozen=True, slots=True)
class SeriesBreak:
    """A day from which a series is counted differently: numbers before and after cannot be compared.

    Attributes
    ----------
    id : str
        Identifier.
    on : date
        First day of the new way of counting.
    until : date or None
        Last day that is affected; none where the new way lasts.
    kinds : tuple of str
        Record types affected.
    sources : tuple of str
        Sources affected; empty for all of those kinds.
    title, why : str
        In words, for the public.
    reference : str
        Document.
    """

    id: str
    on: date
    until: date | None
    kinds: tuple[str, ...]
    sources: tuple[str, ...]
    title: str
    why: str
    reference: str


@dataclass(frozen=True, slots=True)
class SuppressionRule:
    """From which count on a cell may be published.

    Attributes
    ----------
    sensitivity : str
        Name a measure refers to.
    hide_from, hide_to : int
        Counts in this closed range are hidden (0 is shown unless the range starts at 0).
    smallest_population : int
        Cells of areas with fewer residents are hidden; 0 for no such rule.
    geography : {'all', 'area'}
        ``area``: city-wide totals are exempt.
    why : str
        Reason, for the public.
    """

    sensitivity: str
    hide_from: int
    hide_to: int
    smallest_population: int
    geography: Literal["all", "area"]
    why: str
