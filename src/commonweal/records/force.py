"""Force: one row a use of force on one person in one event."""

from __future__ import annotations

import dataframely as dy

from commonweal.records.declaration import RecordSchema, RecordType, about
from commonweal.records.vocabulary import PRESENT_TERMS


class Force(RecordSchema):
    """One use of force; the person is described only as far as the law asks for, and never identified."""

    used_at = dy.Datetime(
        time_zone="UTC",
        description="When it happened.",
        metadata=about("UTC", "restricted", "2017-03-02T03:20:00Z"),
    )
    force_type = dy.String(min_length=1, description="Kind of force.", metadata=about(example="Bodily force"))
    group = dy.String(
        nullable=True,
        description="Perceived race or ethnicity; empty where not recorded, which is not a group.",
        metadata=about("", "restricted", "White"),
    )
    gender = dy.String(
        nullable=True, description="Perceived gender.", metadata=about("", "restricted", "Male")
    )
    injured = dy.Enum(
        PRESENT_TERMS,
        nullable=True,
        description="Whether the person was injured.",
        metadata=about("", "restricted", "unknown"),
    )
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


FORCE = RecordType(
    kind="force",
    title="Use of force",
    meaning="One use of force on one person in one event.",
    schema=Force,
    time_column="used_at",
    count_rule="Counts events as reported by officers, not people and not complaints.",
)
