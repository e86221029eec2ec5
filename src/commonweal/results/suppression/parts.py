"""Which measures are sums of others, read from their filters.

Violent crime is the sum of homicide, robbery and the rest; shown beside them by area, it would give a hidden one
away. Nobody has to declare that: measures that count the same records, filtered otherwise, are cut into the pieces
their filters make of each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import product
from typing import Final

from commonweal.city.measures import Measure, Scalar

OTHER: Final = "\0any other"
"""Stands for all values of a column that no measure names."""

Piece = tuple[str, ...]


def find_parts(measures: Iterable[Measure]) -> dict[str, tuple[str, ...]]:
    """Return the measures that overlap, each with the pieces it is the sum of.

    Parameters
    ----------
    measures : iterable of Measure
        Measures of one report. Only counts and sums can overlap; of shares, give the two counts as measures.

    Returns
    -------
    dict of str to tuple of str
        For ``Relations.parts``. Pieces have names of their own; a measure that overlaps with no other is left out.
    """
    families: defaultdict[tuple[str, str], list[Measure]] = defaultdict(list)
    for measure in measures:
        families[measure.kind, _amount(measure)].append(measure)
    found: dict[str, tuple[str, ...]] = {}
    for family in families.values():
        found |= _parts_of_family(family)
    return found


def _amount(measure: Measure) -> str:
    return "sum:value" if measure.kind == "counts" and measure.value == "count" else measure.value


def _parts_of_family(family: list[Measure]) -> dict[str, tuple[str, ...]]:
    """Cut what the measures of one family count into pieces, each inside or outside of every measure."""
    named: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for measure in family:
        for column, allowed in measure.where.items():
            named[column].update(dict.fromkeys(map(_text, allowed)))
    columns = {column: (*values, OTHER) for column, values in named.items()}
    holders: defaultdict[frozenset[str], list[Piece]] = defaultdict(list)
    for piece in product(*columns.values()):
        inside = frozenset(one.id for one in family if _holds(one, dict(zip(columns, piece, strict=True))))
        if inside:
            holders[inside].append(piece)
    names = {inside: f"only {' + '.join(sorted(inside))}" for inside in holders}
    parts = {one.id: tuple(sorted(names[inside] for inside in holders if one.id in inside)) for one in family}
    alone = {one.id for one in family if all(len(inside) == 1 for inside in holders if one.id in inside)}
    return {name: pieces for name, pieces in parts.items() if name not in alone}


def _holds(measure: Measure, piece: Mapping[str, str]) -> bool:
    return all(
        piece[column] in {_text(value) for value in allowed} for column, allowed in measure.where.items()
    )


def _text(value: Scalar) -> str:
    return f"{type(value).__name__} {value}"
