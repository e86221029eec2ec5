"""Reports still to come: the latest period corrected, where the records tell when they were reported."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from commonweal.city.measures import Measure
from commonweal.results.calendar_grid import split
from commonweal.results.compiler import Scope, TimeGrid, compile_delay_triangle
from commonweal.results.compiler.delay import REPORT_COLUMNS
from commonweal.results.finding import Refusal
from commonweal.results.periods import Period
from commonweal.results.reporting_delay import DelayCorrection, build_triangle, correct_reporting_delay
from commonweal.studies.answering import AnsweringSource
from commonweal.studies.desk import Desk

LONGEST_MONTHS = 48
"""Months from which delays are learned; older ones were reported in other ways."""

LOOK_DAYS = 366
"""Days after a period in which reports of it are looked for."""


def find_delay_correction(
    desk: Desk, measure: Measure, answering: AnsweringSource, current: Period, *, area: str | None = None
) -> DelayCorrection | None:
    """Correct the count of the latest months for reports that are still to come.

    Parameters
    ----------
    desk : Desk
        City and records.
    measure : Measure
        Counts rows of a kind that tells when it was reported.
    answering : AnsweringSource
        Source that answers.
    current : Period
        Whole months, the last of which is the last complete one that is covered.
    area : str, optional
        Area.

    Returns
    -------
    DelayCorrection or None
        None where another period was asked for, the records do not tell, they are too few, or they were read so long
        after the period that its late reports are in already. Never below what is in.
    """
    counts_rows = measure.value == "count" and measure.denominator is None
    months = split(answering.covers, "month")[-LONGEST_MONTHS:]
    if measure.kind not in REPORT_COLUMNS or not counts_rows or not months:
        return None
    if not current.whole_months or current.end != months[-1].end or current.whole_months >= len(months):
        return None
    grid = TimeGrid("month", Period(months[0].start, months[-1].end))
    scope = Scope(answering.source, desk.city.time_zone, area)
    known = _look_further(desk, measure, answering, scope, current)
    if known.months_after > 1:
        return None
    rows = desk.ask(compile_delay_triangle(measure, scope, grid), answering.snapshot).table
    triangle = build_triangle(
        rows["period"].to_numpy(), rows["delay"].to_numpy(), rows["value"].to_numpy(), periods=len(months)
    )
    found = correct_reporting_delay(triangle, last=current.whole_months)
    if isinstance(found, Refusal):
        return None
    corrected, low, high = (float(max(one, known.count)) for one in (found.corrected, found.low, found.high))
    return replace(found, corrected=corrected, low=low, high=high)


@dataclass(frozen=True, slots=True)
class _Known:
    """What is in by now of a period: its count, and how many months after its end the last report came."""

    count: int
    months_after: int


def _look_further(
    desk: Desk, measure: Measure, answering: AnsweringSource, scope: Scope, current: Period
) -> _Known:
    """Look at reports that were made after the period: the triangle stops with its last month."""
    until = current.end + timedelta(days=LOOK_DAYS)
    grid = TimeGrid("month", current)
    compiled = compile_delay_triangle(measure, scope, grid, seen_until=until)
    rows = desk.ask(compiled, answering.snapshot).table
    if not len(rows):
        return _Known(0, 0)
    last = int((rows["period"] + rows["delay"]).to_numpy().max())
    return _Known(int(rows["value"].sum()), last - (current.whole_months - 1))
