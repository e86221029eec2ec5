"""How much and when, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commonweal.reports.calendar import count_months, is_a_year_apart
from commonweal.reports.language import mark_in

if TYPE_CHECKING:
    from commonweal.reports.words import Words
    from commonweal.results.finding import Comparison
    from commonweal.results.periods import Period

FRACTIONS: dict[float, str] = {
    100 / 10: mark_in("amount", "about a tenth"),
    100 / 8: mark_in("amount", "about an eighth"),
    100 / 7: mark_in("amount", "about a seventh"),
    100 / 6: mark_in("amount", "about a sixth"),
    100 / 5: mark_in("amount", "about a fifth"),
    100 / 4: mark_in("amount", "about a quarter"),
    100 / 3: mark_in("amount", "about a third"),
    200 / 5: mark_in("amount", "about two fifths"),
    100 / 2: mark_in("amount", "about half"),
    200 / 3: mark_in("amount", "about two thirds"),
    300 / 4: mark_in("amount", "about three quarters"),
}
"""Shares in percent that people say as fractions."""

NEAR_ENOUGH = 0.06
"""A percentage is said as a fraction where it lies within this part of it (15.96 % is said as a sixth)."""


def write_amount(words: Words, measure: str, comparison: Comparison) -> str:
    """Write the size of a change without its sign: ``about a sixth``, ``28%``, ``2 points``, ``41 s``."""
    change = abs(comparison.change or 0.0)
    language = words.language
    if comparison.form == "share":
        return language.pgettext("amount", "%(n)s percentage points", n=language.number(change, 1))
    if comparison.form == "quantile":
        return words.value(measure, change)
    nearest = min(FRACTIONS, key=lambda share: abs(change - share) / share)
    if abs(change - nearest) / nearest <= NEAR_ENOUGH:
        return language.pgettext("amount", FRACTIONS[nearest])
    return language.pgettext("amount", "%(percent)s", percent=language.percent(change))


def in_period(words: Words, period: Period) -> str:
    """Write a period as a part of a sentence: ``in the 12 months to November 2023``."""
    language = words.language
    months = count_months(period)
    if months is None and period.days > 1:
        first, last = language.date(period.start), language.date(period.end)
        return language.pgettext("in a period", "from %(first)s to %(last)s", first=first, last=last)
    if months is None:
        return language.pgettext("in a period", "on %(day)s", day=language.date(period.start))
    whole_year = months == 12 and period.start.month == 1
    if months == 1 or whole_year or (months < 12 and period.start.year == period.end.year):
        return language.pgettext("in a period", "in %(period)s", period=language.period(period))
    return language.pgettext(
        "in a period", "in the %(n)s months to %(month)s", n=months, month=language.month(period.end)
    )


def before_period(words: Words, baseline: Period, current: Period) -> str:
    """Write the baseline as a part of a sentence: ``in the 12 months before``."""
    if is_a_year_apart(baseline, current) and current.start.month != 1:
        return words.language.pgettext("in a period", "in the 12 months before")
    return in_period(words, baseline)
