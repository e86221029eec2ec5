"""What a city does and what it said: programs, published figures, commitments, events of history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Direction = Literal["up", "down"]
Relation = Literal["equals", "more_than", "at_least", "about"]


@dataclass(frozen=True, slots=True)
class Program:
    """One program, responder, service or system of the strategy.

    Attributes
    ----------
    id, name, pillar, kind, lead, what_it_does, published_scale, source : str
        As in ``programs.csv``.
    """

    id: str
    name: str
    pillar: str
    kind: str
    lead: str
    what_it_does: str
    published_scale: str
    source: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure the city or its leaders published; a claim to be recomputed.

    Attributes
    ----------
    id : str
        Identifier.
    program : str or None
        Program it is about.
    what : str
        What the figure says, in words.
    value : float
        The figure.
    unit : str
        Its unit; ``percent`` with a sign is a change.
    relation : {'equals', 'more_than', 'at_least', 'about'}
        How the statement relates to the value.
    period_start, period_end : date or None
        Span it speaks of, both days included.
    measure : str or None
        Measure of the pack that recomputes it; none where no record type could.
    form : {'total', 'change', 'share'}
        What of the measure is compared: its total over the span, its change against the baseline span, its share.
    baseline_start, baseline_end : date or None
        Span the change is against.
    statement : str
        The statement as it can be quoted or faithfully paraphrased.
    said_by, said_on : str
        Who said it and when.
    source, url : str
        Document and address.
    """

    id: str
    program: str | None
    what: str
    value: float
    unit: str
    relation: Relation
    period_start: date | None
    period_end: date | None
    measure: str | None
    form: Literal["total", "change", "share"]
    baseline_start: date | None
    baseline_end: date | None
    statement: str
    said_by: str
    said_on: str
    source: str
    url: str


@dataclass(frozen=True, slots=True)
class Commitment:
    """One promise.

    Attributes
    ----------
    id, pillar : str
        Identifier and pillar.
    program : str or None
        Program that is to keep it.
    commitment : str
        The promise, in words.
    measure_text : str
        How it is to be measured, in words.
    measure : str or None
        Measure of the pack, where records can answer.
    target : float or None
        The number promised; none where no number was promised.
    baseline : float or None
        Where it started, if the pack says; else the first value of the trajectory.
    baseline_on, deadline : date or None
        Day of the baseline; day by which it was promised.
    unit : str
        Unit of target and measure.
    direction : {'up', 'down'}
        Which way is better.
    owner : str
        Who answers for it.
    narrative : str
        Written by hand; the status never is.
    source : str
        Document.
    """

    id: str
    pillar: str
    program: str | None
    commitment: str
    measure_text: str
    measure: str | None
    target: float | None
    baseline: float | None
    baseline_on: date | None
    deadline: date | None
    unit: str
    direction: Direction
    owner: str
    narrative: str
    source: str


@dataclass(frozen=True, slots=True)
class Event:
    """One event of history that a reader should know when looking at a series.

    Attributes
    ----------
    start : date
        Day it happened, or began.
    end : date or None
        Last day, where it lasted.
    title, what, source : str
        In words, with the document.
    """

    start: date
    end: date | None
    title: str
    what: str
    source: str
