"""Activities: one row what a program did."""

from __future__ import annotations

import dataframely as dy

from commonweal.records.declaration import RecordSchema, RecordType, about


class Activities(RecordSchema):
    """What a program did: date, place, quantity, unit."""

    date = dy.Date(
        description="Day of the activity, or first day where it covers several.",
        metadata=about("date", "public", "2024-07-05"),
    )
    program = dy.String(min_length=1, description="Program of the pack.", metadata=about(example="snl"))
    activity = dy.String(
        min_length=1,
        description="What was done, as the mapping file names it.",
        metadata=about(example="visits"),
    )
    quantity = dy.Float64(
        min=0, description="How much.", metadata=about("as the unit column says", "restricted", "225")
    )
    unit = dy.String(min_length=1, description="Unit of the quantity.", metadata=about(example="visits"))
    site = dy.String(
        nullable=True, description="Site, by name.", metadata=about(example="Jackie Tatum Harvard Park")
    )
    area = dy.String(
        nullable=True, description="Area of the pack.", metadata=about("area id", "public", "newton")
    )
    lon = dy.Float64(
        nullable=True, min=-180, max=180, description="Longitude of the site.",
        metadata=about("degrees (WGS 84)", "public", "-118.2777"),
    )  # fmt: skip
    lat = dy.Float64(
        nullable=True, min=-90, max=90, description="Latitude of the site.",
        metadata=about("degrees (WGS 84)", "public", "33.9703"),
    )  # fmt: skip


ACTIVITIES = RecordType(
    kind="activities",
    title="Program activity",
    meaning="What a program did on a day: place, quantity, unit.",
    schema=Activities,
    time_column="date",
    count_rule="The quantities are added within one unit; visits are not people.",
)
