"""A finding in the shape that ``compare --json`` promises."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    from commonweal.results.finding import Alternative, Finding

CHANGE_UNITS: Final = {"count": "percent", "share": "points", "quantile": "unit"}
"""Unit of a change, by form of comparison; ``unit`` is that of the measure."""


def finding_as_json(finding: Finding) -> dict[str, Any]:
    """Return a finding in the shape that ``compare --json`` promises.

    ``change_pct``, ``interval_pct`` and ``count`` are about counts only. Shares change in points and times in
    seconds: their values are ``value``, and the change of every form is ``change`` with its ``change_unit``.

    Parameters
    ----------
    finding : Finding
        The comparison.
    """
    comparison = finding.comparison
    refusal = finding.refusal
    counted = comparison is not None and comparison.form == "count"
    return {
        "measure": finding.measure,
        "area": finding.area,
        "baseline": _side(finding, "baseline"),
        "current": _side(finding, "current"),
        "form": comparison.form if comparison else None,
        "difference": _whole(comparison.difference) if comparison else None,
        "change_pct": comparison.change if comparison and counted else None,
        "interval_pct": [comparison.low, comparison.high] if comparison and counted else None,
        "change": comparison.change if comparison else None,
        "interval": [comparison.low, comparison.high] if comparison else None,
        "change_unit": CHANGE_UNITS[comparison.form] if comparison else None,
        "p": comparison.p if comparison else None,
        "overdispersion": comparison.overdispersion if comparison else None,
        "overdispersion_known": comparison.overdispersion_known if comparison else None,
        "detectable_drop_pct": comparison.detectable_drop if comparison else None,
        "verdict": finding.verdict,
        "refused": None
        if refusal is None
        else {
            "reason": refusal.reason,
            "detail": refusal.detail,
            "covers": [refusal.covers_from, refusal.covers_to],
        },
        "breaks": []
        if refusal is None
        else [{"id": one.id, "on": one.on, "title": one.title, "why": one.why} for one in refusal.breaks],
        "weekdays": {"same": not finding.weekday_note, "effect_pct": finding.weekday_effect},
        "expected_when_all_reports_are_in": None
        if finding.delay_corrected is None
        else {
            "count": finding.delay_corrected,
            "interval": [finding.delay_low, finding.delay_high],
        },
        "alternatives": [_alternative(one) for one in finding.alternatives],
        "simulated": finding.simulated,
        "query": finding.query,
        "sources": [
            {
                "source": p.source,
                "title": p.title,
                "file": p.file_name,
                "sha256": p.content_hash,
                "rows": p.rows_kept,
            }
            for p in finding.provenance
        ],
    }


def _side(finding: Finding, which: Literal["baseline", "current"]) -> dict[str, Any]:
    now = which == "current"
    period = finding.current_period if now else finding.baseline_period
    side: dict[str, Any] = {
        "period": str(period),
        "days": period.days,
        "count": None,
        "value": None,
        "cases": None,
        "rate_per_100k": finding.current_rate if now else finding.baseline_rate,
    }
    comparison = finding.comparison
    if comparison is not None:
        value = _whole(comparison.current if now else comparison.baseline)
        side["value"] = value
        side["count"] = value if comparison.form == "count" else None
        side["cases"] = comparison.current_n if now else comparison.baseline_n
    return side


def _alternative(alternative: Alternative) -> dict[str, Any]:
    comparison = alternative.comparison
    return {
        "against": alternative.kind,
        "expected": alternative.expected,
        "change_pct": comparison.change if comparison else None,
        "interval_pct": [comparison.low, comparison.high] if comparison else None,
        "verdict": comparison.verdict if comparison else None,
        "refused": alternative.refusal.reason if alternative.refusal else None,
    }


def _whole(value: float) -> float | int:
    return int(value) if float(value).is_integer() else value
