"""What is written comes back as it was, whatever a record type allows."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import dataframely as dy
import duckdb
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from commonweal.records import RECORD_TYPES, Provenance
from commonweal.store import Store
from commonweal.store.doctor import examine
from commonweal.store.parquet import choose_layout, write_records

ORIGIN = Provenance("s", "", "", "", "", datetime(2024, 1, 1, tzinfo=UTC), "", "", "", 0, 0, 0, 0)


def draw_rows(kind: str, seed: int) -> pl.DataFrame:
    """Draw rows of a kind at random within its rules, nulls and odd text included."""
    drawn = RECORD_TYPES[kind].schema.sample(60, generator=dy.random.Generator(seed))
    return (
        pl.DataFrame(drawn)
        .with_columns(source=pl.lit("s"), simulated=pl.lit(value=False))
        .unique("record_id")
    )


@pytest.mark.parametrize("kind", RECORD_TYPES)
def test_random_rows_of_every_kind_come_back(store: Store, kind: str) -> None:
    """Rows drawn at random are read back equal, through Polars and through SQL, and keep their name."""
    for seed in (1, 2):
        rows = draw_rows(kind, seed)
        store.publish(
            kind, rows, pl.DataFrame(), replace(ORIGIN, rows_read=rows.height, rows_kept=rows.height)
        )
        time = RECORD_TYPES[kind].time_column
        expected = rows.sort(time, "record_id")
        assert_frame_equal(store.read(kind), expected)
        answer = store.query(f"SELECT * FROM {kind} ORDER BY {time}, record_id COLLATE C")  # noqa: S608
        for name, dtype in expected.schema.items():
            assert answer[name].cast(dtype).to_list() == expected[name].to_list()
    assert all(check.ok for check in examine(store))


def test_columns_are_laid_down_by_their_kind() -> None:
    """Times as differences, repeating text by dictionary, identifiers and numbers compressed."""
    rows = 1000
    table = pl.DataFrame(
        {
            "time": pl.Series([datetime(2024, 1, 1, tzinfo=UTC)] * rows),
            "area": ["newton", "central"] * (rows // 2),
            "record_id": [f"C-{i}" for i in range(rows)],
            "lon": [float(i) for i in range(rows)],
            "nothing": pl.Series([None] * rows, dtype=pl.String),
        }
    )
    assert {column.name: choose_layout(column).way for column in table.iter_columns()} == {
        "time": "differences",
        "area": "dictionary",
        "record_id": "compressed",
        "lon": "compressed",
        "nothing": "dictionary",
    }


def test_a_question_about_a_span_skips_other_times(tmp_path: Path) -> None:
    """Each row group covers a span of its own, told in its statistics, so that others need not be read."""
    rows = 300_000
    start = datetime(2024, 1, 1, tzinfo=UTC)
    table = pl.select(received_at=pl.lit(start) + pl.duration(minutes=pl.int_range(rows)))
    write_records(table, tmp_path / "t.parquet")
    with duckdb.connect() as connection:
        spans = connection.execute(
            "SELECT stats_min_value, stats_max_value, row_group_num_rows FROM parquet_metadata(?) ORDER BY ALL",
            [str(tmp_path / "t.parquet")],
        ).fetchall()
    assert len(spans) == 3
    assert sum(count for _, _, count in spans) == rows
    assert all(before[1] < after[0] for before, after in pairwise(spans))
