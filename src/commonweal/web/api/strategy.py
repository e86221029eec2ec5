"""Strategy: the city, its programs, what it published and promised."""

from __future__ import annotations

from fastapi import APIRouter

from commonweal.city.strategy import Commitment, Event, Figure, Program
from commonweal.web.api.asking import Answering
from commonweal.web.api.models import CityShape

router = APIRouter(tags=["City"])


@router.get("/city", summary="The city that is served")
def get_city(answers: Answering) -> CityShape:
    """Return the city."""
    city = answers.city
    return CityShape(
        id=city.id,
        name=city.name,
        names=dict(city.names),
        languages=list(city.languages),
        time_zone=city.time_zone,
        area_title=city.area_title,
        population=city.population,
        population_source=city.population_source,
        simulated=answers.simulated,
        records=answers.desk.store.fingerprint(),
    )


@router.get("/programs", summary="Programs, responders and services")
def list_programs(answers: Answering) -> list[Program]:
    """List the programs."""
    return list(answers.city.programs.values())


@router.get("/programs/{program}", summary="One program")
def get_program(answers: Answering, program: str) -> Program:
    """Return a program."""
    return answers.city.get_program(program)


@router.get("/figures", summary="Published figures, as they were said")
def list_figures(answers: Answering) -> list[Figure]:
    """List the published figures."""
    return list(answers.city.figures.values())


@router.get("/promises", summary="Commitments, as they were made")
def list_promises(answers: Answering) -> list[Commitment]:
    """List the commitments as the pack has them."""
    return list(answers.city.commitments.values())


@router.get("/events", summary="Events of history that a reader of a series should know")
def list_events(answers: Answering) -> list[Event]:
    """List the events."""
    return list(answers.city.events)
