"""Many comparisons at once: what stands when 210 tests are made, and in which order to show them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from commonweal.results.finding import Comparison, Finding, Screen
from commonweal.results.periods import Period

FALSE_DISCOVERY_RATE = 0.05
"""Share of false ones among the discoveries that is accepted on average."""


def adjust_p(p_values: Sequence[float]) -> NDArray[np.float64]:
    """Return p-values adjusted for their number, by Benjamini and Hochberg.

    With p₍₁₎ ≤ … ≤ p₍ₘ₎ the adjusted value of p₍ᵢ₎ is min over j ≥ i of p₍ⱼ₎·m/j. To call those below q discoveries
    keeps the expected share of false ones among them at or below q, for independent tests and for tests that lean
    the same way; counts are discrete, so the real share is lower.

    Parameters
    ----------
    p_values : sequence of float
        One a test.

    References
    ----------
    Benjamini & Hochberg (1995), JRSS B 57, 289–300; Benjamini & Yekutieli (2001), Annals of Statistics 29,
    1165–1188, for dependence.
    """
    values = np.asarray(p_values, dtype=np.float64)
    tests = len(values)
    order = np.argsort(values, kind="stable")
    scaled = values[order] * tests / np.arange(1, tests + 1)
    lowest = np.minimum.accumulate(scaled[::-1])[::-1]
    adjusted = np.empty(tests)
    adjusted[order] = np.minimum(lowest, 1.0)
    return adjusted


def screen_findings(
    findings: Iterable[Finding], *, baseline_period: Period, current_period: Period
) -> Screen:
    """Mark the discoveries among many findings and order them by what can be sure.

    Every finding that has a p-value and is not refused is one test; the others are kept, at the end, without
    an adjusted p-value.

    Parameters
    ----------
    findings : iterable of Finding
        Areas × measures, compared over the same two periods.
    baseline_period, current_period : Period
        The two periods.
    """
    rows = list(findings)
    tested = [i for i, row in enumerate(rows) if _p_of(row) is not None]
    adjusted = adjust_p([p for row in rows if (p := _p_of(row)) is not None])
    for i, p in zip(tested, adjusted, strict=True):
        rows[i] = replace(rows[i], adjusted_p=float(p), discovered=bool(p <= FALSE_DISCOVERY_RATE))
    return Screen(
        baseline_period=baseline_period,
        current_period=current_period,
        rows=order_by_certainty(rows),
        tests=len(tested),
        discoveries=sum(bool(row.discovered) for row in rows),
    )


def order_by_certainty(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Order findings by what we can be sure of: the end of the interval that is nearest to no change.

    A change of −80 % that may be −5 % comes after one of −30 % that is at least −20 %. Falls and rises are
    measured on the same footing (the logarithm of the ratio; halving equals doubling), discoveries come first,
    then clear changes, then those that may be none, by how nearly they are clear; findings that could not be
    compared come last.

    Parameters
    ----------
    findings : iterable of Finding
        In any order; equal ones keep it.
    """
    return tuple(sorted(findings, key=_key))


def certain_change(comparison: Comparison) -> float:
    """Return the change that is certain at the least: 0 where the interval holds no change, else above.

    For counts the absolute logarithm of the ratio at the nearer end of the interval; for shares the points, over
    100; for quantiles the difference over the baseline.

    Parameters
    ----------
    comparison : Comparison
        Any comparison.
    """
    if comparison.low is not None and comparison.low > 0:
        return _size(comparison, comparison.low)
    if comparison.high is not None and comparison.high < 0:
        return _size(comparison, comparison.high)
    return 0.0


def _size(comparison: Comparison, change: float) -> float:
    if comparison.form == "count":
        return abs(math.log(max(1 + change / 100, 1e-12)))
    if comparison.form == "share":
        return abs(change) / 100
    return abs(change) / max(abs(comparison.baseline), 1e-12)


def _p_of(finding: Finding) -> float | None:
    if finding.comparison is None or finding.refusal is not None:
        return None
    return finding.comparison.p


def _key(finding: Finding) -> tuple[int, int, float, float]:
    p = _p_of(finding)
    if finding.comparison is None or p is None:
        return (1, 1, 0.0, 1.0)
    return (0, 0 if finding.discovered else 1, -certain_change(finding.comparison), p)
