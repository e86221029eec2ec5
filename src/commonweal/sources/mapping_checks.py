"""Does a mapping make a whole record? Checked against the record type before any file is opened."""

from __future__ import annotations

from commonweal.errors import Problem
from commonweal.records import RECORD_TYPES, RecordType
from commonweal.sources.mapping_types import ColumnMapping, FileMapping
from commonweal.sources.toml_table import name_close

UNPIVOTED: dict[str, tuple[str, str]] = {
    "counts": ("quantity", "value"),
    "activities": ("activity", "quantity"),
}
"""Columns that unpivoting makes, by kind: the label and the number."""

FILLED_IN = ("source", "simulated")
"""Columns that the program fills in; ``record_id`` may be mapped."""


def check_against_record_type(mapping: FileMapping) -> tuple[Problem, ...]:
    """List what keeps a mapping from making whole records of its kind."""
    where = mapping.path.name
    record_type = RECORD_TYPES.get(mapping.kind)
    if record_type is None:
        if not mapping.kind:
            return ()
        hint = name_close(mapping.kind, list(RECORD_TYPES))
        return (Problem(where, f"there is no such kind of record; {hint}", field="kind", value=mapping.kind),)
    problems = [
        *_check_names(mapping, record_type),
        *_check_unpivot(mapping),
        *_check_places(mapping, record_type),
    ]
    made = list_made_columns(mapping)
    problems += [
        Problem(where, f"is needed: {record_type.columns[name].description}", field=f"[columns] {name}")
        for name in record_type.required
        if name not in made
    ]
    for one in mapping.columns.values():
        problems += _check_enum(one, record_type, where)
    if mapping.earliest and mapping.latest and mapping.earliest > mapping.latest:
        problems.append(Problem(where, "must not be after latest", field="[allowed] earliest"))
    return tuple(problems)


def list_made_columns(mapping: FileMapping) -> frozenset[str]:
    """List the record columns that a mapping makes."""
    made = set(mapping.columns) | set(FILLED_IN) | {"record_id"}
    if mapping.period:
        made |= {"period_start", "period_end"}
    if mapping.point:
        made |= {"lon", "lat"}
    if mapping.area.by != "none":
        made.add("area")
    if mapping.unpivot:
        made |= set(UNPIVOTED.get(mapping.kind, ()))
    return frozenset(made)


def _check_names(mapping: FileMapping, record_type: RecordType) -> list[Problem]:
    problems = []
    known = [name for name in record_type.columns if name not in FILLED_IN]
    elsewhere = {"area": "[area]", "lon": "[point]", "lat": "[point]"}
    for name in mapping.columns:
        message = ""
        if name not in known:
            message = f"{record_type.kind} have no such column; {name_close(name, known)}"
        elif name in elsewhere:
            message = f"belongs in {elsewhere[name]}"
        elif mapping.period and name in {"period_start", "period_end"}:
            message = "is made by [period]; leave one of them out"
        elif mapping.unpivot and name in UNPIVOTED.get(mapping.kind, ()):
            message = "is made by [unpivot]; leave one of them out"
        if message:
            problems.append(Problem(mapping.path.name, message, field=f"[columns] {name}"))
    return problems


def _check_unpivot(mapping: FileMapping) -> list[Problem]:
    if not mapping.unpivot:
        return []
    where = mapping.path.name
    if mapping.kind not in UNPIVOTED:
        message = f"only these kinds can be made of several columns: {', '.join(UNPIVOTED)}"
        return [Problem(where, message, field="[unpivot]")]
    label = UNPIVOTED[mapping.kind][0]
    allowed = list_allowed(RECORD_TYPES[mapping.kind], label)
    return [
        Problem(where, f"must be one of: {', '.join(allowed)}", field=f"[unpivot] {header}", value=value)
        for header, value in mapping.unpivot.items()
        if allowed and value not in allowed
    ]


def _check_places(mapping: FileMapping, record_type: RecordType) -> list[Problem]:
    where, problems = mapping.path.name, []
    if mapping.period and mapping.kind != "counts":
        problems.append(Problem(where, "only counts have a period", field="[period]"))
    if mapping.area.by != "none" and "area" not in record_type.columns:
        problems.append(Problem(where, f"{mapping.kind} have no area", field="[area]"))
    if mapping.point and not {"lon", "area"} & set(record_type.columns):
        problems.append(Problem(where, f"{mapping.kind} have no place", field="[point]"))
    if mapping.kind == "counts" and mapping.area.by != "none" and mapping.area.unknown != "reject":
        message = "must be reject: a count without an area would be read as the whole city's"
        problems.append(Problem(where, message, field="[area] unknown", value=mapping.area.unknown))
    return problems


def _check_enum(one: ColumnMapping, record_type: RecordType, where: str) -> list[Problem]:
    allowed = list_allowed(record_type, one.column)
    if not allowed:
        return []
    given = {"value": one.value, "blank": one.blank}
    given |= {f"codes.{code}": value for code, value in (one.codes or {}).items()}
    if one.unknown not in {"reject", "keep"}:
        given["unknown"] = one.unknown
    return [
        Problem(
            where, f"must be one of: {', '.join(allowed)}", field=f"[columns.{one.column}] {key}", value=value
        )
        for key, value in given.items()
        if value and value not in allowed
    ]


def list_allowed(record_type: RecordType, column: str) -> tuple[str, ...]:
    """List the words that a column may hold; empty where it is free."""
    declared = record_type.columns.get(column)
    categories = getattr(declared, "categories", None)
    return tuple(str(one) for one in categories) if categories else ()
