"""Published figures, judged."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from commonweal.city.measures import Measure
from commonweal.city.strategy import Figure
from commonweal.results.claimed_set import claimed_set, rounding_of
from commonweal.results.claims import (
    VERDICTS,
    Recomputed,
    grows_later,
    judge_claim,
    recompute_change,
    recompute_share,
    recompute_total,
    refuse_claim,
)
from commonweal.results.comparison import compare_counts
from commonweal.results.finding import Finding, Refusal
from commonweal.results.periods import Period
from commonweal.results.shares import Share
from commonweal.results.verdict import ClaimVerdict

BEFORE = Period(date(2021, 12, 1), date(2022, 11, 30))
AFTER = Period(date(2022, 12, 1), date(2023, 11, 30))


def figure(value: float, relation: Any = "equals", form: Any = "change") -> Figure:
    """Return a figure about homicides."""
    return Figure(
        id="a-figure",
        program=None,
        what="",
        value=value,
        unit="percent",
        relation=relation,
        period_start=AFTER.start,
        period_end=AFTER.end,
        measure="homicides",
        form=form,
        baseline_start=BEFORE.start,
        baseline_end=BEFORE.end,
        statement="",
        said_by="",
        said_on="",
        source="",
        url="",
    )


def change(baseline: int, current: int) -> Recomputed:
    """Return the recomputed change of two counts of a year each."""
    comparison = compare_counts(baseline, current, baseline_days=365, current_days=365)
    found = recompute_change(Finding("homicides", None, BEFORE, AFTER, comparison, None, comparison.verdict))
    assert isinstance(found, Recomputed)
    return found


def verdict_of(claimed: Figure, found: Recomputed | Refusal, **options: bool) -> tuple[ClaimVerdict, str]:
    """Return verdict and rule."""
    result = judge_claim(claimed, found, **options)
    return result.verdict, result.rule


@pytest.mark.parametrize(
    ("value", "relation", "baseline", "current", "rule"),
    [
        # 392 → 282 is −28.1 percent, −38.3 to −16.2
        (-28.1, "equals", 392, 282, "same_figure"),
        (-28, "equals", 392, 282, "same_figure"),
        (-28.2, "equals", 392, 282, "interval_overlaps"),
        (-15.5, "equals", 392, 282, "interval_excludes"),
        (-50, "more_than", 392, 282, "interval_excludes"),
        (-15, "more_than", 392, 282, "whole_interval"),
        (-25, "more_than", 392, 282, "interval_overlaps"),
        (-30, "about", 392, 282, "same_figure"),
        (28.1, "equals", 392, 282, "interval_excludes"),
        # 401 → 337 is −16.0 percent, −27.3 to −2.9
        (-28.1, "equals", 401, 337, "interval_excludes"),
        (-20, "equals", 401, 337, "interval_overlaps"),
        (-16, "equals", 401, 337, "same_figure"),
        # 327 → 280 is −14.4 percent, −27.0 to +0.4
        (-14.4, "equals", 327, 280, "no_change_fits_too"),
        (-20, "equals", 327, 280, "interval_overlaps"),
        (-10, "at_least", 327, 280, "interval_overlaps"),
        (5, "at_least", 327, 280, "interval_excludes"),
        # 84 → 65 of a summer in the parks is −22.6 percent, −43.9 to +6.8; 7 → 1 is −85.7 percent
        (-22.6, "equals", 84, 65, "no_change_fits_too"),
        (-85.7, "equals", 7, 1, "no_change_fits_too"),
        # 100 → 171 is +71 percent
        (71, "equals", 100, 171, "same_figure"),
        (70, "about", 100, 171, "same_figure"),
        (50, "more_than", 1000, 1900, "whole_interval"),
        # a claim of no change is not refuted by the possibility of none
        (0, "equals", 400, 400, "same_figure"),
        (0, "equals", 400, 300, "interval_excludes"),
        # a fall to nothing
        (-100, "equals", 40, 0, "same_figure"),
    ],
)
def test_changes(value: float, relation: str, baseline: int, current: int, rule: str) -> None:
    """A claimed change ends in the rule that its table gives, and in the verdict of that rule."""
    assert verdict_of(figure(value, relation), change(baseline, current)) == (VERDICTS[rule], rule)


@pytest.mark.parametrize(
    ("value", "relation", "total", "rule"),
    [
        (234, "equals", 234, "same_total"),
        (234, "equals", 236, "within_revision"),
        (234, "equals", 251, "other_total"),
        (316_800, "equals", 316_843, "same_total"),
        (316_800, "equals", 316_900, "within_revision"),
        (760, "equals", 763, "same_total"),
        (100, "equals", 105, "other_total"),
        (350, "more_than", 351, "same_total"),
        (350, "more_than", 350, "within_revision"),
        (350, "more_than", 300, "other_total"),
        (350, "at_least", 350, "same_total"),
        (14_000, "more_than", 20_000, "same_total"),
        (600, "about", 541, "same_total"),
        (600, "about", 530, "within_revision"),
        (600, "about", 500, "other_total"),
        (500_000, "about", 503_112, "same_total"),
        (66_000_000, "more_than", 66_000_001, "same_total"),
    ],
)
def test_totals(value: float, relation: str, total: float, rule: str) -> None:
    """A total over complete records is compared exactly, with the rounding and the relation of the claim."""
    claimed = figure(value, relation, "total")
    result = judge_claim(claimed, recompute_total(total))
    assert (result.verdict, result.rule) == (VERDICTS[rule], rule)
    assert (result.recomputed_value, result.low, result.high) == (total, None, None)


@pytest.mark.parametrize(
    ("value", "relation", "growing", "rule"),
    [
        (55, "equals", True, "recorded_later"),
        (55, "equals", False, "interval_excludes"),
        (63, "equals", True, "same_figure"),
        (60, "equals", True, "interval_overlaps"),
        (75, "equals", True, "interval_excludes"),
        (55, "more_than", True, "whole_interval"),
        (60, "at_least", False, "interval_overlaps"),
        (70, "at_least", True, "interval_excludes"),
        (60, "about", True, "same_figure"),
    ],
)
def test_homicide_clearance(value: float, relation: str, growing: bool, rule: str) -> None:
    """223 of 356 homicides of 2020 are cleared by now: 62.6 percent, 57.5 to 67.5.

    A lower share said earlier is not refuted by it, since clearances come in for years; a higher one is.
    """
    found = recompute_share(Share(223, 356))
    claimed = figure(value, relation, "share")
    assert verdict_of(claimed, found, still_growing=growing) == (VERDICTS[rule], rule)


def test_simulated_records_never_support_or_contradict() -> None:
    """A figure that simulated records would support, or contradict, cannot be checked with them."""
    for found in (recompute_total(234), recompute_total(9), change(392, 282)):
        result = judge_claim(figure(234, form="total"), found, simulated=True)
        assert (result.verdict, result.rule, result.refusal) == (ClaimVerdict.UNCHECKABLE, "simulated", None)
        assert result.simulated


def test_a_refusal_is_passed_on_with_what_can_be_said() -> None:
    """A figure across a series break cannot be checked; the reason and the nearest comparison are kept."""
    found = change(401, 337)
    result = judge_claim(figure(-28.1), Refusal("break"), instead=found.finding)
    assert (result.verdict, result.rule) == (ClaimVerdict.UNCHECKABLE, "refused")
    assert result.refusal == Refusal("break")
    assert result.instead is found.finding
    assert result.recomputed_value is None


def test_changes_without_an_interval() -> None:
    """Where scatter is not known the same figure is uncertain, another one cannot be checked for lack of history."""
    bare = Recomputed("change", 28.3, None, None)
    assert verdict_of(figure(28.3), bare) == (ClaimVerdict.UNCERTAIN, "unknown_interval")
    result = judge_claim(figure(10), bare)
    assert (result.verdict, result.rule) == (ClaimVerdict.UNCHECKABLE, "no_interval")
    assert result.refusal is not None
    assert result.refusal.reason == "history"


def test_open_intervals() -> None:
    """An open upper end can reach beyond any figure, but lies in a set that is open itself."""
    rise = Recomputed("change", 900.0, 120.0, None)
    assert verdict_of(figure(100, "more_than"), rise)[1] == "whole_interval"
    assert verdict_of(figure(2000, "equals"), rise)[1] == "interval_overlaps"
    assert verdict_of(figure(50, "equals"), rise)[1] == "interval_excludes"


def test_change_from_zero_cannot_be_recomputed() -> None:
    """From a baseline of zero there is no percentage to hold a figure against."""
    comparison = compare_counts(0, 12, baseline_days=365, current_days=365)
    found = recompute_change(Finding("homicides", None, BEFORE, AFTER, comparison, None, comparison.verdict))
    assert isinstance(found, Refusal)


def test_figures_that_nothing_could_recompute() -> None:
    """Without a measure, a span, or the baseline span of a change, a figure is refused before anything is read."""
    whole = figure(-28.1)
    assert refuse_claim(whole) is None
    for field, reason in (
        ("measure", "no_measure"),
        ("period_start", "no_span"),
        ("baseline_end", "no_span"),
    ):
        refusal = refuse_claim(replace(whole, **{field: None}))
        assert refusal is not None
        assert refusal.reason == reason
    assert refuse_claim(replace(whole, form="total", baseline_start=None)) is None
    assert isinstance(recompute_share(Share(0, 0)), Refusal)


@pytest.mark.parametrize(
    ("value", "reach"),
    [(-28.1, 0.05), (55, 0.5), (12.34, 0.005), (760, 3.8), (316_800, 50), (100, 0.5), (0, 0.5)],
)
def test_rounding(value: float, reach: float) -> None:
    """A figure stands for what rounds to it, in its last written place or its zeros, but not by half a percent."""
    assert rounding_of(value) == pytest.approx(reach)
    assert claimed_set(figure(value)).high == pytest.approx(value + reach)


def test_clearances_grow_later() -> None:
    """Measures that count clearances grow after their period; others do not."""
    cleared = Measure("c", "", "counts", (), where={"quantity": ("clearances",)})
    assert grows_later(cleared)
    assert grows_later(Measure("c", "", "crimes", (), where={"clearance": ("arrest",)}))
    assert not grows_later(Measure("h", "", "counts", (), where={"quantity": ("incidents",)}))
