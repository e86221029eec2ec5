"""Which source answers: the first one a measure lists that is loaded and fine enough."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from commonweal.city.knowledge import Source
from commonweal.city.measures import Measure
from commonweal.results.finding import Refusal
from commonweal.results.periods import Period
from commonweal.store import Snapshot
from commonweal.studies.desk import Desk

FINENESS = {"point": 0, "day": 1, "month": 2, "year": 3}


@dataclass(frozen=True, slots=True)
class AnsweringSource:
    """The source that answers, as described by the pack and as loaded.

    Attributes
    ----------
    source : Source
        From the pack.
    snapshot : Snapshot
        Its current records.
    covers : Period
        First and last day for which it is complete, as far as the pack and the records tell.
    """

    source: Source
    snapshot: Snapshot
    covers: Period

    @property
    def simulated(self) -> bool:
        """Whether a generator made the records."""
        return self.snapshot.provenance.simulated


def grain_of(periods: Sequence[Period]) -> str:
    """Return the coarsest grain whose whole units make up the periods: ``year``, ``month`` or ``day``.

    Parameters
    ----------
    periods : sequence of Period
        Periods asked for.
    """
    if all(p.start.month == p.start.day == 1 and (p.end.month, p.end.day) == (12, 31) for p in periods):
        return "year"
    if all(
        p.start.day == 1 and p.end.day == calendar.monthrange(p.end.year, p.end.month)[1] for p in periods
    ):
        return "month"
    return "day"


def list_candidates(desk: Desk, measure: Measure, *, by_area: bool) -> tuple[AnsweringSource, ...]:
    """List the loaded sources of a measure that know areas where areas are asked for, best first."""
    candidates = []
    for name in measure.sources:
        source = desk.city.get_source(name)
        snapshot = desk.store.find_current(measure.kind, name)
        if snapshot is None or snapshot.first is None or snapshot.last is None:
            continue
        if by_area and source.grain_area == "city":
            continue
        candidates.append(AnsweringSource(source, snapshot, _coverage(source, snapshot)))
    return tuple(candidates)


def find_answering_source(
    desk: Desk, measure: Measure, periods: Sequence[Period], *, by_area: bool
) -> AnsweringSource | Refusal:
    """Find the source that answers for these periods, or say why none does.

    Among the loaded sources that are fine enough, the first that covers every period answers; if none covers
    them, the first one does, and the comparison will be refused as incomplete.

    Parameters
    ----------
    desk : Desk
        City and records.
    measure : Measure
        What is asked.
    periods : sequence of Period
        For when.
    by_area : bool
        Whether the answer is for areas.
    """
    candidates = list_candidates(desk, measure, by_area=by_area)
    if not candidates:
        return Refusal("no_records", detail=", ".join(measure.sources))
    needed = FINENESS[grain_of(periods)]
    fine = [c for c in candidates if FINENESS[c.source.grain_period] <= needed]
    if not fine:
        coarse = candidates[0]
        return Refusal("too_fine", (), coarse.covers.start, coarse.covers.end, coarse.source.id)
    for candidate in fine:
        if all(candidate.covers.start <= p.start and p.end <= candidate.covers.end for p in periods):
            return candidate
    return fine[0]


def _coverage(source: Source, snapshot: Snapshot) -> Period:
    """Days for which the source is complete: as the pack says, else the records without their last, open month."""
    first = snapshot.first or date.min
    last = snapshot.last or date.min
    start = max(first, source.covers_from) if source.covers_from else first
    if source.covers_to:
        return Period(start, max(start, min(source.covers_to, _end_of_unit(last, source.grain_period))))
    if source.grain_period in ("point", "day"):
        open_month = date(last.year, last.month, 1)
        last_day = calendar.monthrange(last.year, last.month)[1]
        end = last if last.day == last_day else open_month - timedelta(days=1)
        return Period(start, max(start, end))
    return Period(start, max(start, _end_of_unit(last, source.grain_period)))


def _end_of_unit(day: date, grain: str) -> date:
    if grain == "year":
        return date(day.year, 12, 31)
    if grain == "month":
        return date(day.year, day.month, calendar.monthrange(day.year, day.month)[1])
    return day
