"""Titles, introductions and labels of the report, and its glossary."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from commonweal.reports.language import mark, mark_in

if TYPE_CHECKING:
    from commonweal.reports.words import Words


@dataclass(frozen=True, slots=True)
class Heading:
    """A title with the text under it."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the glossary and what it means."""

    word: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Headings:
    """Titles and introductions of the sections, and the labels of their parts.

    Attributes
    ----------
    changed, promised, claimed, areas, unsaid, programs, check, terms : Heading
        Sections, in the order of the report.
    labels : dict of str to str
        Short texts of the parts, by name.
    """

    changed: Heading
    promised: Heading
    claimed: Heading
    areas: Heading
    unsaid: Heading
    programs: Heading
    check: Heading
    terms: Heading
    labels: dict[str, str]


SECTIONS = {
    "changed": (
        mark_in("section", "What truly changed"),
        mark(
            "Each number is held against the same length of time before. The 95%% interval says how far chance alone "
            "can have moved it. Where the interval holds zero, we do not speak of a change."
        ),
    ),
    "promised": (
        mark_in("section", "What was promised"),
        mark(
            "Every commitment of the city, by pillar. Where it stands is set by rule from the records, never by hand. "
            "Where no number was promised, nobody can say whether it was kept."
        ),
    ),
    "claimed": (
        mark_in("section", "What was claimed, and what the records say"),
        mark(
            "Figures that the city or its leaders published, each computed again from open records where these allow. "
            "“Cannot be checked” does not mean that a figure is wrong. It means that nobody outside can tell."
        ),
    ),
    "areas": (
        mark_in("section", "Area by area"),
        mark("Changes in each area, sorted by how sure they are, not by how large they look."),
    ),
    "unsaid": (
        mark_in("section", "What we could not say, and why"),
        mark("A report can be trusted only if it says where it stops. These are the places."),
    ),
    "programs": (
        mark_in("section", "The programs behind it"),
        mark("What the city runs, who leads it, and what it does."),
    ),
    "check": (
        mark_in("section", "How to check us"),
        mark(
            "Every number comes from the files named here through the queries printed here. The same files and the "
            "same program give the same report; the tables that come "
            "with it are listed in its manifest with their hashes."
        ),
    ),
    "terms": (mark_in("section", "Words used here"), ""),
}

LABELS = {
    "contents": mark_in("label", "Contents"),
    "in_short": mark_in("label", "In short"),
    "measure": mark_in("label", "Measure"),
    "area": mark_in("label", "Area"),
    "before": mark_in("label", "Before"),
    "now": mark_in("label", "Now"),
    "was": mark_in("label", "was"),
    "change": mark_in("label", "Change"),
    "interval": mark_in("label", "95%% interval"),
    "verdict": mark_in("label", "Verdict"),
    "stands": mark_in("label", "stands among all comparisons"),
    "other": mark_in("label", "Other fair baselines"),
    "why": mark_in("label", "Why"),
    "instead": mark_in("label", "What can be said"),
    "said_by": mark_in("label", "Said by"),
    "published": mark_in("label", "Published figure"),
    "span": mark_in("label", "Span"),
    "document": mark_in("label", "Document"),
    "query": mark_in("label", "Query"),
    "promise": mark_in("label", "The promise"),
    "number": mark_in("label", "The number"),
    "standing": mark_in("label", "Where it stands"),
    "measured_by": mark_in("label", "Measured by"),
    "owner": mark_in("label", "Answers for it"),
    "over_time": mark_in("label", "Month by month"),
    "usual": mark_in(
        "label",
        "Line: the number of each month. Band: the range in which 95 of 100 months are expected from the years before.",
    ),
    "compared": mark_in("label", "The bars on the time axis mark the two spans that are compared."),
    "all_measures": mark_in("label", "Every measure in every area"),
    "standing_changes": mark_in("label", "Changes that stand among all comparisons"),
    "more_queries": mark_in(
        "label", "The other queries, by name. Their text is in the folder “queries” of this report:"
    ),
    "matrix_note": mark_in(
        "label",
        "A sign and a number: the change, and what it comes to among all comparisons. Bold: it stands.",
    ),
    "signs": mark_in("label", "Signs"),
    "breaks": mark_in("label", "Where counting changed"),
    "from_day": mark_in("label", "From %(day)s"),
    "unchecked": mark_in("label", "Published figures that cannot be checked"),
    "hidden": mark_in("label", "Numbers that are hidden"),
    "simulated": mark_in("label", "Simulated records"),
    "sources": mark_in("label", "The files"),
    "queries": mark_in("label", "The queries"),
    "commands": mark_in("label", "Do it yourself"),
    "commands_note": mark_in(
        "label", "With the city's workspace, these commands give the numbers of this report:"
    ),
    "hash": mark_in("label", "SHA-256 of the file"),
    "licence": mark_in("label", "Terms"),
    "rejected": mark_in("label", "Left out"),
    "led_by": mark_in("label", "Led by"),
    "table": mark_in("label", "The same as a table"),
    "as_csv": mark_in("label", "as CSV"),
    "as_json": mark_in("label", "as JSON"),
    "page_of": mark_in("label", "Page {page} of {pages}"),
    "skip": mark_in("label", "Skip to the report"),
    "languages": mark_in("label", "Language"),
    "report": mark_in("label", "Public safety results"),
    "nothing": mark_in(
        "label", "Nothing could be compared: no records are loaded, or none that are complete."
    ),
}

TERMS = (
    (
        mark_in("term", "95%% interval"),
        mark(
            "The range of changes that fit what was counted. If nothing but chance were at work in many such "
            "comparisons, 95 of 100 intervals would hold the true change."
        ),
    ),
    (
        mark_in("term", "No clear change"),
        mark(
            "The interval holds zero: the numbers fit a fall as well as a rise. "
            "It does not say that nothing happened."
        ),
    ),
    (
        mark_in("term", "Stands among all comparisons"),
        mark(
            "When many comparisons are made, some look changed by chance. A change stands if it is still there when "
            "false alarms are held to 5 in 100 of what is marked (Benjamini–Hochberg)."
        ),
    ),
    (
        mark_in("term", "Baseline"),
        mark(
            "What a number is held against. Another baseline can give another answer, so the fair ones "
            "stand side by side."
        ),
    ),
    (
        mark_in("term", "Usual range"),
        mark(
            "The range in which 95 of 100 months are expected, from the level, trend and season of the years before."
        ),
    ),
    (
        mark_in("term", "Break in a series"),
        mark(
            "A day from which something is counted in another way. Numbers before and after it cannot be compared."
        ),
    ),
    (
        mark_in("term", "Hidden number"),
        mark(
            "A count so small that it could point to a person, or one from which such a count could be worked out. "
            "An audit over all tables looks that none can be."
        ),
    ),
    (
        mark_in("term", "Incidents and victims"),
        mark("One incident can have several victims. The two are different counts and are never mixed here."),
    ),
    (
        mark_in("term", "Simulated"),
        mark(
            "Made by a generator so that pages can be tried before records are loaded. "
            "It is marked ◇ wherever it is used."
        ),
    ),
)


def write_headings(words: Words) -> Headings:
    """Write titles, introductions and labels in the reader's language."""
    language = words.language
    sections = {
        name: Heading(language.pgettext("section", title), language.gettext(text) if text else "")
        for name, (title, text) in SECTIONS.items()
    }
    labels = {name: language.lookup(text, "label").replace("%%", "%") for name, text in LABELS.items()}
    return Headings(**sections, labels=labels)


def list_terms(words: Words) -> tuple[Term, ...]:
    """Write the glossary in the reader's language."""
    language = words.language
    return tuple(Term(language.pgettext("term", word), language.gettext(text)) for word, text in TERMS)
