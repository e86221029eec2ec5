"""The verdict of a finding as it stands on a page: shape, word, and a color that repeats whether it is good news."""

from __future__ import annotations

from commonweal.reports.language import mark
from commonweal.reports.sentences import Mark, verdict_mark
from commonweal.reports.words import Words
from commonweal.results.finding import Finding
from commonweal.results.verdict import Verdict

UNSURE = (Verdict.UNCLEAR, Verdict.TOO_FEW)
PERHAPS = {
    Verdict.FELL: ("▽", mark("Perhaps fell")),
    Verdict.ROSE: ("△", mark("Perhaps rose")),
}
"""A change that would stand alone but not among so many comparisons."""


def is_unsure_among_many(finding: Finding) -> bool:
    """Say whether a change stands alone, but not in the screen it belongs to."""
    return finding.discovered is False and finding.verdict in PERHAPS


def mark_finding(words: Words, finding: Finding) -> Mark:
    """Return the verdict of a finding, weighed among the comparisons it belongs to."""
    if is_unsure_among_many(finding):
        shape, word = PERHAPS[finding.verdict]
        return Mark(finding.verdict.value, shape, words.language.gettext(word), "v-unsure")
    return verdict_mark(words.language, finding.verdict)


def find_tone(words: Words, finding: Finding) -> str:
    """Return the class of a finding: ``better``, ``worse``, ``neutral``, ``unsure`` or ``stop``.

    Parameters
    ----------
    words : Words
        The reader's; the pack's measure says which way is better.
    finding : Finding
        The finding.
    """
    if finding.verdict in UNSURE or is_unsure_among_many(finding):
        return "unsure"
    if finding.verdict not in (Verdict.FELL, Verdict.ROSE):
        return "stop"
    measure = words.city.measures.get(finding.measure)
    direction = measure.direction if measure else "none"
    if direction == "none":
        return "neutral"
    moved_up = finding.verdict is Verdict.ROSE
    return "better" if moved_up == (direction == "up") else "worse"
