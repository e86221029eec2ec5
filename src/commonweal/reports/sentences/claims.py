"""One published figure, recomputed: why the verdict, and what can be said instead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from commonweal.reports.language import mark_in
from commonweal.reports.sentences.findings import finding_sentence
from commonweal.reports.sentences.refusals import refusal_sentence
from commonweal.results.periods import Period
from commonweal.results.verdict import ClaimVerdict

if TYPE_CHECKING:
    from commonweal.city.strategy import Figure
    from commonweal.reports.words import Words
    from commonweal.results.finding import ClaimResult

RELATIONS = {
    "equals": mark_in("relation", "%(value)s"),
    "more_than": mark_in("relation", "more than %(value)s"),
    "at_least": mark_in("relation", "at least %(value)s"),
    "about": mark_in("relation", "about %(value)s"),
}
AGREE = mark_in("claim", "They agree.")
APART = mark_in("claim", "The two do not fit together.")
RULES = {
    "same_total": AGREE,
    "same_figure": AGREE,
    "whole_interval": AGREE,
    "within_revision": mark_in(
        "claim", "They differ by no more than late reports and corrections can move a total."
    ),
    "recorded_later": mark_in(
        "claim", "Cases go on being solved for years, so the figure may have been right when it was said."
    ),
    "unknown_interval": mark_in("claim", "They agree, but how far chance could have moved it is not known."),
    "no_change_fits_too": mark_in(
        "claim", "They do not contradict it, but no change at all would fit as well."
    ),
    "interval_overlaps": mark_in(
        "claim", "Some changes that fit the records fit the figure too, others do not."
    ),
    "other_total": APART,
    "interval_excludes": APART,
}
"""What each rule of `commonweal.results.claims` says of the two numbers."""


def claim_value(words: Words, figure: Figure) -> str:
    """Write a published figure with its unit and its relation: ``more than 14,000 calls``, ``−28.1%``."""
    language = words.language
    if figure.unit == "percent" and figure.form == "change":
        return _change_value(words, figure)
    if figure.unit == "percent":
        value = language.percent(figure.value, _decimals(figure.value))
    else:
        value = words.unit_value(figure.value, figure.unit)
    return language.pgettext("relation", RELATIONS[figure.relation], value=value)


def _change_value(words: Words, figure: Figure) -> str:
    language = words.language
    if figure.relation == "equals":
        return language.signed_percent(figure.value, _decimals(figure.value))
    size = language.percent(abs(figure.value), _decimals(figure.value))
    amount = language.pgettext("relation", RELATIONS[figure.relation], value=size)
    if figure.value < 0:
        return language.pgettext("relation", "a fall of %(amount)s", amount=amount)
    return language.pgettext("relation", "a rise of %(amount)s", amount=amount)


def claim_said(words: Words, figure: Figure) -> str:
    """Say who published a figure and when."""
    return words.language.pgettext(
        "who said it and when",
        "%(who)s, %(when)s",
        who=words.figure(figure.id, "said_by"),
        when=words.figure(figure.id, "said_on"),
    )


def claim_period(words: Words, figure: Figure) -> str:
    """Say which span a figure speaks of, and against which; empty where it names none."""
    if figure.period_start is None or figure.period_end is None:
        return ""
    language = words.language
    span = language.period(Period(figure.period_start, figure.period_end))
    if figure.form != "change" or figure.baseline_start is None or figure.baseline_end is None:
        return span
    baseline = language.period(Period(figure.baseline_start, figure.baseline_end))
    return language.gettext("%(current)s, against %(baseline)s", current=span, baseline=baseline)


def claim_why(words: Words, figure: Figure, result: ClaimResult) -> str:
    """Say why a figure has its verdict."""
    language = words.language
    if result.verdict is ClaimVerdict.UNCHECKABLE:
        if result.refusal is not None:
            return refusal_sentence(words, result.refusal)
        if result.simulated:
            return language.gettext(
                "Only simulated records are loaded for this. "
                "They are made from published totals and cannot confirm any."
            )
        return language.gettext("No records that could answer this are loaded.")
    if result.recomputed_value is None:
        return finding_sentence(words, result.recomputed) if result.recomputed else ""
    both = language.pgettext(
        "claim",
        "The records give %(found)s; the figure was %(claimed)s.",
        found=_found(words, figure, result),
        claimed=claim_value(words, figure),
    )
    rule = RULES.get(result.rule)
    text = f"{both} {language.pgettext('claim', rule)}" if rule else both
    if result.recomputed is None or result.recomputed.comparison is None:
        return text
    return f"{finding_sentence(words, result.recomputed)} {text}"


def claim_instead(words: Words, result: ClaimResult) -> str:
    """Say what can be said in place of a figure that cannot be checked; empty where nothing can."""
    if result.instead is None or result.instead.comparison is None:
        return ""
    return finding_sentence(words, result.instead)


def claims_summary(words: Words, results: Sequence[ClaimResult]) -> str:
    """Say of how many published figures what came out."""
    if not results:
        return words.language.gettext("No published figures are listed for this city.")
    language, counted = words.language, Counter(result.verdict for result in results)
    parts = [
        language.ngettext("%(n)s is supported", "%(n)s are supported", counted[ClaimVerdict.SUPPORTED]),
        language.ngettext(
            "%(n)s is consistent but uncertain",
            "%(n)s are consistent but uncertain",
            counted[ClaimVerdict.UNCERTAIN],
        ),
        language.ngettext(
            "%(n)s is contradicted", "%(n)s are contradicted", counted[ClaimVerdict.CONTRADICTED]
        ),
        language.ngettext(
            "%(n)s cannot be checked", "%(n)s cannot be checked", counted[ClaimVerdict.UNCHECKABLE]
        ),
    ]
    return language.ngettext(
        "Of %(n)s published figure, %(parts)s.",
        "Of %(n)s published figures, %(parts)s.",
        len(results),
        parts=language.join(parts),
    )


def _found(words: Words, figure: Figure, result: ClaimResult) -> str:
    value = result.recomputed_value
    assert value is not None  # noqa: S101 - asked only where there is one
    found = _as_claimed(words, figure, value)
    if result.low is None and result.high is None:
        return found
    low = None if result.low is None else _as_claimed(words, figure, result.low)
    high = None if result.high is None else _as_claimed(words, figure, result.high)
    return words.language.gettext(
        "%(value)s (95%% interval %(interval)s)", value=found, interval=words.language.interval(low, high)
    )


def _as_claimed(words: Words, figure: Figure, value: float) -> str:
    if figure.unit == "percent" and figure.form == "change":
        return words.language.signed_percent(value, 1)
    if figure.unit == "percent":
        return words.language.percent(value, 1)
    return words.unit_value(value, figure.unit)


def _decimals(value: float) -> int:
    return 0 if float(value).is_integer() else 1
