"""What a measure may say: its value and its filters, checked against the record type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import dataframely as dy

from commonweal.city.measure_values import MeasureValue, find_measure_value
from commonweal.city.measures import Measure, Scalar
from commonweal.errors import InvalidRequest, Problem
from commonweal.records import RecordType, get_record_type

ALLOWED_VALUES: Final = (
    "count; sum:COLUMN; median:COLUMN; p90:COLUMN (any of p1 to p99); "
    "median:A-B or p90:A-B for the seconds from time B to time A"
)

_NUMBERS: Final = (dy.Int64, dy.Float64)


def parse_value(text: str, record_type: RecordType) -> MeasureValue:
    """Read the ``value`` of a measure.

    Parameters
    ----------
    text : str
        As in the pack: ``count``, ``sum:quantity``, ``p90:arrived_at-dispatched_at``.
    record_type : RecordType
        Whose columns it may name. Of published counts, ``count`` adds the values up.

    Raises
    ------
    InvalidRequest
        It is none of the allowed forms, or names a column that is missing or of another type.
    """
    read = find_measure_value(text)
    if read is None:
        raise _invalid([_problem("value", text, f"allowed: {ALLOWED_VALUES}")])
    if read.form == "count":
        return MeasureValue("sum", "value") if record_type.kind == "counts" else read
    kinds = (dy.Datetime,) if read.minus else _NUMBERS
    problems = [p for name in read.columns for p in _check_column(name, record_type, kinds, text)]
    if problems:
        raise _invalid(problems)
    return read


def check_measure(measure: Measure) -> MeasureValue:
    """Check everything a measure says against its record type.

    Raises
    ------
    InvalidRequest
        Lists every column that does not exist and every value of another type than its column.
    """
    record_type = get_record_type(measure.kind)
    problems: list[Problem] = []
    form = MeasureValue("count")
    try:
        form = parse_value(measure.value, record_type)
    except InvalidRequest as error:
        problems.extend(error.problems)
    problems.extend(_check_filter("where", measure.where, record_type))
    if measure.denominator is not None:
        problems.extend(_check_filter("denominator", measure.denominator, record_type))
        if form.form == "quantile":
            problems.append(_problem("denominator", measure.value, "a quantile has none; remove it"))
    if problems:
        raise InvalidRequest(f"The measure {measure.id} cannot be computed.", problems)
    return form


def check_columns(names: tuple[str, ...], record_type: RecordType) -> None:
    """Check that records of a type have the columns to group by.

    Raises
    ------
    InvalidRequest
        Lists every column that does not exist or is no name.
    """
    problems = [p for name in names for p in _check_column(name, record_type, (dy.String, dy.Enum), name)]
    if problems:
        raise InvalidRequest(f"The {record_type.kind} cannot be grouped so.", problems)


def _check_filter(
    field: str, where: Mapping[str, tuple[Scalar, ...]], record_type: RecordType
) -> Iterator[Problem]:
    for name, allowed in where.items():
        column = record_type.columns.get(name)
        if column is None:
            yield _problem(field, name, _known(record_type))
            continue
        if not allowed:
            yield _problem(field, name, "name at least one value")
        for value in allowed:
            wanted = _type_of(column)
            fits = isinstance(value, wanted) and isinstance(value, bool) == (wanted is bool)
            if not fits:
                yield _problem(field, str(value), f"{name} holds {_words(column)}; write the value as one")


def _check_column(
    name: str, record_type: RecordType, kinds: tuple[type[dy.Column], ...], value: str
) -> Iterator[Problem]:
    column = record_type.columns.get(name)
    if column is None:
        yield _problem("value", value, f"no column {name!r}; {_known(record_type)}")
    elif not isinstance(column, kinds):
        fitting = [n for n, c in record_type.columns.items() if isinstance(c, kinds)]
        yield _problem(
            "value", value, f"{name} holds {_words(column)}; allowed here: {', '.join(fitting) or 'none'}"
        )


def _type_of(column: dy.Column) -> type | tuple[type, ...]:
    if isinstance(column, dy.Bool):
        return bool
    return (int, float) if isinstance(column, _NUMBERS) else str


def _words(column: dy.Column) -> str:
    names = {dy.Bool: "true or false", dy.Datetime: "times", dy.Date: "days", dy.Int64: "whole numbers",
             dy.Float64: "numbers"}  # fmt: skip
    return names.get(type(column), "text")


def _known(record_type: RecordType) -> str:
    return f"columns of {record_type.kind}: {', '.join(record_type.columns)}"


def _problem(field: str, value: str, message: str) -> Problem:
    return Problem("measure", message, field=field, value=value)


def _invalid(problems: list[Problem]) -> InvalidRequest:
    return InvalidRequest("The value of the measure cannot be read.", problems)
