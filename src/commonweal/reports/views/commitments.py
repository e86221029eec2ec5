"""Commitments as a reader sees them, by pillar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from commonweal.reports.sentences.commitments import (
    commitment_deadline,
    commitment_number,
    commitment_sentence,
)
from commonweal.reports.sentences.marks import Mark, commitment_mark
from commonweal.results.verdict import CommitmentStatus

if TYPE_CHECKING:
    from commonweal.reports.words import Words
    from commonweal.results.finding import CommitmentResult


@dataclass(frozen=True, slots=True)
class CommitmentView:
    """A commitment in words.

    Attributes
    ----------
    commitment : str
        Identifier.
    promise, measured_by, owner, narrative, source : str
        The promise, how it is measured, who answers for it, what was written by hand, the document.
    number, deadline : str
        The number promised, or that none was; by when.
    mark : Mark
        Status in a word and a shape.
    sentence : str
        Where it stands and by which rule; empty where the status says it all.
    program : str
        Program that is to keep it; empty for none.
    simulated : bool
        True where records behind it are simulated.
    """

    commitment: str
    promise: str
    measured_by: str
    owner: str
    narrative: str
    source: str
    number: str
    deadline: str
    mark: Mark
    sentence: str
    program: str
    simulated: bool


@dataclass(frozen=True, slots=True)
class PillarView:
    """The commitments of one pillar."""

    pillar: str
    title: str
    commitments: tuple[CommitmentView, ...]


def view_commitment(words: Words, result: CommitmentResult) -> CommitmentView:
    """Write a commitment and its result in the reader's words."""
    declared = words.city.get_commitment(result.commitment)
    return CommitmentView(
        commitment=declared.id,
        promise=words.commitment(declared.id),
        measured_by=words.commitment(declared.id, "measure_text"),
        owner=words.commitment(declared.id, "owner"),
        narrative=words.commitment(declared.id, "narrative"),
        source=words.commitment(declared.id, "source"),
        number=commitment_number(words, declared),
        deadline=commitment_deadline(words, declared),
        mark=commitment_mark(words.language, result.status),
        sentence="" if _says_itself(result) else commitment_sentence(words, declared, result),
        program=words.program(declared.program) if declared.program else "",
        simulated=result.simulated,
    )


def _says_itself(result: CommitmentResult) -> bool:
    """Tell whether the status alone says everything: no number was promised and no record shows a course."""
    return result.status is CommitmentStatus.NO_TARGET and not result.trajectory


def group_by_pillar(words: Words, results: Sequence[CommitmentResult]) -> tuple[PillarView, ...]:
    """Group commitments by pillar, in the order in which the pack first names each."""
    groups: dict[str, list[CommitmentView]] = {}
    for result in results:
        pillar = words.city.get_commitment(result.commitment).pillar
        groups.setdefault(pillar, []).append(view_commitment(words, result))
    return tuple(PillarView(name, words.pillar(name), tuple(views)) for name, views in groups.items())
