"""No CSV file of ours makes a spreadsheet run what someone wrote into a record."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from commonweal.records.spreadsheet import guard_table, guard_text
from commonweal.reports.tables import Cell, make_table, render_csv
from commonweal.reports.tables import Column as ReportColumn
from commonweal.sources.load import load_file, write_rejected
from commonweal.sources.mapping import read_mapping
from commonweal.studies.desk import Desk
from commonweal.web.tables import Column, Table, write_csv

FORMULAS = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "-"]
HARMLESS = ["-118.25", "+5", "-1e6", ".5", "a=b", "", "'=1", "Main St -5"]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_is_quoted_in_every_writer(text: str) -> None:
    """The report, the pages and whole tables write the same quote, in cells and in the names of columns."""
    assert guard_text(text) == "'" + text
    report = make_table("t", "", [ReportColumn("a", "A")], [[Cell(text, text)]])
    assert _read(render_csv(report))[1] == ["'" + text]
    page = Table("t", "", (Column(text, "A"),), ({text: text},), "/t")
    assert _read(write_csv(page)) == [["'" + text], ["'" + text]]
    frame = guard_table(pl.DataFrame({text: [text, None], "n": [-1, -2]}))
    assert frame.columns[0] == "'" + text
    assert frame.rows() == [("'" + text, -1), (None, -2)]


@pytest.mark.parametrize("text", HARMLESS)
def test_numbers_and_plain_text_stay_as_they_are(text: str) -> None:
    """A longitude west of Greenwich is no formula."""
    assert guard_text(text) == text
    assert guard_table(pl.DataFrame({"a": [text]}))["a"][0] == text


def test_rejected_rows_are_written_safe_to_open(toy: Desk, tmp_path: Path) -> None:
    """The file that an analyst opens to mend rows holds what strangers wrote."""
    path = tmp_path / "thefts.csv"
    path.write_text(
        "report,occurred,reported,category,victims,status,lon,lat\n"
        "B2,=HYPERLINK(0),2023-02-01,Theft,1,A,-89.75,40.25\n",
        encoding="utf-8",
    )
    mapping = read_mapping(toy.city.folder / "maps" / "crime_file.toml")
    parsed = load_file(toy.city, "crimes", path, mapping, now=datetime(2024, 1, 1, tzinfo=UTC))
    written = write_rejected(parsed, tmp_path / "rejected.csv")
    assert written is not None
    row = dict(zip(*_read(written.read_text(encoding="utf-8")), strict=True))
    assert row["occurred"] == "'=HYPERLINK(0)"
    assert row["lon"] == "-89.75"


def _read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))
