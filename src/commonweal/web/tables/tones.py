"""Whether a change is good news, so that a color repeats it."""

from __future__ import annotations

from commonweal.reports.words import Words
from commonweal.results.finding import Finding
from commonweal.results.verdict import Verdict

UNSURE = (Verdict.UNCLEAR, Verdict.TOO_FEW)


def find_tone(words: Words, finding: Finding) -> str:
    """Return the class of a finding: ``better``, ``worse``, ``neutral``, ``unsure`` or ``stop``.

    Parameters
    ----------
    words : Words
        The reader's; the pack's measure says which way is better.
    finding : Finding
        The finding.
    """
    if finding.verdict in UNSURE:
        return "unsure"
    if finding.verdict not in (Verdict.FELL, Verdict.ROSE):
        return "stop"
    measure = words.city.measures.get(finding.measure)
    direction = measure.direction if measure else "none"
    if direction == "none":
        return "neutral"
    moved_up = finding.verdict is Verdict.ROSE
    return "better" if moved_up == (direction == "up") else "worse"
