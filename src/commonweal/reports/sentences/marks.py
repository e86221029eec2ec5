"""Verdicts as a word and a shape; a color only repeats what they say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from commonweal.reports.language import mark_in
from commonweal.results.verdict import ClaimVerdict, CommitmentStatus, Verdict

if TYPE_CHECKING:
    from commonweal.reports.language import Language


@dataclass(frozen=True, slots=True)
class Mark:
    """A verdict as it is shown.

    Attributes
    ----------
    name : str
        The verdict's identifier.
    shape : str
        One sign, the same in every language.
    word : str
        In the reader's language.
    tone : str
        Class for the style sheet: ``v-down``, ``v-up``, ``v-unsure``, ``v-stop``, ``v-yes``, ``v-no``.
    """

    name: str
    shape: str
    word: str
    tone: str


VERDICTS = {
    Verdict.FELL: Mark("fell", "▼", mark_in("verdict", "Fell"), "v-down"),
    Verdict.ROSE: Mark("rose", "▲", mark_in("verdict", "Rose"), "v-up"),
    Verdict.UNCLEAR: Mark("no_clear_change", "≈", mark_in("verdict", "No clear change"), "v-unsure"),
    Verdict.TOO_FEW: Mark("too_few_to_tell", "…", mark_in("verdict", "Too few to tell"), "v-unsure"),
    Verdict.REFUSED: Mark("cannot_be_compared", "■", mark_in("verdict", "Cannot be compared"), "v-stop"),
    Verdict.HIDDEN: Mark("hidden", "●", mark_in("verdict", "Hidden: small number"), "v-stop"),
    Verdict.NO_RECORDS: Mark("no_records", "○", mark_in("verdict", "No records"), "v-stop"),
}
CLAIMS = {
    ClaimVerdict.SUPPORTED: Mark(
        "supported", "✓", mark_in("claim verdict", "Supported by the records"), "v-yes"
    ),
    ClaimVerdict.UNCERTAIN: Mark(
        "consistent_but_uncertain", "≈", mark_in("claim verdict", "Consistent, but uncertain"), "v-unsure"
    ),
    ClaimVerdict.CONTRADICTED: Mark(
        "contradicted", "✕", mark_in("claim verdict", "Contradicted by the records"), "v-no"
    ),
    ClaimVerdict.UNCHECKABLE: Mark(
        "cannot_be_checked", "■", mark_in("claim verdict", "Cannot be checked"), "v-stop"
    ),
}
COMMITMENTS = {
    CommitmentStatus.MET: Mark("met", "✓", mark_in("status", "Kept"), "v-yes"),
    CommitmentStatus.ON_TRACK: Mark("on_track", "→", mark_in("status", "On track"), "v-yes"),
    CommitmentStatus.BEHIND: Mark("behind", "←", mark_in("status", "Behind"), "v-no"),
    CommitmentStatus.MISSED: Mark("missed", "✕", mark_in("status", "Missed"), "v-no"),
    CommitmentStatus.UNCLEAR: Mark("cannot_tell_yet", "≈", mark_in("status", "Cannot tell yet"), "v-unsure"),
    CommitmentStatus.NO_TARGET: Mark(
        "no_number_was_promised", "–", mark_in("status", "No number was promised"), "v-stop"
    ),
    CommitmentStatus.NO_RECORDS: Mark("no_records", "○", mark_in("status", "No records yet"), "v-stop"),
}


def verdict_mark(language: Language, verdict: Verdict) -> Mark:
    """Return a comparison's verdict as it is shown."""
    return _in_language(language, VERDICTS[verdict], "verdict")


def claim_mark(language: Language, verdict: ClaimVerdict) -> Mark:
    """Return a claim's verdict as it is shown."""
    return _in_language(language, CLAIMS[verdict], "claim verdict")


def commitment_mark(language: Language, status: CommitmentStatus) -> Mark:
    """Return a commitment's status as it is shown."""
    return _in_language(language, COMMITMENTS[status], "status")


def _in_language(language: Language, mark: Mark, context: str) -> Mark:
    return Mark(mark.name, mark.shape, language.pgettext(context, mark.word), mark.tone)
