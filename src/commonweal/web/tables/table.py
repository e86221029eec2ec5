"""One table: columns that say what they hold, rows of plain values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from commonweal.errors import InvalidRequest, Problem

Kind = Literal[
    "name", "text", "number", "value", "change", "interval", "verdict", "graph", "day", "code", "flag"
]
"""How a column is shown: ``value`` and ``change`` in the unit of the row's measure, ``graph`` as a drawing."""

Row = Mapping[str, Any]
"""A row's plain values by column; ``href`` leads from its name, ``simulated`` marks it."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes
    ----------
    key : str
        Name in CSV and JSON, the same in every language.
    title : str
        Heading, in the reader's language.
    kind : str
        How it is shown.
    show : callable or None
        Writes the cell of a row for a reader, as text or safe markup; none where the plain value is shown.
    on_page : bool
        Whether the page shows it; data always has it, except drawings.
    on_phone : bool
        Whether a narrow page shows it.
    sortable : bool
        Whether its head sorts.
    order : callable or None
        Sort key of a row, where it is not the plain value.
    """

    key: str
    title: str
    kind: Kind = "text"
    show: Callable[[Row], str] | None = None
    on_page: bool = True
    on_phone: bool = True
    sortable: bool = True
    order: Callable[[Row], Any] | None = None

    @property
    def in_data(self) -> bool:
        """Whether CSV and JSON carry it."""
        return self.kind != "graph"

    @property
    def numeric(self) -> bool:
        """Whether it is set to the right, digits under digits."""
        return self.kind in ("number", "value", "change", "interval")


@dataclass(frozen=True, slots=True)
class Table:
    """One table.

    Attributes
    ----------
    name : str
        Identifier on its page and in file names.
    caption : str
        What it shows: what is counted, when, in which order.
    columns : tuple of Column
        From left to right; the first is the name of the row.
    rows : tuple of Row
        In the order they are shown.
    path : str
        Its address, without language and ending.
    query : str
        Query string of that address, without the order.
    order : str
        Column it is sorted by, with ``-`` in front for descending; empty for its own order.
    simulated : bool
        True where any record behind it is simulated.
    notes : tuple of str
        Sentences that go with it.
    about : mapping
        What JSON says beside the rows: periods, query, sources.
    """

    name: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    path: str
    query: str = ""
    order: str = ""
    simulated: bool = False
    notes: tuple[str, ...] = ()
    about: Mapping[str, Any] = field(default_factory=dict)

    @property
    def shown(self) -> tuple[Column, ...]:
        """Columns of the page."""
        return tuple(column for column in self.columns if column.on_page)

    @property
    def carried(self) -> tuple[Column, ...]:
        """Columns of CSV and JSON."""
        return tuple(column for column in self.columns if column.in_data)

    def sorted_by(self, order: str) -> Table:
        """Return the table sorted by a column; rows without a value come last.

        Parameters
        ----------
        order : str
            Key of a column, ``-`` in front for descending; empty leaves the table's own order.

        Raises
        ------
        InvalidRequest
            No such column.
        """
        if not order:
            return self
        column = self._find_sortable(order.removeprefix("-"))
        key = column.order or (lambda row: row.get(column.key))
        known = [row for row in self.rows if key(row) is not None]
        unknown = [row for row in self.rows if key(row) is None]
        ranked = sorted(known, key=lambda row: _comparable(key(row)), reverse=order.startswith("-"))
        return replace(self, rows=(*ranked, *unknown), order=order)

    def _find_sortable(self, key: str) -> Column:
        columns = [column for column in self.columns if column.sortable and column.in_data]
        for column in columns:
            if column.key == key:
                return column
        allowed = ", ".join(column.key for column in columns)
        problem = Problem("sort", f"columns that sort: {allowed}; '-' in front turns the order", value=key)
        raise InvalidRequest(f"The table cannot be sorted by {key!r}.", [problem])


def _comparable(value: Any) -> Any:
    return value.casefold() if isinstance(value, str) else value
