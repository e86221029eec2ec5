"""Tables that a reader, a spreadsheet and a program see alike."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from commonweal.reports.content import ReportContent
from commonweal.reports.result_tables import (
    alternatives_table,
    claims_table,
    commitments_table,
    findings_table,
    screen_table,
    series_table,
)
from commonweal.reports.tables import Cell, Column, Table, make_table, render_csv, render_json
from commonweal.reports.words import Words
from commonweal.results.verdict import Verdict

InWords = Callable[[str], Words]


def read_back(table: Table) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(render_csv(table), newline="")))


@pytest.fixture(params=["en", "es", "ko"])
def tables(request: pytest.FixtureRequest, content: ReportContent, words_in: InWords) -> list[Table]:
    words = words_in(request.param)
    assert content.screen is not None
    return [
        findings_table(words, content.findings, name="findings", caption="Findings"),
        screen_table(words, content.screen),
        series_table(words, content.series["homicides"]),
        alternatives_table(words, content.findings[0], name="alternatives"),
        claims_table(words, content.claims),
        commitments_table(words, content.commitments),
    ]


def test_csv_and_json_say_the_same(tables: list[Table]) -> None:
    """Every value of the CSV is the value of the JSON, in the same order."""
    for table in tables:
        rows = json.loads(render_json(table))["rows"]
        read = read_back(table)
        assert len(rows) == len(read) == len(table.rows)
        for plain, text in zip(rows, read, strict=True):
            for key, value in plain.items():
                if value is None:
                    assert text[key] == ""
                elif isinstance(value, bool):
                    assert text[key] == str(value).lower()
                elif isinstance(value, (int, float)):
                    assert float(text[key]) == pytest.approx(value, abs=0)
                else:
                    assert text[key] == value


def test_keys_do_not_depend_on_the_language(content: ReportContent, words_in: InWords) -> None:
    """A program reads the same columns and values whatever the reader's language."""
    read = [
        [
            {key: value for key, value in row.items() if key not in ("statement", "said_by", "why")}
            for row in read_back(claims_table(words_in(code), content.claims))
        ]
        for code in ("en", "ko")
    ]
    assert read[0] == read[1]


def test_the_table_of_a_finding_holds_its_numbers(content: ReportContent, words_in: InWords) -> None:
    """401 → 337 stands in the table as numbers, with its interval."""
    row = read_back(findings_table(words_in("ko"), content.findings, name="f", caption="c"))[0]
    assert (row["baseline"], row["current"]) == ("401", "337")
    assert float(row["change"]) == pytest.approx(-15.9601, abs=1e-4)
    assert float(row["low"]) < float(row["change"]) < float(row["high"]) < 0
    assert row["verdict"] == "fell"
    assert row["baseline_period"] == "2021-12-01..2022-11-30"


def test_hidden_numbers_are_not_in_any_file(content: ReportContent, words_in: InWords) -> None:
    """A hidden row has its verdict and nothing else: no count, no change, in CSV or JSON."""
    assert content.screen is not None
    table = screen_table(words_in("en"), content.screen)
    hidden = [row for row in read_back(table) if row["verdict"] == Verdict.HIDDEN.value]
    assert len(hidden) == 11
    for row in hidden:
        assert [row[key] for key in ("baseline", "current", "change", "low", "high")] == [""] * 5


def test_a_series_keeps_every_month_and_says_which_can_be_compared(
    content: ReportContent, words_in: InWords
) -> None:
    """Months after the break are in the table, marked as not comparable."""
    rows = read_back(series_table(words_in("en"), content.series["homicides"]))
    later = [row for row in rows if row["period_start"] >= "2024-03-01"]
    assert len(rows) == len(content.series["homicides"].points)
    assert later
    assert {row["comparable"] for row in later} == {"false"}
    assert sum(int(row["value"]) for row in rows if row["period_start"].startswith("2020")) == 356


def test_simulated_rows_carry_their_label(content: ReportContent, words_in: InWords) -> None:
    """A table made from simulated records says so in every row of its CSV and in its JSON."""
    series = replace(content.series["homicides"], simulated=True)
    table = series_table(words_in("en"), series)
    assert {row["simulated"] for row in read_back(table)} == {"true"}
    assert json.loads(render_json(table))["simulated"] is True
    assert "simulated" not in read_back(series_table(words_in("en"), content.series["homicides"]))[0]


def test_commas_quotes_and_lines_survive() -> None:
    """Any text comes back from the CSV as it went in."""
    text = 'He said: "a, b"\nand more; 한국어'
    table = make_table(
        "t", "T", [Column("a", "A"), Column("b", "B")], [[Cell(text, text), Cell(0.1 + 0.2, "0.3")]]
    )
    row = read_back(table)[0]
    assert row["a"] == text
    assert float(row["b"]) == 0.1 + 0.2


def test_a_row_that_does_not_fit_is_refused() -> None:
    """A table with a missing cell cannot be made."""
    with pytest.raises(ValueError, match="1 cells for 2 columns"):
        make_table("t", "T", [Column("a", "A"), Column("b", "B")], [[Cell(1, "1")]])
