"""Results: measures, series, comparisons, screens, claims, commitments."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query

from commonweal.errors import ComparisonRefused, NotFound
from commonweal.reports.language import get_language
from commonweal.reports.sentences import refusal_sentence
from commonweal.reports.words import Words
from commonweal.results.finding import ClaimResult, CommitmentResult, Finding, Screen, Series
from commonweal.studies.listing import MeasureListed
from commonweal.studies.series import SeriesGrain
from commonweal.web.answers import Answers
from commonweal.web.api.asking import Answering, PeriodText, read_periods
from commonweal.web.api.models import ProblemDocument

router = APIRouter(tags=["Results"])
REFUSED: dict[int | str, dict[str, Any]] = {
    409: {"model": ProblemDocument, "description": "The periods were not counted in the same way"}
}


@router.get("/measures", summary="Every measure, with what answers it and the query of its series")
def list_measures(answers: Answering) -> list[MeasureListed]:
    """List the measures."""
    return list(answers.measures())


@router.get("/measures/{measure}", summary="One measure")
def get_measure(answers: Answering, measure: str) -> MeasureListed:
    """Return a measure."""
    declared = answers.city.get_measure(measure)
    return next(one for one in answers.measures() if one.measure.id == declared.id)


@router.get("/measures/{measure}/series", summary="A measure over time, with its usual range and its breaks")
def get_series(answers: Answering, measure: str, grain: SeriesGrain | None = None) -> Series:
    """Return a measure over time, for the whole city."""
    answers.city.get_measure(measure)
    return answers.series(measure, grain)


@router.get(
    "/measures/{measure}/areas/{area}", summary="Calendar years of a measure in an area, as published"
)
def get_area_series(answers: Answering, measure: str, area: str) -> Series:
    """Return the years of a measure in an area; small numbers are hidden."""
    return answers.area_series(measure, area)


@router.get(
    "/compare/{measure}", summary="Two periods of the whole city held against each other", responses=REFUSED
)
def compare(
    answers: Answering,
    measure: str,
    current: PeriodText = None,
    baseline: PeriodText = None,
    even_if_broken: Annotated[
        bool, Query(description="Answer with the numbers and the refusal instead of 409")
    ] = False,
) -> Finding:
    """Compare a measure; without periods, the latest that can be compared."""
    answers.city.get_measure(measure)
    now, before = read_periods(current, baseline)
    finding = answers.finding(measure, current=now, baseline=before, even_if_broken=even_if_broken)
    if finding.refusal is not None and not even_if_broken:
        raise ComparisonRefused(explain_refusal(answers, finding))
    return finding


def explain_refusal(answers: Answers, finding: Finding) -> str:
    """Say in English why a finding was refused."""
    assert finding.refusal is not None  # noqa: S101 - asked only where it was
    return refusal_sentence(Words(answers.city, get_language("en")), finding.refusal)


@router.get(
    "/screen", summary="Every measure in every area at once, with the share of false alarms held at 5 %"
)
def get_screen(answers: Answering) -> Screen:
    """Return what is published by area: periods are fixed and small numbers hidden, so that none can be worked out."""
    screen = answers.release().screen
    if screen is None:
        raise NotFound(
            "Nothing is published by area: no loaded records tell areas for two comparable periods."
        )
    return screen


@router.get("/claims", summary="Every published figure, recomputed where records allow")
def list_claims(answers: Answering) -> list[ClaimResult]:
    """List the claims."""
    return list(answers.claims())


@router.get("/claims/{figure}", summary="One published figure, recomputed")
def get_claim(answers: Answering, figure: str) -> ClaimResult:
    """Return a claim."""
    return answers.claim(figure)


@router.get("/commitments", summary="Every commitment, with its status by rule")
def list_commitments(answers: Answering) -> list[CommitmentResult]:
    """List the commitments."""
    return list(answers.commitments())


@router.get("/commitments/{commitment}", summary="One commitment, with its trajectory")
def get_commitment(answers: Answering, commitment: str) -> CommitmentResult:
    """Return a commitment."""
    return answers.commitment(commitment)
