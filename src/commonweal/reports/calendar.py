"""Periods in words."""

from __future__ import annotations

from calendar import monthrange
from datetime import timedelta
from typing import TYPE_CHECKING

from babel.dates import format_interval, format_skeleton

if TYPE_CHECKING:
    from commonweal.reports.language import Language
    from commonweal.results.periods import Period


def count_months(period: Period) -> int | None:
    """Return how many whole calendar months a period holds, or None where it does not hold whole months."""
    if period.start.day != 1 or period.end.day != monthrange(period.end.year, period.end.month)[1]:
        return None
    return (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1


def is_a_year_apart(baseline: Period, current: Period) -> bool:
    """Tell whether both periods are 12 months long and the one follows the other."""
    return (
        count_months(baseline) == 12
        and count_months(current) == 12
        and baseline.end + timedelta(days=1) == current.start
    )


def describe_period(language: Language, period: Period, *, short: bool) -> str:
    """Write a period as `Language.period` says."""
    months = count_months(period)
    if months is None and period.days == 1:
        return language.date(period.start)
    if months is None:
        return _span(language, period, "yMMMd" if short else "yMMMMd")
    if months == 1:
        return language.month(period.start, short=short)
    if months == 12 and period.start.month == 1:
        return str(format_skeleton("y", period.start, locale=language.locale))
    if months <= 11 and period.start.year == period.end.year:
        return _span(language, period, "yMMM" if short else "yMMMM")
    last = language.month(period.end, short=short)
    return language.ngettext("%(n)s month to %(month)s", "%(n)s months to %(month)s", months, month=last)


def _span(language: Language, period: Period, skeleton: str) -> str:
    return str(format_interval(period.start, period.end, skeleton, locale=language.locale))
