"""Published figures as a reader sees them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from commonweal.reports.sentences.claims import (
    claim_instead,
    claim_period,
    claim_said,
    claim_value,
    claim_why,
)
from commonweal.reports.sentences.findings import alternatives_sentence
from commonweal.reports.sentences.marks import Mark, claim_mark
from commonweal.results.verdict import ClaimVerdict

if TYPE_CHECKING:
    from commonweal.reports.words import Words
    from commonweal.results.finding import ClaimResult

ORDER = (
    ClaimVerdict.CONTRADICTED,
    ClaimVerdict.SUPPORTED,
    ClaimVerdict.UNCERTAIN,
    ClaimVerdict.UNCHECKABLE,
)


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A published figure in words.

    Attributes
    ----------
    figure : str
        Identifier.
    statement, said, published, period : str
        What was said, by whom and when, which number, for which span.
    mark : Mark
        Verdict in a word and a shape.
    why, instead, alternatives : str
        Why; what can be said instead; other fair baselines. Empty where there is nothing.
    program : str
        Name of the program it is about; empty for none.
    source : str
        Document.
    url : str
        Address of the document; empty where the pack has none.
    query : str
        Hash of the query behind what is said; empty where there is none.
    simulated : bool
        True where the records are simulated.
    """

    figure: str
    statement: str
    said: str
    published: str
    period: str
    mark: Mark
    why: str
    instead: str
    alternatives: str
    program: str
    source: str
    url: str
    query: str
    simulated: bool


@dataclass(frozen=True, slots=True)
class SaidClaims:
    """Figures published in one statement."""

    said: str
    claims: tuple[ClaimView, ...]


@dataclass(frozen=True, slots=True)
class ClaimGroup:
    """Figures that cannot be checked for one and the same reason: how many, and which, by statement."""

    why: str
    count: int
    parts: tuple[SaidClaims, ...]


def view_claim(words: Words, result: ClaimResult) -> ClaimView:
    """Write a published figure and its result in the reader's words."""
    figure = words.city.get_figure(result.figure)
    shown = result.recomputed if result.recomputed and result.recomputed.comparison else result.instead
    return ClaimView(
        figure=figure.id,
        statement=words.figure(figure.id, "statement") or words.figure(figure.id, "what"),
        said=claim_said(words, figure),
        published=claim_value(words, figure),
        period=claim_period(words, figure),
        mark=claim_mark(words.language, result.verdict),
        why=claim_why(words, figure, result),
        instead=claim_instead(words, result),
        alternatives=alternatives_sentence(words, shown) if shown else "",
        program=words.program(figure.program) if figure.program else "",
        source=words.figure(figure.id, "source"),
        url=figure.url,
        query=shown.query.hash if shown and shown.query else "",
        simulated=result.simulated,
    )


def split_claims(
    words: Words, results: Sequence[ClaimResult]
) -> tuple[tuple[ClaimView, ...], tuple[ClaimGroup, ...]]:
    """Split figures into those with something to say, verdicts first, and groups of those without, by reason."""
    telling = [result for result in results if _tells(result)]
    telling.sort(key=lambda result: (ORDER.index(result.verdict), result.instead is None))
    groups: dict[str, list[ClaimView]] = {}
    for result in results:
        if not _tells(result):
            view = view_claim(words, result)
            groups.setdefault(view.why, []).append(view)
    ranked = sorted(groups.items(), key=lambda item: -len(item[1]))
    return (
        tuple(view_claim(words, result) for result in telling),
        tuple(_group(why, claims) for why, claims in ranked),
    )


def _group(why: str, claims: Sequence[ClaimView]) -> ClaimGroup:
    parts = tuple(
        SaidClaims(said, tuple(claim for claim in claims if claim.said == said))
        for said in dict.fromkeys(claim.said for claim in claims)
    )
    return ClaimGroup(why, len(claims), parts)


def _tells(result: ClaimResult) -> bool:
    return result.verdict is not ClaimVerdict.UNCHECKABLE or result.instead is not None
