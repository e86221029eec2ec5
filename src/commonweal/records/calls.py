"""Calls: one row a call for service."""

from __future__ import annotations

import dataframely as dy
import polars as pl

from commonweal.records.declaration import RecordSchema, RecordType, about
from commonweal.records.vocabulary import AGENCIES, CALL_ORIGINS, PRIORITIES


class Calls(RecordSchema):
    """One call for service, from the first ring to the end of the incident."""

    received_at = dy.Datetime(
        time_zone="UTC",
        description="When the call arrived at the center.",
        metadata=about("UTC", "restricted", "2024-07-01T04:30:00Z"),
    )
    answered_at = dy.Datetime(
        nullable=True,
        time_zone="UTC",
        description="When a call-taker answered.",
        metadata=about("UTC", "restricted", "2024-07-01T04:30:07Z"),
    )
    closed_at = dy.Datetime(
        nullable=True,
        time_zone="UTC",
        description="When the incident was closed.",
        metadata=about("UTC", "restricted", "2024-07-01T05:12:00Z"),
    )
    call_type = dy.String(
        min_length=1,
        description="Type of the call, as the mapping file names it (APCO terms).",
        metadata=about(example="Welfare check"),
    )
    source_type = dy.String(
        nullable=True,
        description="The source's own code or text of the type.",
        metadata=about(example="507P"),
    )
    priority = dy.Enum(
        PRIORITIES,
        nullable=True,
        description="Urgency.",
        metadata=about(example="emergent"),
    )
    origin = dy.Enum(
        CALL_ORIGINS,
        nullable=True,
        description="How the call reached the center.",
        metadata=about(example="911"),
    )
    agency = dy.Enum(
        AGENCIES,
        nullable=True,
        description="Service that the call was given to.",
        metadata=about(example="crisis"),
    )
    disposition = dy.String(
        nullable=True,
        description="How the call ended, in the source's words.",
        metadata=about(example="Connected to shelter"),
    )
    area = dy.String(
        nullable=True,
        description="Area of the pack.",
        metadata=about("area id", "public", "77th-street"),
    )
    lon = dy.Float64(
        nullable=True, min=-180, max=180, description="Longitude.",
        metadata=about("degrees (WGS 84)", "restricted", "-118.2777"),
    )  # fmt: skip
    lat = dy.Float64(
        nullable=True, min=-90, max=90, description="Latitude.",
        metadata=about("degrees (WGS 84)", "restricted", "33.9703"),
    )  # fmt: skip

    @dy.rule()
    def times_in_order(cls) -> pl.Expr:
        """A call is received before it is answered or closed."""
        received = pl.col("received_at")
        answered = pl.col("answered_at").is_null() | (pl.col("answered_at") >= received)
        return answered & (pl.col("closed_at").is_null() | (pl.col("closed_at") >= received))


CALLS = RecordType(
    kind="calls",
    title="Calls for service",
    meaning="One call for service.",
    schema=Calls,
    time_column="received_at",
    count_rule="Counts calls, not incidents: several people may call about one incident.",
)
