"""Shapes of the API that are not results themselves."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from commonweal.store import Snapshot


class Shape(BaseModel):
    """A shape of the API; nothing but its fields."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ProblemShape(Shape):
    """One thing that is wrong with a request."""

    where: str
    message: str
    row: int | None
    field: str | None
    value: str | None


class ProblemDocument(Shape):
    """An error (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    problems: list[ProblemShape]


class CityShape(Shape):
    """The city that is served."""

    id: str
    name: str
    names: dict[str, str]
    languages: list[str]
    time_zone: str
    area_title: str
    population: int | None
    population_source: str
    simulated: bool
    records: str


class AreaShape(Shape):
    """One area, without its polygon; that is in ``areas.geojson``."""

    id: str
    name: str
    population: int | None
    population_source: str
    approximate: bool | None


class SnapshotShape(Shape):
    """One load, with its provenance."""

    id: str
    kind: str
    source: str
    rows: int
    first: date | None
    last: date | None
    published_at: datetime
    current: bool
    file_name: str
    content_hash: str
    mapping_hash: str
    rows_read: int
    rows_rejected: int
    duplicates: int
    reasons: list[RejectionShape]
    notes: list[str]
    simulated: bool
    seed: int | None

    @classmethod
    def of(cls, snapshot: Snapshot) -> SnapshotShape:
        """Make the shape of a snapshot; where it lies on the disk stays inside."""
        origin = snapshot.provenance
        return cls(
            id=snapshot.id,
            kind=snapshot.kind,
            source=snapshot.source,
            rows=snapshot.rows,
            first=snapshot.first,
            last=snapshot.last,
            published_at=snapshot.published_at,
            current=snapshot.current,
            file_name=origin.file_name,
            content_hash=origin.content_hash,
            mapping_hash=origin.mapping_hash,
            rows_read=origin.rows_read,
            rows_rejected=origin.rows_rejected,
            duplicates=origin.duplicates,
            reasons=[RejectionShape(rule=r.rule, message=r.message, rows=r.rows) for r in origin.reasons],
            notes=list(origin.notes),
            simulated=origin.simulated,
            seed=origin.seed,
        )


class RejectionShape(Shape):
    """Why rows were not kept."""

    rule: str
    message: str
    rows: int


class ColumnShape(Shape):
    """One column of a record type."""

    name: str
    type: str
    unit: str
    nullable: bool
    sensitivity: Literal["public", "restricted", "personal"]
    meaning: str
    example: str


class RecordTypeShape(Shape):
    """One record type, as the data dictionary says."""

    kind: str
    title: str
    meaning: str
    count_rule: str
    time_column: str
    columns: list[ColumnShape]


class FeatureShape(Shape):
    """One GeoJSON feature (RFC 7946)."""

    type: Literal["Feature"] = "Feature"
    id: str
    geometry: dict[str, Any] | None
    properties: dict[str, Any]


class FeatureCollectionShape(Shape):
    """A GeoJSON feature collection (RFC 7946), in lon, lat (WGS 84)."""

    type: Literal["FeatureCollection"] = "FeatureCollection"
    features: list[FeatureShape]


SnapshotShape.model_rebuild()
