"""Results as one reader sees them: every text written, nothing left to decide but the look.

The static report and its PDF are set from these; any page may use them too.
"""

from __future__ import annotations

from commonweal.reports.views.charts import ChartView
from commonweal.reports.views.claims import ClaimGroup, ClaimView, view_claim
from commonweal.reports.views.commitments import CommitmentView, PillarView, view_commitment
from commonweal.reports.views.findings import FindingView, view_finding

__all__ = [
    "ChartView",
    "ClaimGroup",
    "ClaimView",
    "CommitmentView",
    "FindingView",
    "PillarView",
    "view_claim",
    "view_commitment",
    "view_finding",
]
