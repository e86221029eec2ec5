"""An area is found by every spelling of its name."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from commonweal.city import find_area_by_name, load_city, normalize_name, prepare_area_names


@pytest.mark.parametrize(
    "name",
    ["77th Street", "77Th Street", "77TH STREET", "77th-street", " 77th  street ", "77th St.", "77th St"],
)
def test_spellings_of_one_area(packs: Path, name: str) -> None:
    """Case, spaces and punctuation do not tell names apart."""
    area = find_area_by_name(load_city(packs / "los-angeles"), name)
    assert area is not None
    assert area.id == "77th-street"


@pytest.mark.parametrize("name", ["", " ", "…", "78th Street", "77th Stre"])
def test_other_names_find_nothing(packs: Path, name: str) -> None:
    """Nothing is guessed."""
    assert find_area_by_name(load_city(packs / "los-angeles"), name) is None


def test_accents_and_other_scripts() -> None:
    """Accents do not matter; letters of other scripts do."""
    assert normalize_name("São Paulo") == normalize_name("SAO-PAULO")
    assert normalize_name("Straße") == normalize_name("STRASSE")
    assert normalize_name("강남구") == normalize_name("강남구 ") != normalize_name("강북구")


def test_identifiers_names_and_aliases(packs: Path) -> None:
    """Identifier, name and aliases lead to one area."""
    names = prepare_area_names(load_city(packs / "toy").areas)
    assert [
        names.find(one) for one in ("old-town", "Old Town", "OldTown", "North East", "4", "District-4")
    ] == ["old-town"] * 6


@pytest.mark.real
def test_real_names_all_join(packs: Path, real_data: Path) -> None:
    """All 21 police areas of the real file of Los Angeles, and all neighborhoods of Toronto's, are known."""
    monthly = pl.read_csv(real_data / "los-angeles" / "lapd_crime_monthly_2020_2024.csv")
    names = prepare_area_names(load_city(packs / "los-angeles").areas)
    found = {names.find(one) for one in monthly["area"].unique()}
    assert None not in found
    assert len(found) == 21
    incidents = pl.read_csv(
        real_data / "toronto" / "crime_incidents_2014_2021.csv.gz", columns=["Neighbourhood"]
    )
    toronto = prepare_area_names(load_city(packs / "toronto").areas)
    unknown = {one for one in incidents["Neighbourhood"].unique() if toronto.find(one) is None}
    assert unknown <= {"NSA"}
