"""Reading a period as a person writes it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from commonweal.errors import InvalidRequest, Problem
from commonweal.results.periods import (
    Period,
    calendar_month,
    calendar_quarter,
    calendar_year,
    twelve_months,
    twenty_eight_days,
    year_to_date,
)

ALLOWED: Final = (
    "a year (2023), quarter (2023-Q2), month (2023-04) or day (2023-04-01); a span of two of them "
    "(2021-12..2022-11, both included); ytd:2023-10-31 (1 January to that day); 12m:2023-11 (the twelve months "
    "to that one); 28d:2023-10-31 (the 28 days to that one)"
)

YEARS: Final = range(1900, 2200)
_PART: Final = re.compile(
    r"(?P<year>[0-9]{4})(?:-(?:Q(?P<quarter>[1-4])|(?P<month>0[1-9]|1[0-2])(?:-(?P<day>[0-9]{2}))?))?"
)
_NAMED: Final[Mapping[str, Callable[[date], Period]]] = {
    "ytd": year_to_date,
    "12m": twelve_months,
    "28d": twenty_eight_days,
}


def parse_period(text: str, *, where: str = "period") -> Period:
    """Read a period.

    Parameters
    ----------
    text : str
        For example ``2021-12..2022-11``, ``2023``, ``2023-Q2``, ``ytd:2023-10-31``.
    where : str
        Option or parameter it came from, to be named in an error.

    Raises
    ------
    InvalidRequest
        It is none of the allowed forms, names a day that does not exist, or ends before it starts.
    """
    problem = _Refuse(where, text)
    name, colon, rest = text.strip().partition(":")
    if colon:
        if name.lower() not in _NAMED:
            raise problem(f"there is no kind of period named {name!r}; allowed: {ALLOWED}")
        return _NAMED[name.lower()](_part(rest, problem).end)
    first, dots, last = text.strip().partition("..")
    start = _part(first, problem)
    period = Period(start.start, _part(last, problem).end) if dots else start
    if period.end < period.start:
        raise problem("it ends before it starts")
    return period


class _Refuse:
    """Makes the error that names where the text came from."""

    def __init__(self, where: str, text: str) -> None:
        self.where = where
        self.text = text

    def __call__(self, message: str) -> InvalidRequest:
        return InvalidRequest(
            "The period cannot be read.", [Problem(self.where, message, field="period", value=self.text)]
        )


def _part(text: str, problem: _Refuse) -> Period:
    match = _PART.fullmatch(text.strip().upper())
    if match is None:
        raise problem(f"allowed: {ALLOWED}")
    year, month = int(match["year"]), int(match["month"] or 1)
    if year not in YEARS:
        raise problem(f"the year must lie from {YEARS[0]} to {YEARS[-1]}")
    try:
        if match["day"]:
            day = date(year, month, int(match["day"]))
            return Period(day, day)
        if match["month"]:
            return calendar_month(year, month)
        return calendar_quarter(year, int(match["quarter"])) if match["quarter"] else calendar_year(year)
    except ValueError:
        raise problem(f"{text.strip()} is not in the calendar") from None
