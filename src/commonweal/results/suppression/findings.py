"""Hiding a comparison one of whose numbers is hidden."""

from __future__ import annotations

from dataclasses import replace

from commonweal.results.finding import Finding
from commonweal.results.suppression.protect import Suppressed
from commonweal.results.verdict import Verdict


def hide_finding(finding: Finding, suppressed: Suppressed) -> Finding:
    """Return the finding, emptied of every number where its baseline or its current count is hidden.

    A change, a rate, a share or a corrected count would give a hidden count away together with the other one, so
    all of them go. The reason of a refusal, the query and the provenance stay.
    """
    if not suppressed.is_hidden(
        finding.area, finding.measure, finding.baseline_period, finding.current_period
    ):
        return finding
    return replace(
        finding,
        comparison=None,
        verdict=Verdict.HIDDEN,
        baseline_rate=None,
        current_rate=None,
        alternatives=(),
        adjusted_p=None,
        discovered=None,
        delay_corrected=None,
        delay_low=None,
        delay_high=None,
    )
