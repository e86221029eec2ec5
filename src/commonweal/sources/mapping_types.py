"""What a mapping file says, as frozen values. The file format itself is described in `commonweal.sources.mapping`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

Format = Literal["auto", "csv", "tsv", "json", "jsonl", "geojson", "parquet"]
Length = Literal["day", "week", "month", "quarter", "year"]
AreaBy = Literal["none", "name", "point", "point_then_name", "name_then_point"]
Keep = Literal["keep_without_area", "reject"]


@dataclass(frozen=True, slots=True)
class FileShape:
    """How the bytes of the file are read.

    Attributes
    ----------
    format : str
        ``auto`` goes by the name of the file.
    delimiter, encoding : str
        For text tables; an empty delimiter is found from the header.
    null : tuple of str
        Texts that mean nothing was recorded, compared without outer spaces.
    list_path : tuple of str
        Keys that lead to the list of rows in a JSON document.
    skip_lines : int
        Lines before the header.
    decimal, thousands : str
        Signs inside numbers.
    """

    format: Format = "auto"
    delimiter: str = ""
    encoding: str = "utf-8"
    null: tuple[str, ...] = ("",)
    list_path: tuple[str, ...] = ()
    skip_lines: int = 0
    decimal: str = "."
    thousands: str = ""


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """How one record column is made from a row of the file.

    Attributes
    ----------
    column : str
        Record column.
    headers : tuple of str
        Columns of the file, joined with ``join``; empty for a constant.
    join : str
        Text between joined columns.
    value : str or None
        Constant, in place of columns of the file.
    extract : str or None
        Regular expression; its first group is taken.
    codes : mapping of str to str, or None
        Value by code, the code in lower case and without outer spaces.
    unknown : str
        ``reject``, ``keep``, or the value that unknown codes become.
    blank : str or None
        The value that a blank becomes.
    formats : tuple of str
        Formats of a date or time, tried in order.
    time, time_format : str or None
        Column of the file that holds the time of day, and its format.
    zone : str or None
        Time zone of this column, where it is another than the file's.
    offset : {'use', 'ignore'}
        Whether a time zone in the value counts.
    scale : float
        Factor of a number.
    """

    column: str
    headers: tuple[str, ...] = ()
    join: str = " "
    value: str | None = None
    extract: str | None = None
    codes: Mapping[str, str] | None = None
    unknown: str = "reject"
    blank: str | None = None
    formats: tuple[str, ...] = ("iso",)
    time: str | None = None
    time_format: str | None = None
    zone: str | None = None
    offset: Literal["use", "ignore"] = "use"
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class PeriodMapping:
    """Period of an aggregate: its first day from a column, its last day from its length."""

    start: ColumnMapping
    length: Length


@dataclass(frozen=True, slots=True)
class PointMapping:
    """Position of a row, and what to do without one or outside every area."""

    lon: ColumnMapping
    lat: ColumnMapping
    missing: Keep = "keep_without_area"
    outside: Keep = "keep_without_area"


@dataclass(frozen=True, slots=True)
class AreaMapping:
    """How the area is found, and what to do with names that the pack does not know."""

    by: AreaBy = "none"
    name: ColumnMapping | None = None
    unknown: Keep = "reject"
    blank: Keep = "keep_without_area"


@dataclass(frozen=True, slots=True)
class RowFilter:
    """One condition on a column of the file; rows are kept, or dropped, where it holds."""

    header: str
    keep: bool
    values: tuple[str, ...] = ()
    matches: str | None = None


@dataclass(frozen=True, slots=True)
class TimeRules:
    """Time zone of the file and what its clock changes mean."""

    zone: str | None = None
    nonexistent: Literal["forward", "reject"] = "forward"
    ambiguous: Literal["earliest", "latest", "reject"] = "earliest"


@dataclass(frozen=True, slots=True)
class FileMapping:
    """A mapping file, checked.

    Attributes
    ----------
    path : Path
        Where it was read from.
    kind, source : str
        Record type and source of the pack.
    file : FileShape
        How the bytes are read.
    columns : mapping of str to ColumnMapping
        Record columns, without those that ``period``, ``point``, ``area`` and ``unpivot`` make.
    unpivot : mapping of str to str
        Column of the file → label (``quantity`` of counts, ``activity`` of activities).
    period, point, area : PeriodMapping or None, PointMapping or None, AreaMapping
        As above.
    filters : tuple of RowFilter
        Rows to keep or drop.
    times : TimeRules
        Time zone and clock changes.
    earliest, latest : date or None
        Allowed span of the record's time, both days included, in the city's calendar.
    exact_duplicates : {'drop', 'keep'}
        Rows that are equal in every column.
    same_id : {'reject', 'first', 'last'}
        Different rows with one identifier.
    hash : str
        SHA-256 of the mapping file and of the code files it names.
    """

    path: Path
    kind: str
    source: str
    file: FileShape
    columns: Mapping[str, ColumnMapping]
    unpivot: Mapping[str, str] = field(default_factory=dict)
    period: PeriodMapping | None = None
    point: PointMapping | None = None
    area: AreaMapping = field(default_factory=AreaMapping)
    filters: tuple[RowFilter, ...] = ()
    times: TimeRules = field(default_factory=TimeRules)
    earliest: date | None = None
    latest: date | None = None
    exact_duplicates: Literal["drop", "keep"] = "drop"
    same_id: Literal["reject", "first", "last"] = "reject"
    hash: str = ""

    @property
    def column_mappings(self) -> tuple[ColumnMapping, ...]:
        """Every column mapping, wherever the file declares it."""
        extra: list[ColumnMapping] = []
        if self.period:
            extra.append(self.period.start)
        if self.point:
            extra += [self.point.lon, self.point.lat]
        if self.area.name:
            extra.append(self.area.name)
        return (*self.columns.values(), *extra)

    @property
    def headers(self) -> tuple[str, ...]:
        """Every column of the file that the mapping names, once, in order."""
        named = [header for one in self.column_mappings for header in one.headers]
        named += [one.time for one in self.column_mappings if one.time]
        named += list(self.unpivot)
        named += [one.header for one in self.filters]
        return tuple(dict.fromkeys(named))
