"""Courses: one row a training completed."""

from __future__ import annotations

import dataframely as dy
import polars as pl

from commonweal.records.declaration import RecordSchema, RecordType, about


class Courses(RecordSchema):
    """One training completed by one member of the workforce."""

    completed_on = dy.Date(
        description="Day of completion.", metadata=about("date", "restricted", "2024-03-11")
    )
    course = dy.String(min_length=1, description="The course.", metadata=about(example="De-escalation"))
    member = dy.String(
        min_length=1,
        description="The member; a number without meaning outside the source.",
        metadata=about("", "personal", "M-5521"),
    )
    division = dy.String(
        nullable=True, description="Where the member serves.", metadata=about("", "restricted", "Newton")
    )
    valid_until = dy.Date(
        nullable=True,
        description="Last day on which the training counts as current.",
        metadata=about("date", "restricted", "2026-03-10"),
    )
    hours = dy.Float64(nullable=True, min=0, description="Length.", metadata=about("hours", "public", "8"))

    @dy.rule()
    def validity_in_order(cls) -> pl.Expr:
        """A training does not lapse before it was completed."""
        return pl.col("valid_until").is_null() | (pl.col("valid_until") >= pl.col("completed_on"))


COURSES = RecordType(
    kind="courses",
    title="Trainings completed",
    meaning="A training completed by one member of the workforce.",
    schema=Courses,
    time_column="completed_on",
    count_rule="Counts completions, not people: one member may complete several.",
)
