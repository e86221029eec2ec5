"""How many claims and commitments came to which verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from commonweal.reports.sentences import Mark, claim_mark, commitment_mark
from commonweal.results.finding import ClaimResult, CommitmentResult
from commonweal.results.verdict import ClaimVerdict, CommitmentStatus
from commonweal.web.view import View


@dataclass(frozen=True, slots=True)
class Tally:
    """A verdict, how often it was reached, and where those are listed."""

    mark: Mark
    number: int
    href: str


def tally_claims(view: View, results: Sequence[ClaimResult]) -> tuple[Tally, ...]:
    """Count claims by verdict, in the order of the verdicts; verdicts nobody came to are left out."""
    counted = Counter(result.verdict for result in results)
    return tuple(
        Tally(
            claim_mark(view.language, verdict),
            counted[verdict],
            view.url("/results/claims", verdict=verdict.value),
        )
        for verdict in ClaimVerdict
        if counted[verdict]
    )


def tally_commitments(view: View, results: Sequence[CommitmentResult]) -> tuple[Tally, ...]:
    """Count commitments by status, in the order of the statuses."""
    counted = Counter(result.status for result in results)
    return tuple(
        Tally(
            commitment_mark(view.language, status),
            counted[status],
            view.url("/results/commitments", status=status.value),
        )
        for status in CommitmentStatus
        if counted[status]
    )
