"""Published figures, recomputed from the records where they allow it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from commonweal.city.measures import Measure
from commonweal.city.strategy import Figure
from commonweal.errors import NotFound
from commonweal.results.claims import (
    Recomputed,
    grows_later,
    judge_claim,
    recompute_change,
    recompute_share,
    recompute_total,
    refuse_claim,
)
from commonweal.results.compiler import Scope, compile_cases, compile_totals
from commonweal.results.finding import ClaimResult, Finding, Refusal
from commonweal.results.periods import Period, months_from, year_before
from commonweal.results.quantiles import quantile_interval
from commonweal.results.shares import Share
from commonweal.studies.answering import AnsweringSource, find_answering_source
from commonweal.studies.compare import compare_measure
from commonweal.studies.desk import Desk
from commonweal.studies.weighing import is_straddled, quantile_of


def check_claims(desk: Desk) -> tuple[ClaimResult, ...]:
    """Recompute every published figure of the pack, in its order."""
    return tuple(check_claim(desk, name) for name in desk.city.figures)


def check_claim(desk: Desk, figure_id: str) -> ClaimResult:
    """Recompute one published figure.

    Parameters
    ----------
    desk : Desk
        City and records.
    figure_id : str
        A figure of the pack.

    Raises
    ------
    NotFound
        No such figure.
    """
    figure = desk.city.get_figure(figure_id)
    refusal = refuse_claim(figure)
    if (
        refusal is not None
        or figure.measure is None
        or figure.period_start is None
        or figure.period_end is None
    ):
        return judge_claim(figure, refusal or Refusal("no_measure"))
    measure = desk.city.get_measure(figure.measure)
    span = Period(figure.period_start, figure.period_end)
    asked = [span]
    if figure.form == "change" and figure.baseline_start and figure.baseline_end:
        asked.insert(0, Period(figure.baseline_start, figure.baseline_end))
    answering = find_answering_source(desk, measure, asked)
    if answering is None or answering.simulated:
        return _without_records(figure, measure, answering)
    if answering.refusal is not None:
        return judge_claim(figure, answering.refusal, instead=_find_instead(desk, measure, figure, span))
    recomputed = _recompute(desk, measure, figure, asked, answering)
    return judge_claim(figure, recomputed, still_growing=grows_later(measure))


def _without_records(figure: Figure, measure: Measure, answering: AnsweringSource | None) -> ClaimResult:
    """Refuse for lack of real records; a simulation made from a published figure can say nothing about it."""
    real = [name for name in measure.sources if answering is None or name != answering.source.id]
    return judge_claim(figure, Refusal("no_records", detail=", ".join(real)), simulated=answering is not None)


def _recompute(
    desk: Desk, measure: Measure, figure: Figure, asked: list[Period], answering: AnsweringSource
) -> Recomputed | Refusal:
    if figure.form == "change":
        finding = compare_measure(desk, measure.id, baseline=asked[0], current=asked[1])
        return recompute_change(finding, unit=figure.unit)
    scope = Scope(answering.source, desk.city.time_zone)
    quantile = quantile_of(measure)
    if quantile is not None:
        cases = desk.ask(compile_cases(measure, scope, asked), answering.snapshot).table
        return _recompute_quantile(cases["value"].drop_nulls().to_numpy(), quantile)
    totals = desk.ask(compile_totals(measure, scope, asked), answering.snapshot).table
    if is_straddled(totals):
        return Refusal("too_fine", detail=answering.source.id)
    value, n = totals["value"][0], totals["n"][0]
    if figure.form == "share":
        return recompute_share(Share(int(value), int(n)))
    return recompute_total(float(value)) if n else Refusal("no_records")


def _recompute_quantile(values: NDArray[np.float64], quantile: float) -> Recomputed | Refusal:
    """Take a quantile with its interval: unlike a total of complete records, it is uncertain."""
    if not len(values):
        return Refusal("no_records")
    found = quantile_interval(values, quantile)
    return Recomputed("share", found.value, found.low, found.high)


def _find_instead(desk: Desk, measure: Measure, figure: Figure, span: Period) -> Finding | None:
    """Find the nearest comparison that can be made of a change that cannot be checked.

    The first twelve calendar months of the span, against the twelve before; else the latest twelve months that
    can be compared.
    """
    if figure.form != "change":
        return None
    first_year = months_from(span.start.year, span.start.month, 12)
    nearest = compare_measure(desk, measure.id, current=first_year, baseline=year_before(first_year))
    if nearest.refusal is None:
        return nearest
    try:
        latest = compare_measure(desk, measure.id)
    except NotFound:
        return None
    return latest if latest.refusal is None else None
