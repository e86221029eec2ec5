"""One column of a mapping file: where its text comes from and how it is read."""

from __future__ import annotations

import zoneinfo
from dataclasses import dataclass
from pathlib import Path

from commonweal.sources.code_lists import read_codes
from commonweal.sources.mapping_types import ColumnMapping
from commonweal.sources.time_formats import find_format_problem
from commonweal.sources.toml_table import TomlTable, name_close

COLUMN_KEYS = (
    "from", "value", "join", "extract", "codes", "codes_file", "unknown", "blank", "format", "time", "time_format",
    "zone", "offset", "scale",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ColumnReader:
    """Reads column mappings wherever they stand.

    Attributes
    ----------
    folder : Path
        Folder of the mapping file, in which code files lie.
    code_files : list of Path
        The code files that were read, in order.
    """

    folder: Path
    code_files: list[Path]

    def read(self, parent: TomlTable, name: str) -> ColumnMapping:
        """Read a column that is the name of a header, or a table."""
        value = parent.content.get(name)
        if isinstance(value, str) and value:
            return ColumnMapping(name, headers=(value,))
        if not isinstance(value, dict):
            parent.fault(
                name, "must be the name of a column of the file, or a table with from or value", value
            )
            return ColumnMapping(name, value="")
        return self.read_table(parent.table(name), name)

    def read_table(self, table: TomlTable, name: str, *more_keys: str) -> ColumnMapping:
        """Read a column from its own table, in which some more keys may stand."""
        table.allow(*COLUMN_KEYS, *more_keys)
        headers, constant = table.texts("from"), table.content.get("value")
        if not headers and constant is None:
            table.fault("from", "is needed: a column of the file, or value for a constant")
        if headers and constant is not None:
            table.fault("value", "stands beside from; leave one of them out")
        formats = table.texts("format", ("iso",))
        time, time_format = table.text("time") or None, table.text("time_format") or None
        if (time is None) != (time_format is None):
            table.fault("time", "time and time_format come together")
        for key, text in [*(("format", one) for one in formats), ("time_format", time_format or "iso")]:
            if problem := find_format_problem(text):
                table.fault(key, problem, text)
        return ColumnMapping(
            name,
            headers=headers,
            join=table.text("join", " "),
            value=None if constant is None else _as_text(constant),
            extract=read_pattern(table, "extract"),
            codes=read_codes(table, self.folder, self.code_files),
            unknown=table.text("unknown", "reject"),
            blank=table.text("blank") or None,
            formats=formats,
            time=time,
            time_format=time_format,
            zone=read_zone(table),
            offset=table.choice("offset", ("use", "ignore"), "use"),  # type: ignore[arg-type]
            scale=table.number("scale", 1.0),
        )


def read_zone(table: TomlTable) -> str | None:
    """Return the name of a time zone that exists, or none."""
    zone = table.text("zone") or None
    if zone and zone not in zoneinfo.available_timezones():
        close = name_close(zone, sorted(zoneinfo.available_timezones())) if "/" in zone else "for example UTC"
        table.fault("zone", f"must be the name of a time zone; {close}", zone)
        return None
    return zone


def read_pattern(table: TomlTable, key: str) -> str | None:
    """Return a regular expression that Polars accepts (it has no look-around, and so no slow patterns)."""
    pattern = table.text(key) or None
    if pattern is None:
        return None
    import polars as pl

    try:
        pl.Series([""]).str.contains(pattern)
    except pl.exceptions.ComputeError as error:
        table.fault(key, f"is not a regular expression: {str(error).splitlines()[-1]}", pattern)
        return None
    if key == "extract" and "(" not in pattern:
        table.fault(key, "needs a group in round brackets: what is taken", pattern)
    return pattern


def _as_text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
