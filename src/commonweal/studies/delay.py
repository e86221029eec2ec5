"""Reports still to come: the latest period corrected, where the records tell when they were reported."""

from __future__ import annotations

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
        None where another period was asked for, the records do not tell, or they are too few.
    """
    counts_rows = measure.value == "count" and measure.denominator is None
    months = split(answering.covers, "month")[-LONGEST_MONTHS:]
    if measure.kind not in REPORT_COLUMNS or not counts_rows or not months:
        return None
    if not current.whole_months or current.end != months[-1].end or current.whole_months >= len(months):
        return None
    grid = TimeGrid("month", Period(months[0].start, months[-1].end))
    scope = Scope(answering.source, desk.city.time_zone, area)
    rows = desk.ask(compile_delay_triangle(measure, scope, grid), answering.snapshot).table
    triangle = build_triangle(
        rows["period"].to_numpy(), rows["delay"].to_numpy(), rows["value"].to_numpy(), periods=len(months)
    )
    corrected = correct_reporting_delay(triangle, last=current.whole_months)
    return None if isinstance(corrected, Refusal) else corrected
