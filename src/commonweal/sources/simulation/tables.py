"""From drawn numbers to the tables of the record types."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import polars as pl

from commonweal.records import get_record_type
from commonweal.records.vocabulary import AGENCIES, CALL_ORIGINS, PRIORITIES
from commonweal.sources.simulation.activities import ActivityRow
from commonweal.sources.simulation.calls import DrawnCalls
from commonweal.sources.simulation.parameters import CallGroup
from commonweal.sources.simulation.places import Places
from commonweal.sources.simulation.responses import DrawnResponses

Integers = npt.NDArray[np.int64]

CALLS_SOURCE = "simulated_calls"
RESPONSES_SOURCE = "simulated_responses"
ACTIVITIES_SOURCE = "simulated_activities"


def build_calls(
    calls: DrawnCalls, responses: DrawnResponses, places: Places, groups: tuple[CallGroup, ...], year: int
) -> pl.DataFrame:
    """Build the table of calls; a call is closed when its last unit is free."""
    first_unit = np.searchsorted(responses.call, np.arange(len(calls.type)))
    closed_s = np.maximum.reduceat(responses.cleared_s, first_unit) if len(calls.type) else calls.received_s
    rides = responses.transport_s[first_unit] > 0
    endings = (*calls.dispositions, *(group.transport_disposition for group in groups))
    ride_ending = len(calls.dispositions) + calls.type_group[calls.type]
    names = [one.name for one in calls.types]
    table = pl.DataFrame(
        {
            "record_id": _number("C", year, len(calls.type)),
            "received_at": _as_time(calls.received_s),
            "answered_at": _as_time(calls.answered_s),
            "closed_at": _as_time(closed_s),
            "call_type": _pick(names, calls.type),
            "priority": _pick([one.priority for one in calls.types], calls.type, pl.Enum(PRIORITIES)),
            "origin": _pick(CALL_ORIGINS, calls.origin, pl.Enum(CALL_ORIGINS)),
            "agency": _pick([one.agency for one in calls.types], calls.type, pl.Enum(AGENCIES)),
            "disposition": _pick(endings, np.where(rides, ride_ending, calls.disposition)),
            "area": _pick(places.areas, places.area[calls.place]),
            "lon": places.lon[calls.place],
            "lat": places.lat[calls.place],
        }
    )
    return _complete(table, "calls", CALLS_SOURCE)


def build_responses(
    calls: DrawnCalls, responses: DrawnResponses, places: Places, agencies: Sequence[str], year: int
) -> pl.DataFrame:
    """Build the table of responses; ``agencies`` holds the service of each unit type."""
    call_id = _number("C", year, len(calls.type)).gather(responses.call)
    table = pl.DataFrame(
        {
            "call_id": call_id,
            "turn": responses.turn + 1,
            "unit": _pick([name for name, _ in responses.units], responses.unit),
            "unit_type": _pick(responses.unit_types, responses.unit_type),
            "agency": _pick(agencies, responses.unit_type, pl.Enum(AGENCIES)),
            "station": _pick([station for _, station in responses.units], responses.unit),
            "dispatched_at": _as_time(responses.dispatched_s),
            "en_route_at": _as_time(responses.en_route_s),
            "arrived_at": _as_time(responses.arrived_s),
            "transport_at": _as_time(responses.transport_s),
            "cleared_at": _as_time(responses.cleared_s),
            "area": _pick(places.areas, places.area[calls.place[responses.call]]),
        }
    ).with_columns(
        record_id=pl.format("{}-{}", "call_id", "turn"),
        transport_at=pl.when(pl.Series(responses.transport_s > 0)).then("transport_at"),
    )
    return _complete(table, "responses", RESPONSES_SOURCE)


def build_activities(rows: Sequence[ActivityRow], year: int) -> pl.DataFrame:
    """Build the table of program activity."""
    columns = {name: [getattr(row, name) for row in rows] for name in ActivityRow.__slots__}
    table = pl.DataFrame(columns, schema_overrides={"date": pl.Date, "site": pl.String, "area": pl.String})
    return _complete(
        table.with_columns(record_id=_number("A", year, len(rows))), "activities", ACTIVITIES_SOURCE
    )


def _complete(table: pl.DataFrame, kind: str, source: str) -> pl.DataFrame:
    columns = get_record_type(kind).columns
    missing = [
        pl.lit(None, dtype=column.dtype).alias(name)
        for name, column in columns.items()
        if name not in table.columns
    ]
    origin = {"source": pl.lit(source), "simulated": pl.lit(value=True)}
    return table.with_columns(missing).with_columns(**origin).select(list(columns))


def _number(letter: str, year: int, count: int) -> pl.Series:
    numbers = pl.Series(np.arange(1, count + 1)).cast(pl.String).str.zfill(7)
    return f"{letter}-{year}-" + numbers


def _pick(names: Sequence[str], codes: Integers, dtype: pl.DataType | None = None) -> pl.Series:
    return pl.Series(list(names), dtype=dtype or pl.String()).gather(codes)


def _as_time(seconds: Integers) -> pl.Series:
    return pl.Series(seconds * 1_000_000).cast(pl.Datetime("us", "UTC"))
