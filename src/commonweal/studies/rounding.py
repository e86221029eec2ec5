"""Rounding what is published by area."""

from __future__ import annotations

from dataclasses import replace

from commonweal.results.finding import Finding, Rate


def round_finding(finding: Finding) -> Finding:
    """Round what was estimated from an area's history: fifteen digits of it would tell about its hidden months."""
    if finding.comparison is None:
        return finding
    comparison = replace(
        finding.comparison,
        low=_one_decimal(finding.comparison.low),
        high=_one_decimal(finding.comparison.high),
        p=_three_digits(finding.comparison.p),
        overdispersion=round(finding.comparison.overdispersion, 1),
        detectable_drop=_one_decimal(finding.comparison.detectable_drop),
    )
    return replace(
        finding,
        comparison=comparison,
        adjusted_p=_three_digits(finding.adjusted_p),
        baseline_rate=_round_rate(finding.baseline_rate),
        current_rate=_round_rate(finding.current_rate),
    )


def _round_rate(rate: Rate | None) -> Rate | None:
    return None if rate is None else replace(rate, low=round(rate.low, 1), high=round(rate.high, 1))


def _one_decimal(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


def _three_digits(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.3g}")
