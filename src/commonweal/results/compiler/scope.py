"""What a query is asked for: which records, cut how."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from commonweal.city.knowledge import Source
from commonweal.errors import InvalidRequest, Problem
from commonweal.results.calendar_grid import split
from commonweal.results.periods import DEFAULT_ANCHOR, Grain, Period


@dataclass(frozen=True, slots=True)
class Scope:
    """Which records are read, and by what they are grouped.

    Attributes
    ----------
    source : Source
        The one source that answers; sources are never added up.
    time_zone : str
        IANA name of the city's zone.
    area : str or None
        Only this area; none for the whole city. Published counts have rows for areas or for the whole city: a
        city total is read from the city's rows of a source that publishes only those, else added up from areas.
    by : tuple of str
        Columns to group by, for example ``("area",)`` or ``("area", "category")``. Records without an area form
        a group of their own, so groups always add up to the whole.
    """

    source: Source
    time_zone: str
    area: str | None = None
    by: tuple[str, ...] = ()

    @property
    def zone(self) -> ZoneInfo:
        """The zone itself."""
        return ZoneInfo(self.time_zone)


@dataclass(frozen=True, slots=True)
class TimeGrid:
    """Periods of one grain, one after the other.

    Attributes
    ----------
    grain : Grain
        Length.
    span : Period
        Whole periods inside it are used; what is incomplete at its ends is left out.
    anchor : date
        Day on which a week or a 28-day period starts.
    """

    grain: Grain
    span: Period
    anchor: date = DEFAULT_ANCHOR

    @property
    def periods(self) -> tuple[Period, ...]:
        """The periods; ``period`` in the result of a query is the position here."""
        return split(self.span, self.grain, self.anchor)

    @property
    def extent(self) -> Period:
        """First day of the first and last day of the last period.

        Raises
        ------
        InvalidRequest
            The span holds no whole period.
        """
        periods = self.periods
        if not periods:
            message = f"it must hold at least one whole period of the grain {self.grain}"
            raise InvalidRequest(
                "There is nothing to show.", [Problem("period", message, field="span", value=str(self.span))]
            )
        return Period(periods[0].start, periods[-1].end)
