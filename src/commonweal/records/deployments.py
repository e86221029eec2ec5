"""Deployments: one row people or units sent somewhere for a span of days."""

from __future__ import annotations

import dataframely as dy
import polars as pl

from commonweal.records.declaration import RecordSchema, RecordType, about


class Deployments(RecordSchema):
    """Members and units lent to another place, or brought in from one."""

    start = dy.Date(description="First day.", metadata=about("date", "public", "2024-11-06"))
    end = dy.Date(
        nullable=True, description="Last day; empty while it lasts.", metadata=about("date", "public", "")
    )
    program = dy.String(
        min_length=1, description="Program of the pack.", metadata=about(example="mutual-aid")
    )
    event = dy.String(min_length=1, description="What it was for.", metadata=about(example="Mountain Fire"))
    direction = dy.Enum(("out", "in"), description="Sent out, or received.", metadata=about(example="out"))
    members = dy.Int64(min=0, description="People.", metadata=about("people", "public", "100"))
    units = dy.Int64(nullable=True, min=0, description="Units.", metadata=about("units", "public", "21"))
    unit_type = dy.String(nullable=True, description="Type of the units.", metadata=about(example="engine"))

    @dy.rule()
    def span_in_order(cls) -> pl.Expr:
        """A deployment does not end before it starts."""
        return pl.col("end").is_null() | (pl.col("end") >= pl.col("start"))


DEPLOYMENTS = RecordType(
    kind="deployments",
    title="Deployments",
    meaning="People or units sent somewhere, or received, for a span of days.",
    schema=Deployments,
    time_column="start",
    count_rule="The members are added; one member sent twice counts twice.",
)
