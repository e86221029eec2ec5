"""The pack of Toronto against its real incidents and polygons."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest
import shapely
from shapely.geometry import shape

from commonweal.city.loading import load_city
from commonweal.city.pack import City
from commonweal.sources.load import load_file
from commonweal.sources.mapping import read_mapping
from commonweal.sources.parse import Parsed

pytestmark = pytest.mark.real

NOW = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def city(packs: Path) -> City:
    """Load the pack."""
    return load_city(packs / "toronto")


@pytest.fixture(scope="module")
def incidents(real_data: Path) -> pl.DataFrame:
    """Read the real file as text, without the program."""
    return pl.read_csv(real_data / "toronto" / "crime_incidents_2014_2021.csv.gz", infer_schema_length=0)


@pytest.fixture(scope="module")
def parsed(city: City, real_data: Path) -> Parsed:
    """Load the real file with the pack's own mapping; the pack has no polygons, so names decide."""
    mapping = read_mapping(city.folder / "maps" / "crime_incidents.toml")
    path = real_data / "toronto" / "crime_incidents_2014_2021.csv.gz"
    return load_file(city, "crimes", path, mapping, now=NOW)


def index_names(city: City) -> dict[str, str]:
    """Return the area by every spelling, in lower case."""
    return {name.lower(): one.id for one in city.areas.values() for name in (one.name, *one.aliases)}


def test_every_row_is_accounted_for(parsed: Parsed) -> None:
    """Of 240,992 rows, 1,603 are equal to another one and are counted once; none is rejected."""
    counted = parsed.provenance
    assert counted.rows_read == 240_992
    assert (counted.rows_kept, counted.rows_rejected, counted.duplicates) == (239_389, 0, 1_603)


def test_every_incident_has_a_neighbourhood(parsed: Parsed, city: City) -> None:
    """All 140 names join, so that no incident is left without an area."""
    assert parsed.table["area"].null_count() == 0
    assert set(parsed.table["area"]) == set(city.areas)


def test_incidents_dated_before_2014_are_kept_but_not_compared(
    parsed: Parsed, city: City, incidents: pl.DataFrame
) -> None:
    """1,057 rows are dated before 2014, 1,053 of them different; they are kept, and complete is only 2014 on."""
    assert incidents.filter(pl.col("occurrencedate") < "2014").height == 1_057
    assert incidents.unique().filter(pl.col("occurrencedate") < "2014").height == 1_053
    local = parsed.table["occurred_at"].dt.convert_time_zone(city.time_zone)
    early = parsed.table.filter(local.dt.year() < 2014)
    assert early.height == 1_053
    assert city.sources["tps_crime"].covers_from is not None
    assert city.sources["tps_crime"].covers_from.year == 2014


def test_classes_are_those_of_the_file(parsed: Parsed, city: City, incidents: pl.DataFrame) -> None:
    """The five measures together ask for exactly the five classes of the file."""
    asked = {str(one) for measure in city.measures.values() for one in measure.where.get("category", ())}
    assert asked == set(incidents["MCI"]) == set(parsed.table["category"])


def test_both_files_join_by_name(city: City, real_data: Path, incidents: pl.DataFrame) -> None:
    """The 140 names of the polygons and the 140 names of the incidents lead to the same 140 areas."""
    names = index_names(city)
    document = json.loads((real_data / "toronto" / "neighborhoods.geojson").read_text(encoding="utf-8"))
    polygons = {names[feature["properties"]["name"].lower()] for feature in document["features"]}
    assert polygons == {names[one.lower()] for one in incidents["Neighbourhood"].unique()} == set(city.areas)


def test_renamed_neighbourhoods_are_the_same_place(
    city: City, real_data: Path, incidents: pl.DataFrame
) -> None:
    """Where the two files use different names, most points of the one name lie in the polygon of the other."""
    names = index_names(city)
    document = json.loads((real_data / "toronto" / "neighborhoods.geojson").read_text(encoding="utf-8"))
    renamed = 0
    for feature in document["features"]:
        area = names[feature["properties"]["name"].lower()]
        rows = incidents.filter(pl.col("Neighbourhood").str.to_lowercase().replace_strict(names) == area)
        if feature["properties"]["name"] in set(rows["Neighbourhood"]):
            continue
        renamed += 1
        points = shapely.points(
            rows["Long"].cast(pl.Float64).to_numpy(), rows["Lat"].cast(pl.Float64).to_numpy()
        )
        inside = shapely.contains(shape(feature["geometry"]), points).mean()
        assert inside > 0.6, (area, inside)
    assert renamed == 11
