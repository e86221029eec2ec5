"""Files: whatever is in them becomes text with line numbers, or one clear error."""

from __future__ import annotations

import contextlib
import gzip
import io
import json
import zlib
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonweal.errors import InvalidInput, NotFound
from commonweal.sources.files import parse_bytes, read_file, unpack
from commonweal.sources.mapping_types import FileShape
from commonweal.sources.raw_table import RawTable


def parse(content: bytes | str, format_name: str = "csv", **shape: object) -> RawTable:
    content = content.encode() if isinstance(content, str) else content
    return parse_bytes(content, format_name, FileShape(**shape), file_name="x", content_hash="")  # type: ignore[arg-type]


def test_every_row_has_the_line_an_editor_shows() -> None:
    """Blank lines, line ends inside quotes and ragged rows do not shift the line numbers after them."""
    text = 'a,b\n1,2\n\n3,4\n5\n6,7,8\n"x\ny",9\n"k\nl"\n1,2'
    raw = parse(text)
    assert raw.frame.rows() == [("1", "2"), ("3", "4"), ("x\ny", "9"), ("1", "2")]
    assert raw.lines.to_list() == [2, 4, 7, 11]
    assert raw.malformed.select("line", "text").rows() == [(5, "5"), (6, "6,7,8"), (9, '"k\nl"')]
    assert raw.malformed.item(1, "problem") == "the row has 3 columns, the header has 2"


def test_ragged_rows_far_into_a_large_file_keep_their_lines() -> None:
    """Line numbers are right beyond the first block that the reader takes at once."""
    lines = ["a,b", *(f"{n},{'x' * 200}" for n in range(2, 60_002))]
    lines[49_999] = "torn"
    raw = parse("\n".join(lines))
    assert raw.malformed.get_column("line").to_list() == [50_000]
    assert (raw.lines.cast(pl.String) == raw.frame.get_column("a")).all()
    assert raw.frame.height == 59_999


@pytest.mark.parametrize(
    ("content", "shape", "rows"),
    [
        ("\ufeffa;b\n1;ñ\n".encode(), {}, [("1", "ñ")]),
        ("a\tb\r\n1\tñ\r\n".encode("latin-1"), {"encoding": "latin-1"}, [("1", "ñ")]),
        ("a,b\n1,€\n".encode("windows-1252"), {"encoding": "windows-1252"}, [("1", "€")]),
        ("a|b\n1|ñ\n".encode("utf-16"), {}, [("1", "ñ")]),
        (b"a,b\r1,2\r", {}, [("1", "2")]),
        (b"made on Monday\n\na,b\n1,2", {"skip_lines": 1}, [("1", "2")]),
        (b'"a\nb",c\n1,2\n', {}, [("1", "2")]),
        (b"a,b\n", {}, []),
        (b"a,b", {}, []),
    ],
)
def test_text_tables_are_read_as_they_come(
    content: bytes, shape: dict[str, object], rows: list[object]
) -> None:
    """Byte-order marks, encodings, delimiters, line ends and lines before the header are understood."""
    assert parse(content, **shape).frame.rows() == rows


def test_columns_without_a_name_or_with_the_same_name_stay_apart() -> None:
    """A blank name and a repeated name get a number, so that no column is lost."""
    assert parse(" a ,a,,a_2\n1,2,3,4").frame.columns == ["a", "a_2", "column_3", "a_2_2"]


@pytest.mark.parametrize(
    ("content", "format_name", "shape", "message"),
    [
        (b"a,b\n1,\xff\n", "csv", {}, "x:2: byte ff is not text in utf-8; try encoding = 'windows-1252'"),
        (b"\n\n \n", "csv", {}, "has no header"),
        (b'a,b\n3,"4\n' + b"5,6\n" * 60, "csv", {}, "x:2: the row that begins here runs over 50 lines"),
        (
            b"a,b\n1," + b"y" * (9 * 2**20) + b"\n1,2\n",
            "csv",
            {},
            "x:2: the row is longer than 1,048,576 bytes",
        ),
        (b"a" + b",a" * 2_000, "csv", {}, "has 2,001 columns"),
        (b'{"data": [{"a": 1}]}', "json", {}, 'write list = "data" in [file]'),
        (b'{"data": []}', "json", {"list_path": ("rows",)}, "there is no rows; keys there: data"),
        (b"[]", "json", {}, "has no rows"),
        (b'[{"a": 1},', "json", {}, "is not JSON"),
        (b"[" * 100_000, "json", {}, "is nested too deeply"),
        (b"PAR1 no", "parquet", {}, "is not a Parquet file"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_clear_error(
    content: bytes, format_name: str, shape: dict[str, object], message: str
) -> None:
    """The error names the file, the line where there is one, and what to do."""
    with pytest.raises(InvalidInput) as caught:
        parse(content, format_name, **shape)
    assert message in str(caught.value)


def test_missing_empty_and_unknown_files_are_named(tmp_path: Path) -> None:
    """No file, an empty one, an unknown ending and an archive each have their own words."""
    with pytest.raises(NotFound, match="There is no file"):
        read_file(tmp_path / "a.csv", FileShape())
    for name, content, message in (
        ("a.csv", b" \n", "is empty"),
        ("a.xyz", b"a", "the ending '.xyz' tells no format"),
        ("a.csv", b"PK\x03\x04....", "is a ZIP archive or a spreadsheet"),
        ("a.csv.gz", gzip.compress(b"a,b\n1,2\n" * 99)[:-9], "is cut"),
        ("a.csv.gz", b"\x1f\x8b\x08\x00" + b"\xff" * 50, "is damaged"),
    ):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(InvalidInput) as caught:
            read_file(tmp_path / name, FileShape())
        assert message in str(caught.value)


def test_a_small_file_that_unpacks_to_far_more_is_not_read() -> None:
    """Unpacking stops at the limit, before the memory is full; several packed members are one file."""
    bomb = gzip.compress(b"0" * 3_000_000)
    with pytest.raises(InvalidInput, match="unpacks to more than 1,000,000 bytes"):
        unpack(bomb, "bomb.gz", limit=1_000_000)
    assert unpack(gzip.compress(b"a,b\n") + gzip.compress(b"1,2\n") + b"\0\0", "x") == b"a,b\n1,2\n"
    assert zlib.crc32(unpack(bomb, "bomb.gz")) == zlib.crc32(b"0" * 3_000_000)


def test_json_keeps_numbers_as_they_are_written() -> None:
    """Inner objects are flat with dots, lists stay text, numbers keep every digit, rows that are none are malformed."""
    content = '{"r": {"x": [{"a": 1.10, "b": {"c": true, "d": null}, "e": [1]}, 3, {"f": "t"}]}}'
    raw = parse(content, "json", list_path=("r", "x"))
    assert raw.frame.to_dicts() == [
        {"a": "1.10", "b.c": "true", "b.d": None, "e": '["1"]', "f": None},
        {"a": None, "b.c": None, "b.d": None, "e": None, "f": "t"},
    ]
    assert raw.lines.to_list() == [1, 3]
    assert raw.malformed.get_column("line").to_list() == [2]


def test_json_lines_report_the_line_that_is_torn() -> None:
    """One bad line is one malformed row; the others are read."""
    raw = parse('{"a": 1}\n\n{"a": \n{"a": 2}\n', "jsonl")
    assert raw.frame.get_column("a").to_list() == ["1", "2"]
    assert raw.lines.to_list() == [1, 4]
    assert raw.malformed.get_column("line").to_list() == [3]


def test_geojson_gives_a_point_for_every_shape() -> None:
    """A point is taken as it is; a polygon gives a point inside it, even where its center lies outside."""
    hook = [[[0, 0], [4, 0], [4, 4], [3, 4], [3, 1], [0, 1], [0, 0]]]
    features = [
        {
            "type": "Feature",
            "id": 7,
            "properties": {"n": "p"},
            "geometry": {"type": "Point", "coordinates": [1.5, 2]},
        },
        {"type": "Feature", "properties": {"n": "q"}, "geometry": {"type": "Polygon", "coordinates": hook}},
        {"type": "Feature", "properties": None, "geometry": None},
        {
            "type": "Feature",
            "properties": {"n": "bad"},
            "geometry": {"type": "Polygon", "coordinates": [["x"]]},
        },
    ]
    raw = parse(json.dumps({"type": "FeatureCollection", "features": features}), "geojson")
    rows = raw.frame.to_dicts()
    assert (rows[0]["id"], rows[0]["geometry.lon"], rows[0]["geometry.lat"]) == ("7", "1.5", "2")
    from shapely.geometry import Point, Polygon

    assert Polygon(hook[0]).contains(Point(float(rows[1]["geometry.lon"]), float(rows[1]["geometry.lat"])))
    assert [rows[n]["geometry.lon"] for n in (2, 3)] == [None, None]


def test_parquet_becomes_text_that_reads_back() -> None:
    """Times keep their zone as UTC, days and numbers keep their value, inner structures become text."""
    frame = pl.DataFrame(
        {
            "at": [datetime(2020, 1, 1, 12, tzinfo=UTC), None],
            "naive": [datetime(2020, 1, 1, 12, 30), None],
            "on": [date(2020, 2, 29), None],
            "n": [1.5, None],
            "s": [{"k": 1}, {"k": 2}],
            "l": [[1, 2], []],
            "c": pl.Series(["x", "y"], dtype=pl.Categorical),
        }
    )
    buffer = io.BytesIO()
    frame.write_parquet(buffer)
    raw = parse(buffer.getvalue(), "parquet")
    assert raw.frame.row(0) == (
        "2020-01-01T12:00:00.000000Z", "2020-01-01T12:30:00.000000", "2020-02-29", "1.5", '{"k":1}', "[1, 2]", "x",
    )  # fmt: skip
    assert raw.frame.row(1)[:4] == (None, None, None, None)
    assert raw.lines.to_list() == [1, 2]


@given(
    content=st.one_of(
        st.binary(max_size=80), st.text(alphabet='[]{}":,a1.e-\\n \\tu', max_size=60).map(str.encode)
    )
)
@settings(max_examples=60, deadline=None)
@pytest.mark.parametrize("format_name", ["csv", "tsv", "json", "jsonl", "geojson", "parquet"])
def test_no_bytes_give_a_traceback(format_name: str, content: bytes) -> None:
    """Any bytes in any format are rows with as many lines, or an error of our own."""
    try:
        raw = parse(content, format_name)
    except InvalidInput:
        return
    assert raw.frame.height == len(raw.lines)
    assert set(raw.frame.dtypes) <= {pl.String}


def test_a_damaged_parquet_file_gives_no_traceback() -> None:
    """Whichever byte changed on the way, it is an error of our own, or does no harm."""
    buffer = io.BytesIO()
    pl.DataFrame({"a": ["x", "y"], "b": [1, 2]}).write_parquet(buffer)
    good = buffer.getvalue()
    for place in range(len(good)):
        content = bytearray(good)
        content[place] ^= 0x90
        with contextlib.suppress(InvalidInput):
            assert parse(bytes(content), "parquet").frame.height <= 2
