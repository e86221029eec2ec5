"""Weighing two totals: the comparison that fits what a measure is."""

from __future__ import annotations

import polars as pl

from commonweal.city.measures import Measure
from commonweal.records import get_record_type
from commonweal.results.comparison import compare_counts
from commonweal.results.compiler import parse_value
from commonweal.results.finding import Comparison
from commonweal.results.overdispersion import Overdispersion
from commonweal.results.quantiles import compare_quantiles
from commonweal.results.shares import Share, compare_shares
from commonweal.results.verdict import Verdict
from commonweal.studies.latest import ComparedPeriods

UNKNOWN = Overdispersion(1.0, known=False, periods=0, method="none")


def weigh_totals(
    measure: Measure, totals: pl.DataFrame, periods: ComparedPeriods, overdispersion: Overdispersion
) -> Comparison:
    """Compare the totals of two periods.

    Parameters
    ----------
    measure : Measure
        What was counted.
    totals : DataFrame, 2 rows
        Result of `compile_totals`: baseline first, then current.
    periods : ComparedPeriods
        The two periods.
    overdispersion : Overdispersion
        From the history before and through the current period.
    """
    days = {"baseline_days": periods.baseline.days, "current_days": periods.current.days}
    ordered = totals.sort("period")
    values, cases = ordered["value"].to_list(), ordered["n"].to_list()
    phi = overdispersion.for_comparison
    if measure.denominator is not None:
        shares = [Share(int(part), int(whole)) for part, whole in zip(values, cases, strict=True)]
        return compare_shares(shares[0], shares[1], **days)
    if is_sum_of_amounts(measure) and phi is None:
        return _only_totals(float(values[0]), float(values[1]), **days)
    return compare_counts(round(values[0]), round(values[1]), overdispersion=phi, **days)


def quantile_of(measure: Measure) -> float | None:
    """Return the quantile that a measure takes of single values, from 0 to 1; none where it counts or adds."""
    form = parse_value(measure.value, get_record_type(measure.kind))
    return form.quantile if form.form == "quantile" else None


def weigh_cases(quantile: float, cases: pl.DataFrame, periods: ComparedPeriods) -> Comparison:
    """Compare a quantile of the values of two periods.

    Parameters
    ----------
    quantile : float
        From 0 to 1.
    cases : DataFrame
        Result of `compile_cases`.
    periods : ComparedPeriods
        The two periods.
    """
    baseline, current = (cases.filter(pl.col("period") == at)["value"].to_numpy() for at in (0, 1))
    return compare_quantiles(
        baseline,
        current,
        quantile,
        baseline_days=periods.baseline.days,
        current_days=periods.current.days,
    )


def is_straddled(totals: pl.DataFrame) -> bool:
    """Say whether published counts lie only partly in a period: the records are coarser than their source says."""
    return bool(totals["straddling"].sum())


def lacks_amounts(measure: Measure, totals: pl.DataFrame) -> bool:
    """Say whether amounts are added up of which a period has no record.

    No record of an amount is no record, not an amount of 0: whoever began to write visits down in 2024 did not have
    none in 2023.
    """
    return is_sum_of_amounts(measure) and bool((totals["n"] == 0).any())


def is_sum_of_amounts(measure: Measure) -> bool:
    """Say whether a measure adds up amounts (visits, dollars) that are not single events.

    Chance does not scatter such sums as it scatters counts, so without a history nothing can be said of their
    uncertainty.
    """
    return measure.value.startswith("sum:") and measure.kind != "counts"


def _only_totals(baseline: float, current: float, *, baseline_days: int, current_days: int) -> Comparison:
    ratio = current_days / baseline_days
    return Comparison(
        form="count",
        baseline=baseline,
        current=current,
        baseline_n=round(baseline),
        current_n=round(current),
        baseline_days=baseline_days,
        current_days=current_days,
        difference=current - baseline,
        change=100 * (current / ratio / baseline - 1) if baseline else None,
        low=None,
        high=None,
        p=None,
        overdispersion=1.0,
        overdispersion_known=False,
        detectable_drop=None,
        verdict=Verdict.TOO_FEW,
    )
