"""Stops: one row a person stopped in one event."""

from __future__ import annotations

import dataframely as dy

from commonweal.records.declaration import RecordSchema, RecordType, about
from commonweal.records.vocabulary import PRESENT_TERMS


class Stops(RecordSchema):
    """One stop by an officer; the person is described only as far as the law asks for, and never identified."""

    stopped_at = dy.Datetime(
        time_zone="UTC",
        description="When the stop began.",
        metadata=about("UTC", "restricted", "2017-03-02T03:20:00Z"),
    )
    stop_type = dy.String(
        min_length=1, description="Traffic, pedestrian …", metadata=about(example="traffic")
    )
    reason = dy.String(
        nullable=True, description="Why, in the source's words.", metadata=about(example="Moving")
    )
    group = dy.String(
        nullable=True,
        description="Perceived race or ethnicity; empty where not recorded, which is not a group.",
        metadata=about("", "restricted", "Black"),
    )
    gender = dy.String(
        nullable=True, description="Perceived gender.", metadata=about("", "restricted", "Female")
    )
    searched = dy.Enum(
        PRESENT_TERMS, nullable=True, description="Whether a search was made.", metadata=about(example="no")
    )
    found = dy.Enum(
        PRESENT_TERMS,
        nullable=True,
        description="Whether contraband was found; empty where no search was made or nothing was recorded.",
        metadata=about(example="unknown"),
    )
    outcome = dy.String(nullable=True, description="How the stop ended.", metadata=about(example="warning"))
    area = dy.String(
        nullable=True, description="Area of the pack.", metadata=about("area id", "public", "newton")
    )
    lon = dy.Float64(
        nullable=True, min=-180, max=180, description="Longitude.",
        metadata=about("degrees (WGS 84)", "restricted", "-93.2650"),
    )  # fmt: skip
    lat = dy.Float64(
        nullable=True, min=-90, max=90, description="Latitude.",
        metadata=about("degrees (WGS 84)", "restricted", "44.9778"),
    )  # fmt: skip


STOPS = RecordType(
    kind="stops",
    title="Stops",
    meaning="One stop of one person by an officer.",
    schema=Stops,
    time_column="stopped_at",
    count_rule="Counts events, not people; a missing form is not a stop that did not happen.",
)
