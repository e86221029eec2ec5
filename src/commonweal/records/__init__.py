"""The language of the platform: record types, declared once.

Public names
------------
RECORD_TYPES : the record types by kind
get_record_type : one of them, or an error that names the known ones
Provenance : where a table came from
"""

from __future__ import annotations

from commonweal.errors import NotFound
from commonweal.records.activities import ACTIVITIES
from commonweal.records.applications import APPLICATIONS
from commonweal.records.calls import CALLS
from commonweal.records.counts import COUNTS
from commonweal.records.courses import COURSES
from commonweal.records.crimes import CRIMES
from commonweal.records.declaration import RecordSchema, RecordType
from commonweal.records.deployments import DEPLOYMENTS
from commonweal.records.force import FORCE
from commonweal.records.provenance import Provenance, RejectionReason
from commonweal.records.responses import RESPONSES
from commonweal.records.stops import STOPS

RECORD_TYPES: dict[str, RecordType] = {
    one.kind: one
    for one in (
        CALLS,
        RESPONSES,
        CRIMES,
        COUNTS,
        STOPS,
        FORCE,
        ACTIVITIES,
        APPLICATIONS,
        COURSES,
        DEPLOYMENTS,
    )
}


def get_record_type(kind: str) -> RecordType:
    """Return the record type of that name.

    Raises
    ------
    NotFound
        No such kind; the message names the known ones.
    """
    if kind not in RECORD_TYPES:
        raise NotFound.named("kind of record", kind, list(RECORD_TYPES))
    return RECORD_TYPES[kind]


__all__ = ["RECORD_TYPES", "Provenance", "RecordSchema", "RecordType", "RejectionReason", "get_record_type"]
