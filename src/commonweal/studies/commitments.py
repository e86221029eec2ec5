"""Where commitments stand, by rule, from the records."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from commonweal.city.measures import Measure
from commonweal.city.strategy import Commitment
from commonweal.errors import NotFound
from commonweal.results.breaks import find_breaks, find_refusal
from commonweal.results.calendar_grid import split
from commonweal.results.commitments import judge_commitment
from commonweal.results.compiler import Scope, compile_cases, compile_totals
from commonweal.results.finding import CommitmentResult, Finding, Refusal, TrajectoryPoint
from commonweal.results.periods import Period, year_before
from commonweal.results.quantiles import quantile_interval
from commonweal.results.rates import count_interval
from commonweal.results.shares import Share, share_interval
from commonweal.studies.answering import AnsweringSource, find_answering_source, list_candidates
from commonweal.studies.compare import compare_measure
from commonweal.studies.desk import Desk
from commonweal.studies.history import read_history
from commonweal.studies.latest import find_latest_periods
from commonweal.studies.scatter import find_overdispersion
from commonweal.studies.weighing import is_sum_of_amounts, quantile_of

LONGEST_YEARS = 10


def check_commitments(desk: Desk, *, today: date | None = None) -> tuple[CommitmentResult, ...]:
    """Say where every commitment of the pack stands, in its order.

    Parameters
    ----------
    desk : Desk
        City and records.
    today : date, optional
        Day of the judgement, in the city's calendar; the present where none is named.
    """
    return tuple(check_commitment(desk, name, today=today) for name in desk.city.commitments)


def check_commitment(desk: Desk, name: str, *, today: date | None = None) -> CommitmentResult:
    """Say where one commitment stands.

    Parameters
    ----------
    desk : Desk
        City and records.
    name : str
        A commitment of the pack.
    today : date, optional
        As for `check_commitments`.

    Raises
    ------
    NotFound
        No such commitment.
    """
    commitment = desk.city.get_commitment(name)
    day = today or datetime.now(UTC).astimezone(ZoneInfo(desk.city.time_zone)).date()
    if commitment.measure is None:
        return judge_commitment(commitment, (), today=day, refusal=Refusal("no_measure"))
    measure = desk.city.get_measure(commitment.measure)
    candidates = list_candidates(desk, measure)
    if not candidates:
        missing = Refusal("no_records", detail=", ".join(measure.sources))
        return judge_commitment(commitment, (), today=day, refusal=missing)
    latest = find_latest_periods(desk, measure)
    asked = (latest.baseline, latest.current) if latest else ()
    answering = find_answering_source(desk, measure, asked) or candidates[0]
    trajectory = _read_trajectory(desk, measure, answering, latest.current if latest else None)
    finding = _find_latest(desk, measure, commitment)
    covers = answering.covers
    return judge_commitment(
        commitment,
        trajectory,
        today=day,
        finding=finding,
        refusal=None if trajectory else Refusal("history", (), covers.start, covers.end, answering.source.id),
        simulated=answering.simulated,
    )


def _find_latest(desk: Desk, measure: Measure, commitment: Commitment) -> Finding | None:
    """Compare the latest twelve months with those of the baseline where the pack names its day, else those before."""
    try:
        latest = compare_measure(desk, measure.id)
        if commitment.baseline_on is None or commitment.baseline_on >= latest.current_period.start:
            return latest
        baseline = _twelve_months_with(commitment.baseline_on, latest.current_period)
        return compare_measure(desk, measure.id, baseline=baseline, current=latest.current_period)
    except NotFound:
        return None


def _twelve_months_with(day: date, current: Period) -> Period:
    """Return the twelve months, on the same calendar as the current ones, in which an earlier day lies."""
    period = current
    while period.start > day:
        period = year_before(period)
    return period


def _read_trajectory(
    desk: Desk, measure: Measure, answering: AnsweringSource, last: Period | None
) -> tuple[TrajectoryPoint, ...]:
    """Read twelve-month values, one after the other, that lead to the latest comparable months."""
    windows = _list_windows(desk, answering, last)
    if not windows:
        return ()
    scope = Scope(answering.source, desk.city.time_zone)
    quantile = quantile_of(measure)
    if quantile is not None:
        cases = desk.ask(compile_cases(measure, scope, windows), answering.snapshot).table
        points = (
            _quantile_point(window, rows["value"].to_numpy(), quantile)
            for window, rows in zip(
                windows, (cases.filter(cases["period"] == i) for i in range(len(windows))), strict=True
            )
            if len(rows)
        )
        return tuple(points)
    totals = desk.ask(compile_totals(measure, scope, windows), answering.snapshot).table.sort("period")
    if measure.denominator is not None:
        return tuple(
            _share_point(window, Share(int(part), int(whole)))
            for window, part, whole in zip(windows, totals["value"], totals["n"], strict=True)
            if whole
        )
    amounts = is_sum_of_amounts(measure)
    history = read_history(desk, measure, answering, like=windows[-1]).through(windows[-1])
    scatter = find_overdispersion(history, amounts=amounts)
    return tuple(
        TrajectoryPoint(window.start, window.end, float(value), None, None)
        if amounts and not scatter.known
        else _count_point(window, float(value), scatter.phi)
        for window, value, cases in zip(windows, totals["value"], totals["n"], strict=True)
        if cases or not amounts
    )


def _list_windows(desk: Desk, answering: AnsweringSource, latest: Period | None) -> tuple[Period, ...]:
    last = latest or _only_year(desk, answering)
    if last is None:
        return ()
    windows = [last]
    while len(windows) < LONGEST_YEARS:
        earlier = year_before(windows[0])
        refusal = find_refusal(
            answering.source, desk.city.breaks.values(), (earlier, last), loaded=answering.loaded
        )
        if refusal is not None:
            break
        windows.insert(0, earlier)
    return tuple(windows)


def _only_year(desk: Desk, answering: AnsweringSource) -> Period | None:
    """Return the last calendar year that is covered in one way, where there is no second one to compare with."""
    for year in reversed(split(answering.covers, "year")):
        if not find_breaks(desk.city.breaks.values(), answering.source.kind, answering.source.id, year):
            return year
    return None


def _count_point(window: Period, value: float, phi: float) -> TrajectoryPoint:
    ends = count_interval(value, overdispersion=phi)
    return TrajectoryPoint(window.start, window.end, value, ends.low, ends.high)


def _share_point(window: Period, share: Share) -> TrajectoryPoint:
    ends = share_interval(share)
    return TrajectoryPoint(window.start, window.end, 100 * share.part / share.whole, ends.low, ends.high)


def _quantile_point(window: Period, values: object, quantile: float) -> TrajectoryPoint:
    found = quantile_interval(values, quantile)  # type: ignore[arg-type]
    low = None if found.low is None or math.isinf(found.low) else found.low
    high = None if found.high is None or math.isinf(found.high) else found.high
    return TrajectoryPoint(window.start, window.end, found.value, low, high)
