"""Speed of the two questions that pages ask most, over 20 million incidents, against Polars and pandas.

Run it on a quiet machine with two cores: ``python -m benchmarks.queries``. It publishes synthetic incidents through
the store's own writer, asks with SQL that `commonweal.results.compiler` wrote, and prints a Markdown table. All three
must give equal answers, or it fails.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

CORES = 2
os.environ.setdefault("POLARS_MAX_THREADS", str(CORES))

import polars as pl  # noqa: E402  (after the number of threads is set)

from benchmarks.incidents import SOURCE, TIME_ZONE, make_incidents  # noqa: E402
from benchmarks.query_peers import (  # noqa: E402
    ask_pandas_series,
    ask_pandas_totals,
    ask_polars_series,
    ask_polars_totals,
)
from commonweal.city.knowledge import Source  # noqa: E402
from commonweal.city.measures import Measure  # noqa: E402
from commonweal.results.compiler import Scope, TimeGrid, compile_series, compile_totals  # noqa: E402
from commonweal.results.periods import Period  # noqa: E402
from commonweal.store import Store  # noqa: E402

ROWS = 20_000_000
SEED = 20
SPAN = Period(date(2014, 1, 1), date(2023, 12, 31))
YEARS_TO_DATE = (Period(date(2022, 1, 1), date(2022, 9, 30)), Period(date(2023, 1, 1), date(2023, 9, 30)))
ZONE = ZoneInfo(TIME_ZONE)
MEASURE = Measure(id="incidents", title="Incidents", kind="crimes", sources=(SOURCE,), unit="incidents")

Ask = Callable[[], pl.DataFrame]


@dataclass(frozen=True, slots=True)
class Timed:
    """One engine on one question.

    Attributes
    ----------
    engine : str
        Who answered.
    first_s : float
        The first time, with nothing kept from before but the operating system's files.
    median_s, fastest_s : float
        Of the repeats after it.
    answer : DataFrame
        What it said.
    """

    engine: str
    first_s: float
    median_s: float
    fastest_s: float
    answer: pl.DataFrame


def main() -> None:
    """Run the benchmark and print its table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS, help="incidents")
    parser.add_argument("--repeats", type=int, default=7, help="timed runs of each engine after the first")
    parser.add_argument("--store", type=Path, help="folder to keep the store in, and to use again")
    options = parser.parse_args()
    folder = options.store or Path(tempfile.mkdtemp(prefix="commonweal-benchmark-"))
    try:
        store = Store(folder, time_zone=TIME_ZONE)
        _publish(store, options.rows)
        print(_describe_machine(), "\n")
        _run(store, options.repeats)
    finally:
        if options.store is None:
            shutil.rmtree(folder)


def _publish(store: Store, rows: int) -> None:
    present = store.find_current("crimes", SOURCE)
    if present is not None and present.rows == rows:
        return
    one = make_incidents(rows, SEED)
    start_s = time.perf_counter()
    snapshot = store.publish(one.kind, one.table, one.rejected, one.provenance)
    size = (snapshot.path / "data.parquet").stat().st_size
    took_s = time.perf_counter() - start_s
    print(
        f"Published {rows:,} rows in {took_s:.1f} s (checked, ordered, hashed, written: {size / 1e6:,.0f} MB).\n"
    )


def _run(store: Store, repeats: int) -> None:
    grid = TimeGrid("28-day", SPAN)
    source = _make_source()
    series_sql = compile_series(MEASURE, Scope(source, TIME_ZONE, by=("area", "category")), grid).sql()
    totals_sql = compile_totals(MEASURE, Scope(source, TIME_ZONE, by=("area",)), YEARS_TO_DATE).sql()
    files = [one.path / "data.parquet" for one in store.current()]
    questions: list[tuple[str, float, dict[str, Ask]]] = [
        (
            "28-day period × area × category",
            1.0,
            {
                "commonweal": partial(_ask_store, store, series_sql, ("period", "area", "category", "value")),
                "Polars": partial(ask_polars_series, files, grid.extent, ZONE),
                "pandas": partial(ask_pandas_series, files, grid.extent, ZONE),
            },
        ),
        (
            "year to date against year to date, by area",
            0.1,
            {
                "commonweal": partial(_ask_store, store, totals_sql, ("period", "area", "value")),
                "Polars": partial(ask_polars_totals, files, YEARS_TO_DATE, ZONE),
                "pandas": partial(ask_pandas_totals, files, YEARS_TO_DATE, ZONE),
            },
        ),
    ]
    print("| question | engine | rows | median s | fastest s | first s | median against ours |")
    print("|---|---|--:|--:|--:|--:|--:|")
    missed = False
    for question, target_s, engines in questions:
        timed = [_time(name, ask, repeats) for name, ask in engines.items()]
        _check_equal(timed)
        for one in timed:
            ratio = one.median_s / timed[0].median_s
            print(
                f"| {question} | {one.engine} | {one.answer.height:,} | {one.median_s:.3f} | {one.fastest_s:.3f} "
                f"| {one.first_s:.3f} | {ratio:.2f} × |"
            )
        missed |= timed[0].median_s > target_s
        verdict = "met" if timed[0].median_s <= target_s else "MISSED"
        print(f"| target: at most {target_s:g} s | {verdict} | | | | | |")
    sys.exit(1 if missed else 0)


def _make_source() -> Source:
    return Source(
        id=SOURCE, title="Synthetic incidents", publisher="", url="", licence="", kind="crimes", protocol="simulated",
        domain="", dataset="", map="", order_by="", updated_column="", where="", grain_period="point",
        grain_area="area", verified=False, covers_from=SPAN.start, covers_to=SPAN.end, note="",
    )  # fmt: skip


def _ask_store(store: Store, sql: str, columns: tuple[str, ...]) -> pl.DataFrame:
    return store.query(sql).select(columns)


def _time(engine: str, ask: Ask, repeats: int) -> Timed:
    taken_s = []
    for _ in range(repeats + 1):
        start_s = time.perf_counter()
        answer = ask()
        taken_s.append(time.perf_counter() - start_s)
    return Timed(engine, taken_s[0], statistics.median(taken_s[1:]), min(taken_s[1:]), answer)


def _check_equal(timed: list[Timed]) -> None:
    def plain(one: Timed) -> pl.DataFrame:
        numbers = [pl.col(name).cast(pl.Int64) for name in ("period", "value")]
        keys = [name for name in one.answer.columns if name != "value"]
        return one.answer.with_columns(numbers).sort(keys)

    for other in timed[1:]:
        if not plain(timed[0]).equals(plain(other)):
            raise AssertionError(f"{other.engine} gives another answer than {timed[0].engine}")


def _describe_machine() -> str:
    import duckdb
    import pandas as pd

    load = os.getloadavg()[0]
    memory_gb = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    cpu = next(
        (
            line.split(":")[1].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if "model name" in line
        ),
        platform.processor(),
    )
    return (
        f"{cpu}, {os.cpu_count()} cores, {memory_gb:.0f} GB, {platform.system()} {platform.release()}; "
        f"Python {platform.python_version()}, DuckDB {duckdb.__version__}, Polars {pl.__version__}, "
        f"pandas {pd.__version__}; load before {load:.2f}"
    )


if __name__ == "__main__":
    main()
