"""Check measures against the record types, sources and thresholds they name."""

from __future__ import annotations

from collections.abc import Mapping

import dataframely as dy

from commonweal.city.faults import Entry, Faults, name_known
from commonweal.city.measure_values import VALUE_RULE, MeasureValue, find_measure_value
from commonweal.city.measures import Measure, Scalar
from commonweal.city.tables import PackTables
from commonweal.records import RECORD_TYPES, RecordType

REFERRING = {"area": "areas", "program": "programs", "station": "stations"}
"""Record columns whose values are identifiers of the pack."""


def check_measures(tables: PackTables, faults: Faults) -> None:
    """Write down every measure that no record can answer, or that would count the wrong thing."""
    for entry in tables.measures.values():
        record_type = RECORD_TYPES.get(entry.value.kind)
        if record_type is not None:
            _check_sources(entry, tables, faults)
            for key, allowed in (("where", entry.value.where), ("denominator", entry.value.denominator)):
                if allowed is not None:
                    _check_filter(entry, key, allowed, record_type, tables, faults)
            _check_value(entry, record_type, faults)
        if entry.value.sensitivity not in tables.suppression:
            message = (
                f"city.toml has no [[suppression]] of that sensitivity; {_list(tables.suppression, entry)}"
            )
            entry.fault(faults, "sensitivity", message, entry.value.sensitivity)
        _check_geography(entry, tables, faults)
    _check_once("headline", tables, faults)
    _check_once("category", tables, faults)


def _list(known: Mapping[str, object], entry: Entry[Measure]) -> str:
    return name_known(entry.value.sensitivity, tuple(known))


def _check_geography(entry: Entry[Measure], tables: PackTables, faults: Faults) -> None:
    """Refuse small numbers that must be hidden for the whole city: a reader chooses its periods, down to a day."""
    rule = tables.suppression.get(entry.value.sensitivity)
    if rule is not None and rule.value.geography == "all":
        message = (
            'hides small counts of the whole city too (geography = "all"), but a measure of the city is published '
            'for any period; name a sensitivity with geography = "area", or leave this measure out of the pack'
        )
        entry.fault(faults, "sensitivity", message, entry.value.sensitivity)


def _check_sources(entry: Entry[Measure], tables: PackTables, faults: Faults) -> None:
    for name in entry.value.sources:
        source = tables.sources.get(name)
        if source is None:
            hint = name_known(name, tuple(tables.sources))
            entry.fault(faults, "sources", f"city.toml has no such source; {hint}", name)
        elif source.value.kind != entry.value.kind and source.value.kind in RECORD_TYPES:
            message = f"this source yields {source.value.kind}, the measure is of {entry.value.kind}"
            entry.fault(faults, "sources", message, name)


def _check_filter(
    entry: Entry[Measure],
    key: str,
    allowed: Mapping[str, tuple[Scalar, ...]],
    record_type: RecordType,
    tables: PackTables,
    faults: Faults,
) -> None:
    for column, values in allowed.items():
        declared = record_type.columns.get(column)
        if declared is None:
            hint = name_known(column, tuple(record_type.columns))
            entry.fault(faults, key, f"{record_type.kind} have no such column; {hint}", column)
            continue
        for value in values:
            problem = _find_value_problem(declared, value) or _find_reference_problem(column, value, tables)
            if problem:
                entry.fault(faults, key, f"{column} {problem}", value)
    if record_type.kind == "counts" and len(allowed.get("quantity", ())) != 1:
        message = (
            'needs one quantity, for example quantity = ["incidents"]: incidents and clearances do not add up'
        )
        entry.fault(faults, key, message)


def _find_value_problem(column: dy.Column, value: Scalar) -> str:
    if isinstance(column, dy.Enum):
        allowed = tuple(column.categories)
        return "" if value in allowed else f"must be among: {', '.join(allowed)}"
    if isinstance(column, dy.String):
        return "" if isinstance(value, str) and value else "must be texts in quotes"
    if isinstance(column, dy.Bool):
        return "" if isinstance(value, bool) else "must be true or false, without quotes"
    if isinstance(column, dy.Int64 | dy.Float64):
        return "" if isinstance(value, int | float) and not isinstance(value, bool) else "must be numbers"
    return "is a time; a measure is cut into periods by itself"


def _find_reference_problem(column: str, value: Scalar, tables: PackTables) -> str:
    if column not in REFERRING:
        return ""
    known = {"area": tables.areas, "program": tables.programs, "station": tables.stations}[column]
    if value in known:
        return ""
    return f"is not in {REFERRING[column]}.csv; {name_known(str(value), tuple(known))}"


def _check_value(entry: Entry[Measure], record_type: RecordType, faults: Faults) -> None:
    measure = entry.value
    value = find_measure_value(measure.value)
    if value is None:
        entry.fault(faults, "value", VALUE_RULE, measure.value)
        return
    unknown = [name for name in value.columns if name not in record_type.columns]
    for name in unknown:
        hint = name_known(name, tuple(record_type.columns))
        entry.fault(faults, "value", f"{record_type.kind} have no column {name}; {hint}", measure.value)
    if not unknown and (problem := _find_type_problem(value, record_type)):
        entry.fault(faults, "value", problem, measure.value)
    if record_type.kind == "counts" and value.form == "count":
        message = 'must be "sum:value": counts are added up, their rows mean nothing'
        entry.fault(faults, "value", message, measure.value)
    if measure.denominator is not None:
        if value.form == "quantile":
            entry.fault(faults, "denominator", "a quantile has none; only counts and sums make a share")
        if measure.unit != "percent":
            entry.fault(
                faults, "unit", "must be percent: with a denominator, the value is a share", measure.unit
            )
    if measure.per_population and (measure.denominator is not None or value.form == "quantile"):
        entry.fault(faults, "per_population", "must be false: only a count has a rate by residents")


def _find_type_problem(value: MeasureValue, record_type: RecordType) -> str:
    declared = [record_type.columns[name] for name in value.columns]
    if value.minus:
        if all(isinstance(one, dy.Datetime) for one in declared):
            return "takes a time from itself" if value.column == value.minus else ""
        return "both columns of LATER-EARLIER must be times"
    if declared and not isinstance(declared[0], dy.Int64 | dy.Float64):
        numbers = [n for n, one in record_type.columns.items() if isinstance(one, dy.Int64 | dy.Float64)]
        return (
            f"{value.column} is not a number; numbers of {record_type.kind}: {', '.join(numbers) or 'none'}"
        )
    return ""


def _check_once(field: str, tables: PackTables, faults: Faults) -> None:
    """Write down a place among the headlines, or a row of the screen, that two measures claim."""
    taken: dict[object, str] = {}
    for name, entry in tables.measures.items():
        given = getattr(entry.value, field)
        if not given:
            continue
        if given in taken:
            entry.fault(faults, field, f"is taken by {taken[given]} already", given)
        taken.setdefault(given, name)
