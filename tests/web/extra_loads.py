"""Loads that the toy city's own facts do not have: one with rejected rows, one that is simulated."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl

from commonweal.records.provenance import Provenance
from commonweal.studies.desk import Desk
from commonweal.studies.loading import load_records

BAD_CRIMES = """report,occurred,reported,category,victims,status,lon,lat
B1,2023-02-01 12:00,2023-02-01,Theft,1,A,-89.75,40.25
B2,not a day,2023-02-01,Theft,1,A,-89.75,40.25
B3,2023-02-03 12:00,2023-02-03,Theft,-4,O,-88.25,40.25
"""


def load_rejected(desk: Desk, folder: Path) -> None:
    """Load three crimes, of which some cannot be kept."""
    path = folder / "thefts.csv"
    path.write_text(BAD_CRIMES, encoding="utf-8")
    load_records(desk, "crimes", path, "crime_file")


def load_simulated(desk: Desk) -> None:
    """Publish simulated night games; the source of real ones stays what it is."""
    days = [date(2022, month, 1) for month in range(1, 13)] + [date(2023, month, 1) for month in range(1, 13)]
    table = pl.DataFrame(
        {
            "source": ["program_log"] * len(days),
            "record_id": [f"S{number}" for number in range(len(days))],
            "simulated": [True] * len(days),
            "date": days,
            "program": ["night-games"] * len(days),
            "activity": ["visits"] * len(days),
            "quantity": [100.0 if day.year == 2022 else 150.0 for day in days],
            "unit": ["visits"] * len(days),
            "site": [None] * len(days),
            "area": ["riverside"] * len(days),
            "lon": [None] * len(days),
            "lat": [None] * len(days),
        },
        schema_overrides={"site": pl.String, "lon": pl.Float64, "lat": pl.Float64},
    )
    provenance = Provenance(
        source="program_log",
        title="Program log, simulated",
        publisher="Commonweal",
        url="",
        licence="CC0-1.0",
        retrieved_at=datetime(2024, 1, 1, tzinfo=UTC),
        file_name="simulated",
        content_hash="0" * 64,
        mapping_hash="0" * 64,
        rows_read=len(days),
        rows_kept=len(days),
        rows_rejected=0,
        duplicates=0,
        simulated=True,
        seed=7,
    )
    desk.store.publish("activities", table, pl.DataFrame(), provenance)
