"""How a snapshot's rows are laid down in Parquet, so that questions about a span of time are quick.

Rows are in order of time, so a question about a span skips the row groups of other times. Times are stored as
differences, which takes less room than general compression and a third of the time to read. Text that repeats is
stored once with numbers that point to it, and not compressed again, since that gains nothing. Only text that is
different in almost every row, such as identifiers, is compressed.

Two databases read these files, and Polars; any of them may be replaced, since nothing here is special to one.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

import polars as pl

from commonweal.store.durable import sync_file

ROW_GROUP_ROWS: Final = 122_880
"""Rows of a row group: what DuckDB hands to one thread at a time."""
REPEATING_SHARE: Final = 0.1
"""Text with fewer distinct values than this share of the rows is stored by dictionary."""
TIME_ENCODING: Final = "DELTA_BINARY_PACKED"


@dataclass(frozen=True, slots=True)
class ColumnLayout:
    """How one column is stored."""

    way: Literal["differences", "dictionary", "compressed"]

    @property
    def compression(self) -> str:
        """Name of the codec."""
        return "zstd" if self.way == "compressed" else "none"


def choose_layout(column: pl.Series) -> ColumnLayout:
    """Choose how a column is stored, by its type and by how often its values repeat."""
    if isinstance(column.dtype, pl.Datetime):
        return ColumnLayout("differences")
    if column.dtype in (pl.Boolean, pl.Date) or isinstance(column.dtype, (pl.Enum, pl.Categorical)):
        return ColumnLayout("dictionary")
    if column.dtype == pl.String:
        distinct: float = column.to_frame().select(pl.first().approx_n_unique()).item()
        if distinct <= max(REPEATING_SHARE * len(column), 1):
            return ColumnLayout("dictionary")
    return ColumnLayout("compressed")


def write_records(table: pl.DataFrame, path: Path) -> None:
    """Write the rows of a snapshot through to the disk."""
    import pyarrow.parquet as pq

    layouts = {column.name: choose_layout(column) for column in table.iter_columns()}
    pq.write_table(  # type: ignore[no-untyped-call]
        table.to_arrow(),
        path,
        row_group_size=ROW_GROUP_ROWS,
        compression={name: layout.compression for name, layout in layouts.items()},
        use_dictionary=[name for name, layout in layouts.items() if layout.way == "dictionary"],
        column_encoding={
            name: TIME_ENCODING for name, layout in layouts.items() if layout.way == "differences"
        },
    )
    sync_file(path)


def write_rejected(table: pl.DataFrame, path: Path) -> None:
    """Write rejected rows through to the disk; they are few, and read whole."""
    table.write_parquet(path, compression="zstd")
    sync_file(path)
