"""Verdicts as a word and a shape; a color only repeats what they say."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from commonweal.reports.language import mark, mark_in
from commonweal.results.verdict import ClaimVerdict, CommitmentStatus, Verdict

if TYPE_CHECKING:
    from commonweal.reports.language import Language
    from commonweal.reports.words import Words
    from commonweal.results.finding import Finding


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
        Class for the style sheet: ``v-down``, ``v-up``, ``v-unsure``, ``v-stop``, ``v-yes``, ``v-no``; of a
        finding ``better``, ``worse``, ``neutral``.
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
PERHAPS = {
    Verdict.FELL: ("▽", mark("Perhaps fell")),
    Verdict.ROSE: ("△", mark("Perhaps rose")),
}
"""A change that would stand alone, but not among as many comparisons as were made."""
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


def finding_mark(words: Words, finding: Finding) -> Mark:
    """Return a finding's verdict as it is shown: weighed among its comparisons, colored by what is better.

    The tone is ``better``, ``worse`` or ``neutral`` (by the direction of the measure), ``v-unsure`` or ``v-stop``.
    """
    if is_unsure_among_many(finding):
        shape, word = PERHAPS[finding.verdict]
        return Mark(finding.verdict.value, shape, words.language.gettext(word), "v-unsure")
    shown = verdict_mark(words.language, finding.verdict)
    if finding.verdict not in PERHAPS:
        return shown
    declared = words.city.measures.get(finding.measure)
    direction = declared.direction if declared else "none"
    if direction == "none":
        return replace(shown, tone="neutral")
    good = (finding.verdict is Verdict.ROSE) is (direction == "up")
    return replace(shown, tone="better" if good else "worse")


def is_unsure_among_many(finding: Finding) -> bool:
    """Tell whether a change would stand alone, but not among as many comparisons as were made."""
    return finding.discovered is False and finding.verdict in PERHAPS


def list_signs(language: Language) -> tuple[Mark, ...]:
    """List every verdict of a comparison, for a legend."""
    perhaps = [
        Mark(verdict.value, shape, language.gettext(word), "v-unsure")
        for verdict, (shape, word) in PERHAPS.items()
    ]
    known = [replace(verdict_mark(language, verdict), tone="v-stop") for verdict in Verdict]
    return (*known[:2], *perhaps, *known[2:])


def claim_mark(language: Language, verdict: ClaimVerdict) -> Mark:
    """Return a claim's verdict as it is shown."""
    return _in_language(language, CLAIMS[verdict], "claim verdict")


def commitment_mark(language: Language, status: CommitmentStatus) -> Mark:
    """Return a commitment's status as it is shown."""
    return _in_language(language, COMMITMENTS[status], "status")


def _in_language(language: Language, shown: Mark, context: str) -> Mark:
    return replace(shown, word=language.pgettext(context, shown.word))
