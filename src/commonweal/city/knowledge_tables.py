"""Read sources, series breaks and thresholds of publication from ``city.toml``."""

from __future__ import annotations

from dataclasses import fields
from typing import get_args, get_type_hints

from commonweal.city.faults import Entry
from commonweal.city.knowledge import SeriesBreak, Source, SuppressionRule
from commonweal.city.toml_document import TomlDocument, TomlTable
from commonweal.records import RECORD_TYPES

_SOURCE_HINTS = get_type_hints(Source)
PROTOCOLS: tuple[str, ...] = get_args(_SOURCE_HINTS["protocol"])
PERIOD_GRAINS: tuple[str, ...] = get_args(_SOURCE_HINTS["grain_period"])
AREA_GRAINS: tuple[str, ...] = get_args(_SOURCE_HINTS["grain_area"])


def list_keys(declared: type) -> tuple[str, ...]:
    """List the fields of a dataclass: the keys its table may have."""
    return tuple(one.name for one in fields(declared))


def read_sources(document: TomlDocument) -> tuple[Entry[Source], ...]:
    """Read ``[[sources]]``."""
    return tuple(_read_source(table) for table in document.root.tables("sources", document.lines))


def read_breaks(document: TomlDocument) -> tuple[Entry[SeriesBreak], ...]:
    """Read ``[[breaks]]``; one without its day is left out, and the fault written down."""
    found = (_read_break(table) for table in document.root.tables("breaks", document.lines))
    return tuple(one for one in found if one is not None)


def read_suppression(document: TomlDocument) -> tuple[Entry[SuppressionRule], ...]:
    """Read ``[[suppression]]``."""
    tables = document.root.tables("suppression", document.lines, named_by="sensitivity")
    return tuple(_read_rule(table) for table in tables)


def _read_source(table: TomlTable) -> Entry[Source]:
    table.allow(*list_keys(Source))
    source = Source(
        id=table.identifier("id"),
        title=table.text("title", required=True),
        publisher=table.text("publisher", required=True),
        url=table.text("url"),
        licence=table.text("licence"),
        kind=table.choice("kind", tuple(RECORD_TYPES)),
        protocol=table.choice("protocol", PROTOCOLS),  # type: ignore[arg-type]
        domain=table.text("domain"),
        dataset=table.text("dataset"),
        map=table.text("map"),
        order_by=table.text("order_by"),
        updated_column=table.text("updated_column"),
        where=table.text("where"),
        grain_period=table.choice("grain_period", PERIOD_GRAINS),  # type: ignore[arg-type]
        grain_area=table.choice("grain_area", AREA_GRAINS),  # type: ignore[arg-type]
        verified=table.truth("verified"),
        covers_from=table.day("covers_from"),
        covers_to=table.day("covers_to"),
        note=table.text("note"),
    )
    if source.covers_from and source.covers_to and source.covers_to < source.covers_from:
        table.fault("covers_to", f"must not be before covers_from ({source.covers_from})", source.covers_to)
    if source.url and not source.url.startswith(("https://", "http://")):
        table.fault("url", "must begin with https:// or http://", source.url)
    return table.entry(source)


def _read_break(table: TomlTable) -> Entry[SeriesBreak] | None:
    table.allow(*list_keys(SeriesBreak))
    on, until = table.day("on"), table.day("until")
    if on is None and "on" not in table.content:
        table.fault("on", "is missing: the first day of the new way of counting, for example 2024-03-01")
    if on and until and until < on:
        table.fault("until", f"must not be before on ({on})", until)
    kinds = table.texts("kinds")
    if not kinds and table.content.get("kinds") in (None, []):
        table.fault("kinds", "is missing: record types that are counted in another way")
    for kind in kinds:
        if kind not in RECORD_TYPES:
            table.fault("kinds", f"must be among: {', '.join(RECORD_TYPES)}", kind)
    identifier = table.identifier("id")
    title = table.text("title", required=True)
    why = table.text("why", required=True)
    reference, sources = table.text("reference"), table.texts("sources")
    if on is None:
        return None
    return table.entry(SeriesBreak(identifier, on, until, kinds, sources, title, why, reference))


def _read_rule(table: TomlTable) -> Entry[SuppressionRule]:
    table.allow(*list_keys(SuppressionRule))
    numbers = {}
    for key in ("hide_from", "hide_to"):
        if key not in table.content:
            table.fault(key, "is missing: a whole number from 0")
        numbers[key] = table.whole(key) or 0
    if numbers["hide_to"] < numbers["hide_from"]:
        table.fault("hide_to", f"must not be below hide_from ({numbers['hide_from']})", numbers["hide_to"])
    return table.entry(
        SuppressionRule(
            sensitivity=table.identifier("sensitivity"),
            hide_from=numbers["hide_from"],
            hide_to=numbers["hide_to"],
            smallest_population=table.whole("smallest_population") or 0,
            geography=table.choice("geography", ("all", "area")),  # type: ignore[arg-type]
            why=table.text("why", required=True),
        )
    )
