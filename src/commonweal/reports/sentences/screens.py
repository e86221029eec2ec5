"""Many comparisons at once, in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commonweal.results.verdict import Verdict

if TYPE_CHECKING:
    from commonweal.reports.words import Words
    from commonweal.results.finding import Screen


def screen_sentence(words: Words, screen: Screen) -> str:
    """Say how many of the comparisons stand (``Of 210 comparisons, 3 changed more than chance explains.``)."""
    language = words.language
    tests = language.number(screen.tests)
    if screen.tests == 0:
        return language.gettext("Nothing could be compared by area for these periods.")
    if screen.discoveries == 0:
        return language.gettext(
            "Of %(tests)s comparisons, none changed more than chance explains.", tests=tests
        )
    return language.ngettext(
        "Of %(tests)s comparisons, %(n)s changed more than chance explains.",
        "Of %(tests)s comparisons, %(n)s changed more than chance explains.",
        screen.discoveries,
        tests=tests,
    )


def screen_method(words: Words, screen: Screen) -> str:
    """Say why fewer changes stand in a screen than one by one."""
    by_chance = round(screen.tests * 0.05)
    if by_chance < 1:
        return ""
    return words.language.ngettext(
        "With so many comparisons, about %(n)s would look changed by chance alone; "
        "what is marked here stands with the share of false alarms held at 5%%.",
        "With so many comparisons, about %(n)s would look changed by chance alone; "
        "what is marked here stands with the share of false alarms held at 5%%.",
        by_chance,
    )


def hidden_sentence(words: Words, screen: Screen) -> str:
    """Say how many rows are hidden and why; empty where none is."""
    hidden = sum(1 for row in screen.rows if row.verdict is Verdict.HIDDEN)
    if not hidden:
        return ""
    return words.language.ngettext(
        "%(n)s row is hidden: its counts are so small that they could point to a person, "
        "or would let a hidden count be worked out.",
        "%(n)s rows are hidden: their counts are so small that they could point to a person, "
        "or would let a hidden count be worked out.",
        hidden,
    )


def simulated_sentence(words: Words) -> str:
    """Say what a mark of simulated records means."""
    return words.language.gettext(
        "Some records here are simulated: a generator made them so that the pages can be tried. "
        "What is built on them is marked ◇ and says nothing about the city."
    )
