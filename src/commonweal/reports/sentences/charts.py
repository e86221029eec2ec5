"""What a chart shows, in words, for those who do not see it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from commonweal.reports.language import mark_in
from commonweal.reports.sentences.findings import alternatives_sentence, counts_sentence
from commonweal.reports.sentences.marks import is_unsure_among_many
from commonweal.reports.sentences.refusals import break_sentence
from commonweal.results.periods import Period
from commonweal.results.verdict import Verdict

if TYPE_CHECKING:
    from commonweal.city.strategy import Commitment
    from commonweal.reports.words import Words
    from commonweal.results.finding import CommitmentResult, Finding, Series, SeriesPoint

TITLES = {
    "month": mark_in("chart", "%(measure)s by month, %(place)s"),
    "28-day": mark_in("chart", "%(measure)s by 28-day period, %(place)s"),
    "year": mark_in("chart", "%(measure)s by year, %(place)s"),
}


def series_title(words: Words, series: Series) -> str:
    """Name a series: ``Homicides by month, Los Angeles``."""
    return words.language.pgettext(
        "chart", TITLES[series.grain], measure=words.measure(series.measure), place=words.area(series.area)
    )


def describe_series_chart(words: Words, series: Series, *, with_breaks: bool = True) -> str:
    """Describe a series: lowest, highest and latest value, the usual range and, unless left out, its breaks."""
    language = words.language
    known = [point for point in series.points if point.value is not None and point.comparable]
    if not known:
        return language.gettext("No value of this series can be shown.")
    lowest = min(known, key=lambda point: point.value or 0.0)
    highest = max(known, key=lambda point: point.value or 0.0)
    parts = [
        language.gettext(
            "Lowest %(low)s (%(when_low)s), highest %(high)s (%(when_high)s), latest that can be compared "
            "%(latest)s (%(when)s).",
            low=words.value(series.measure, lowest.value),
            when_low=_when(words, lowest),
            high=words.value(series.measure, highest.value),
            when_high=_when(words, highest),
            latest=words.value(series.measure, known[-1].value),
            when=_when(words, known[-1]),
        )
    ]
    if any(point.usual_low is not None for point in series.points):
        outside = sum(1 for point in known if _is_outside(point))
        parts.append(
            language.ngettext(
                "%(n)s value lies outside the usual range of the years before.",
                "%(n)s values lie outside the usual range of the years before.",
                outside,
            )
        )
    if with_breaks:
        parts += [break_sentence(words, series_break) for series_break in series.breaks]
    return " ".join(parts)


def describe_changes_chart(words: Words, findings: Sequence[Finding]) -> str:
    """Describe a chart of changes with their intervals: how many fell, rose, or cannot be told."""
    language = words.language
    counted = Counter(
        Verdict.UNCLEAR if is_unsure_among_many(finding) else finding.verdict for finding in findings
    )
    unclear = counted[Verdict.UNCLEAR] + counted[Verdict.TOO_FEW]
    parts = [
        language.ngettext("%(n)s fell", "%(n)s fell", counted[Verdict.FELL]),
        language.ngettext("%(n)s rose", "%(n)s rose", counted[Verdict.ROSE]),
        language.ngettext("%(n)s shows no clear change", "%(n)s show no clear change", unclear),
    ]
    return language.gettext(
        "Each dot is a change, each line its 95%% interval; a line that touches zero may be chance. %(parts)s.",
        parts=language.join(parts),
    )


def describe_trajectory_chart(words: Words, commitment: Commitment, result: CommitmentResult) -> str:
    """Describe the way to a commitment's target."""
    from commonweal.reports.sentences.commitments import commitment_sentence, commitment_target

    return f"{commitment_target(words, commitment)} {commitment_sentence(words, commitment, result)}"


def describe_alternatives_chart(words: Words, finding: Finding) -> str:
    """Describe the bars of a finding's baselines."""
    return f"{counts_sentence(words, finding) or ''} {alternatives_sentence(words, finding)}".strip()


def _when(words: Words, point: SeriesPoint) -> str:
    return words.language.period(Period(point.start, point.end))


def _is_outside(point: SeriesPoint) -> bool:
    if point.value is None or point.usual_low is None or point.usual_high is None:
        return False
    return not point.usual_low <= point.value <= point.usual_high
