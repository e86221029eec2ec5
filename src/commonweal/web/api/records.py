"""Records: sources, loads, the dictionary, breaks, queries."""

from __future__ import annotations

from fastapi import APIRouter

from commonweal.city.knowledge import SeriesBreak, Source
from commonweal.errors import NotFound
from commonweal.records import RECORD_TYPES, RecordType, get_record_type
from commonweal.results.finding import Query
from commonweal.web.api.asking import Answering
from commonweal.web.api.models import ColumnShape, RecordTypeShape, SnapshotShape

router = APIRouter(tags=["Data"])


@router.get("/sources", summary="Sources that the pack names")
def list_sources(answers: Answering) -> list[Source]:
    """List the sources."""
    return list(answers.city.sources.values())


@router.get("/sources/{source}", summary="One source")
def get_source(answers: Answering, source: str) -> Source:
    """Return a source."""
    return answers.city.get_source(source)


@router.get("/snapshots", summary="Every load, newest first")
def list_snapshots(answers: Answering) -> list[SnapshotShape]:
    """List the loads."""
    return [SnapshotShape.of(one) for one in answers.snapshots()]


@router.get("/snapshots/{snapshot}", summary="One load, with its provenance")
def get_snapshot(answers: Answering, snapshot: str) -> SnapshotShape:
    """Return a load."""
    return SnapshotShape.of(answers.desk.store.get_snapshot(snapshot))


@router.get("/dictionary", summary="The data dictionary")
def list_record_types() -> list[RecordTypeShape]:
    """List the record types with their columns."""
    return [_shape(one) for one in RECORD_TYPES.values()]


@router.get("/dictionary/{kind}", summary="One record type")
def get_one_record_type(kind: str) -> RecordTypeShape:
    """Return a record type."""
    return _shape(get_record_type(kind))


def _shape(record_type: RecordType) -> RecordTypeShape:
    columns = []
    for name, column in record_type.columns.items():
        about = column.metadata or {}
        columns.append(
            ColumnShape(
                name=name,
                type=str(column.dtype),
                unit=about.get("unit", ""),
                nullable=column.nullable,
                sensitivity=about.get("sensitivity", "public"),
                meaning=column.description or "",
                example=about.get("example", ""),
            )
        )
    return RecordTypeShape(
        kind=record_type.kind,
        title=record_type.title,
        meaning=record_type.meaning,
        count_rule=record_type.count_rule,
        time_column=record_type.time_column,
        columns=columns,
    )


@router.get("/breaks", summary="Days from which something is counted differently")
def list_breaks(answers: Answering) -> list[SeriesBreak]:
    """List the breaks."""
    return list(answers.city.breaks.values())


@router.get("/queries/{query}", summary="The query behind a number, by its hash")
def get_query(answers: Answering, query: str) -> Query:
    """Return a query that was run on the records as they are."""
    found = answers.find_query(query)
    if found is None:
        raise NotFound(f"No query {query!r} was run on the records as they are now.")
    return found
