"""Where one promise stands, by rule, in sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from commonweal.reports.language import mark_in
from commonweal.reports.sentences.marks import commitment_mark
from commonweal.reports.sentences.refusals import refusal_sentence
from commonweal.results.periods import Period
from commonweal.results.verdict import CommitmentStatus

if TYPE_CHECKING:
    from commonweal.city.strategy import Commitment
    from commonweal.reports.words import Words
    from commonweal.results.finding import CommitmentResult, Refusal, TrajectoryPoint

RULES = {
    "no_target": mark_in("rule", "No number was promised, so it cannot be said whether the promise is kept."),
    "no_target_better": mark_in(
        "rule", "No number was promised. The records show a clear move in the direction that was promised."
    ),
    "no_target_worse": mark_in(
        "rule", "No number was promised. The records show a clear move away from what was promised."
    ),
    "no_target_unclear": mark_in(
        "rule", "No number was promised. The records show no clear move either way."
    ),
    "no_records": mark_in("rule", "No records are loaded that could show it."),
    "simulated": mark_in("rule", "Only simulated records are loaded, and they cannot show it."),
    "reached_in_time": mark_in("rule", "At the deadline the value had reached the number that was promised."),
    "not_reached": mark_in("rule", "At the deadline the value had not reached the number that was promised."),
    "no_value_at_deadline": mark_in("rule", "The deadline has passed, and no value was recorded near it."),
    "reached": mark_in("rule", "The latest value reaches the number that was promised."),
    "projection_reaches": mark_in(
        "rule", "Going on as so far, the number that was promised is reached in time."
    ),
    "projection_falls_short": mark_in(
        "rule", "Going on as so far, the number that was promised is not reached in time."
    ),
    "projection_unclear": mark_in(
        "rule", "Going on as so far, the number that was promised may be reached in time or not."
    ),
    "too_few_values": mark_in("rule", "There are too few values yet to say where it is going."),
    "moving_toward": mark_in(
        "rule", "No day was set. It has clearly moved toward the number that was promised."
    ),
    "moving_away": mark_in(
        "rule", "No day was set. It has clearly moved away from the number that was promised."
    ),
    "no_clear_move": mark_in("rule", "No day was set, and it has not clearly moved either way."),
}
"""What each rule of `commonweal.results.commitments` says."""


def commitment_target(words: Words, commitment: Commitment) -> str:
    """Say which number was promised, by when."""
    language = words.language
    if commitment.target is None:
        return language.gettext("No number was promised.")
    target = words.unit_value(commitment.target, commitment.unit)
    if commitment.deadline is None:
        return language.gettext("Promised: %(target)s; no day was set.", target=target)
    return language.gettext(
        "Promised: %(target)s by %(day)s.", target=target, day=language.date(commitment.deadline)
    )


def commitment_sentence(words: Words, commitment: Commitment, result: CommitmentResult) -> str:
    """Say where a promise stands, by which rule, and what the records show."""
    refusal = result.refusal if result.status is not CommitmentStatus.NO_TARGET else None
    if refusal is not None and result.status is CommitmentStatus.NO_RECORDS and _adds(refusal):
        return refusal_sentence(words, refusal)
    parts = [_rule(words, result)]
    if result.trajectory:
        parts.append(_so_far(words, commitment, result.trajectory))
    if result.projected is not None and commitment.deadline is not None:
        parts.append(_projection(words, commitment, result))
    if refusal is not None and _adds(refusal):
        parts.append(refusal_sentence(words, refusal))
    return " ".join(parts)


def commitments_summary(words: Words, results: Sequence[CommitmentResult]) -> str:
    """Say of how many promises what can be said."""
    language, counted = words.language, Counter(result.status for result in results)
    if not results:
        return language.gettext("No commitments are listed for this city.")
    kept = counted[CommitmentStatus.MET] + counted[CommitmentStatus.ON_TRACK]
    missed = counted[CommitmentStatus.MISSED] + counted[CommitmentStatus.BEHIND]
    unknown = counted[CommitmentStatus.UNCLEAR] + counted[CommitmentStatus.NO_RECORDS]
    parts = [
        language.ngettext("%(n)s is kept or on track", "%(n)s are kept or on track", kept),
        language.ngettext("%(n)s is behind or missed", "%(n)s are behind or missed", missed),
        language.ngettext(
            "for %(n)s the records cannot tell yet", "for %(n)s the records cannot tell yet", unknown
        ),
        language.ngettext(
            "for %(n)s no number was promised",
            "for %(n)s no number was promised",
            counted[CommitmentStatus.NO_TARGET],
        ),
    ]
    return language.ngettext(
        "Of %(n)s commitment, %(parts)s.",
        "Of %(n)s commitments, %(parts)s.",
        len(results),
        parts=language.join(parts),
    )


def _rule(words: Words, result: CommitmentResult) -> str:
    message = RULES.get(result.rule)
    if message is None:
        return f"{commitment_mark(words.language, result.status).word}."
    return words.language.pgettext("rule", message)


def commitment_number(words: Words, commitment: Commitment) -> str:
    """Write only the number that was promised, for a column that says so."""
    if commitment.target is None:
        return words.language.pgettext("promised number", "none")
    return words.unit_value(commitment.target, commitment.unit)


def commitment_deadline(words: Words, commitment: Commitment) -> str:
    """Write only by when a number was promised; empty where no number was."""
    if commitment.target is None:
        return ""
    if commitment.deadline is None:
        return words.language.gettext("no day was set")
    return words.language.gettext("by %(day)s", day=words.language.date(commitment.deadline))


def _adds(refusal: Refusal) -> bool:
    """Tell whether a refusal says more than the status does."""
    return refusal.reason != "no_records" or bool(refusal.detail)


def _so_far(words: Words, commitment: Commitment, trajectory: Sequence[TrajectoryPoint]) -> str:
    first, last = trajectory[0], trajectory[-1]
    language = words.language
    latest = _value(words, commitment, last.value)
    now = language.period(Period(last.start, last.end))
    if first is last:
        return language.gettext("So far: %(latest)s (%(now)s).", latest=latest, now=now)
    return language.gettext(
        "From %(earliest)s (%(then)s) to %(latest)s (%(now)s).",
        earliest=_value(words, commitment, first.value),
        then=language.period(Period(first.start, first.end)),
        latest=latest,
        now=now,
    )


def _projection(words: Words, commitment: Commitment, result: CommitmentResult) -> str:
    language = words.language
    assert result.projected is not None  # noqa: S101 - asked only where there is one
    assert commitment.deadline is not None  # noqa: S101
    low = None if result.projected_low is None else _value(words, commitment, result.projected_low)
    high = None if result.projected_high is None else _value(words, commitment, result.projected_high)
    return language.gettext(
        "Going on like this, it would be %(value)s on %(day)s (95%% interval %(interval)s).",
        value=_value(words, commitment, result.projected),
        day=language.date(commitment.deadline),
        interval=language.interval(low, high),
    )


def _value(words: Words, commitment: Commitment, value: float) -> str:
    if commitment.measure and commitment.unit in ("", "incidents"):
        return words.value(commitment.measure, value)
    return words.unit_value(value, commitment.unit)
