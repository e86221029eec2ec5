"""Crimes: one row an offense reported to the police."""

from __future__ import annotations

import dataframely as dy
import polars as pl

from commonweal.records.declaration import RecordSchema, RecordType, about
from commonweal.records.vocabulary import CLEARANCES


class Crimes(RecordSchema):
    """One offense as reported."""

    occurred_at = dy.Datetime(
        time_zone="UTC",
        description="When it happened, or the earliest time it may have happened.",
        metadata=about("UTC", "restricted", "2023-05-01T04:30:00Z"),
    )
    occurred_until = dy.Datetime(
        nullable=True,
        time_zone="UTC",
        description="Latest time it may have happened, where only a range is known.",
        metadata=about("UTC", "restricted", "2023-05-01T13:00:00Z"),
    )
    reported_at = dy.Datetime(
        nullable=True,
        time_zone="UTC",
        description="When it was reported; with the time it happened, this gives the reporting delay.",
        metadata=about("UTC", "restricted", "2023-05-01T15:10:00Z"),
    )
    category = dy.String(
        min_length=1,
        description="Category of the offense, as the mapping file names it.",
        metadata=about(example="Robbery"),
    )
    offense = dy.String(
        nullable=True,
        description="The source's own code or text of the offense.",
        metadata=about(example="210"),
    )
    area = dy.String(
        nullable=True,
        description="Area of the pack in which it happened.",
        metadata=about("area id", "public", "77th-street"),
    )
    lon = dy.Float64(
        nullable=True, min=-180, max=180, description="Longitude, as blurred by the source.",
        metadata=about("degrees (WGS 84)", "restricted", "-118.2777"),
    )  # fmt: skip
    lat = dy.Float64(
        nullable=True, min=-90, max=90, description="Latitude, as blurred by the source.",
        metadata=about("degrees (WGS 84)", "restricted", "33.9703"),
    )  # fmt: skip
    victims = dy.Int64(
        nullable=True, min=0, description="Victims of the offense.",
        metadata=about("victims", "restricted", "1"),
    )  # fmt: skip
    clearance = dy.Enum(
        CLEARANCES,
        nullable=True,
        description="Whether the case was cleared, and how.",
        metadata=about(example="arrest"),
    )
    domestic = dy.Bool(
        nullable=True,
        description="True where the source marks domestic violence.",
        metadata=about("", "restricted", "false"),
    )

    @dy.rule()
    def range_in_order(cls) -> pl.Expr:
        """The range of possible times runs forward."""
        return pl.col("occurred_until").is_null() | (pl.col("occurred_until") >= pl.col("occurred_at"))

    @dy.rule()
    def reported_after(cls) -> pl.Expr:
        """A report comes at most a day before; many sources give its day, not its hour."""
        earliest = pl.col("occurred_at") - pl.duration(days=1)
        return pl.col("reported_at").is_null() | (pl.col("reported_at") >= earliest)


CRIMES = RecordType(
    kind="crimes",
    title="Crimes",
    meaning="One offense reported to the police.",
    schema=Crimes,
    time_column="occurred_at",
    count_rule="Counts reported offenses: not victims, and not what was never reported.",
)
