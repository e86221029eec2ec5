"""From the TOML document of a mapping file to a `FileMapping`, with a list of everything that is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from commonweal.errors import Problem
from commonweal.sources.mapping_columns import ColumnReader, read_pattern, read_zone
from commonweal.sources.mapping_types import (
    AreaBy,
    AreaMapping,
    FileMapping,
    FileShape,
    Format,
    Keep,
    Length,
    PeriodMapping,
    PointMapping,
    RowFilter,
    TimeRules,
)
from commonweal.sources.time_formats import find_length
from commonweal.sources.toml_table import TomlTable

ENCODINGS = ("utf-8", "latin-1", "windows-1252", "utf-16")
TABLES = (
    "kind", "source", "file", "columns", "unpivot", "period", "point", "area", "times", "keep", "drop", "allowed",
    "duplicates",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TablesRead:
    """What the tables say.

    Attributes
    ----------
    mapping : FileMapping
        Complete only where there are no problems.
    code_files : tuple of Path
        Files of codes that it names.
    problems : tuple of Problem
        Everything that is wrong with the form of the file.
    """

    mapping: FileMapping
    code_files: tuple[Path, ...]
    problems: tuple[Problem, ...]


def read_tables(path: Path, document: dict[str, Any]) -> TablesRead:
    """Read the document of a mapping file, and the code files it names.

    Parameters
    ----------
    path : Path
        The mapping file, for messages and to find the code files beside it.
    document : dict
        As TOML gives it.
    """
    root = TomlTable(path.name, "", document, [])
    root.allow(*TABLES)
    for key in ("kind", "source"):
        if not document.get(key):
            root.fault(key, "is needed")
    duplicates = root.table("duplicates")
    duplicates.allow("exact", "same_id")
    allowed = root.table("allowed")
    allowed.allow("earliest", "latest")
    code_files: list[Path] = []
    columns = ColumnReader(path.parent, code_files)
    point = _read_point(root, columns)
    mapping = FileMapping(
        path=path,
        kind=root.text("kind"),
        source=root.text("source"),
        file=_read_shape(root.table("file")),
        columns={name: columns.read(root.table("columns"), name) for name in root.table("columns").content},
        unpivot=_read_unpivot(root.table("unpivot")),
        period=_read_period(root, columns),
        point=point,
        area=_read_area(root, columns, has_point=point is not None),
        filters=(
            *_read_filters(root.table("keep"), keep=True),
            *_read_filters(root.table("drop"), keep=False),
        ),
        times=_read_times(root.table("times")),
        earliest=allowed.day("earliest"),
        latest=allowed.day("latest"),
        exact_duplicates=duplicates.choice("exact", ("drop", "keep"), "drop"),  # type: ignore[arg-type]
        same_id=duplicates.choice("same_id", ("reject", "first", "last"), "reject"),  # type: ignore[arg-type]
    )
    return TablesRead(mapping, tuple(code_files), tuple(root.problems))


def _read_shape(table: TomlTable) -> FileShape:
    table.allow("format", "delimiter", "encoding", "null", "list", "skip_lines", "decimal", "thousands")
    delimiter = table.text("delimiter")
    if len(delimiter) > 1 or delimiter == '"' or not delimiter.isascii():
        table.fault("delimiter", "must be one sign", delimiter)
    decimal = table.choice("decimal", (".", ","), ".")
    thousands = table.choice("thousands", ("", ",", ".", " ", "'"), "")
    if decimal == thousands:
        table.fault("thousands", "must be another sign than decimal", thousands)
    return FileShape(
        format=table.choice("format", get_args(Format), "auto"),  # type: ignore[arg-type]
        delimiter=delimiter,
        encoding=table.choice("encoding", ENCODINGS, "utf-8"),
        null=tuple(dict.fromkeys(one.strip() for one in ("", *table.texts("null")))),
        list_path=tuple(part for part in table.text("list").split(".") if part),
        skip_lines=table.count("skip_lines"),
        decimal=decimal,
        thousands=thousands,
    )


def _read_unpivot(table: TomlTable) -> dict[str, str]:
    labels: dict[str, str] = {}
    for header in table.content:
        label = table.text(header)
        if label:
            labels[header] = label
        else:
            table.fault(header, "must be a text: what the numbers of this column are")
    return labels


def _read_period(root: TomlTable, columns: ColumnReader) -> PeriodMapping | None:
    if "period" not in root.content:
        return None
    table = root.table("period")
    start = columns.read_table(table, "period_start", "length")
    length = table.choice("length", get_args(Length), find_length(start.formats[0]))
    return PeriodMapping(start, length)  # type: ignore[arg-type]


def _read_point(root: TomlTable, columns: ColumnReader) -> PointMapping | None:
    if "point" not in root.content:
        return None
    table = root.table("point")
    table.allow("lon", "lat", "missing", "outside")
    return PointMapping(
        lon=columns.read(table, "lon"),
        lat=columns.read(table, "lat"),
        missing=table.choice("missing", get_args(Keep), "keep_without_area"),  # type: ignore[arg-type]
        outside=table.choice("outside", get_args(Keep), "keep_without_area"),  # type: ignore[arg-type]
    )


def _read_area(root: TomlTable, columns: ColumnReader, *, has_point: bool) -> AreaMapping:
    if "area" not in root.content:
        return AreaMapping(by="point" if has_point else "none")
    table = root.table("area")
    table.allow("by", "name", "unknown", "blank")
    named = "name" in table.content
    usual = (
        "point_then_name" if has_point and named else "name" if named else "point" if has_point else "none"
    )
    by = table.choice("by", get_args(AreaBy), usual)
    if "name" in by and not named:
        table.fault("name", f"is needed, as by = {by!r} looks for a name")
    if "point" in by and not has_point:
        table.fault("by", "looks for a point; say where it is in [point]", by)
    blank = "reject" if root.content.get("kind") == "counts" else "keep_without_area"
    return AreaMapping(
        by=by,  # type: ignore[arg-type]
        name=columns.read(table, "name") if named else None,
        unknown=table.choice("unknown", get_args(Keep), "reject"),  # type: ignore[arg-type]
        blank=table.choice("blank", get_args(Keep), blank),  # type: ignore[arg-type]
    )


def _read_filters(table: TomlTable, *, keep: bool) -> tuple[RowFilter, ...]:
    filters = []
    for header, condition in table.content.items():
        if isinstance(condition, dict):
            inner = table.table(header)
            inner.allow("matches")
            pattern = read_pattern(inner, "matches")
            if pattern is None:
                inner.fault("matches", "is needed: a regular expression")
            filters.append(RowFilter(header, keep, matches=pattern))
        else:
            filters.append(RowFilter(header, keep, values=table.texts(header)))
    return tuple(filters)


def _read_times(table: TomlTable) -> TimeRules:
    table.allow("zone", "nonexistent", "ambiguous")
    return TimeRules(
        zone=read_zone(table),
        nonexistent=table.choice("nonexistent", ("forward", "reject"), "forward"),  # type: ignore[arg-type]
        ambiguous=table.choice("ambiguous", ("earliest", "latest", "reject"), "earliest"),  # type: ignore[arg-type]
    )
