"""Counting every area, what lies in none, and the city, for the audit of a release."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

import polars as pl

from commonweal.city.measures import Measure
from commonweal.results.breaks import is_comparable
from commonweal.results.calendar_grid import split
from commonweal.results.compiler import Scope, compile_totals
from commonweal.results.finding import Query
from commonweal.results.periods import Period
from commonweal.studies.answering import AnsweringSource
from commonweal.studies.desk import Desk

ELSEWHERE = "(elsewhere)"
"""Records that lie in no area: no one sees them as a row, but they are in the city's total."""


@dataclass(frozen=True, slots=True)
class Counted:
    """Counts of one measure by area and period, and the query that gave them."""

    table: pl.DataFrame
    query: Query


def list_years(desk: Desk, answering: AnsweringSource) -> tuple[Period, ...]:
    """List the calendar years that are complete and lie before every break."""
    breaks = desk.city.breaks.values()
    return tuple(
        year
        for year in split(answering.covers, "year")
        if is_comparable(breaks, answering.source.kind, answering.source.id, year)
    )


def list_spans(periods: Sequence[Period]) -> tuple[Period, ...]:
    """List the spans between the days at which any period begins or has ended."""
    edges = sorted({day for one in periods for day in (one.start, one.end + timedelta(days=1))})
    return tuple(Period(first, after - timedelta(days=1)) for first, after in pairwise(edges))


def count_areas(
    desk: Desk,
    measure: Measure,
    answering: AnsweringSource,
    periods: Sequence[Period],
    *,
    between: Sequence[Period],
) -> Counted:
    """Count every area, what lies elsewhere, and the city, in every period; the city in the spans between too.

    The city is published for any span. Where two periods overlap, its number of what only one of them holds bounds
    the difference between two numbers of an area, so the audit must know it.
    """
    wanted = [*periods, *between]
    scope = Scope(answering.source, desk.city.time_zone, by=("area",))
    answer = desk.ask(compile_totals(measure, scope, wanted), answering.snapshot)
    found = answer.table.select(
        pl.col("area").fill_null(ELSEWHERE), pl.col("period").cast(pl.Int64), pl.col("value").cast(pl.Int64)
    )
    places = pl.DataFrame({"area": [*desk.city.areas, ELSEWHERE]})
    grid = places.join(pl.DataFrame({"period": range(len(wanted))}), how="cross")
    filled = grid.join(found, on=["area", "period"], how="left").with_columns(pl.col("value").fill_null(0))
    if not filled.filter(pl.col("area") == ELSEWHERE)["value"].sum():
        filled = filled.filter(pl.col("area") != ELSEWHERE)
    city = (
        filled.group_by("period")
        .agg(pl.col("value").sum())
        .with_columns(area=pl.lit(""))
        .select(filled.columns)
    )
    both = pl.concat([filled.filter(pl.col("period") < len(periods)), city])
    spans = pl.DataFrame(
        {"period": range(len(wanted)), "start": [p.start for p in wanted], "end": [p.end for p in wanted]}
    )
    table = both.join(spans, on="period").select(
        "area", pl.lit(measure.id).alias("measure"), "start", "end", pl.col("value").alias("count")
    )
    return Counted(table, answer.query)
