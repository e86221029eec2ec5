"""Whether periods were counted in the same way, and whether the records cover them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from commonweal.city.knowledge import SeriesBreak, Source
from commonweal.results.finding import Refusal
from commonweal.results.periods import Period

SLACK_DAYS: Final = {"point": 31, "day": 31, "month": 31, "year": 366}
"""How far loaded records may fall short of the declared cover before they count as incomplete: in quiet places
nothing may have happened on the last days, and aggregates may be dated by their first day."""


def find_breaks(
    breaks: Iterable[SeriesBreak], kind: str, source: str, *periods: Period
) -> tuple[SeriesBreak, ...]:
    """Return the breaks that stand in the way of holding periods against each other.

    A break stands in the way unless every period lies wholly on the same side of it. A break with a last day
    has two sides, the days it affects and all others, before and after.

    Parameters
    ----------
    breaks : iterable of SeriesBreak
        Breaks of the city's pack.
    kind, source : str
        Record type and source that would answer.
    *periods : Period
        Periods to be compared, or one to be read as a total.

    Returns
    -------
    tuple of SeriesBreak
        In the order of their days; empty where the periods were counted in one way.
    """
    found = [one for one in breaks if applies(one, kind, source) and _parts(one, periods)]
    return tuple(sorted(found, key=lambda one: (one.on, one.id)))


def applies(one: SeriesBreak, kind: str, source: str) -> bool:
    """Say whether a break is about a kind of record and a source."""
    return kind in one.kinds and (not one.sources or source in one.sources)


def is_comparable(breaks: Iterable[SeriesBreak], kind: str, source: str, period: Period) -> bool:
    """Say whether a period lies wholly before every break, or after the end of those that ended."""
    return all(_side(one, period) is False for one in breaks if applies(one, kind, source))


def covered_period(source: Source, loaded: Period | None = None) -> Period | None:
    """Return the days for which a source is complete.

    Parameters
    ----------
    source : Source
        Its ``covers_from`` and ``covers_to`` are what the city knows.
    loaded : Period, optional
        First and last day of the records that are loaded. They narrow the declared cover where they fall short
        of it by more than `SLACK_DAYS`, and stand for it where nothing is declared.

    Returns
    -------
    Period or None
        None where neither is known.
    """
    if loaded is None:
        if source.covers_from is None or source.covers_to is None:
            return None
        return Period(source.covers_from, source.covers_to)
    slack = timedelta(days=SLACK_DAYS[source.grain_period])
    start, end = source.covers_from or loaded.start, source.covers_to or loaded.end
    return Period(
        start if loaded.start - start <= slack else loaded.start,
        end if end - loaded.end <= slack else loaded.end,
    )


def covers(source: Source, period: Period, loaded: Period | None = None) -> bool:
    """Say whether a source is complete for a period; see `covered_period`."""
    covered = covered_period(source, loaded)
    return covered is not None and covered.contains(period)


def is_fine_enough(source: Source, period: Period, *, by_area: bool = False) -> bool:
    """Say whether a source tells times and places finely enough to add up a period, and areas if wanted."""
    if by_area and source.grain_area == "city":
        return False
    if source.grain_period == "month":
        return period.whole_months > 0
    if source.grain_period == "year":
        return period.whole_months > 0 and period.whole_months % 12 == 0 and period.start.month == 1
    return True


def find_refusal(
    source: Source,
    breaks: Iterable[SeriesBreak],
    periods: Iterable[Period],
    *,
    by_area: bool = False,
    loaded: Period | None = None,
) -> Refusal | None:
    """Return why a source cannot answer for these periods together, or None where it can.

    The reasons are tried in the order break, incomplete, too fine; whichever is named, all breaks that stand in
    the way and the days the records cover are given with it.

    Parameters
    ----------
    source : Source
        Source that would answer.
    breaks : iterable of SeriesBreak
        Breaks of the city's pack.
    periods : iterable of Period
        Periods to be compared, or one.
    by_area : bool
        Whether single areas are asked for.
    loaded : Period, optional
        First and last day of the records that are loaded.
    """
    asked = tuple(periods)
    covered = covered_period(source, loaded)
    found = find_breaks(breaks, source.kind, source.id, *asked)
    covers_from, covers_to = (covered.start, covered.end) if covered else (None, None)
    if found:
        return Refusal("break", found, covers_from, covers_to, source.id)
    if covered is None:
        return Refusal("no_records", detail=source.id)
    if not all(covered.contains(period) for period in asked):
        return Refusal("incomplete", (), covers_from, covers_to, source.id)
    if not all(is_fine_enough(source, period, by_area=by_area) for period in asked):
        return Refusal("too_fine", (), covers_from, covers_to, source.id)
    return None


def _parts(one: SeriesBreak, periods: Iterable[Period]) -> bool:
    sides = {_side(one, period) for period in periods}
    return None in sides or len(sides) > 1


def _side(one: SeriesBreak, period: Period) -> bool | None:
    """Return whether a period is counted the new way; None where it is partly so."""
    last = one.until or date.max
    if period.end < one.on or period.start > last:
        return False
    return True if period.start >= one.on and period.end <= last else None
