"""Where the numbers come from, as a reader sees it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from commonweal.city.knowledge import SeriesBreak
    from commonweal.records.provenance import Provenance
    from commonweal.reports.words import Words
    from commonweal.results.finding import Query


@dataclass(frozen=True, slots=True)
class SourceView:
    """A table of records and where it came from.

    Attributes
    ----------
    title, publisher, licence, url : str
        What it is; empty where unknown.
    facts : str
        When it was read and how many rows were kept, in a sentence.
    rejected : tuple of str
        Why rows were left out.
    file_name, content_hash : str
        The file and its SHA-256; empty for simulated records.
    note : str
        What the reader should know.
    simulated : bool
        Whether a generator made the records.
    """

    title: str
    publisher: str
    licence: str
    url: str
    facts: str
    rejected: tuple[str, ...]
    file_name: str
    content_hash: str
    note: str
    simulated: bool


@dataclass(frozen=True, slots=True)
class QueryView:
    """A query: its hash and its text."""

    hash: str
    sql: str


@dataclass(frozen=True, slots=True)
class BreakView:
    """A break in a series, in words."""

    day: str
    title: str
    why: str
    reference: str


def view_source(words: Words, provenance: Provenance) -> SourceView:
    """Write where a table came from."""
    language = words.language
    if provenance.simulated:
        facts = language.ngettext(
            "Simulated: %(n)s row made by a generator, seed %(seed)s.",
            "Simulated: %(n)s rows made by a generator, seed %(seed)s.",
            provenance.rows_kept,
            seed=str(provenance.seed),
        )
    else:
        facts = language.gettext(
            "Read on %(day)s: %(read)s rows, %(kept)s kept, %(rejected)s rejected, %(twice)s twice in the file.",
            day=language.date(provenance.retrieved_at.date()),
            read=language.number(provenance.rows_read),
            kept=language.number(provenance.rows_kept),
            rejected=language.number(provenance.rows_rejected),
            twice=language.number(provenance.duplicates),
        )
    known = words.city.sources.get(provenance.source)
    return SourceView(
        title=words.source(provenance.source) if known else provenance.title,
        publisher=words.text("sources", provenance.source, "publisher", provenance.publisher),
        licence=words.text("sources", provenance.source, "licence", provenance.licence),
        url=provenance.url,
        facts=facts,
        rejected=tuple(f"{language.number(reason.rows)} × {reason.message}" for reason in provenance.reasons),
        file_name=provenance.file_name,
        content_hash="" if provenance.simulated else provenance.content_hash,
        note=" ".join(words.text("sources", provenance.source, "note", known.note if known else "").split()),
        simulated=provenance.simulated,
    )


def view_queries(queries: Sequence[Query]) -> tuple[QueryView, ...]:
    """Write queries as they were run."""
    return tuple(QueryView(query.hash, query.sql.strip()) for query in queries)


def view_break(words: Words, series_break: SeriesBreak) -> BreakView:
    """Write a break in a series."""
    return BreakView(
        day=words.language.date(series_break.on),
        title=words.break_title(series_break),
        why=" ".join(words.break_why(series_break).split()),
        reference=words.text("breaks", series_break.id, "reference", series_break.reference),
    )
