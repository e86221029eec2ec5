"""Measures: what is counted, declared as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Scalar = str | int | float | bool


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that is measured, as declared in ``measures.toml``.

    Attributes
    ----------
    id : str
        Identifier: ``homicides``.
    title : str
        Name in words, for a reader: ``Homicides``.
    kind : str
        Record type it is computed from.
    sources : tuple of str
        Sources that can answer, best first; the first one that is loaded and fine enough answers.
    where : mapping of str to tuple of scalars
        Filter: column → allowed values. All must hold.
    value : str
        ``count`` (rows), ``sum:COLUMN``, ``median:COLUMN``, ``p90:COLUMN`` (quantiles of a column or, written
        ``p90:A-B``, of the seconds from column B to column A).
    denominator : mapping of str to tuple of scalars, or None
        Filter of the denominator where the measure is a share of the same records: value = share in percent.
    unit : str
        Unit of the value: ``homicides``, ``percent``, ``seconds``.
    direction : {'up', 'down', 'none'}
        Which way is better; ``none`` where neither is.
    per_population : bool
        Whether a rate per 100,000 residents makes sense.
    sensitivity : str
        Row of the pack's suppression thresholds that applies: ``default``, ``victim_traits`` …
    counts : {'incidents', 'victims', 'events', 'people'}
        What one unit is; incidents and victims are different counts.
    note : str
        What the reader should know.
    headline : int or None
        Place among the cards of the overview, from 1; none where it is not shown there.
    category : str
        Row of the area × category screen it stands for.
    """

    id: str
    title: str
    kind: str
    sources: tuple[str, ...]
    where: Mapping[str, tuple[Scalar, ...]] = field(default_factory=dict)
    value: str = "count"
    denominator: Mapping[str, tuple[Scalar, ...]] | None = None
    unit: str = ""
    direction: Literal["up", "down", "none"] = "none"
    per_population: bool = False
    sensitivity: str = "default"
    counts: Literal["incidents", "victims", "events", "people"] = "incidents"
    note: str = ""
    headline: int | None = None
    category: str = ""
