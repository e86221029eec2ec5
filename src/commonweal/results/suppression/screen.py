"""Protecting the tables of a report as data frames."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import polars as pl

from commonweal.city.knowledge import SuppressionRule
from commonweal.errors import InvalidRequest, Problem
from commonweal.results.periods import Period
from commonweal.results.suppression.numbers import Key
from commonweal.results.suppression.protect import Suppressed, suppress
from commonweal.results.suppression.tables import Relations, collect_tables

COLUMNS: Final = ("area", "measure", "start", "end", "count")
"""Columns of a table of counts: area (empty for the whole city), measure, first and last day, the count."""


@dataclass(frozen=True, slots=True)
class ProtectedTable:
    """A table with what may be shown.

    Attributes
    ----------
    table : pl.DataFrame
        The rows as given, with ``hidden`` (bool), and ``count`` empty where hidden.
    suppressed : Suppressed
        What is hidden, for other parts of the report; and the audit.
    """

    table: pl.DataFrame
    suppressed: Suppressed


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What decides what is hidden.

    Attributes
    ----------
    rules : SuppressionRule or mapping of str to SuppressionRule
        One rule for all measures, or one by measure.
    parts : mapping of str to tuple of str
        Measures that are sums of others in the report.
    populations : mapping of str to int
        Residents by area, for rules with a smallest population.
    """

    rules: SuppressionRule | Mapping[str, SuppressionRule]
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    populations: Mapping[str, int] = field(default_factory=dict)


def protect_screen(table: pl.DataFrame, thresholds: Thresholds) -> ProtectedTable:
    """Hide what must be hidden in all tables of a report at once.

    Parameters
    ----------
    table : pl.DataFrame
        Every count of every table, one below the other, with the columns `COLUMNS`; others are kept. The same
        number may occur in several rows. Numbers that are shown as 0, and totals of the city, belong in it too:
        what is left out here cannot be taken into account.
    thresholds : Thresholds
        The rules.

    Raises
    ------
    InvalidRequest
        A column is missing, a count is empty or negative, one number is given with two values, or numbers
        contradict each other.
    PublicationBlocked
        Something that must be hidden follows from totals that are always shown.
    """
    counts = _read_counts(table)
    measures = {key.measure for key in counts}
    rules = thresholds.rules
    by_measure = dict.fromkeys(measures, rules) if isinstance(rules, SuppressionRule) else rules
    relations = Relations(by_measure, thresholds.parts, thresholds.populations)
    suppressed = suppress(collect_tables(counts, relations))
    flags = pl.Series("hidden", [key in suppressed.hidden for key in _keys(table)], dtype=pl.Boolean)
    shown = table.with_columns(flags).with_columns(
        pl.when(pl.col("hidden")).then(None).otherwise(pl.col("count")).alias("count")
    )
    return ProtectedTable(shown, suppressed)


def _keys(table: pl.DataFrame) -> list[Key]:
    rows = table.select("area", "measure", "start", "end").iter_rows()
    return [Key(area or "", measure, Period(start, end)) for area, measure, start, end in rows]


def _read_counts(table: pl.DataFrame) -> dict[Key, int]:
    missing = [name for name in COLUMNS if name not in table.columns]
    if missing:
        problems = [
            Problem("table", f"the columns are: {', '.join(COLUMNS)}", field=name) for name in missing
        ]
        raise InvalidRequest("The table cannot be protected.", problems)
    counts: dict[Key, int] = {}
    problems = []
    for row, (key, value) in enumerate(zip(_keys(table), table["count"], strict=True)):
        if value is None or value != int(value):
            problems.append(
                Problem("table", "a count is a whole number", row=row, field=str(key), value=str(value))
            )
        elif counts.setdefault(key, int(value)) != int(value):
            message = f"the same number is given as {counts[key]} elsewhere"
            problems.append(Problem("table", message, row=row, field=str(key), value=str(value)))
    if problems:
        raise InvalidRequest("The table cannot be protected.", problems)
    return counts
