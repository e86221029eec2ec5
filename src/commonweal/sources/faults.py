"""What is wrong with rows: every fault of every row, in words that say how to repair it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

import polars as pl

from commonweal.records.provenance import RejectionReason
from commonweal.sources.raw_table import RawTable

VALUE_LIMIT = 120
"""Characters of a wrong value that are shown."""


@dataclass(slots=True)
class FaultBook:
    """Collects faults while a table is parsed; row numbers are places in the table, from 0.

    Attributes
    ----------
    rows : int
        Rows of the table.
    """

    rows: int
    _parts: list[pl.DataFrame] = field(default_factory=list)
    _faulty: dict[str, pl.Series] = field(default_factory=dict)
    _messages: dict[str, str] = field(default_factory=dict)

    def add(
        self, rule: str, column: str, mask: pl.Series, message: str, values: pl.Series | None = None
    ) -> None:
        """Write down one fault for every row where the mask is true.

        Parameters
        ----------
        rule : str
            Short stable name: ``bad_time``.
        column : str
            Record column, or the column of the file.
        mask : Series of Boolean
            One value a row; null counts as false.
        message : str
            What is wrong and what is allowed.
        values : Series, optional
            The values as they were given.
        """
        at = mask.fill_null(value=False).arg_true()
        if at.is_empty():
            return
        given = pl.lit("")
        if values is not None:
            given = pl.format(
                " = '{}'", values.gather(at).cast(pl.String).fill_null("").str.slice(0, VALUE_LIMIT)
            )
        self._parts.append(
            pl.DataFrame({"at": at.cast(pl.Int64)}).with_columns(
                rule=pl.lit(rule), problem=pl.concat_str(pl.lit(column), given, pl.lit(f": {message}"))
            )
        )
        self._messages.setdefault(rule, f"{column}: {message}")
        before = self._faulty.get(column)
        clean = mask.fill_null(value=False)
        self._faulty[column] = clean if before is None else before | clean

    def add_rows(self, rule: str, column: str, at: pl.Series, message: str, values: pl.Series) -> None:
        """Write down one fault for rows named by their place; the values are those of these rows."""
        mask = pl.Series([False]).new_from_index(0, self.rows).scatter(at, values=True)
        spread = pl.Series([None], dtype=pl.String).new_from_index(0, self.rows)
        self.add(rule, column, mask, message, spread.scatter(at, values.cast(pl.String)))

    def mask_of(self, *columns: str) -> pl.Series:
        """Return which rows have a fault: in these columns, or anywhere when none is named."""
        mask = pl.Series([False], dtype=pl.Boolean).new_from_index(0, self.rows)
        for column, faulty in self._faulty.items():
            if not columns or column in columns:
                mask = mask | faulty
        return mask

    def by_row(self) -> pl.DataFrame:
        """Return one row a faulty row: ``at``, ``rule`` and ``problem``, joined where there are several."""
        if not self._parts:
            return pl.DataFrame(schema={"at": pl.Int64, "rule": pl.String, "problem": pl.String})
        return (
            pl.concat(self._parts)
            .unique(maintain_order=True)
            .group_by("at", maintain_order=True)
            .agg(pl.col("rule").unique(maintain_order=True).str.join("; "), pl.col("problem").str.join("; "))
            .sort("at")
        )

    def reasons(self) -> tuple[RejectionReason, ...]:
        """Return each rule with its words and its number of rows, the most frequent first."""
        counts: Counter[str] = Counter()
        if self._parts:
            found = pl.concat(self._parts).select("at", "rule").unique()
            counts.update(dict(found.group_by("rule").len().iter_rows()))
        ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        return tuple(RejectionReason(rule, self._messages[rule], rows) for rule, rows in ordered)


def collect_rejected(raw: RawTable, faults: FaultBook) -> pl.DataFrame:
    """Join faults with the rows as they were written.

    Parameters
    ----------
    raw : RawTable
        The rows that the faults speak of.
    faults : FaultBook
        What is wrong.

    Returns
    -------
    DataFrame
        ``row`` (line in the file), ``rule``, ``problem``, then the columns of the file as text, by row.
    """
    by_row = faults.by_row()
    at = by_row.get_column("at")
    original = _avoid_names(raw.frame, ("row", "rule", "problem"))
    found = pl.concat(
        [
            pl.DataFrame({"row": raw.lines.gather(at).cast(pl.Int64)}),
            by_row.select("rule", "problem"),
            original.select(pl.all().gather(at)),
        ],
        how="horizontal",
    )
    torn = raw.malformed.select(
        row=pl.col("line"),
        rule=pl.lit("malformed"),
        problem=pl.format("{}; the row as it is written: {}", "problem", "text"),
    )
    return pl.concat([found, torn], how="diagonal").sort("row", maintain_order=True)


def find_malformed_reason(raw: RawTable) -> tuple[RejectionReason, ...]:
    """Return the reason for rows that could not be split into columns, if there are any."""
    if raw.malformed.is_empty():
        return ()
    message = "the row cannot be split into the columns of the header; look for a missing or an extra sign"
    return (RejectionReason("malformed", message, raw.malformed.height),)


def _avoid_names(frame: pl.DataFrame, taken: Iterable[str]) -> pl.DataFrame:
    return frame.rename({name: f"{name} (file)" for name in taken if name in frame.columns})
