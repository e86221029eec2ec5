"""The data dictionary says what the declarations say, and the page of the documentation is current."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from commonweal.records import RECORD_TYPES
from commonweal.records.dictionary import RecordDescription, describe_records, render_dictionary

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "data-dictionary.md"


def test_the_page_of_the_documentation_is_current() -> None:
    """The file in docs is what the declarations give now; write it again with render_dictionary()."""
    assert PAGE.read_text(encoding="utf-8") == render_dictionary()


@pytest.mark.parametrize("one", describe_records(), ids=lambda one: one.kind)
def test_every_column_says_what_it_means(one: RecordDescription) -> None:
    """Each column has a meaning that is a sentence, a known sensitivity, and an example where it is needed."""
    assert one.columns
    for column in one.columns:
        assert column.meaning.endswith((".", "…")), column.name
        assert column.sensitivity in {"public", "restricted", "personal"}
        assert column.example or not column.required, column.name


@pytest.mark.parametrize("one", describe_records(), ids=lambda one: one.kind)
def test_examples_are_values_that_the_column_allows(one: RecordDescription) -> None:
    """Every example passes the declaration that it illustrates, in one record made of all of them."""
    record_type = RECORD_TYPES[one.kind]
    row = {column.name: column.example or None for column in one.columns}
    frame = pl.DataFrame([row], schema=dict.fromkeys(row, pl.String)).select(
        _read(name, record_type.columns[name].dtype) for name in row
    )
    times = [name for name, column in record_type.columns.items() if column.nullable and "_at" in name]
    frame = frame.with_columns(pl.lit(None, dtype=frame.schema[name]).alias(name) for name in times)
    kept, failure = record_type.schema.filter(frame, cast=True)
    assert kept.height == 1, failure.counts()


def _read(name: str, dtype: pl.DataType) -> pl.Expr:
    column = pl.col(name)
    if isinstance(dtype, pl.Datetime):
        return column.str.to_datetime("%Y-%m-%dT%H:%M:%SZ", time_unit="us", time_zone="UTC")
    if dtype == pl.Date:
        return column.str.to_date()
    if dtype == pl.Boolean:
        return (column == "true").alias(name)
    return column.cast(dtype)


def test_people_are_never_public() -> None:
    """What describes or identifies a person is restricted or personal in every kind of record."""
    personal = {"group", "gender", "application", "member"}
    found = {
        (one.kind, column.name): column.sensitivity for one in describe_records() for column in one.columns
    }
    named = {place: sensitivity for place, sensitivity in found.items() if place[1] in personal}
    assert {place[1] for place in named} == personal
    assert "public" not in named.values()


def test_rules_between_columns_are_told() -> None:
    """The sentences of the rules are in the page: a reader learns why a row is rejected."""
    page = render_dictionary()
    assert "- A call is received before it is answered or closed." in page
    assert "- A period runs forward." in page
