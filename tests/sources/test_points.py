"""Areas found by points do not depend on which point comes first."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from commonweal.city import load_city
from commonweal.sources.load import load_file
from commonweal.sources.mapping import find_mapping, read_mapping

INSIDE = "-89.75,40.25"
OUTSIDE = "-60.0,10.0"


@pytest.mark.parametrize(
    "points", [(OUTSIDE, INSIDE), (INSIDE, OUTSIDE), (OUTSIDE, OUTSIDE), (INSIDE, INSIDE)]
)
def test_a_point_in_no_area_may_come_first(packs: Path, tmp_path: Path, points: tuple[str, str]) -> None:
    """The row inside gets its district whichever row is first; the row outside never gets one."""
    city = load_city(packs / "toy")
    header, *_ = (packs / "toy/records/crime_points.csv").read_text(encoding="utf-8").splitlines()
    columns = header.split(",")
    first = (packs / "toy/records/crime_points.csv").read_text(encoding="utf-8").splitlines()[1].split(",")
    rows = []
    for number, point in enumerate(points):
        lon, lat = point.split(",")
        row = dict(zip(columns, first, strict=True))
        row.update({"lon": lon, "lat": lat, columns[0]: f"P{number}"})
        rows.append(",".join(row.values()))
    file = tmp_path / "points.csv"
    file.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    mapping = read_mapping(find_mapping(city, "crime_points"))
    parsed = load_file(city, "crimes", file, mapping, now=datetime(2026, 1, 1, tzinfo=UTC))
    found = dict(zip(parsed.table["record_id"], parsed.table["area"], strict=True))
    for number, point in enumerate(points):
        if f"P{number}" in found:
            assert found[f"P{number}"] == ("riverside" if point == INSIDE else None)
    assert parsed.provenance.rows_read == 2
    assert parsed.provenance.rows_kept + parsed.provenance.rows_rejected == 2
