"""Claims: a published figure held against what the records give.

A figure stands for a set of values: *equals* for those that round to it, *about* for those within 10 %, *at least*
and *more than* for those from it on (for a fall: downwards). What the records give is a value r with, for changes and
shares, a 95 % interval I; a total over complete records has none. The first line that fits decides.

================  ========================================================  =========================
verdict           when                                                      rule
================  ========================================================  =========================
cannot be         the recomputation is refused                              ``refused``
checked           the records are simulated                                 ``simulated``
                  the change has no interval and r is another figure        ``no_interval``
**a total**
supported         r is in the set                                           ``same_total``
uncertain         r is within 2 % of it: records are revised                ``within_revision``
contradicted      elsewhere                                                 ``other_total``
**a share that still grows** (clearances are recorded for years)
uncertain         the set lies below I: fewer were recorded when it was     ``recorded_later``
                  said
**a change or a share**
uncertain         r is in the set and I is not known                        ``unknown_interval``
supported         (more than, at least) all of I is in the set              ``whole_interval``
supported         (equals, about) r is in the set, and I leaves out no      ``same_figure``
                  change
uncertain         (equals, about) r is in the set, I holds no change        ``no_change_fits_too``
uncertain         I and the set overlap                                     ``interval_overlaps``
contradicted      elsewhere                                                 ``interval_excludes``
================  ========================================================  =========================

Simulated records never support or contradict anything: they are made from published figures.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from commonweal.city.measures import Measure
from commonweal.city.strategy import Figure
from commonweal.results.claimed_set import ClaimedSet, claimed_set
from commonweal.results.finding import ClaimResult, Finding, Refusal
from commonweal.results.periods import Period, year_before
from commonweal.results.shares import Share, share_interval
from commonweal.results.verdict import ClaimVerdict

REVISION = 0.02
"""How far late reports and corrections may move a total without contradicting it."""

GROWING = "clearances"
PERCENT = "percent"


@dataclass(frozen=True, slots=True)
class Recomputed:
    """What the records give for a figure, in its unit.

    Attributes
    ----------
    kind : {'total', 'change', 'share'}
        What it is.
    value : float
        Total, change or share.
    low, high : float or None
        95 % interval; an open end is none. A total has none.
    finding : Finding or None
        Comparison behind a change.
    """

    kind: Literal["total", "change", "share"]
    value: float
    low: float | None
    high: float | None
    finding: Finding | None = None


def judge_claim(
    figure: Figure,
    recomputed: Recomputed | Refusal,
    *,
    instead: Finding | None = None,
    simulated: bool = False,
    still_growing: bool = False,
) -> ClaimResult:
    """Give a published figure its verdict, by the table at the top of this module.

    Parameters
    ----------
    figure : Figure
        The figure.
    recomputed : Recomputed or Refusal
        From `recompute_change`, `recompute_total` or `recompute_share`; or why it cannot be recomputed.
    instead : Finding or None
        The nearest comparison that can be made, where the figure itself cannot be checked.
    simulated : bool
        Whether any record behind it is simulated.
    still_growing : bool
        Whether the records were completed after the figure was said (`grows_later`).
    """
    if isinstance(recomputed, Refusal):
        return ClaimResult(
            figure.id,
            ClaimVerdict.UNCHECKABLE,
            recomputed,
            recomputed=None,
            recomputed_value=None,
            low=None,
            high=None,
            instead=instead,
            simulated=simulated,
            rule="refused",
        )
    verdict, rule = ClaimVerdict.UNCHECKABLE, "simulated"
    refusal = None
    if not simulated:
        rule = _rule(claimed_set(figure), recomputed, figure, still_growing=still_growing)
        verdict = VERDICTS[rule]
        refusal = Refusal("history", detail=figure.measure or "") if rule == "no_interval" else None
    return ClaimResult(
        figure.id,
        verdict,
        refusal,
        recomputed=recomputed.finding,
        recomputed_value=recomputed.value,
        low=recomputed.low,
        high=recomputed.high,
        instead=instead,
        simulated=simulated,
        rule=rule,
    )


VERDICTS = {
    "no_interval": ClaimVerdict.UNCHECKABLE,
    "same_total": ClaimVerdict.SUPPORTED,
    "within_revision": ClaimVerdict.UNCERTAIN,
    "other_total": ClaimVerdict.CONTRADICTED,
    "recorded_later": ClaimVerdict.UNCERTAIN,
    "unknown_interval": ClaimVerdict.UNCERTAIN,
    "whole_interval": ClaimVerdict.SUPPORTED,
    "same_figure": ClaimVerdict.SUPPORTED,
    "no_change_fits_too": ClaimVerdict.UNCERTAIN,
    "interval_overlaps": ClaimVerdict.UNCERTAIN,
    "interval_excludes": ClaimVerdict.CONTRADICTED,
}
"""Verdict of each rule."""


def refuse_claim(figure: Figure) -> Refusal | None:
    """Return why a figure cannot be recomputed whatever is loaded: no measure, or no span; else none.

    Parameters
    ----------
    figure : Figure
        The figure.
    """
    if figure.measure is None:
        return Refusal("no_measure")
    if figure.period_start is None or figure.period_end is None:
        return Refusal("no_span", detail=figure.measure)
    if figure.form == "change" and (figure.baseline_start is None or figure.baseline_end is None):
        return Refusal("no_span", detail=figure.measure)
    return None


def grows_later(measure: Measure) -> bool:
    """Whether a measure counts what is recorded long after the period it belongs to, as clearances are."""
    return GROWING in measure.where.get("quantity", ()) or "clearance" in measure.where


def recompute_change(finding: Finding, *, unit: str = "percent") -> Recomputed | Refusal:
    """Take the change of a comparison in the unit of a figure, or the reason why there is none.

    A figure in percent is about the change of the number as it was counted: of two periods that are the same part of
    two years, the one with 29 February is not made a day shorter, as the comparison does. Of a share or a time,
    which are compared in points and seconds, a figure in percent is about the part of the baseline; the baseline is
    taken as known there.

    Parameters
    ----------
    finding : Finding
        The comparison.
    unit : str
        Unit of the figure.
    """
    comparison = finding.comparison
    if finding.refusal is not None or comparison is None or comparison.change is None:
        return finding.refusal or Refusal("no_records" if comparison is None else "history")
    scale, ratio = 1.0, 1.0
    if comparison.form == "count":
        ratio = _leap_day(finding.baseline_period, finding.current_period)
    elif unit == PERCENT:
        if comparison.baseline <= 0:
            return Refusal("history")
        scale = 100 / comparison.baseline

    def told(change: float | None) -> float | None:
        return None if change is None else scale * (change * ratio + 100 * (ratio - 1))

    value = told(comparison.change) or 0.0
    return Recomputed("change", value, told(comparison.low), told(comparison.high), finding)


def _leap_day(baseline: Period, current: Period) -> float:
    """Return the ratio of the lengths of two periods that are the same part of two years; else 1."""
    same = baseline.whole_months == current.whole_months > 0 or year_before(current) == baseline
    return current.days / baseline.days if same else 1.0


def recompute_total(value: float) -> Recomputed:
    """Take a total over complete records: it has no sampling error."""
    return Recomputed("total", value, None, None)


def recompute_share(share: Share) -> Recomputed | Refusal:
    """Take a share with Wilson's interval, or a refusal where there are no cases."""
    if share.whole == 0:
        return Refusal("no_records")
    ends = share_interval(share)
    return Recomputed("share", 100 * share.part / share.whole, ends.low, ends.high)


def _rule(claimed: ClaimedSet, found: Recomputed, figure: Figure, *, still_growing: bool) -> str:
    same = claimed.holds(found.value)
    if found.kind == "total":
        if same:
            return "same_total"
        near = claimed.distance(found.value) <= REVISION * abs(found.value)
        return "within_revision" if near else "other_total"
    if found.low is None and found.high is None:
        return "unknown_interval" if same else "no_interval"
    low = -math.inf if found.low is None else found.low
    high = math.inf if found.high is None else found.high
    if still_growing and found.kind == "share" and claimed.high < low:
        return "recorded_later"
    if figure.relation in ("more_than", "at_least"):
        if claimed.holds(low) and claimed.holds(high):
            return "whole_interval"
    elif same:
        no_change = found.kind == "change" and low <= 0 <= high and not claimed.holds(0.0)
        return "no_change_fits_too" if no_change else "same_figure"
    overlap = low <= claimed.high and claimed.low <= high
    return "interval_overlaps" if overlap else "interval_excludes"
