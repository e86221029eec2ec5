"""Synthetic incidents for benchmarks: ten years of one city, seeded."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl

from commonweal.records import Provenance, get_record_type
from commonweal.records.vocabulary import CLEARANCES
from commonweal.store import Publication

FIRST_YEAR, LAST_YEAR = 2014, 2023
TIME_ZONE = "America/Los_Angeles"
AREAS = 21
CATEGORIES = 18
SOURCE = "synthetic"


def make_incidents(rows: int, seed: int) -> Publication:
    """Make so many incidents, spread over ten years, 21 areas and 18 categories of uneven weight.

    Parameters
    ----------
    rows : int
        How many.
    seed : int
        Seed of the generator.
    """
    generator = np.random.default_rng(seed)
    zone = ZoneInfo(TIME_ZONE)
    first_s = int(datetime(FIRST_YEAR, 1, 1, tzinfo=zone).timestamp())
    last_s = int(datetime(LAST_YEAR + 1, 1, 1, tzinfo=zone).timestamp())
    occurred_s = generator.integers(first_s, last_s, rows)
    table = pl.DataFrame(
        {
            "record_id": "I" + pl.Series(np.arange(rows)).cast(pl.String).str.zfill(9),
            "occurred_at": _as_time(occurred_s),
            "reported_at": _as_time(occurred_s + generator.integers(0, 30 * 86_400, rows)),
            "category": _pick([f"Category {i:02d}" for i in range(CATEGORIES)], rows, generator),
            "offense": _pick([str(100 + i) for i in range(140)], rows, generator),
            "area": _pick([f"area-{i:02d}" for i in range(AREAS)], rows, generator),
            "clearance": _pick(list(CLEARANCES), rows, generator).cast(pl.Enum(CLEARANCES)),
        }
    )
    table = table.with_columns(
        pl.lit(None, dtype=column.dtype).alias(name)
        for name, column in get_record_type("crimes").columns.items()
        if name not in table.columns
    ).with_columns(source=pl.lit(SOURCE), simulated=pl.lit(value=True))
    return Publication("crimes", table, pl.DataFrame({"row": []}), _make_provenance(rows, seed))


def _make_provenance(rows: int, seed: int) -> Provenance:
    return Provenance(
        source=SOURCE,
        title="Synthetic incidents",
        publisher="Commonweal",
        url="",
        licence="",
        retrieved_at=datetime(2024, 1, 1, tzinfo=UTC),
        file_name="",
        content_hash="",
        mapping_hash="",
        rows_read=rows,
        rows_kept=rows,
        rows_rejected=0,
        duplicates=0,
        simulated=True,
        seed=seed,
    )


def _as_time(seconds: np.ndarray[tuple[int], np.dtype[np.int64]]) -> pl.Series:
    return pl.Series(seconds * 1_000_000).cast(pl.Datetime("us", "UTC"))


def _pick(names: list[str], rows: int, generator: np.random.Generator) -> pl.Series:
    weights = generator.gamma(2.0, size=len(names))
    chosen = np.searchsorted(np.cumsum(weights / weights.sum()), generator.random(rows))
    return pl.Series(names).gather(np.minimum(chosen, len(names) - 1))
