"""Admission: a table is published only if it is what its record type says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl

from commonweal.errors import InvalidInput, Problem
from commonweal.records import RecordType, get_record_type
from commonweal.store.snapshot import Publication

SHOWN_VALUES = 3


def admit_table(publication: Publication) -> pl.DataFrame:
    """Check a table against its record type and return it with exactly the declared columns and types.

    Raises
    ------
    InvalidInput
        A column is missing or of the wrong type, a rule does not hold, or the rows are not of the source that
        the provenance names; every problem is listed.
    NotFound
        No such kind of record.
    """
    record_type = get_record_type(publication.kind)
    problems = _find_column_problems(publication.table, record_type)
    if problems:
        raise _refuse(publication, problems)
    table = publication.table.select(list(record_type.columns))
    try:
        table = record_type.schema.cast(table)
    except pl.exceptions.PolarsError as error:
        raise _refuse(
            publication, [Problem(publication.kind, f"a column has the wrong type: {error}")]
        ) from error
    problems = [*_find_origin_problems(table, publication), *_find_rule_problems(table, record_type)]
    if problems:
        raise _refuse(publication, problems)
    return table


def _find_column_problems(table: pl.DataFrame, record_type: RecordType) -> list[Problem]:
    given, declared = set(table.columns), set(record_type.columns)
    missing = [Problem(record_type.kind, "this column is missing", field=n) for n in sorted(declared - given)]
    unknown = [
        Problem(record_type.kind, "there is no such column", field=n) for n in sorted(given - declared)
    ]
    return missing + unknown


def _find_origin_problems(table: pl.DataFrame, publication: Publication) -> list[Problem]:
    kind, provenance = publication.kind, publication.provenance
    problems = []
    others = table["source"].unique().drop_nulls().to_list()
    for other in sorted(set(others) - {provenance.source})[:SHOWN_VALUES]:
        message = f"every row must be of the source of the provenance, {provenance.source!r}"
        problems.append(Problem(kind, message, field="source", value=other))
    if (table["simulated"] != provenance.simulated).any():
        message = f"every row must say what the provenance says: simulated is {provenance.simulated}"
        problems.append(Problem(kind, message, field="simulated"))
    return problems


def _find_rule_problems(table: pl.DataFrame, record_type: RecordType) -> list[Problem]:
    good, failures = record_type.schema.filter(table)
    if good.height == table.height:
        return []
    return [
        Problem(record_type.kind, f"{rows:,} rows do not keep the rule {rule!r}", field=field)
        for field, rule, rows in sorted(_list_failures(failures.counts()))
    ]


def _list_failures(counts: Mapping[str, int]) -> Iterator[tuple[str, str, int]]:
    for name, rows in counts.items():
        column, _, rule = name.rpartition("|")
        yield (column, rule, rows)


def _refuse(publication: Publication, problems: list[Problem]) -> InvalidInput:
    return InvalidInput(
        f"The table of {publication.kind} from {publication.provenance.source!r} cannot be published.",
        problems,
    )
