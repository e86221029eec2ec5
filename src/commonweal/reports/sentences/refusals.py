"""Why something is not said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commonweal.reports.language import mark
from commonweal.reports.letters import lower_first

if TYPE_CHECKING:
    from commonweal.city.knowledge import SeriesBreak
    from commonweal.reports.words import Words
    from commonweal.results.finding import Refusal

SENTENCES = {
    "too_fine": mark(
        "The records are not kept finely enough: they do not tell the place or the days that this question asks for."
    ),
    "no_measure": mark("No measure has been declared that counts this."),
    "not_a_record": mark(
        "This is not something that the city's records count, so it cannot be recomputed from them."
    ),
    "no_span": mark("The statement does not say which months it speaks of."),
    "history": mark("The records do not reach far enough back for this comparison."),
}


def refusal_sentence(words: Words, refusal: Refusal) -> str:
    """Say why a comparison or a check is refused, in one or two sentences."""
    language = words.language
    if refusal.reason == "break":
        return " ".join(
            _break_reason(words, series_break) for series_break in refusal.breaks
        ) or language.gettext("The two periods were not counted in the same way.")
    if refusal.reason == "incomplete":
        return _cover(words, refusal)
    if refusal.reason == "no_records":
        if refusal.detail and refusal.detail in words.city.sources:
            source = words.source(refusal.detail)
            return language.gettext("No records are loaded from “%(source)s”.", source=source)
        return language.gettext("No records that could answer this are loaded.")
    return language.gettext(SENTENCES[refusal.reason])


def break_sentence(words: Words, series_break: SeriesBreak) -> str:
    """Say what a break means for a series that is shown across it."""
    return words.language.gettext(
        "From %(month)s on, months are shown but not compared with earlier ones: %(title)s.",
        month=words.language.month(series_break.on),
        title=_inside(words.break_title(series_break)),
    )


def _break_reason(words: Words, series_break: SeriesBreak) -> str:
    sentence = words.language.gettext(
        "The two periods were not counted in the same way; on %(day)s, %(title)s.",
        day=words.language.date(series_break.on),
        title=_inside(words.break_title(series_break)),
    )
    return f"{sentence} {words.break_why(series_break)}".strip()


def _cover(words: Words, refusal: Refusal) -> str:
    language = words.language
    if refusal.covers_from is None or refusal.covers_to is None:
        return language.gettext("The records are not complete for these months.")
    return language.gettext(
        "The records are complete only from %(first)s to %(last)s, which does not cover these months.",
        first=language.date(refusal.covers_from),
        last=language.date(refusal.covers_to),
    )


def _inside(text: str) -> str:
    return lower_first(text.rstrip("."))
