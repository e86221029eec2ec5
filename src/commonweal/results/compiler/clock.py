"""The city's days in a query: bounds in UTC, and the day a UTC time falls on.

A day begins when the clock of the city first shows 00:00 of it, or, where that is skipped in spring, at the
moment of the change. (Some zones have set their clocks back across midnight; a minute of the day that comes back
then counts to the new day in totals. No zone in use today does.)
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlglot import exp

from commonweal.results.periods import GRAIN_DAYS, GRAIN_MONTHS, Grain, Period

DAY_US: Final = 86_400_000_000
"""Microseconds of a day."""
_EPOCH: Final = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class OffsetSpan:
    """A span of time in which the zone keeps one offset.

    Attributes
    ----------
    until : datetime or None
        First moment after it (UTC); none for the last span.
    offset_s : int
        Seconds the city's clock is ahead of UTC.
    """

    until: datetime | None
    offset_s: int


def day_start_utc(day: date, zone: ZoneInfo) -> datetime:
    """Return the moment (UTC) at which a day of the city begins."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def list_offset_spans(period: Period, zone: ZoneInfo) -> tuple[OffsetSpan, ...]:
    """Return the offsets a zone keeps in a period, in order of time."""
    start = day_start_utc(period.start, zone)
    end = day_start_utc(period.end + timedelta(days=1), zone)
    spans: list[OffsetSpan] = []
    here = start
    while here < end:
        ahead = min(here + timedelta(days=1), end)
        if _offset_s(here, zone) != _offset_s(ahead, zone):
            spans.append(OffsetSpan(_change(here, ahead, zone), _offset_s(here, zone)))
        here = ahead
    if spans and spans[-1].until is not None and spans[-1].until >= end:
        return (*spans[:-1], OffsetSpan(None, spans[-1].offset_s))
    return (*spans, OffsetSpan(None, _offset_s(end, zone)))


def instant(moment: datetime) -> exp.Expr:
    """Write a moment as a literal with its offset, the same in every session's time zone."""
    return exp.cast(exp.convert(moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S+00:00")), "TIMESTAMPTZ")


def within_days(column: exp.Expr, period: Period, zone: ZoneInfo) -> list[exp.Expr]:
    """Compare a UTC column with the first moment of a period and the first one after it."""
    from_start = column.copy() >= instant(day_start_utc(period.start, zone))
    return [from_start, before_day(column, period.end + timedelta(days=1), zone)]


def before_day(column: exp.Expr, day: date, zone: ZoneInfo) -> exp.Expr:
    """Compare a UTC column with the first moment of a day."""
    return column.copy() < instant(day_start_utc(day, zone))


def day_number(column: exp.Expr, period: Period, zone: ZoneInfo) -> exp.Expr:
    """Return the city's day on which a UTC column falls, as whole days from the period's first day on.

    Whole numbers, not dates, since arithmetic on them is twice as fast. Right for times in the period.
    """
    *changes, last = list_offset_spans(period, zone)
    offset: exp.Expr = _whole(last.offset_s * 1_000_000)
    if changes:
        case = exp.Case()
        for span in changes:
            if span.until is not None:
                case = case.when(column < instant(span.until), _whole(span.offset_s * 1_000_000))
        offset = case.else_(offset)
    base_us = (period.start - _EPOCH).days * DAY_US
    clock_us = exp.Add(this=exp.UnixMicros(this=column.copy()), expression=offset)
    since_us = exp.Sub(this=clock_us, expression=_whole(base_us))
    days = exp.IntDiv(this=exp.paren(since_us), expression=_whole(DAY_US))
    return exp.cast(days, "INT")


def period_index(day: exp.Expr, first: date, grain: Grain) -> exp.Expr:
    """Return the position, from 0, of the period that a date not before ``first`` lies in."""
    if grain in GRAIN_DAYS:
        days = exp.DateDiff(this=day.copy(), expression=exp.convert(first), unit=exp.var("DAY"))
        return _divided(days, GRAIN_DAYS[grain])
    years = exp.Mul(this=exp.Year(this=day.copy()), expression=_whole(12))
    months = exp.Add(this=years, expression=exp.Month(this=day.copy()))
    past = exp.Sub(this=months, expression=_whole(first.year * 12 + first.month))
    return _divided(past, GRAIN_MONTHS[grain])


def period_index_of_number(day_number: exp.Expr, first: date, grain: Grain) -> exp.Expr:
    """Return the same of a day given as whole days from ``first`` on."""
    if grain in GRAIN_DAYS:
        return _divided(day_number.copy(), GRAIN_DAYS[grain])
    return period_index(exp.Add(this=exp.convert(first), expression=day_number.copy()), first, grain)


def _divided(number: exp.Expr, by: int) -> exp.Expr:
    if by > 1:
        inner = exp.paren(number) if isinstance(number, exp.Binary) else number
        number = exp.IntDiv(this=inner, expression=_whole(by))
    return exp.cast(number, "INT")


def _whole(number: int) -> exp.Expr:
    return exp.convert(number)


def _offset_s(moment: datetime, zone: ZoneInfo) -> int:
    offset = moment.astimezone(zone).utcoffset()
    return int(offset.total_seconds()) if offset is not None else 0


def _change(low: datetime, high: datetime, zone: ZoneInfo) -> datetime:
    """Return the first second with another offset than ``low``; ``high`` has another."""
    before = _offset_s(low, zone)
    while high - low > timedelta(seconds=1):
        middle = (low + timedelta(seconds=int((high - low).total_seconds()) // 2)).replace(microsecond=0)
        low, high = (middle, high) if _offset_s(middle, zone) == before else (low, middle)
    return high
