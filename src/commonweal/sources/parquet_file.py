"""Parquet: typed columns become text, so that one path leads from every file to records."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import polars as pl

from commonweal.sources.raw_table import RawTable, make_file_error, make_malformed, name_columns

CELLS_LIMIT = 50_000_000
CELLS_PER_BYTE_LIMIT = 200
"""Beyond `CELLS_LIMIT`, most cells for each byte: a small Parquet file can claim any number of equal rows."""


def parse_parquet(content: bytes, *, file_name: str, content_hash: str) -> RawTable:
    """Parse a Parquet file as columns of text.

    Parameters
    ----------
    content : bytes
        The file.
    file_name, content_hash : str
        Carried over.

    Raises
    ------
    InvalidInput
        Not a Parquet file, damaged, or with more rows than any real file.
    """
    pa: Any = import_module("pyarrow")  # it carries no types
    parquet: Any = import_module("pyarrow.parquet")

    try:
        metadata = parquet.read_metadata(pa.BufferReader(content))
        cells = metadata.num_rows * metadata.num_columns
        if cells > max(CELLS_LIMIT, CELLS_PER_BYTE_LIMIT * len(content)):
            message = f"claims {metadata.num_rows:,} rows in {len(content):,} bytes; not read"
            raise make_file_error(file_name, message)
        # Arrow's reader checks a damaged file; Polars' own stops the program on some.
        table = parquet.ParquetFile(pa.BufferReader(content)).read().replace_schema_metadata(None)
        table.validate(full=True)
        frame = pl.DataFrame(pl.from_arrow(table))
    except (pa.ArrowException, OSError, ValueError, OverflowError, pl.exceptions.PolarsError) as error:
        reason = next(iter(str(error).splitlines()), type(error).__name__)
        raise make_file_error(file_name, f"is not a Parquet file: {reason}") from error
    if not frame.width:
        raise make_file_error(file_name, "has no columns")
    frame = frame.select(_as_text(name, dtype) for name, dtype in frame.schema.items())
    frame.columns = name_columns(frame.columns, file_name)
    lines = pl.int_range(1, frame.height + 1, eager=True, dtype=pl.Int64).rename("line")
    return RawTable(frame, lines, make_malformed(), content_hash, file_name)


def _as_text(name: str, dtype: pl.DataType) -> pl.Expr:
    column = pl.col(name)
    if isinstance(dtype, pl.Datetime):
        if dtype.time_zone:
            column = column.dt.convert_time_zone("UTC")
        return column.dt.strftime("%Y-%m-%dT%H:%M:%S%.6f" + ("Z" if dtype.time_zone else ""))
    if isinstance(dtype, pl.Struct):
        return column.struct.json_encode()
    if isinstance(dtype, pl.List | pl.Array | pl.Object):
        return column.map_elements(_write_list, return_dtype=pl.String)
    if isinstance(dtype, pl.Binary):
        return column.bin.encode("hex")
    return column.cast(pl.String)


def _write_list(values: Any) -> str:
    return str(list(values))
