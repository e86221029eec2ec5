"""Responses: one row a unit's times on a call."""

from __future__ import annotations

import dataframely as dy
import polars as pl

from commonweal.records.declaration import RecordSchema, RecordType, about
from commonweal.records.vocabulary import AGENCIES


class Responses(RecordSchema):
    """One unit on one call, with the times of NFPA 1710: dispatch, turnout, travel, on scene, clear."""

    call_id = dy.String(
        min_length=1,
        description="The call, as its record identifier.",
        metadata=about(example="C-2024-000017"),
    )
    unit = dy.String(min_length=1, description="The unit's name.", metadata=about(example="E57"))
    unit_type = dy.String(
        min_length=1,
        description="Type of the unit, as in the pack's fleet.",
        metadata=about(example="engine"),
    )
    agency = dy.Enum(
        AGENCIES, nullable=True, description="Service the unit belongs to.", metadata=about(example="fire")
    )
    station = dy.String(
        nullable=True,
        description="Station of the pack the unit is based at.",
        metadata=about(example="fire-57"),
    )
    dispatched_at = dy.Datetime(
        time_zone="UTC",
        description="When the unit was told to go.",
        metadata=about("UTC", "restricted", "2024-07-01T04:31:02Z"),
    )
    en_route_at = dy.Datetime(
        nullable=True,
        time_zone="UTC",
        description="When its wheels rolled; before it lies turnout.",
        metadata=about("UTC", "restricted", "2024-07-01T04:32:00Z"),
    )
    arrived_at = dy.Datetime(
        nullable=True,
        time_zone="UTC",
        description="When it was on scene; before it lies travel.",
        metadata=about("UTC", "restricted", "2024-07-01T04:36:10Z"),
    )
    transport_at = dy.Datetime(
        nullable=True,
        time_zone="UTC",
        description="When it left the scene with a patient.",
        metadata=about("UTC", "restricted", "2024-07-01T04:55:00Z"),
    )
    cleared_at = dy.Datetime(
        nullable=True,
        time_zone="UTC",
        description="When it was free again.",
        metadata=about("UTC", "restricted", "2024-07-01T05:30:00Z"),
    )
    area = dy.String(
        nullable=True, description="Area of the call.", metadata=about("area id", "public", "77th-street")
    )

    @dy.rule()
    def times_in_order(cls) -> pl.Expr:
        """Each known time is not before the last known one."""
        in_order = pl.lit(value=True)
        latest = pl.col("dispatched_at")
        for name in ("en_route_at", "arrived_at", "transport_at", "cleared_at"):
            in_order = in_order & (pl.col(name).is_null() | (pl.col(name) >= latest))
            latest = pl.max_horizontal(latest, pl.col(name))
        return in_order


RESPONSES = RecordType(
    kind="responses",
    title="Unit responses",
    meaning="One unit's times on one call.",
    schema=Responses,
    time_column="dispatched_at",
    count_rule="Counts units sent; one call may have several.",
)
