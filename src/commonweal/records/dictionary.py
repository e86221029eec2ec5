"""The data dictionary: every record type and column, made from the declarations and never written by hand."""

from __future__ import annotations

from dataclasses import dataclass

import dataframely as dy
import polars as pl

from commonweal.records import RECORD_TYPES
from commonweal.records.declaration import RecordSchema, RecordType, Sensitivity

SENSITIVITY_MEANINGS: dict[Sensitivity, str] = {
    "public": "may be published",
    "restricted": "only suppressed counts leave",
    "personal": "never leaves",
}


@dataclass(frozen=True, slots=True)
class ColumnDescription:
    """One column, in words.

    Attributes
    ----------
    name, meaning : str
        What it is.
    type : str
        Type in words: ``text``, ``whole number``, ``date``, ``time``, ``one of a list``.
    allowed : tuple of str
        Words it may hold; empty where it is free.
    minimum, maximum : float or None
        Limits of a number.
    unit : str
        As written beside a number; empty for none.
    required : bool
        Whether it may not be empty.
    sensitivity : {'public', 'restricted', 'personal'}
        How far it may travel.
    example : str
        A value as it looks in the store.
    filled_in : bool
        True where the program fills it in, so that a mapping need not.
    """

    name: str
    meaning: str
    type: str
    allowed: tuple[str, ...]
    minimum: float | None
    maximum: float | None
    unit: str
    required: bool
    sensitivity: Sensitivity
    example: str
    filled_in: bool


@dataclass(frozen=True, slots=True)
class RecordDescription:
    """One record type, in words.

    Attributes
    ----------
    kind, title, meaning : str
        What one row is.
    time_column, count_rule : str
        What places it in time, and what counting its rows counts.
    columns : tuple of ColumnDescription
        In the order of the table.
    rules : tuple of str
        What must hold between columns of a row, one sentence each.
    """

    kind: str
    title: str
    meaning: str
    time_column: str
    count_rule: str
    columns: tuple[ColumnDescription, ...]
    rules: tuple[str, ...]


def describe_records() -> tuple[RecordDescription, ...]:
    """Describe every record type, in the order in which they are declared."""
    return tuple(describe_record(one) for one in RECORD_TYPES.values())


def describe_record(record_type: RecordType) -> RecordDescription:
    """Describe one record type."""
    return RecordDescription(
        kind=record_type.kind,
        title=record_type.title,
        meaning=record_type.meaning,
        time_column=record_type.time_column,
        count_rule=record_type.count_rule,
        columns=tuple(_describe_column(name, one) for name, one in record_type.columns.items()),
        rules=_list_rules(record_type.schema),
    )


def render_dictionary() -> str:
    """Render the data dictionary as Markdown, as it stands in ``docs/reference/data-dictionary.md``."""
    records = describe_records()
    meanings = "; ".join(f"*{name}*: {meaning}" for name, meaning in SENSITIVITY_MEANINGS.items())
    parts = [
        "# Data dictionary",
        "",
        "Every kind of record that Commonweal keeps, with each of its columns. This page is made from the",
        "declarations in `src/commonweal/records`; change those, not this page.",
        "",
        f"Sensitivity says how far a value may travel. {meanings}.",
        "",
        "A column that is *needed* may not be empty. The program fills in `source`, `record_id` and `simulated`.",
        "Times are kept in UTC; dates are in the city's own calendar.",
        "",
        "| kind | what one row is |",
        "|---|---|",
        *(f"| [`{one.kind}`](#{_anchor(one.title)}) | {_cell(one.meaning)} |" for one in records),
        "",
    ]
    for one in records:
        parts += _render_record(one)
    return "\n".join(parts).rstrip() + "\n"


def _render_record(one: RecordDescription) -> list[str]:
    lines = [
        f"## {one.title}",
        "",
        f"`{one.kind}`: {one.meaning}",
        "",
        f"Placed in time by `{one.time_column}`. {one.count_rule}",
        "",
        "| column | meaning | type | needed | sensitivity | example |",
        "|---|---|---|---|---|---|",
    ]
    for column in one.columns:
        cells = (
            f"`{column.name}`", column.meaning, _say_type(column), "yes" if column.required else "no",
            column.sensitivity, f"`{column.example}`" if column.example else "",
        )  # fmt: skip
        lines.append("| " + " | ".join(_cell(cell) for cell in cells) + " |")
    if one.rules:
        lines += ["", "In every row:", "", *(f"- {rule}" for rule in one.rules)]
    return [*lines, ""]


def _say_type(column: ColumnDescription) -> str:
    if column.allowed:
        return ", ".join(f"`{word}`" for word in column.allowed)
    limits = [
        f"{word} {limit:g}"
        for word, limit in (("from", column.minimum), ("to", column.maximum))
        if limit is not None
    ]
    said = " ".join([column.type, *limits])
    return f"{said} ({column.unit})" if column.unit and column.unit not in {column.type, "UTC"} else said


def _describe_column(name: str, column: dy.Column) -> ColumnDescription:
    metadata = column.metadata or {}
    return ColumnDescription(
        name=name,
        meaning=column.description or "",
        type=_name_type(column.dtype),
        allowed=tuple(str(one) for one in getattr(column, "categories", None) or ()),
        minimum=getattr(column, "min", None),
        maximum=getattr(column, "max", None),
        unit=metadata.get("unit", ""),
        required=not column.nullable,
        sensitivity=metadata.get("sensitivity", "restricted"),
        example=metadata.get("example", ""),
        filled_in=name in RecordSchema.columns(),
    )


def _name_type(dtype: pl.DataType) -> str:
    if isinstance(dtype, pl.Enum):
        return "one of a list"
    if isinstance(dtype, pl.Datetime):
        return "time (UTC)"
    if dtype.is_integer():
        return "whole number"
    if dtype.is_numeric():
        return "number"
    return {pl.Date: "date", pl.Boolean: "true or false", pl.String: "text"}[dtype.base_type()]


def _list_rules(schema: type[RecordSchema]) -> tuple[str, ...]:
    factories = {name: getattr(schema, name) for name in dir(schema) if not name.startswith("_")}
    texts = {
        name: (one.validation_fn.__doc__ or "").splitlines()[0]
        for name, one in factories.items()
        if hasattr(one, "validation_fn")
    }
    return tuple(texts[name] for name in sorted(texts))


def _anchor(title: str) -> str:
    return title.lower().replace(" ", "-")


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
