"""The toy city holds the numbers its README promises."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median, quantiles
from zoneinfo import ZoneInfo

import pytest

from commonweal.city import City, load_city

Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def toy(packs: Path) -> City:
    return load_city(packs / "toy")


@pytest.fixture(scope="module")
def records(packs: Path) -> dict[str, Rows]:
    found = {}
    for path in (packs / "toy" / "records").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as lines:
            found[path.stem] = list(csv.DictReader(lines))
    return found


def total(rows: Rows, category: str, year: str, column: str = "incidents", **where: str) -> int:
    return sum(
        int(row[column])
        for row in rows
        if row["category"] == category
        and row["month"].startswith(year)
        and all(row[key] == value for key, value in where.items())
    )


def test_the_pack_declares_what_tests_rely_on(toy: City) -> None:
    """Four districts with official squares, four stations, three programs, eight figures, four commitments."""
    assert list(toy.areas) == ["riverside", "hilltop", "harbor", "old-town"]
    assert [area.geometry.bounds for area in toy.areas.values() if area.geometry] == [
        (-90, 40, -89, 41), (-89, 40, -88, 41), (-90, 41, -89, 42), (-89, 41, -88, 42),
    ]  # fmt: skip
    assert not any(area.approximate for area in toy.areas.values())
    assert sum(area.population or 0 for area in toy.areas.values()) == toy.population == 100_000
    counted = (toy.stations, toy.programs, toy.figures, toy.commitments, toy.measures, toy.breaks)
    assert [len(table) for table in counted] == [4, 3, 8, 4, 9, 1]
    assert toy.text("ko", "measures", "robberies", "title", "Robberies") == "강도"
    assert toy.text("ko", "measures", "game_visits", "title", "Visits") == "Visits"


@pytest.mark.parametrize(
    ("category", "yearly", "cleared"),
    [
        ("Robbery", [120, 144, 108, 24], [24, 24, 36, 6]),
        ("Burglary", [600, 600, 600, 150], [60, 60, 60, 30]),
        ("Homicide", [12, 12, 6, 0], [6, 6, 3, 0]),
    ],
)
def test_yearly_counts(
    records: dict[str, Rows], category: str, yearly: list[int], cleared: list[int]
) -> None:
    """Yearly incidents and clearances are those of the README, by district and for the city alike."""
    for rows in (records["counts_monthly"], records["counts_citywide"]):
        years = ("2021", "2022", "2023", "2024")
        assert [total(rows, category, year) for year in years] == yearly
        assert [total(rows, category, year, "cleared") for year in years] == cleared


def test_robberies_by_district(records: dict[str, Rows]) -> None:
    """Robberies of each district, 2022 and 2023."""
    rows = records["counts_monthly"]
    found = {
        name: (total(rows, "Robbery", "2022", district=name), total(rows, "Robbery", "2023", district=name))
        for name in ("Riverside", "Hilltop", "Harbor", "Old Town")
    }
    assert found == {"Riverside": (60, 36), "Hilltop": (36, 36), "Harbor": (24, 12), "Old Town": (24, 24)}


def test_thefts(records: dict[str, Rows]) -> None:
    """72 thefts in 2022 and 48 in 2023, in local time; the last of 2022 lies in 2023 by UTC."""
    rows = records["crime_points"]
    assert Counter(row["occurred"][:4] for row in rows) == {"2022": 72, "2023": 48}
    south_west = Counter(
        row["occurred"][:4] for row in rows if (row["lon"], row["lat"]) == ("-89.75", "40.25")
    )
    assert south_west == {"2022": 36, "2023": 12}
    assert Counter(row["occurred"][:4] for row in rows if row["status"] == "A") == {"2022": 12, "2023": 12}
    last = next(row for row in rows if row["report"] == "T072")
    local = datetime.fromisoformat(last["occurred"]).replace(tzinfo=ZoneInfo("America/Chicago"))
    assert local.astimezone(ZoneInfo("UTC")).isoformat() == "2023-01-01T05:30:00+00:00"
    delays = Counter(
        datetime.fromisoformat(row["reported"]) - datetime.fromisoformat(row["occurred"])
        for row in rows
        if row["occurred"] < "2023"
    )
    assert delays == {timedelta(days=days): 12 for days in range(6)}


@pytest.mark.parametrize(("year", "half", "nine_of_ten"), [("2022", 330, 546), ("2023", 165, 273)])
def test_response_times(records: dict[str, Rows], year: str, half: float, nine_of_ten: float) -> None:
    """Medians and 90th percentiles with linear interpolation."""
    seconds = [
        (datetime.fromisoformat(row["arrived"]) - datetime.fromisoformat(row["dispatched"])).total_seconds()
        for row in records["unit_times"]
        if row["dispatched"].startswith(year)
    ]
    assert len(seconds) == 120
    assert median(seconds) == half
    assert quantiles(seconds, n=10, method="inclusive")[8] == pytest.approx(nine_of_ten)


def test_program_log(records: dict[str, Rows]) -> None:
    """1,200 visits in 2022, 1,800 in 2023."""
    visits = Counter[str]()
    for row in records["program_log"]:
        visits[row["date"][:4]] += int(row["quantity"])
    assert visits == {"2022": 1200, "2023": 1800}
