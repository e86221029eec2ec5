"""The mapping files that packs carry, on rows as the portals write them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from commonweal.city.loading import load_city
from commonweal.records import RECORD_TYPES
from commonweal.sources.load import load_file
from commonweal.sources.mapping import list_mappings, read_mapping
from commonweal.sources.parse import Parsed

NOW = datetime(2026, 11, 1, tzinfo=UTC)
PACKS = ("los-angeles", "toronto", "chicago", "seattle", "san-francisco")


def load_rows(packs: Path, tmp_path: Path, city: str, mapping: str, *rows: dict[str, str]) -> Parsed:
    """Load rows as a portal's JSON, with a mapping of a pack."""
    path = tmp_path / "rows.json"
    path.write_text(json.dumps(rows), encoding="utf-8")
    declared = read_mapping(packs / city / "maps" / f"{mapping}.toml")
    return load_file(load_city(packs / city), declared.kind, path, declared, now=NOW)


@pytest.mark.parametrize("name", PACKS)
def test_every_mapping_makes_whole_records(packs: Path, name: str) -> None:
    """Every mapping file of a pack is in order, and every source that needs one has it."""
    city = load_city(packs / name)
    mappings = {one: read_mapping(city.folder / "maps" / f"{one}.toml") for one in list_mappings(city)}
    for source in city.sources.values():
        if source.protocol == "simulated":
            continue
        assert mappings[source.map].kind == source.kind
        assert mappings[source.map].source == source.id
    assert {one.kind for one in mappings.values()} <= set(RECORD_TYPES)


LAPD_ROW = {
    "dr_no": "190326475", "date_rptd": "2020-03-01T00:00:00.000", "date_occ": "2020-02-29T00:00:00.000",
    "time_occ": "2130", "area": "07", "area_name": "Wilshire", "rpt_dist_no": "0784", "part_1_2": "1",
    "crm_cd": "510", "crm_cd_desc": "VEHICLE - STOLEN", "vict_age": "0", "status": "AA",
    "status_desc": "Adult Arrest", "lat": "34.0375", "lon": "-118.3506",
}  # fmt: skip


def test_a_report_of_los_angeles(packs: Path, tmp_path: Path) -> None:
    """Half past nine in the evening in Los Angeles is half past five of the next day in UTC; AA is an arrest."""
    (row,) = load_rows(packs, tmp_path, "los-angeles", "lapd_crime", LAPD_ROW).table.rows(named=True)
    assert row["occurred_at"] == datetime(2020, 3, 1, 5, 30, tzinfo=UTC)
    assert (row["record_id"], row["area"], row["category"]) == ("190326475", "wilshire", "Vehicle Crime")
    assert (row["clearance"], row["domestic"]) == ("arrest", False)


def test_traps_of_the_los_angeles_file(packs: Path, tmp_path: Path) -> None:
    """Time 1 is a minute past midnight, 0 0 is no place, 626 is domestic, AO is cleared in another way."""
    odd = LAPD_ROW | {
        "time_occ": "1", "lat": "0", "lon": "0", "crm_cd": "626", "area_name": "N Hollywood", "status": "AO",
    }  # fmt: skip
    parsed = load_rows(packs, tmp_path, "los-angeles", "lapd_crime", odd)
    (row,) = parsed.table.rows(named=True)
    assert row["occurred_at"] == datetime(2020, 2, 29, 8, 1, tzinfo=UTC)
    assert (row["lon"], row["lat"], row["area"]) == (None, None, "n-hollywood")
    assert (row["category"], row["domestic"], row["clearance"]) == ("Domestic Violence", True, "exceptional")


@pytest.mark.parametrize(("status", "clearance"), [("IC", "open"), ("JA", "arrest"), ("JO", "exceptional")])
def test_status_codes_of_los_angeles(packs: Path, tmp_path: Path, status: str, clearance: str) -> None:
    """An open case stays open; a juvenile's arrest and other clearance are told apart."""
    parsed = load_rows(packs, tmp_path, "los-angeles", "lapd_crime", LAPD_ROW | {"status": status})
    assert parsed.table["clearance"].to_list() == [clearance]


def test_a_download_of_los_angeles_reads_like_its_portal(packs: Path, tmp_path: Path) -> None:
    """The CSV file of the portal writes its headers and days in another way and gives the same record."""
    path = tmp_path / "download.csv"
    path.write_text(
        "DR_NO,Date Rptd,DATE OCC,TIME OCC,AREA,AREA NAME,Crm Cd,Crm Cd Desc,Status,LAT,LON\n"
        "190326475,03/01/2020 12:00:00 AM,02/29/2020 12:00:00 AM,2130,07,Wilshire,510,VEHICLE - STOLEN,AA,"
        "34.0375,-118.3506\n",
        encoding="utf-8",
    )
    mapping = read_mapping(packs / "los-angeles" / "maps" / "lapd_crime.toml")
    downloaded = load_file(load_city(packs / "los-angeles"), "crimes", path, mapping, now=NOW)
    fetched = load_rows(packs, tmp_path, "los-angeles", "lapd_crime", LAPD_ROW)
    assert downloaded.table.equals(fetched.table)


def test_an_incident_of_chicago(packs: Path, tmp_path: Path) -> None:
    """District 011 is Harrison; an incident without an arrest is not called open."""
    row = {
        "id": "13203321", "case_number": "JG000001", "date": "2023-07-01T00:15:00.000", "iucr": "0486",
        "primary_type": "BATTERY", "description": "DOMESTIC BATTERY SIMPLE", "arrest": "false",
        "domestic": "true", "district": "011", "latitude": "41.88", "longitude": "-87.72",
    }  # fmt: skip
    (record,) = load_rows(packs, tmp_path, "chicago", "cpd_crime", row).table.rows(named=True)
    assert record["occurred_at"] == datetime(2023, 7, 1, 5, 15, tzinfo=UTC)
    assert (record["area"], record["clearance"], record["domestic"]) == ("district-11", "unknown", True)


def test_an_offense_of_seattle(packs: Path, tmp_path: Path) -> None:
    """A place that the portal hides is no place; the precinct still tells the area."""
    row = {
        "offense_id": "48111229000", "report_number": "2024-000001", "offense_date": "2024-05-01T22:00:00.000",
        "report_date_time": "2024-05-02T08:00:00.000", "offense_sub_category": "ROBBERY",
        "nibrs_offense_code": "120", "nibrs_offense_code_description": "Robbery", "precinct": "Southwest",
        "latitude": "REDACTED", "longitude": "REDACTED",
    }  # fmt: skip
    (record,) = load_rows(packs, tmp_path, "seattle", "spd_crime", row).table.rows(named=True)
    assert (record["area"], record["lon"], record["category"]) == ("southwest", None, "ROBBERY")


def test_a_report_of_san_francisco(packs: Path, tmp_path: Path) -> None:
    """A place outside the city belongs to no district, and the report is kept."""
    row = {
        "row_id": "120000006244", "incident_datetime": "2022-11-05T23:10:00.000",
        "report_datetime": "2022-11-06T00:10:00.000", "incident_code": "06244",
        "incident_category": "Larceny Theft", "incident_description": "Theft, From Locked Vehicle, >$950",
        "resolution": "Open or Active", "police_district": "Out of SF", "latitude": "", "longitude": "",
    }  # fmt: skip
    (record,) = load_rows(packs, tmp_path, "san-francisco", "sfpd_incidents", row).table.rows(named=True)
    assert record["occurred_at"] == datetime(2022, 11, 6, 6, 10, tzinfo=UTC)
    assert (record["area"], record["clearance"]) == (None, "open")
