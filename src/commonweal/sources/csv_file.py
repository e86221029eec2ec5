"""CSV and TSV: the header, the rows, their line numbers, and the rows that are ragged."""

from __future__ import annotations

import codecs
import csv
import io
import re
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import polars as pl

from commonweal.sources.mapping_types import FileShape
from commonweal.sources.raw_table import RawTable, make_file_error, make_malformed, name_columns

HEADER_BYTES_LIMIT = 1_000_000
BLOCK_BYTES = 8 * 2**20
ROW_BYTES_LIMIT = 2**20
ROW_LINES_LIMIT = 50
"""A row over more lines than this has a quotation mark that is not closed."""

TEXT_LIMIT = 2_000
"""Characters of a malformed row that are kept."""

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


@dataclass(frozen=True, slots=True)
class _Header:
    names: list[str]
    delimiter: str
    lines: int
    rest: bytes


def parse_csv(
    content: bytes, shape: FileShape, *, delimiter: str, file_name: str, content_hash: str
) -> RawTable:
    """Parse a delimited table.

    Parameters
    ----------
    content : bytes
        The file.
    shape : FileShape
        Encoding and lines to skip.
    delimiter : str
        One sign; empty to find it from the header.
    file_name, content_hash : str
        Carried over.

    Raises
    ------
    InvalidInput
        No header, not text in the encoding, a row without end.
    """
    content = decode(content, shape.encoding, file_name)
    header = _read_header(content, shape.skip_lines, delimiter, file_name)
    table, invalid = _read_rows(header, file_name)
    frame = pl.DataFrame(pl.from_arrow(table)) if header.names else pl.DataFrame()
    lines, malformed = _number_lines(frame, header, invalid, file_name)
    _check_lengths(frame, lines, file_name)
    blank = frame.select(pl.all_horizontal(pl.all().str.strip_chars() == "")).to_series()
    if blank.any():
        frame, lines = frame.filter(~blank), lines.filter(~blank)
    return RawTable(frame, lines, malformed, content_hash, file_name)


def decode(content: bytes, encoding: str, file_name: str) -> bytes:
    """Return the content in UTF-8 without a byte-order mark.

    Raises
    ------
    InvalidInput
        Some byte is not of that encoding; the message names the line.
    """
    for mark, name in _BOMS:
        if content.startswith(mark):
            encoding = name
            break
    try:
        text = content.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        found = content[error.start : error.start + 1].hex()
        other = "windows-1252" if encoding == "utf-8" else "utf-8"
        message = f"byte {found} is not text in {encoding}; try encoding = {other!r} in [file] of the mapping"
        raise make_file_error(file_name, message, line=line) from error
    if encoding == "utf-8":
        return content.removeprefix(codecs.BOM_UTF8)
    return text.encode("utf-8", errors="replace")


def _read_header(content: bytes, skip_lines: int, delimiter: str, file_name: str) -> _Header:
    start = 0
    for _ in range(skip_lines):
        found = re.compile(rb"\r\n|\n|\r").search(content, start)
        start = found.end() if found else len(content)
    head = content[start : start + HEADER_BYTES_LIMIT]
    text = head.decode("utf-8", errors="ignore")
    leading = len(text) - len(text.lstrip("\r\n"))
    text = text[leading:]
    if not text.strip():
        raise make_file_error(
            file_name, "has no header: nothing follows the lines to skip", line=skip_lines + 1
        )
    sign = delimiter or _find_delimiter(text.splitlines()[0])
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign)
    try:
        cells = next(reader)
    except (csv.Error, StopIteration) as error:
        raise make_file_error(file_name, f"the header is not a line of names: {error}", line=1) from error
    physical = re.match(rf"(?:[^\r\n]*(?:\r\n|\n|\r|$)){{{max(reader.line_num, 1)}}}", text)
    used = len((physical.group(0) if physical else text).encode("utf-8"))
    blank_lines = content[start : start + leading].count(b"\n") or leading
    return _Header(
        names=name_columns(cells, file_name),
        delimiter=sign,
        lines=skip_lines + blank_lines + reader.line_num,
        rest=content[start + leading + used :],
    )


def _find_delimiter(line: str) -> str:
    outside_quotes = re.sub(r'"[^"]*"', "", line)
    return max(",;\t|", key=outside_quotes.count)


def _read_rows(header: _Header, file_name: str) -> tuple[Any, list[Any]]:
    """Read the rows; a second, sequential pass numbers them where some are ragged."""
    pa: Any = import_module("pyarrow")  # it carries no types
    arrow_csv: Any = import_module("pyarrow.csv")

    columns = {name: pa.string() for name in header.names}
    if not header.rest:
        return pa.table({name: pa.array([], pa.string()) for name in header.names}), []
    invalid: list[Any] = []

    def set_aside(row: Any) -> str:
        invalid.append(row)
        return "skip"

    for use_threads in (True, False):
        invalid.clear()
        try:
            table = arrow_csv.read_csv(
                pa.BufferReader(header.rest),
                arrow_csv.ReadOptions(
                    use_threads=use_threads, block_size=BLOCK_BYTES, column_names=header.names
                ),
                arrow_csv.ParseOptions(
                    delimiter=header.delimiter,
                    newlines_in_values=b'"' in header.rest,
                    ignore_empty_lines=False,
                    invalid_row_handler=set_aside,
                ),
                arrow_csv.ConvertOptions(column_types=columns, strings_can_be_null=False),
            )
        except pa.ArrowInvalid as error:
            message = f"is not a table: {error}"
            if "straddling" in str(error):
                message = f"has a row longer than {BLOCK_BYTES:,} bytes: an open quotation mark?"
            raise make_file_error(file_name, message) from error
        if not invalid:
            break
    return table, invalid


def _number_lines(
    frame: pl.DataFrame, header: _Header, invalid: list[Any], file_name: str
) -> tuple[pl.Series, pl.DataFrame]:
    """Give each row its line, where rows may be ragged and cells may hold line ends."""
    rows = frame.height + len(invalid)
    first = header.lines + 1
    places = pl.DataFrame({"place": range(1, rows + 1)}, schema={"place": pl.Int64})
    bad = pl.DataFrame(
        {"place": [row.number for row in invalid], "text": [row.text for row in invalid],
         "cells": [row.actual_columns for row in invalid]},
        schema={"place": pl.Int64, "text": pl.String, "cells": pl.Int64},
    )  # fmt: skip
    good = places.join(bad, on="place", how="anti", maintain_order="left").get_column("place")
    extra = _count_line_ends(frame, header)
    ends = pl.concat(
        [pl.DataFrame({"place": good, "extra": extra}),
         bad.select("place", extra=pl.col("text").str.count_matches(r"\r\n|\n|\r").cast(pl.Int64))]
    ).sort("place")  # fmt: skip
    if (ends.get_column("extra") > ROW_LINES_LIMIT).any():
        worst = ends.filter(pl.col("extra") > ROW_LINES_LIMIT).item(0, "place") + header.lines
        message = (
            f"the row that begins here runs over {ROW_LINES_LIMIT} lines or more: an open quotation mark?"
        )
        raise make_file_error(file_name, message, line=worst)
    ends = ends.with_columns(line=pl.col("place") - 1 + first + pl.col("extra").cum_sum() - pl.col("extra"))
    numbered = ends.join(bad, on="place", how="inner", maintain_order="left")
    wanted = len(header.names)
    malformed = numbered.filter(pl.col("text").str.strip_chars() != "").select(
        "line",
        problem=pl.format("the row has {} columns, the header has {}", pl.col("cells"), pl.lit(wanted)),
        text=pl.col("text").str.slice(0, TEXT_LIMIT),
    )
    kept = ends.join(bad, on="place", how="anti", maintain_order="left").get_column("line")
    return kept.rename("line"), make_malformed().vstack(malformed)


def _check_lengths(frame: pl.DataFrame, lines: pl.Series, file_name: str) -> None:
    lengths = frame.select(pl.sum_horizontal(pl.all().str.len_bytes()).alias("bytes")).to_series()
    too_long = (lengths > ROW_BYTES_LIMIT).arg_true()
    if len(too_long):
        message = f"the row is longer than {ROW_BYTES_LIMIT:,} bytes: an open quotation mark?"
        raise make_file_error(file_name, message, line=int(lines[int(too_long[0])]))


def _count_line_ends(frame: pl.DataFrame, header: _Header) -> pl.Series:
    if b'"' not in header.rest:
        return pl.Series("extra", [0], dtype=pl.Int64).new_from_index(0, frame.height)
    counts = [pl.col(name).str.count_matches(r"\r\n|\n|\r") for name in frame.columns]
    return frame.select(extra=pl.sum_horizontal(counts).cast(pl.Int64)).to_series()
