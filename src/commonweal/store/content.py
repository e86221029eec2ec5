"""The logical content of a table: its one order of rows and its hash.

Two files that hold the same rows have the same hash, whoever wrote them, in whatever order, with whatever version
of a Parquet library.

The definition (version 1) is SHA-256 over the header, one line of JSON with kind, source, number of rows and the
name and logical type of each column; then, for each block of 2²⁰ rows in canonical order and each column in the
order of the record type: a bit for each row that is null (packed, most significant bit first); then the values,
with nulls replaced by zero: for text the length in bytes as little-endian 32-bit integers and the bytes themselves,
for times the microseconds since 1970 in UTC, for dates the days, for numbers their little-endian bytes, for truth
values one byte. Canonical order is by the record type's time column, then by record identifier.
"""

from __future__ import annotations

import hashlib
import json
from typing import Final

import numpy as np
import polars as pl

from commonweal.records import RecordType

HASH_VERSION: Final = 1
BLOCK_ROWS: Final = 1 << 20
ID_LENGTH: Final = 16


def put_in_order(table: pl.DataFrame, record_type: RecordType) -> pl.DataFrame:
    """Put the rows into canonical order: by time, then by record identifier, which is unique in a source."""
    return table.sort(record_type.time_column, "record_id")


def compute_content_hash(ordered: pl.DataFrame, record_type: RecordType, source: str) -> str:
    """Compute the SHA-256 of a table's logical content.

    Parameters
    ----------
    ordered : DataFrame
        The table, in canonical order, with exactly the columns of the record type.
    record_type : RecordType
        Its declaration.
    source : str
        Its source.

    Returns
    -------
    str
        64 hexadecimal digits; the first sixteen are the snapshot's identifier.
    """
    header = {
        "version": HASH_VERSION,
        "kind": record_type.kind,
        "source": source,
        "rows": ordered.height,
        "columns": [[name, _logical_type(dtype)] for name, dtype in ordered.schema.items()],
    }
    digest = hashlib.sha256(json.dumps(header, sort_keys=True).encode())
    for start in range(0, ordered.height, BLOCK_ROWS):
        for column in ordered.slice(start, BLOCK_ROWS).iter_columns():
            digest.update(np.packbits(column.is_null().to_numpy()).tobytes())
            for part in _value_bytes(column):
                digest.update(part)
    return digest.hexdigest()


def _logical_type(dtype: pl.DataType) -> str:
    if dtype == pl.String or isinstance(dtype, (pl.Enum, pl.Categorical)):
        return "text"
    if isinstance(dtype, pl.Datetime):
        return "time"
    return str(dtype).lower()


def _value_bytes(column: pl.Series) -> tuple[bytes, ...]:
    dtype = column.dtype
    if _logical_type(dtype) == "text":
        text = column.cast(pl.String).fill_null("")
        return text.str.len_bytes().to_numpy().astype("<u4").tobytes(), text.str.join("").item().encode()
    if isinstance(dtype, pl.Datetime):
        column = column.dt.cast_time_unit("us")
    if dtype.is_temporal():
        column = column.to_physical()
    if dtype == pl.Boolean:
        column = column.cast(pl.UInt8)
    values = column.fill_null(0).to_numpy()
    return (values.astype(values.dtype.newbyteorder("<"), copy=False).tobytes(),)
