"""The API: typed, described, and saying what the pages say."""

from __future__ import annotations

import pytest
from asking import Asking

EXAMPLES = {
    "measure": "robberies", "figure": "robberies-change", "commitment": "fewer-robberies", "program": "patrol",
    "source": "counts_monthly", "kind": "crimes", "area": "riverside",
}  # fmt: skip


def test_every_address_answers_as_described(web: Asking) -> None:
    """Each address of the description answers with the fields it describes, and has a summary."""
    described = web.get("/api/v1/openapi.json").json()
    assert described["openapi"].startswith("3.")
    measures = web.get("/api/v1/measures/robberies/series").json()
    names = EXAMPLES | {
        "query": measures["query"]["hash"],
        "snapshot": web.get("/api/v1/snapshots").json()[0]["id"],
    }
    for template, operations in described["paths"].items():
        assert set(operations) == {"get"}, template
        operation = operations["get"]
        assert operation["summary"], template
        schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
        assert schema, template
        path = template.format(**names)
        if template.endswith("/maps/areas.geojson"):
            path += "?measure=robberies"
        answer = web.get(path)
        assert answer.status_code == 200, f"{path}: {answer.text[:200]}"
        check_fields(described, schema, answer.json(), path)


def check_fields(described: dict, schema: dict, value: object, path: str) -> None:
    """Check that an answer has every field its schema requires; the first item stands for a list."""
    if "$ref" in schema:
        schema = described["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    if schema.get("type") == "array":
        assert isinstance(value, list), path
        if value:
            check_fields(described, schema["items"], value[0], path)
    elif schema.get("type") == "object" and "properties" in schema:
        assert isinstance(value, dict), path
        assert set(schema.get("required", ())) <= set(value), path
        assert set(value) <= set(schema["properties"]), path


def test_a_comparison_gives_both_counts_and_their_interval(web: Asking) -> None:
    """2023 against 2022 in the toy city: robberies 144 → 108, −25 %."""
    finding = web.get("/api/v1/compare/robberies?current=2023&baseline=2022").json()
    comparison = finding["comparison"]
    assert (comparison["baseline"], comparison["current"], comparison["change"]) == (144, 108, -25)
    assert comparison["low"] < -25 < comparison["high"]
    assert finding["baseline_period"] == {"start": "2022-01-01", "end": "2022-12-31"}
    assert finding["query"]["sql"]
    assert len(finding["query"]["hash"]) == 12


def test_page_and_api_say_the_same(web: Asking) -> None:
    """The table of a page and the API give one number for one question."""
    rows = web.get("/en/results/measures.json").json()["rows"]
    for row in rows:
        if row["current"] is not None:
            comparison = web.get(f"/api/v1/compare/{row['measure']}").json()["comparison"]
            assert comparison["current"] == pytest.approx(row["current"], abs=1e-4)


def test_polygons_are_those_of_the_pack(web: Asking) -> None:
    """Each district of the toy city is its square of one degree, named and with its verdict."""
    drawn = web.get("/api/v1/maps/areas.geojson?measure=robberies").json()
    assert {feature["id"] for feature in drawn["features"]} == {"riverside", "hilltop", "harbor", "old-town"}
    riverside = next(one for one in drawn["features"] if one["id"] == "riverside")
    corners = {tuple(corner) for corner in riverside["geometry"]["coordinates"][0]}
    assert corners == {(-90.0, 40.0), (-89.0, 40.0), (-89.0, 41.0), (-90.0, 41.0)}
    assert riverside["properties"]["title"] == "Riverside"
    assert "60" in riverside["properties"]["detail"]
    assert "36" in riverside["properties"]["detail"]


def test_stations_can_be_asked_for_by_service(web: Asking) -> None:
    """``agency`` keeps the points of one service."""
    points = web.get("/api/v1/stations.geojson?agency=fire").json()["features"]
    assert {point["id"] for point in points} == {"fire-3", "fire-4"}


def test_where_snapshots_lie_is_not_told(web: Asking) -> None:
    """The API tells everything about a load but the folder it lies in."""
    workspace = str(web.app.state.answers.workspace.root)
    assert workspace not in web.get("/api/v1/snapshots").text
    assert workspace not in web.get("/en/data/snapshots").text
