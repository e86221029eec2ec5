"""Read programs, published figures, commitments and events of history."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import get_args

from commonweal.city.csv_table import Columns, Row, read_rows
from commonweal.city.faults import Entry, Faults
from commonweal.city.strategy import Commitment, Direction, Event, Figure, Program, Relation

FORMS = ("total", "change", "share")


def _columns_of(declared: type, *required: str) -> Columns:
    return Columns(tuple(one.name for one in fields(declared)), required)


PROGRAM_COLUMNS = _columns_of(Program, "id", "name", "pillar", "kind", "what_it_does", "source")
FIGURE_COLUMNS = _columns_of(
    Figure, "id", "what", "value", "unit", "relation", "form", "statement", "said_by", "said_on", "source"
)
COMMITMENT_COLUMNS = _columns_of(
    Commitment, "id", "pillar", "commitment", "measure_text", "unit", "direction", "owner", "source"
)
EVENT_COLUMNS = _columns_of(Event, "start", "title", "what", "source")


def read_programs(folder: Path, faults: Faults) -> tuple[Entry[Program], ...]:
    """Read ``programs.csv``."""
    entries = []
    for row in read_rows(folder, "programs.csv", PROGRAM_COLUMNS, faults):
        program = Program(
            id=row.identifier("id"),
            name=row.text("name", required=True),
            pillar=row.text("pillar", required=True),
            kind=row.text("kind", required=True),
            lead=row.text("lead"),
            what_it_does=row.text("what_it_does", required=True),
            published_scale=row.text("published_scale"),
            source=row.text("source", required=True),
        )
        entries.append(Entry(row.where, row.line, program))
    return tuple(entries)


def read_figures(folder: Path, faults: Faults) -> tuple[Entry[Figure], ...]:
    """Read ``figures.csv``."""
    return tuple(_read_figure(row) for row in read_rows(folder, "figures.csv", FIGURE_COLUMNS, faults))


def read_commitments(folder: Path, faults: Faults) -> tuple[Entry[Commitment], ...]:
    """Read ``commitments.csv``."""
    rows = read_rows(folder, "commitments.csv", COMMITMENT_COLUMNS, faults)
    return tuple(_read_commitment(row) for row in rows)


def read_events(folder: Path, faults: Faults) -> tuple[Entry[Event], ...]:
    """Read ``events.csv``; translations name an event by its first day, so a day has one event."""
    entries: list[Entry[Event]] = []
    first: dict[date, int] = {}
    for row in read_rows(folder, "events.csv", EVENT_COLUMNS, faults):
        start, end = _read_span(row, "start", "end", both=False)
        if not row.text("start"):
            row.fault("start", "must not be empty: the day it happened, or began")
        title, what = row.text("title", required=True), row.text("what", required=True)
        source = row.text("source", required=True)
        if start is None:
            continue
        if start in first:
            row.fault("start", f"this day has an event already, in line {first[start]}; say both in one row")
        first.setdefault(start, row.line)
        entries.append(Entry(row.where, row.line, Event(start, end, title, what, source)))
    return tuple(entries)


def _read_figure(row: Row) -> Entry[Figure]:
    period_start, period_end = _read_span(row, "period_start", "period_end", both=True)
    baseline_start, baseline_end = _read_span(row, "baseline_start", "baseline_end", both=True)
    figure = Figure(
        id=row.identifier("id"),
        program=row.reference("program"),
        what=row.text("what", required=True),
        value=row.need_number("value"),
        unit=row.text("unit", required=True),
        relation=row.choice("relation", get_args(Relation)),  # type: ignore[arg-type]
        period_start=period_start,
        period_end=period_end,
        measure=row.reference("measure"),
        form=row.choice("form", FORMS),  # type: ignore[arg-type]
        baseline_start=baseline_start,
        baseline_end=baseline_end,
        statement=row.text("statement", required=True),
        said_by=row.text("said_by", required=True),
        said_on=row.text("said_on", required=True),
        source=row.text("source", required=True),
        url=row.text("url"),
    )
    if figure.url and not figure.url.startswith(("https://", "http://")):
        row.fault("url", "must begin with https:// or http://")
    if baseline_start and figure.form != "change":
        row.fault("baseline_start", f"only a change has a baseline; the form here is {figure.form}")
    if figure.unit == "percent":
        _check_percent(row, "value", figure.value, least=-100 if figure.form == "change" else 0,
                       most=None if figure.form == "change" else 100)  # fmt: skip
    return Entry(row.where, row.line, figure)


def _read_commitment(row: Row) -> Entry[Commitment]:
    commitment = Commitment(
        id=row.identifier("id"),
        pillar=row.text("pillar", required=True),
        program=row.reference("program"),
        commitment=row.text("commitment", required=True),
        measure_text=row.text("measure_text", required=True),
        measure=row.reference("measure"),
        target=row.number("target"),
        baseline=row.number("baseline"),
        baseline_on=row.day("baseline_on"),
        deadline=row.day("deadline"),
        unit=row.text("unit", required=True),
        direction=row.choice("direction", get_args(Direction)),  # type: ignore[arg-type]
        owner=row.text("owner", required=True),
        narrative=row.text("narrative"),
        source=row.text("source", required=True),
    )
    if commitment.unit == "percent":
        for column, value in (("target", commitment.target), ("baseline", commitment.baseline)):
            if value is not None:
                _check_percent(row, column, value, least=-100, most=100)
    if commitment.baseline_on and commitment.baseline is None:
        row.fault("baseline", f"must not be empty where baseline_on names its day ({commitment.baseline_on})")
    if commitment.baseline_on and commitment.deadline and commitment.deadline < commitment.baseline_on:
        row.fault("deadline", f"must not be before baseline_on ({commitment.baseline_on})")
    return Entry(row.where, row.line, commitment)


def _read_span(row: Row, start: str, end: str, *, both: bool) -> tuple[date | None, date | None]:
    """Read two days that make a span; with ``both``, one alone is a fault."""
    first, last = row.day(start), row.day(end)
    if first and last and last < first:
        row.fault(end, f"must not be before {start} ({first})")
    if both and row.text(start) and not row.text(end):
        row.fault(end, f"must not be empty where {start} is given")
    if both and row.text(end) and not row.text(start):
        row.fault(start, f"must not be empty where {end} is given")
    return first, last


def _check_percent(row: Row, column: str, value: float, *, least: float, most: float | None) -> None:
    if value < least or (most is not None and value > most):
        row.fault(column, f"must be from {least:g} to {most:g} percent" if most is not None
                  else f"must be {least:g} percent or more: nothing falls by more than all of it")  # fmt: skip
