"""Real files of real cities, with the mapping files in ``maps/``; the expected numbers come from plain counting."""

from __future__ import annotations

import csv
import gzip
import io
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest
from make_city import make_city, make_source, read_areas

from commonweal.city.places import Area
from commonweal.sources.load import load_file
from commonweal.sources.mapping import read_mapping
from commonweal.sources.parse import Parsed

MAPS = Path(__file__).parent / "maps"
NOW = datetime(2026, 1, 1, tzinfo=UTC)

pytestmark = pytest.mark.real


def load(
    path: Path, map_name: str, *, areas: tuple[Area, ...] = (), time_zone: str = "America/Los_Angeles"
) -> Parsed:
    mapping = read_mapping(MAPS / f"{map_name}.toml")
    city = make_city([make_source(mapping.source, mapping.kind)], areas=areas, time_zone=time_zone)
    parsed = load_file(city, mapping.kind, path, mapping, now=NOW)
    told = parsed.provenance
    assert told.rows_read == told.rows_kept + told.rows_rejected + told.duplicates
    assert parsed.table.select(pl.struct("source", "record_id").is_duplicated().any()).item() is False
    return parsed


def read_rows(path: Path) -> list[dict[str, str]]:
    content = path.read_bytes()
    text = (gzip.decompress(content) if path.suffix == ".gz" else content).decode()
    return list(csv.DictReader(io.StringIO(text)))


def test_los_angeles_by_month(real_data: Path) -> None:
    """17,850 rows give 1,004,894 incidents, and each area, month and category has the number that the file has."""
    path = real_data / "los-angeles" / "lapd_crime_monthly_2020_2024.csv"
    names = sorted({row["area"] for row in read_rows(path)})
    areas = tuple(
        Area(name.lower().replace(" ", "-"), name, (), None, "", None, approximate=False) for name in names
    )
    parsed = load(path, "lapd_monthly", areas=areas)
    assert (parsed.provenance.rows_read, parsed.provenance.rows_kept) == (17_850, 17_850)
    sums = dict(parsed.table.group_by("quantity").agg(pl.col("value").sum()).iter_rows())
    rows = read_rows(path)
    assert sums == {"incidents": 1_004_894, "clearances": sum(int(row["cleared"]) for row in rows)}
    expected = {(row["period"], row["area"], row["category"]): int(row["crimes"]) for row in rows}
    found = parsed.table.filter(pl.col("quantity") == "incidents")
    names_of = {area.id: area.name for area in areas}
    assert {
        (start.strftime("%Y-%m"), names_of[area], category): value
        for start, area, category, value in found.select(
            "period_start", "area", "category", "value"
        ).iter_rows()
    } == expected


@pytest.fixture(scope="module")
def toronto(real_data: Path) -> Parsed:
    """Load the incidents of Toronto once."""
    areas = read_areas(real_data / "toronto" / "neighborhoods.geojson", "name")
    path = real_data / "toronto" / "crime_incidents_2014_2021.csv.gz"
    return load(path, "toronto_crime", areas=areas, time_zone="America/Toronto")


def test_toronto_incidents(real_data: Path, toronto: Parsed) -> None:
    """240,992 rows: 1,603 exact duplicates, 1,057 dated before 2014 (4 of them duplicates), every class kept."""
    path = real_data / "toronto" / "crime_incidents_2014_2021.csv.gz"
    parsed, told = toronto, toronto.provenance
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        written = [tuple(row) for row in csv.reader(lines)][1:]
    rows = set(written)
    early = sum(1 for row in rows if row[0] < "2014")
    assert (told.rows_read, told.duplicates, told.rows_rejected) == (240_992, 1_603, early)
    assert sum(1 for row in written if row[0] < "2014") == 1_057
    assert [(reason.rule, reason.rows) for reason in told.reasons] == [("too_early", early)]
    classes = Counter(row[5] for row in rows if row[0] >= "2014")
    assert dict(parsed.table.group_by("category").len().iter_rows()) == dict(classes)
    local = parsed.table.get_column("occurred_at").dt.convert_time_zone("America/Toronto")
    # Nine incidents lie in the hour that clocks skip, all at 2 o'clock; they moved to 3.
    hours = Counter(int(row[1]) for row in rows if row[0] >= "2014")
    found = Counter(local.dt.hour().to_list())
    assert (hours[2] - found[2], found[3] - hours[3]) == (9, 9)
    assert all(hours[hour] == found[hour] for hour in range(24) if hour not in {2, 3})
    assert found.total() == told.rows_kept


def test_points_fall_into_the_polygons_that_geopandas_finds(real_data: Path, toronto: Parsed) -> None:
    """Of 5,000 incidents of Toronto each lies in the neighborhood that an independent spatial join gives."""
    geopandas = pytest.importorskip("geopandas")
    areas = read_areas(real_data / "toronto" / "neighborhoods.geojson", "name")
    sample = toronto.table.filter(pl.col("lon").is_not_null()).sample(5_000, seed=1)
    shapes = geopandas.GeoDataFrame(
        {"area": [area.id for area in areas]}, geometry=[area.geometry for area in areas], crs=4326
    )
    lon, lat = sample.get_column("lon").to_numpy(), sample.get_column("lat").to_numpy()
    points = geopandas.GeoDataFrame(geometry=geopandas.points_from_xy(lon, lat), crs=4326)
    joined = points.sjoin(shapes, how="inner", predicate="intersects").groupby(level=0)["area"].agg(set)
    ours = sample.get_column("area").to_list()
    assert len(joined) > 4_900  # the others lie in no polygon; their area is the one they name
    assert [place for place, found in joined.items() if ours[place] not in found] == []


def test_calls_of_montgomery_county(real_data: Path) -> None:
    """99,492 calls: services as they stand before the colon, times as the wall clock of Philadelphia shows."""
    path = real_data / "calls" / "montgomery_pa_911_2015_2016.csv.gz"
    parsed = load(path, "montgomery_calls", time_zone="America/New_York")
    assert parsed.provenance.rows_kept == 99_492
    assert dict(parsed.table.group_by("agency").len().iter_rows()) == {
        "ems": 48_877,
        "fire": 14_920,
        "police": 35_695,
    }
    assert parsed.table.get_column("received_at").min() == datetime(2015, 12, 10, 22, 40, tzinfo=UTC)
    types = Counter(row["title"].split(":", 1)[1].strip(" -") for row in read_rows(path))
    assert dict(parsed.table.group_by("call_type").len().iter_rows()) == dict(types)


def test_stops_of_minneapolis(real_data: Path) -> None:
    """51,920 stops in 84 neighborhoods; a form that was not filled in is unknown, never a no."""
    path = real_data / "policing" / "carData_MplsStops.csv.gz"
    areas = read_areas(real_data / "policing" / "minneapolis_neighborhoods.geojson", "name")
    parsed = load(path, "minneapolis_stops", areas=areas, time_zone="America/Chicago")
    rows = read_rows(path)
    assert (parsed.provenance.rows_read, parsed.provenance.rows_kept) == (51_920, 51_920)
    searches = dict(parsed.table.group_by("searched").len().iter_rows())
    assert searches == {"yes": 5_237, "no": 38_462, "unknown": 8_221}
    black = parsed.table.filter(pl.col("group") == "Black").height
    assert black == sum(1 for row in rows if row["race"] == "Black") == 15_220
    assert parsed.table.get_column("group").null_count() == 9_219 + 8_221


def test_force_in_minneapolis(real_data: Path) -> None:
    """12,925 uses of force by type, with the injury that was not recorded as unknown."""
    path = real_data / "policing" / "openintro_mn_police_use_of_force.csv.gz"
    areas = read_areas(real_data / "policing" / "minneapolis_neighborhoods.geojson", "name")
    parsed = load(path, "minneapolis_force", areas=areas, time_zone="America/Chicago")
    rows = read_rows(path)
    assert parsed.provenance.rows_kept + parsed.provenance.rows_rejected == len(rows) == 12_925
    assert parsed.table.height == 12_925
    injured = dict(parsed.table.group_by("injured").len().iter_rows())
    assert injured == {"yes": 1_631, "no": 1_446, "unknown": 9_848}


def test_fires_of_toronto(real_data: Path) -> None:
    """14,623 responses; the longest is the 682 minutes that are an error in the data, kept for the analyst to see."""
    path = real_data / "toronto" / "fire_incidents_2011_2023.parquet"
    parsed = load(path, "toronto_fire", time_zone="America/Toronto")
    truth = pl.read_parquet(path, columns=["response_time", "tfs_alarm_time"])
    assert parsed.provenance.rows_kept == 14_623
    minutes = (
        parsed.table.get_column("arrived_at") - parsed.table.get_column("dispatched_at")
    ).dt.total_seconds() / 60
    differ = (minutes - truth.get_column("response_time")).abs() > 1e-6
    assert minutes.max() == pytest.approx(682.3667, abs=1e-3)
    assert int(differ.sum()) <= 4  # calls over a change of clocks
    local = (
        parsed.table.get_column("dispatched_at")
        .dt.convert_time_zone("America/Toronto")
        .dt.replace_time_zone(None)
    )
    written = truth.get_column("tfs_alarm_time").dt.replace_time_zone(None)
    assert int((local != written).sum()) <= 4


def test_requests_to_los_angeles(real_data: Path) -> None:
    """9,989 requests of three days, each in the city's calendar."""
    path = real_data / "los-angeles" / "la311_service_requests_sample.csv"
    areas = read_areas(real_data / "los-angeles" / "police_areas.geojson", "name")
    parsed = load(path, "la311_calls", areas=areas)
    rows = read_rows(path)
    wrong = sum(1 for row in rows if row["closed_date"] and row["closed_date"] < row["created_date"])
    assert (parsed.provenance.rows_read, parsed.provenance.rows_rejected) == (9_989, wrong)
    days = parsed.table.get_column("received_at").dt.convert_time_zone("America/Los_Angeles").dt.date()
    assert set(days) == {date(2020, 1, day) for day in (1, 2, 3)}


def test_days_of_los_angeles(real_data: Path) -> None:
    """1,826 days from 2020 to 2024 become 1,826 counts for the whole city."""
    path = real_data / "los-angeles" / "weather_and_crimes_daily_2020_2024.csv"
    parsed = load(path, "weather_daily")
    assert parsed.table.height + parsed.provenance.rows_rejected == 1_826
    assert parsed.table.get_column("value").sum() == sum(int(row["crimes"]) for row in read_rows(path))
    assert parsed.table.get_column("area").null_count() == parsed.table.height
