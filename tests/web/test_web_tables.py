"""Tables: page, CSV and JSON say the same, in the order that was asked for."""

from __future__ import annotations

import csv
import io
import math

import pytest
from asking import Asking

from commonweal.errors import InvalidRequest
from commonweal.web.tables import Column, Table, write_csv, write_json

TABLES = (
    "/results/measures",
    "/results/areas",
    "/results/areas/all",
    "/results/areas/riverside",
    "/results/measures/robberies/series",
    "/results/measures/robberies/baselines",
    "/results/claims",
    "/results/commitments",
    "/results/commitments/fewer-robberies/trajectory",
    "/city/programs",
    "/city/areas",
    "/city/stations",
    "/city/stations/police-1/fleet",
    "/data/sources",
    "/data/snapshots",
    "/data/dictionary",
    "/data/dictionary/crimes",
    "/data/breaks",
    "/data/queries",
    "/data/simulated",
)


def as_text(value: object) -> str:
    """Write a JSON value as CSV has it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    return f"'{text}" if isinstance(value, str) and runs_in_a_spreadsheet(text) else text


def runs_in_a_spreadsheet(text: str) -> bool:
    """Say whether a text begins like a formula and is no number."""
    try:
        float(text)
    except ValueError:
        return text.startswith(("=", "+", "-", "@"))
    return False


@pytest.mark.parametrize("path", TABLES)
def test_page_csv_and_json_agree(web: Asking, path: str) -> None:
    """The three forms of a table have the same rows; CSV and JSON the same cells."""
    page = web.page(f"/en{path}")
    plain = web.get(f"/en{path}.json").json()
    answer = web.get(f"/en{path}.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    read = list(csv.DictReader(io.StringIO(answer.text)))
    assert [list(row.values()) for row in read] == [
        [as_text(v) for v in row.values()] for row in plain["rows"]
    ]
    for row in plain["rows"]:
        assert [key for key in row if key != "simulated"] == [c["key"] for c in plain["columns"]]
    shown = page.xpath(
        f"//table[caption[starts-with(normalize-space(.), {quote_for_xpath(plain['title'])})]]"
    )
    assert len(shown) == 1
    assert len(shown[0].xpath("./tbody/tr[th]")) == len(plain["rows"])


def quote_for_xpath(text: str) -> str:
    """Return a text as an XPath literal; these have no double quotes."""
    assert '"' not in text
    return f'"{text}"'


def test_every_served_table_is_tried() -> None:
    """A table that is served is in the list above; rejected rows and areas of a snapshot have their own tests."""
    from commonweal.web.pages import make_router

    served = {str(getattr(route, "path", "")) for route in make_router().routes}
    names = {"measure": "robberies", "area": "riverside", "commitment": "fewer-robberies", "station": "police-1",
             "kind": "crimes"}  # fmt: skip
    tables = {
        path.removesuffix(".csv").removeprefix("/{language}") for path in served if path.endswith(".csv")
    }
    tried = {path.format(**names) for path in tables if "{snapshot}" not in path}
    assert tried == set(TABLES)


def test_a_table_is_sorted_by_the_server(web: Asking) -> None:
    """``?sort=-current`` sorts page and data alike, and the head says so; robberies of 2023 are 36, 36, 24, 12."""
    path = "/results/areas"
    query = "?measure=robberies&sort=-current"
    values = [row["current"] for row in web.get(f"/en{path}.json{query}").json()["rows"]]
    assert values == [36, 36, 24, 12]
    page = web.page(f"/en{path}{query}")
    assert page.xpath("//th[@aria-sort='descending']")[0].text_content().strip() == "Now"
    turned = page.xpath("//th[@aria-sort='descending']//a/@href")[0]
    assert "sort=current" in turned
    assert "measure=robberies" in turned


def test_sorting_by_nothing_known_is_refused_with_the_columns(web: Asking) -> None:
    """An unknown column is refused, and the answer names those that sort."""
    answer = web.get("/en/city/programs.json?sort=size")
    assert answer.status_code == 422
    assert "name" in answer.json()["problems"][0]["message"]


def make_table(values: list[object]) -> Table:
    """Return a table of one column."""
    rows = tuple({"name": value} for value in values)
    return Table("t", "A table", (Column("name", "Name", "name"), Column("g", "G", "graph")), rows, "/t")


def test_rows_without_a_value_come_last_in_both_orders() -> None:
    """Sorting up or down, what is not known stands at the end."""
    table = make_table([2, None, 1])
    assert [row["name"] for row in table.sorted_by("name").rows] == [1, 2, None]
    assert [row["name"] for row in table.sorted_by("-name").rows] == [2, 1, None]
    with pytest.raises(InvalidRequest):
        table.sorted_by("g")


def test_text_that_a_spreadsheet_would_run_is_quoted() -> None:
    """A cell that starts like a formula gets a quote in front; a negative number does not."""
    lines = write_csv(make_table(["=1+1", "@x", -5, "plain"])).split("\r\n")
    assert lines == ["name", "'=1+1", "'@x", "-5", "plain", ""]


def test_json_has_no_numbers_that_json_lacks() -> None:
    """Infinity and not-a-number become null."""
    assert "NaN" not in write_json(make_table([math.nan, math.inf]), "en")
    assert write_json(make_table([math.inf]), "en").count("null") == 1
