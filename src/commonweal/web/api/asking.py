"""What the API's questions have in common."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Query, Request

from commonweal.errors import InvalidRequest, Problem
from commonweal.results.period_text import ALLOWED, parse_period
from commonweal.results.periods import Period, previous
from commonweal.web.answers import Answers


def get_answers(request: Request) -> Answers:
    """Return the application's answers."""
    answers: Answers = request.app.state.answers
    return answers


Answering = Annotated[Answers, Depends(get_answers)]
PeriodText = Annotated[str | None, Query(description=f"A period: {ALLOWED}", examples=["2022-12..2023-11"])]


def read_periods(current: str | None, baseline: str | None) -> tuple[Period | None, Period | None]:
    """Read both periods; a current one without a baseline is held against the period before it.

    Raises
    ------
    InvalidRequest
        One cannot be read, or a baseline came alone; every problem is listed.
    """
    problems: list[Problem] = []
    read: dict[str, Period | None] = {}
    for name, text in (("current", current), ("baseline", baseline)):
        try:
            read[name] = parse_period(text, where=name) if text else None
        except InvalidRequest as error:
            problems.extend(error.problems)
    if baseline and not current:
        problems.append(Problem("current", "give the current period with the baseline", field="current"))
    if problems:
        raise InvalidRequest("The periods cannot be read.", problems)
    now, before = read["current"], read["baseline"]
    return now, before or (previous(now) if now else None)
