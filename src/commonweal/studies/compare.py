"""Comparing two periods: the study behind ``commonweal compare`` and the page of a measure."""

from __future__ import annotations

from commonweal.city.measures import Measure
from commonweal.errors import InvalidRequest, NotFound, Problem
from commonweal.results.compiler import Scope, compile_cases, compile_totals
from commonweal.results.finding import Finding, Refusal
from commonweal.results.periods import Period
from commonweal.results.verdict import Verdict
from commonweal.studies.alternatives import find_alternatives
from commonweal.studies.answering import AnsweringSource, find_answering_source
from commonweal.studies.borrowed_scatter import borrow_overdispersion
from commonweal.studies.delay import find_delay_correction
from commonweal.studies.desk import Desk
from commonweal.studies.history import read_history
from commonweal.studies.latest import ComparedPeriods, find_baseline, find_latest_periods
from commonweal.studies.rating import find_rates
from commonweal.studies.scatter import find_overdispersion
from commonweal.studies.weekday_mix import find_weekday_mix
from commonweal.studies.weighing import (
    is_straddled,
    is_sum_of_amounts,
    lacks_amounts,
    quantile_of,
    weigh_cases,
    weigh_totals,
)


def compare_measure(
    desk: Desk,
    measure_id: str,
    *,
    area: str | None = None,
    current: Period | None = None,
    baseline: Period | None = None,
    even_if_broken: bool = False,
) -> Finding:
    """Compare a measure between two periods.

    Parameters
    ----------
    desk : Desk
        City and records.
    measure_id : str
        A measure of the pack.
    area : str, optional
        An area; the whole city where none is named. For analysts: what is published by area is a release.
    current, baseline : Period, optional
        Both, or none for the latest twelve comparable months against the twelve before. With a current period
        alone, the baseline is the same part of the year before; for 28 days, the same weekdays 364 days earlier.
    even_if_broken : bool
        Give the numbers although a break in the series lies between them; the finding then carries both. Numbers of
        days that the records do not cover are not given at all: they are not known.

    Returns
    -------
    Finding
        With a refusal where the comparison cannot be made.

    Raises
    ------
    NotFound
        No such measure or area; or no records are loaded and no period was named.
    InvalidRequest
        The baseline does not end before the current period starts.
    """
    measure = desk.city.get_measure(measure_id)
    if area is not None:
        desk.city.get_area(area)
    periods = choose_periods(desk, measure, baseline, current, by_area=area is not None)
    asked = (periods.baseline, periods.current)
    answering = find_answering_source(desk, measure, asked, by_area=area is not None)
    if answering is None:
        return _refused(measure, area, periods, Refusal("no_records", detail=", ".join(measure.sources)))
    refusal = answering.refusal
    if refusal is not None and (refusal.reason != "break" or not even_if_broken):
        return _refused(measure, area, periods, refusal, answering)
    return _find(desk, measure, area, periods, answering)


def choose_periods(
    desk: Desk, measure: Measure, baseline: Period | None, current: Period | None, *, by_area: bool = False
) -> ComparedPeriods:
    """Complete what was asked to two periods.

    Raises
    ------
    NotFound
        Nothing was asked and no records are loaded that cover two periods.
    InvalidRequest
        The baseline does not end before the current period starts: what both share would be compared with itself.
    """
    if current is not None:
        return _in_order(ComparedPeriods(baseline or find_baseline(current), current))
    latest = find_latest_periods(desk, measure, by_area=by_area)
    if latest is None:
        raise NotFound(
            f"No loaded records of {measure.title.lower()} cover two periods that can be compared. "
            f"It is answered by: {', '.join(measure.sources)}. Load one of them, or name both periods to see why."
        )
    if baseline is not None:
        return _in_order(ComparedPeriods(baseline, latest.current))
    return latest


def _in_order(periods: ComparedPeriods) -> ComparedPeriods:
    if periods.baseline.end >= periods.current.start:
        message = f"must end before the current period ({periods.current}) starts"
        raise InvalidRequest(
            "These two periods cannot be held against each other.",
            [Problem("request", message, field="--from", value=str(periods.baseline))],
        )
    return periods


def _refused(
    measure: Measure,
    area: str | None,
    periods: ComparedPeriods,
    refusal: Refusal,
    answering: AnsweringSource | None = None,
) -> Finding:
    verdict = Verdict.NO_RECORDS if refusal.reason == "no_records" else Verdict.REFUSED
    return Finding(
        measure=measure.id,
        area=area,
        baseline_period=periods.baseline,
        current_period=periods.current,
        comparison=None,
        refusal=refusal,
        verdict=verdict,
        provenance=(answering.snapshot.provenance,) if answering else (),
        simulated=answering.simulated if answering else False,
    )


def _find(
    desk: Desk, measure: Measure, area: str | None, periods: ComparedPeriods, answering: AnsweringSource
) -> Finding:
    scope = Scope(answering.source, desk.city.time_zone, area)
    asked = (periods.baseline, periods.current)
    refusal = answering.refusal
    like = periods.baseline if refusal else periods.current
    history = read_history(desk, measure, answering, area=area, like=like)
    quantile = quantile_of(measure)
    if quantile is not None:
        answer = desk.ask(compile_cases(measure, scope, asked), answering.snapshot)
        comparison = weigh_cases(quantile, answer.table, periods)
    else:
        answer = desk.ask(compile_totals(measure, scope, asked), answering.snapshot)
        if is_straddled(answer.table):
            return _refused(
                measure, area, periods, Refusal("too_fine", detail=answering.source.id), answering
            )
        if lacks_amounts(measure, answer.table):
            return _refused(measure, area, periods, Refusal("no_records"), answering)
        scatter = find_overdispersion(history.through(periods.current), amounts=is_sum_of_amounts(measure))
        if area is not None and history.grain == "year":
            scatter = borrow_overdispersion(desk, measure, answering, periods)[area]
        comparison = weigh_totals(measure, answer.table, periods, scatter)
    rates = find_rates(desk.city, measure, area, periods, comparison)
    late = None if refusal else find_delay_correction(desk, measure, answering, periods.current, area=area)
    mix = find_weekday_mix(desk, measure, answering, periods, comparison, area=area)
    return Finding(
        measure=measure.id,
        area=area,
        baseline_period=periods.baseline,
        current_period=periods.current,
        comparison=comparison,
        refusal=refusal,
        verdict=comparison.verdict if refusal is None else Verdict.REFUSED,
        baseline_rate=rates.baseline,
        current_rate=rates.current,
        alternatives=()
        if refusal
        else find_alternatives(desk, measure, answering, history, periods, comparison, area=area),
        weekday_note=mix is not None and not mix.same,
        weekday_effect=mix.expected_effect_pct if mix and not refusal else None,
        delay_corrected=late.corrected if late else None,
        delay_low=late.low if late else None,
        delay_high=late.high if late else None,
        query=answer.query,
        provenance=(answering.snapshot.provenance,),
        simulated=answering.simulated,
    )
