"""Applications: one row a hiring stage that an application reached."""

from __future__ import annotations

import dataframely as dy

from commonweal.records.declaration import RecordSchema, RecordType, about


class Applications(RecordSchema):
    """One stage of hiring reached by one application; the applicant is a number that means nothing elsewhere."""

    reached_on = dy.Date(
        description="Day on which the stage was reached.", metadata=about("date", "restricted", "2024-03-11")
    )
    application = dy.String(
        min_length=1,
        description="The application; a number without meaning outside the source.",
        metadata=about("", "personal", "A-10233"),
    )
    role = dy.String(min_length=1, description="Job applied for.", metadata=about(example="police officer"))
    stage = dy.String(
        min_length=1,
        description="Stage of hiring, as in the pack's pipeline.",
        metadata=about(example="background"),
    )
    outcome = dy.String(
        nullable=True, description="Passed, failed, withdrew …", metadata=about("", "restricted", "passed")
    )


APPLICATIONS = RecordType(
    kind="applications",
    title="Job applications",
    meaning="A hiring stage reached by one application.",
    schema=Applications,
    time_column="reached_on",
    count_rule="Counts stages reached; count one stage to count applications.",
)
