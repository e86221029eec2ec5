"""What the report's title page says beside its headline."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from commonweal.reports.calendar import is_a_year_apart
from commonweal.reports.views.headings import Heading
from commonweal.results.verdict import ClaimVerdict, CommitmentStatus, Verdict

if TYPE_CHECKING:
    from commonweal.reports.content import ReportContent
    from commonweal.reports.words import Words


def write_compared(words: Words, content: ReportContent) -> str:
    """Name the period and what it is compared with; empty where nothing is."""
    if content.current_period is None or content.baseline_period is None:
        return ""
    now = words.language.period(content.current_period)
    yearly = is_a_year_apart(content.baseline_period, content.current_period)
    if yearly and content.current_period.start.month != 1:
        return words.language.gettext("%(now)s, compared with the 12 months before", now=now)
    before = words.language.period(content.baseline_period)
    return words.language.gettext("%(now)s, compared with %(before)s", now=now, before=before)


def write_tally(words: Words, content: ReportContent) -> tuple[Heading, ...]:
    """Count what truly changed, what named a number, what could be checked."""
    gettext, number = words.language.gettext, words.language.number
    counted = Counter(finding.verdict for finding in content.findings)
    moved = counted[Verdict.FELL] + counted[Verdict.ROSE]
    checked = sum(1 for claim in content.claims if claim.verdict is not ClaimVerdict.UNCHECKABLE)
    numbered = sum(1 for item in content.commitments if item.status is not CommitmentStatus.NO_TARGET)
    return (
        Heading(
            gettext("%(part)s of %(all)s", part=number(moved), all=number(len(content.findings))),
            gettext("headline measures truly changed"),
        ),
        Heading(
            gettext("%(part)s of %(all)s", part=number(numbered), all=number(len(content.commitments))),
            gettext("commitments named a number to be held to"),
        ),
        Heading(
            gettext("%(part)s of %(all)s", part=number(checked), all=number(len(content.claims))),
            gettext("published figures could be checked against records"),
        ),
    )
