"""The pack of Los Angeles against the real files it was made from."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from commonweal.city.loading import load_city
from commonweal.city.pack import City
from commonweal.sources.load import load_file, load_pack_sources
from commonweal.sources.mapping import read_mapping

pytestmark = pytest.mark.real

NOW = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def city(packs: Path) -> City:
    """Load the pack."""
    return load_city(packs / "los-angeles")


@pytest.fixture(scope="module")
def monthly(city: City, real_data: Path) -> pl.DataFrame:
    """Load the real file by month and police area, with the pack's own mapping."""
    path = real_data / "los-angeles" / "lapd_crime_monthly_2020_2024.csv"
    mapping = read_mapping(city.folder / "maps" / "lapd_crime_monthly.toml")
    parsed = load_file(city, "counts", path, mapping, now=NOW)
    counted = parsed.provenance
    assert (counted.rows_read, counted.rows_kept, counted.rows_rejected) == (17_850, 17_850, 0)
    return parsed.table


def test_the_real_file_joins_every_area(city: City, monthly: pl.DataFrame) -> None:
    """All 21 areas of the real monthly file are areas of the pack, and 1,004,894 reports are kept."""
    assert set(monthly["area"]) == set(city.areas)
    assert monthly.filter(pl.col("quantity") == "incidents")["value"].sum() == 1_004_894


def test_the_tables_of_the_pack_are_the_real_file_added_up(city: City, monthly: pl.DataFrame) -> None:
    """Summed by month, and by year and area, the real file gives the two tables that the pack carries."""
    tables = {one.parsed.provenance.source: one.parsed.table for one in load_pack_sources(city, now=NOW)}
    keys = ["period_start", "category", "quantity"]
    by_month = monthly.group_by(keys).agg(pl.col("value").sum()).sort(keys)
    assert tables["crime_monthly_citywide"].select(*keys, "value").sort(keys).equals(by_month)
    keys = ["year", "area", "category", "quantity"]
    with_year = pl.col("period_start").dt.year().alias("year")
    by_year = (
        monthly.with_columns(with_year)
        .filter(pl.col("year") < 2024)
        .group_by(keys)
        .agg(pl.col("value").sum())
    )
    ours = tables["crime_yearly_by_area"].with_columns(with_year).select(*keys, "value")
    assert ours.sort(keys).equals(by_year.sort(keys))


def test_the_official_polygons_are_named_in_the_pack(city: City, real_data: Path) -> None:
    """Each of the 21 official polygons is called as one area of the pack is, and its number is an alias of it."""
    document = json.loads((real_data / "los-angeles" / "police_areas.geojson").read_text(encoding="utf-8"))
    names = {
        name.lower(): area.id for area in city.areas.values() for name in (area.name, area.id, *area.aliases)
    }
    found = {}
    for feature in document["features"]:
        properties = feature["properties"]
        found[names[properties["name"].lower()]] = names[f"{properties['number']:02d}"]
    assert len(found) == 21
    assert all(by_name == by_number for by_name, by_number in found.items())
