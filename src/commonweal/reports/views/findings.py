"""One finding as a reader sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from commonweal.reports.sentences.findings import (
    alternatives_sentence,
    direction_sentence,
    finding_sentence,
    finding_title,
    judgment_sentence,
)
from commonweal.reports.sentences.marks import Mark, finding_mark
from commonweal.reports.sentences.refusals import refusal_sentence

if TYPE_CHECKING:
    from commonweal.reports.words import Words
    from commonweal.results.finding import Finding, Rate

UNKNOWN = "–"


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding in words.

    Attributes
    ----------
    measure, area : str
        Identifiers; empty area for the whole city.
    name, title : str
        Measure; measure, and area where it is not the whole city.
    place : str
        Name of the area, or of the city.
    current, baseline, change, interval : str
        Values in their unit; a dash where unknown.
    mark : Mark
        Verdict in a word and a shape.
    sentence : str
        What is true and how sure that is, or why nothing is said.
    certainty : str
        Only how sure that is; empty without a comparison.
    alternatives : str
        Other fair baselines; empty without any.
    direction : str
        Which way is better; empty where neither is.
    rate : str
        Rate by population; empty where there is none.
    note : str
        What the reader should know of the measure.
    struck : bool
        True where the numbers are there but must not be compared.
    stands : bool
        True where the change stands among all comparisons of a screen.
    simulated : bool
        True where records behind it are simulated.
    query : str
        Hash of its query; empty where there is none.
    """

    measure: str
    area: str
    name: str
    title: str
    place: str
    current: str
    baseline: str
    change: str
    interval: str
    mark: Mark
    sentence: str
    certainty: str
    alternatives: str
    direction: str
    rate: str
    note: str
    struck: bool
    stands: bool
    simulated: bool
    query: str


def view_finding(words: Words, finding: Finding) -> FindingView:
    """Write a finding in the reader's words.

    Parameters
    ----------
    words : Words
        The reader's.
    finding : Finding
        Compared, refused or hidden.
    """
    comparison, measure = finding.comparison, finding.measure
    known = comparison is not None
    change = words.change(measure, comparison, comparison.change) if comparison is not None else None
    certainty = ""
    if comparison is not None:
        refused = finding.refusal
        certainty = refusal_sentence(words, refused) if refused else judgment_sentence(words, comparison)
    return FindingView(
        measure=measure,
        area=finding.area or "",
        name=words.measure(measure),
        title=finding_title(words, finding),
        place=words.area(finding.area),
        current=words.value(measure, comparison.current) if comparison is not None else UNKNOWN,
        baseline=words.value(measure, comparison.baseline) if comparison is not None else UNKNOWN,
        change=change or UNKNOWN,
        interval=words.interval(measure, comparison) if comparison is not None and change else UNKNOWN,
        mark=finding_mark(words, finding),
        sentence=finding_sentence(words, finding),
        certainty=certainty,
        alternatives=alternatives_sentence(words, finding) if known else "",
        direction=direction_sentence(words, measure),
        rate=_rates(words, finding.current_rate, finding.baseline_rate),
        note=" ".join(words.measure_note(measure).split()),
        struck=known and finding.refusal is not None,
        stands=bool(finding.discovered),
        simulated=finding.simulated,
        query=finding.query.hash if finding.query else "",
    )


def _rates(words: Words, current: Rate | None, baseline: Rate | None) -> str:
    if current is None or baseline is None:
        return ""
    return words.language.gettext(
        "Per 100,000 residents and year: %(current)s, against %(baseline)s.",
        current=words.language.number(current.value, 1),
        baseline=words.language.number(baseline.value, 1),
    )
