"""Speed of loading a city's incidents, against geopandas doing the same.

Run it on a quiet machine: ``python -m benchmarks.loading``. It needs Toronto's file (240,992 rows, packed) and
polygons beside the checkout. Both read the file, drop exact duplicates, read day and hour as the city's clock, reject
what is dated before 2014, and find each point's neighborhood; Commonweal also validates every record against its
declaration, makes identifiers from content, and collects rejected rows with reasons. The areas must be equal, or it
fails.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from commonweal.city.loading import load_city
from commonweal.city.pack import City
from commonweal.city.places import Area
from commonweal.sources.load import load_file
from commonweal.sources.mapping import read_mapping
from commonweal.sources.mapping_types import FileMapping

REPOSITORY = Path(__file__).resolve().parents[1]
DATA = REPOSITORY.parent / "shared" / "data" / "toronto"
INCIDENTS = DATA / "crime_incidents_2014_2021.csv.gz"
POLYGONS = DATA / "neighborhoods.geojson"
TIME_ZONE = "America/Toronto"
NOW = datetime(2026, 1, 1, tzinfo=UTC)
TARGET_S = 3.0

MAPPING = """
kind = "crimes"
source = "tps_crime"
[columns]
category = "MCI"
occurred_at = { from = "occurrencedate", format = "%Y/%m/%d", time = "occurrencehour", time_format = "%H" }
[point]
lon = "Long"
lat = "Lat"
[allowed]
earliest = 2014-01-01
"""


def read_benchmark_mapping() -> FileMapping:
    """Read the mapping, which finds areas by point alone, as the peer does."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "toronto.toml"
        path.write_text(MAPPING, encoding="utf-8")
        return read_mapping(path)


def make_toronto() -> City:
    """Take the pack of Toronto with the polygons of the file, named by their place in it."""
    from shapely.geometry import shape

    features = json.loads(POLYGONS.read_text(encoding="utf-8"))["features"]
    polygons: list[Any] = [shape(one["geometry"]) for one in features]  # type: ignore[no-untyped-call]
    areas = {
        str(n): Area(str(n), str(n), (), None, "", polygon, approximate=False)
        for n, polygon in enumerate(polygons)
    }
    return replace(load_city(REPOSITORY / "cities" / "toronto"), areas=areas)


def load_commonweal(city: City, mapping: FileMapping) -> dict[str, int]:
    """Load with Commonweal; returns incidents by area."""
    parsed = load_file(city, "crimes", INCIDENTS, mapping, now=NOW)
    counts = parsed.table.drop_nulls("area").group_by("area").len()
    return dict(counts.iter_rows())


def load_geopandas() -> dict[str, int]:
    """Load with pandas and geopandas, written as their users' guides do it; returns incidents by area."""
    geopandas: Any = import_module("geopandas")  # it carries no types
    import pandas

    frame = pandas.read_csv(INCIDENTS).drop_duplicates()
    day = pandas.to_datetime(frame["occurrencedate"], format="%Y/%m/%d")
    clock = day + pandas.to_timedelta(frame["occurrencehour"], unit="h")
    hour = pandas.Timedelta(hours=1)
    moment = clock.dt.tz_localize(TIME_ZONE, ambiguous=[True] * len(clock), nonexistent=hour)
    frame["occurred_at"] = moment.dt.tz_convert("UTC")
    frame = frame[clock >= "2014-01-01"]
    points = geopandas.GeoDataFrame(
        frame, geometry=geopandas.points_from_xy(frame["Long"], frame["Lat"]), crs="EPSG:4326"
    )
    areas = geopandas.read_file(POLYGONS)[["geometry"]]
    joined = points.sjoin(areas, how="left", predicate="intersects")
    joined = joined[~joined.index.duplicated(keep="first")]
    counts = joined["index_right"].dropna().astype(int).astype(str).value_counts()
    return {str(area): int(rows) for area, rows in counts.items()}


def time_s(load: Callable[[], dict[str, int]], repeats: int) -> tuple[list[float], dict[str, int]]:
    """Time some runs; returns seconds and what the last one counted."""
    times: list[float] = []
    counts: dict[str, int] = {}
    for _ in range(repeats):
        begin = time.perf_counter()
        counts = load()
        times.append(time.perf_counter() - begin)
    return times, counts


def main() -> None:
    """Run both and print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=5)
    repeats = parser.parse_args().repeats
    if not INCIDENTS.is_file():
        raise SystemExit(f"{INCIDENTS.name} is not beside the checkout; nothing was measured.")
    city, mapping = make_toronto(), read_benchmark_mapping()
    load_commonweal(city, mapping)  # imports are not what is measured
    load_geopandas()
    ours, our_counts = time_s(lambda: load_commonweal(city, mapping), repeats)
    theirs, their_counts = time_s(load_geopandas, repeats)
    differ = {area for area in our_counts | their_counts if our_counts.get(area) != their_counts.get(area)}
    if differ:
        raise SystemExit(f"The two do not agree in {len(differ)} areas: {sorted(differ)}")
    ratio = statistics.median(theirs) / statistics.median(ours)
    print(f"{sum(our_counts.values()):,} incidents in {len(our_counts)} areas; both agree in every area.")
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {repeats} runs each.\n"
    )
    print("| Loading 240,992 incidents | median s | fastest s | slowest s |")
    print("|---|---|---|---|")
    for name, times in (("Commonweal, validation included", ours), ("geopandas", theirs)):
        print(f"| {name} | {statistics.median(times):.2f} | {min(times):.2f} | {max(times):.2f} |")
    print(f"\nCommonweal is {ratio:.1f} times as fast. Target: {TARGET_S:.0f} s or less.")


if __name__ == "__main__":
    main()
