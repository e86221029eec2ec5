"""Areas × measures at once: the figures that are published by area, audited as one release."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from commonweal.city.measures import Measure
from commonweal.results.compiler import Scope, compile_totals
from commonweal.results.finding import Finding, Screen
from commonweal.results.overdispersion import Overdispersion
from commonweal.results.periods import Period
from commonweal.results.screening import screen_findings
from commonweal.studies.answering import find_answering_source, list_candidates
from commonweal.studies.borrowed_scatter import borrow_overdispersion
from commonweal.studies.desk import Desk
from commonweal.studies.history import History, grain_for, read_histories_by_area
from commonweal.studies.latest import ComparedPeriods, find_latest_periods
from commonweal.studies.rating import find_rates
from commonweal.studies.scatter import find_overdispersion
from commonweal.studies.weighing import UNKNOWN, is_straddled, is_sum_of_amounts, quantile_of, weigh_totals


def list_screen_measures(desk: Desk) -> tuple[str, ...]:
    """List the measures that stand for a category and count; shares, times and amounts are no rows of a screen."""
    return tuple(
        measure.id for measure in desk.city.measures.values() if measure.category and _counts(measure)
    )


def _counts(measure: Measure) -> bool:
    return measure.denominator is None and quantile_of(measure) is None and not is_sum_of_amounts(measure)


def find_screen_periods(desk: Desk, measure_ids: Sequence[str]) -> ComparedPeriods | None:
    """Find the latest periods that every measure of a screen can be compared in, by area, from real records."""
    measures = [desk.city.get_measure(name) for name in dict.fromkeys(measure_ids)]
    found = [
        find_latest_periods(desk, measure, by_area=True)
        for measure in measures
        if any(not one.simulated for one in list_candidates(desk, measure, by_area=True))
    ]
    known = [one for one in found if one is not None]
    return min(known, key=lambda one: one.current.end) if known else None


def compare_areas(desk: Desk, measure_ids: Sequence[str], periods: ComparedPeriods) -> Screen:
    """Compare every area in every measure, as an analyst sees it: nothing is hidden.

    Parameters
    ----------
    desk : Desk
        City and records.
    measure_ids : sequence of str
        Measures of the pack; those that cannot be compared in these periods are left out, and so are those that
        only simulated records answer: a generator makes no discoveries.
    periods : ComparedPeriods
        The two periods.
    """
    findings: list[Finding] = []
    for name in measure_ids:
        findings += _compare_one(desk, desk.city.get_measure(name), periods)
    return screen_findings(findings, baseline_period=periods.baseline, current_period=periods.current)


def _compare_one(desk: Desk, measure: Measure, periods: ComparedPeriods) -> list[Finding]:
    asked = (periods.baseline, periods.current)
    answering = find_answering_source(desk, measure, asked, by_area=True)
    if answering is None or answering.refusal is not None or answering.simulated:
        return []
    scope = Scope(answering.source, desk.city.time_zone, by=("area",))
    answer = desk.ask(compile_totals(measure, scope, asked), answering.snapshot)
    if is_straddled(answer.table):
        return []
    histories = read_histories_by_area(desk, measure, answering, like=periods.current)
    yearly = grain_for(answering) == "year"
    borrowed = borrow_overdispersion(desk, measure, answering, periods) if yearly else {}
    findings = []
    for area in desk.city.areas:
        totals = _two_rows(answer.table.filter(pl.col("area") == area))
        comparison = weigh_totals(
            measure, totals, periods, borrowed.get(area) or _scatter(histories.get(area), periods.current)
        )
        rates = find_rates(desk.city, measure, area, periods, comparison)
        findings.append(
            Finding(
                measure=measure.id,
                area=area,
                baseline_period=periods.baseline,
                current_period=periods.current,
                comparison=comparison,
                refusal=None,
                verdict=comparison.verdict,
                baseline_rate=rates.baseline,
                current_rate=rates.current,
                query=answer.query,
                provenance=(answering.snapshot.provenance,),
                simulated=answering.simulated,
            )
        )
    return findings


def _scatter(history: History | None, current: Period) -> Overdispersion:
    return UNKNOWN if history is None else find_overdispersion(history.through(current))


def _two_rows(rows: pl.DataFrame) -> pl.DataFrame:
    """Complete the rows of an area to both periods: where nothing was counted there is no row."""
    both = pl.DataFrame({"period": [0, 1]})
    joined = both.join(
        rows.with_columns(pl.col("period").cast(pl.Int64)).select("period", "value", "n"),
        on="period",
        how="left",
    )
    return joined.with_columns(pl.col("value").fill_null(0), pl.col("n").fill_null(0))
