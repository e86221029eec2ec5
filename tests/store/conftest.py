"""A store in a temporary folder, and small tables to put into it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

from commonweal.records import RECORD_TYPES, Provenance, RejectionReason
from commonweal.store import Publication, Store

NOW = datetime(2024, 12, 1, 12, tzinfo=UTC)

MakePublication = Callable[..., Publication]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Return an empty store whose clock stands still."""
    return Store(tmp_path / "store", time_zone="America/Los_Angeles", clock=lambda: NOW)


@pytest.fixture
def make_activities() -> MakePublication:
    """Return a maker of publications of program activities: one a day, quantities as given."""
    return _make_activities


@pytest.fixture
def make_calls() -> MakePublication:
    """Return a maker of publications of calls: one a minute, from a time as given."""
    return _make_calls


def _make_activities(*quantities: float, source: str = "parks", simulated: bool = False) -> Publication:
    table = pl.DataFrame(
        {
            "source": source,
            "record_id": [f"A-{i}" for i in range(len(quantities))],
            "simulated": simulated,
            "date": [date(2024, 7, 1) + timedelta(days=i) for i in range(len(quantities))],
            "program": "snl",
            "activity": "visits",
            "quantity": list(quantities),
            "unit": "visits",
        },
        schema_overrides={"record_id": pl.String, "date": pl.Date, "quantity": pl.Float64},
    )
    return _complete("activities", table, source, simulated)


def _make_calls(count: int, start: datetime = NOW, source: str = "center") -> Publication:
    table = pl.DataFrame(
        {
            "source": source,
            "record_id": [f"C-{i}" for i in range(count)],
            "simulated": False,
            "received_at": [start + timedelta(minutes=i) for i in range(count)],
            "call_type": ["Fall" if i % 2 else "Welfare check" for i in range(count)],
            "agency": "ems",
            "area": ["newton" if i % 3 else None for i in range(count)],
        },
    )
    return _complete("calls", table, source, simulated=False)


def _complete(kind: str, table: pl.DataFrame, source: str, simulated: bool) -> Publication:
    columns = RECORD_TYPES[kind].columns
    table = table.with_columns(
        pl.lit(None, dtype=column.dtype).alias(name)
        for name, column in columns.items()
        if name not in table.columns
    )
    rejected = pl.DataFrame(
        {"row": [7], "rule": ["bad_time"], "problem": ["the time is empty"], "Date": [""]}
    )
    provenance = Provenance(
        source=source,
        title="Parks, counted",
        publisher="City",
        url="https://example.org/parks",
        licence="public domain",
        retrieved_at=NOW,
        file_name="parks.csv",
        content_hash="0" * 64,
        mapping_hash="1" * 64,
        rows_read=table.height + 1,
        rows_kept=table.height,
        rows_rejected=1,
        duplicates=0,
        reasons=(RejectionReason("bad_time", "the time is empty", 1),),
        notes=("one row lies in no area",),
        simulated=simulated,
        seed=1 if simulated else None,
    )
    return Publication(kind, table, rejected, provenance)
