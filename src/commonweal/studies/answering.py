"""Which source answers: the first one a measure lists that is loaded and can."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from commonweal.city.knowledge import Source
from commonweal.city.measures import Measure
from commonweal.results.breaks import covered_period, find_refusal
from commonweal.results.finding import Refusal
from commonweal.results.periods import Period
from commonweal.store import Snapshot
from commonweal.studies.desk import Desk

SILENCE = 0.001
"""Chance below which days without a record at an end of the declared cover are days that are not loaded."""


@dataclass(frozen=True, slots=True)
class AnsweringSource:
    """A source that is loaded, as described by the pack and as found in the store.

    Attributes
    ----------
    source : Source
        From the pack; its cover ends where the records do, if they fall short of what was declared.
    snapshot : Snapshot
        Its current records.
    loaded : Period
        First and last day of the records.
    covers : Period
        Days for which it is complete, as far as pack and records tell.
    refusal : Refusal or None
        Why it cannot answer for the periods asked for; none where it can.
    """

    source: Source
    snapshot: Snapshot
    loaded: Period
    covers: Period
    refusal: Refusal | None = None

    @property
    def simulated(self) -> bool:
        """Whether a generator made the records."""
        return self.snapshot.provenance.simulated or self.source.protocol == "simulated"


def list_candidates(
    desk: Desk, measure: Measure, periods: Sequence[Period] = (), *, by_area: bool = False
) -> tuple[AnsweringSource, ...]:
    """List the loaded sources of a measure in its order of preference, each with why it cannot answer, if so.

    Simulated records stand in where there is no real record: once one real source of the measure is loaded, they
    answer nothing any more, not even for days that the real records do not cover.

    Parameters
    ----------
    desk : Desk
        City and records.
    measure : Measure
        What is asked.
    periods : sequence of Period
        For when; none to ask only what is there.
    by_area : bool
        Whether the answer is for areas; sources that know only the whole city are then left out.
    """
    candidates = []
    for name in measure.sources:
        declared = desk.city.get_source(name)
        snapshot = desk.store.find_current(measure.kind, name)
        if snapshot is None or snapshot.first is None or snapshot.last is None:
            continue
        if by_area and declared.grain_area == "city":
            continue
        loaded = Period(snapshot.first, snapshot.last)
        source = _narrow(declared, loaded, snapshot.rows)
        refusal = find_refusal(source, desk.city.breaks.values(), periods, by_area=by_area, loaded=loaded)
        covers = covered_period(source, loaded) or loaded
        candidates.append(AnsweringSource(source, snapshot, loaded, covers, refusal))
    real = [one for one in candidates if not one.simulated]
    return tuple(real or candidates)


def _narrow(declared: Source, loaded: Period, rows: int) -> Source:
    """Return a source whose declared cover ends where its records do, unless so long a silence can be chance.

    Published counts say of which days they are. Of single records that come at least once a day, a silence is
    believed that has more than one chance in a thousand: −ln(0.001) records' worth of days. Rarer records, and what
    programs write down by the season, are believed to be silent for as long as `SLACK_DAYS` allows.
    """
    if declared.kind == "counts":
        silence = timedelta(0)
    elif declared.grain_period == "point" and rows >= loaded.days:
        silence = timedelta(days=int(-math.log(SILENCE) * loaded.days / max(rows, 1)))
    else:
        return declared
    start, end = declared.covers_from, declared.covers_to
    if start is not None and loaded.start - start > silence:
        start = loaded.start
    if end is not None and end - loaded.end > silence:
        end = loaded.end
    return replace(declared, covers_from=start, covers_to=end)


def find_answering_source(
    desk: Desk, measure: Measure, periods: Sequence[Period], *, by_area: bool = False
) -> AnsweringSource | None:
    """Find the source that answers for these periods.

    Returns
    -------
    AnsweringSource or None
        The first that can; else the first that tells times finely enough, with its refusal; else the first, with
        its refusal; None where nothing is loaded.
    """
    candidates = list_candidates(desk, measure, periods, by_area=by_area)
    able = [one for one in candidates if one.refusal is None]
    fine = [one for one in candidates if one.refusal is not None and one.refusal.reason != "too_fine"]
    return next(iter([*able, *fine, *candidates]), None)
