"""The two questions of `benchmarks.queries`, asked of Polars and of pandas over the same Parquet files.

Each peer is written as fast as we could make it: only the columns that are needed, filters pushed down to the row
groups, text read as dictionaries, and the city's day worked out from the same few offsets of its zone as in the
compiled SQL, which is several times faster than the peers' own time-zone conversion.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl

from benchmarks.incidents import SOURCE
from commonweal.results.periods import Period

DAY_S = 86_400
MICRO = 1_000_000


def list_offsets(span: Period, zone: ZoneInfo) -> list[tuple[datetime, int]]:
    """List the moments (UTC) at which the zone's offset changes in a span, each with the offset in seconds before it.

    The last entry lies at the end of the span.
    """
    start, end = begin(span.start, zone), begin(span.end + timedelta(days=1), zone)
    hours = [start + timedelta(hours=i) for i in range(int((end - start) / timedelta(hours=1)) + 1)]
    offsets = [int(_offset(one, zone).total_seconds()) for one in hours]
    changes = [(hours[i], offsets[i - 1]) for i in range(1, len(hours)) if offsets[i] != offsets[i - 1]]
    return [*changes, (end, offsets[-1])]


def begin(day: date, zone: ZoneInfo) -> datetime:
    """Return the first moment of a day of the city (UTC)."""
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)


def _offset(moment: datetime, zone: ZoneInfo) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def ask_polars_series(files: Sequence[Path], span: Period, zone: ZoneInfo) -> pl.DataFrame:
    """Count by 28-day period, area and category with Polars' lazy engine."""
    column = pl.col("occurred_at")
    changes = list_offsets(span, zone)
    offset: Any = pl
    for until, offset_s in changes[:-1]:
        offset = offset.when(column < until).then(offset_s)
    offset = offset.otherwise(changes[-1][1])
    day_s = column.dt.timestamp("us") // MICRO + offset - _clock_s(span.start)
    return (
        _scan(files, span, zone)
        .with_columns(period=day_s // (28 * DAY_S))
        .group_by("period", "area", "category")
        .agg(value=pl.len(), simulated=pl.col("simulated").max())
        .sort("period", "area", "category")
        .collect()
        .select("period", "area", "category", "value")
    )


def ask_polars_totals(files: Sequence[Path], periods: Sequence[Period], zone: ZoneInfo) -> pl.DataFrame:
    """Count by area in each period with Polars' lazy engine."""
    parts = [
        _scan(files, period, zone)
        .group_by("area")
        .agg(value=pl.len(), simulated=pl.col("simulated").max())
        .with_columns(period=pl.lit(position))
        for position, period in enumerate(periods)
    ]
    return pl.concat(parts).sort("period", "area").collect().select("period", "area", "value")


def _scan(files: Sequence[Path], span: Period, zone: ZoneInfo) -> pl.LazyFrame:
    return pl.scan_parquet(list(files)).filter(
        pl.col("source") == SOURCE,
        pl.col("occurred_at") >= begin(span.start, zone),
        pl.col("occurred_at") < begin(span.end + timedelta(days=1), zone),
    )


def ask_pandas_series(files: Sequence[Path], span: Period, zone: ZoneInfo) -> pl.DataFrame:
    """Count by 28-day period, area and category with pandas."""
    frame = _read_pandas(files, ["occurred_at", "area", "category", "source", "simulated"], span, zone)
    changes = list_offsets(span, zone)
    until = np.array([int(moment.timestamp()) * MICRO for moment, _ in changes[:-1]])
    offset_s = np.array([one for _, one in changes])
    micros = frame["occurred_at"].array.asi8
    local_s = micros // MICRO + offset_s[np.searchsorted(until, micros, side="right")]
    frame["period"] = (local_s - _clock_s(span.start)) // (28 * DAY_S)
    grouped = frame.groupby(["period", "area", "category"], observed=True, sort=True)
    return _from_pandas(
        grouped.agg(value=("simulated", "size"), simulated=("simulated", "max")).reset_index()
    )


def ask_pandas_totals(files: Sequence[Path], periods: Sequence[Period], zone: ZoneInfo) -> pl.DataFrame:
    """Count by area in each period with pandas."""
    parts = []
    for position, period in enumerate(periods):
        frame = _read_pandas(files, ["occurred_at", "area", "source", "simulated"], period, zone)
        grouped = frame.groupby("area", observed=True, sort=True)
        counted = grouped.agg(value=("simulated", "size"), simulated=("simulated", "max")).reset_index()
        parts.append(_from_pandas(counted.assign(period=position)))
    return pl.concat(parts).select("period", "area", "value").sort("period", "area")


def _read_pandas(files: Sequence[Path], columns: list[str], span: Period, zone: ZoneInfo) -> Any:
    import pyarrow.parquet as pq

    table = pq.read_table(  # type: ignore[no-untyped-call]
        [str(path) for path in files],
        columns=columns,
        read_dictionary=[name for name in ("area", "category", "source") if name in columns],
        filters=[
            ("occurred_at", ">=", begin(span.start, zone)),
            ("occurred_at", "<", begin(span.end + timedelta(days=1), zone)),
        ],
    )
    frame: Any = table.to_pandas()
    return frame[frame["source"] == SOURCE].copy()


def _from_pandas(frame: Any) -> pl.DataFrame:
    names = [name for name in ("period", "area", "category", "value") if name in frame.columns]
    columns = {name: frame[name].astype("str" if name in ("area", "category") else "int64") for name in names}
    return pl.DataFrame({name: column.to_list() for name, column in columns.items()})


def _clock_s(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())
