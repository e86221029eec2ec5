"""Counts: one row a number that a source publishes already added up."""

from __future__ import annotations

import dataframely as dy
import polars as pl

from commonweal.records.declaration import RecordSchema, RecordType, about
from commonweal.records.vocabulary import QUANTITIES


class Counts(RecordSchema):
    """One published aggregate: period × area × category × value."""

    period_start = dy.Date(
        description="First day of the period, in the city's calendar.",
        metadata=about("date", "public", "2023-05-01"),
    )
    period_end = dy.Date(
        description="Last day of the period, included.",
        metadata=about("date", "public", "2023-05-31"),
    )
    area = dy.String(
        nullable=True,
        description="Area of the pack; empty where the number is for the whole city.",
        metadata=about("area id", "public", "77th-street"),
    )
    category = dy.String(
        min_length=1,
        description="Category of what is counted.",
        metadata=about(example="Violent - Homicide"),
    )
    quantity = dy.Enum(
        QUANTITIES,
        description="What is counted: incidents, victims, clearances …",
        metadata=about(example="incidents"),
    )
    value = dy.Int64(
        min=0,
        description="The number.",
        metadata=about("as quantity says", "public", "29"),
    )

    @dy.rule()
    def period_in_order(cls) -> pl.Expr:
        """A period runs forward."""
        return pl.col("period_end") >= pl.col("period_start")


COUNTS = RecordType(
    kind="counts",
    title="Published counts",
    meaning="One number that a source publishes already added up: period × area × category × value.",
    schema=Counts,
    time_column="period_start",
    count_rule="The values are added, never the rows; only periods that lie wholly inside the one asked for are used.",
)
