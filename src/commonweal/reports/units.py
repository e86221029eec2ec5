"""Units of measures and published figures, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from commonweal.reports.language import Language


@dataclass(frozen=True, slots=True)
class PluralForms:
    """A message in the singular and in the plural."""

    one: str
    many: str


def mark_plural(one: str, many: str) -> PluralForms:
    """Return both forms as they are: they are translated where they are used."""
    return PluralForms(one, many)


UNITS = {
    "arrests": mark_plural("%(n)s arrest", "%(n)s arrests"),
    "bags": mark_plural("%(n)s bag", "%(n)s bags"),
    "boardings": mark_plural("%(n)s boarding", "%(n)s boardings"),
    "calls": mark_plural("%(n)s call", "%(n)s calls"),
    "crimes": mark_plural("%(n)s crime", "%(n)s crimes"),
    "days": mark_plural("%(n)s day", "%(n)s days"),
    "deployments": mark_plural("%(n)s deployment", "%(n)s deployments"),
    "drills": mark_plural("%(n)s drill", "%(n)s drills"),
    "engines": mark_plural("%(n)s engine", "%(n)s engines"),
    "events": mark_plural("%(n)s event", "%(n)s events"),
    "firearms": mark_plural("%(n)s firearm", "%(n)s firearms"),
    "homicides": mark_plural("%(n)s homicide", "%(n)s homicides"),
    "hours": mark_plural("%(n)s hour", "%(n)s hours"),
    "incidents": mark_plural("%(n)s incident", "%(n)s incidents"),
    "minutes": mark_plural("%(n)s minute", "%(n)s minutes"),
    "months": mark_plural("%(n)s month", "%(n)s months"),
    "officers": mark_plural("%(n)s officer", "%(n)s officers"),
    "orders": mark_plural("%(n)s order", "%(n)s orders"),
    "partners": mark_plural("%(n)s partner", "%(n)s partners"),
    "people": mark_plural("%(n)s person", "%(n)s people"),
    "programs": mark_plural("%(n)s program", "%(n)s programs"),
    "providers": mark_plural("%(n)s provider", "%(n)s providers"),
    "reports": mark_plural("%(n)s report", "%(n)s reports"),
    "robberies": mark_plural("%(n)s robbery", "%(n)s robberies"),
    "burglaries": mark_plural("%(n)s burglary", "%(n)s burglaries"),
    "thefts": mark_plural("%(n)s theft", "%(n)s thefts"),
    "assaults": mark_plural("%(n)s assault", "%(n)s assaults"),
    "sites": mark_plural("%(n)s site", "%(n)s sites"),
    "victims": mark_plural("%(n)s victim", "%(n)s victims"),
    "visits": mark_plural("%(n)s visit", "%(n)s visits"),
    "years": mark_plural("%(n)s year", "%(n)s years"),
    "zones": mark_plural("%(n)s zone", "%(n)s zones"),
}
"""Counted units; a unit that is not here is written as the pack writes it."""


def write_value(language: Language, value: float, unit: str, *, name: bool) -> str:
    """Write a value in its unit.

    Parameters
    ----------
    language : Language
        The reader's.
    value : float
        In the unit; percent as 16 for 16 %.
    unit : str
        ``percent``, ``seconds``, ``usd``, or a counted unit.
    name : bool
        Whether a counted unit is named.
    """
    if unit == "percent":
        return language.percent(value)
    if unit == "seconds":
        return language.seconds(value)
    if unit == "usd":
        return language.money(value)
    known = UNITS.get(unit)
    if not name or not unit:
        return language.number(value)
    if known is None:
        return f"{language.number(value)} {unit}"
    return language.ngettext(known.one, known.many, round(value), n=language.number(value))
