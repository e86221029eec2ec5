"""A city's own words and values, in one reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commonweal.reports.language import Language, mark
from commonweal.reports.letters import lower_first
from commonweal.reports.units import write_value

if TYPE_CHECKING:
    from commonweal.city.knowledge import SeriesBreak
    from commonweal.city.pack import City
    from commonweal.results.finding import Comparison

PILLARS = {
    "staff": mark("Staff: the people we need"),
    "results": mark("Results: less violence, more cases solved"),
    "respond": mark("Respond: help that arrives in time"),
    "prevent": mark("Prevent: stop harm before it happens"),
    "care": mark("Care: stand by people who were harmed"),
    "trust": mark("Trust: fair to everyone"),
    "prepare": mark("Prepare: ready for the next emergency"),
    "share": mark("Share: security with every partner"),
}
"""Pillars of a strategy in words; a city's own pillar is shown as it writes it."""


class Words:
    """The pack's own words and the values of its measures, as one reader reads them.

    Parameters
    ----------
    city : City
        The pack, with its translations.
    language : Language
        The reader's language.
    """

    __slots__ = ("city", "language")

    def __init__(self, city: City, language: Language) -> None:
        self.city = city
        self.language = language

    def text(self, table: str, row: str, field: str, default: str) -> str:
        """Return a text of the pack: in the reader's language, else in the language without its territory."""
        code = self.language.code
        first = self.city.text(code, table, row, field, "")
        return first or self.city.text(code.split("-", maxsplit=1)[0], table, row, field, default)

    @property
    def city_name(self) -> str:
        """Name of the city."""
        code = self.language.code
        names = self.city.names
        return names.get(code) or names.get(code.split("-", maxsplit=1)[0]) or self.city.name

    @property
    def area_title(self) -> str:
        """What the city's areas are called, in the singular: ``police area``."""
        return self.text("city", self.city.id, "area_title", self.city.area_title)

    def measure(self, measure: str) -> str:
        """Return a measure's name: ``Homicides``; an identifier the pack does not know stays as it is."""
        declared = self.city.measures.get(measure)
        return self.text("measures", measure, "title", declared.title if declared else measure)

    def measure_inside(self, measure: str) -> str:
        """Return a measure's name as it stands inside a sentence: ``homicides``."""
        return lower_first(self.measure(measure))

    def measure_note(self, measure: str) -> str:
        """Return what the reader should know about a measure; empty where there is nothing."""
        declared = self.city.measures.get(measure)
        return self.text("measures", measure, "note", declared.note if declared else "")

    def area(self, area: str | None) -> str:
        """Return an area's name, or the city's for the whole city."""
        if area is None:
            return self.city_name
        known = self.city.areas.get(area)
        return self.text("areas", area, "name", known.name if known else area)

    def program(self, program: str) -> str:
        """Return a program's name."""
        known = self.city.programs.get(program)
        return self.text("programs", program, "name", known.name if known else program)

    def program_text(self, program: str) -> str:
        """Return what a program does."""
        known = self.city.programs.get(program)
        return self.text("programs", program, "what_it_does", known.what_it_does if known else "")

    def program_lead(self, program: str) -> str:
        """Return who leads a program."""
        known = self.city.programs.get(program)
        return self.text("programs", program, "lead", known.lead if known else "")

    def pillar(self, pillar: str) -> str:
        """Return a pillar of the strategy in words."""
        known = PILLARS.get(pillar)
        return self.language.gettext(known) if known else pillar

    def source(self, source: str) -> str:
        """Return a source's title."""
        known = self.city.sources.get(source)
        return self.text("sources", source, "title", known.title if known else source)

    def figure(self, figure: str, field: str) -> str:
        """Return a text of a published figure: ``what``, ``statement``, ``said_by``, ``said_on`` or ``source``."""
        known = self.city.figures.get(figure)
        return self.text("figures", figure, field, str(getattr(known, field)) if known else "")

    def commitment(self, commitment: str, field: str = "commitment") -> str:
        """Return a text of a commitment: the promise itself, ``measure_text``, ``owner`` or ``narrative``."""
        known = self.city.commitments.get(commitment)
        return self.text("commitments", commitment, field, str(getattr(known, field)) if known else "")

    def break_title(self, series_break: SeriesBreak) -> str:
        """Return a series break in a few words."""
        return self.text("breaks", series_break.id, "title", series_break.title)

    def break_why(self, series_break: SeriesBreak) -> str:
        """Return why numbers before and after a break cannot be compared."""
        return self.text("breaks", series_break.id, "why", series_break.why)

    def suppression_why(self, sensitivity: str) -> str:
        """Return why small numbers of a sensitivity are hidden."""
        known = self.city.suppression.get(sensitivity)
        return self.text("suppression", sensitivity, "why", known.why if known else "")

    def is_share(self, measure: str) -> bool:
        """Tell whether a measure is a share, in percent."""
        declared = self.city.measures.get(measure)
        return declared is not None and (declared.denominator is not None or declared.unit == "percent")

    def value(self, measure: str, value: float | None) -> str:
        """Write a value of a measure in its unit, without the unit's name for plain counts: ``337``, ``71%``."""
        if value is None:
            return "–"
        declared = self.city.measures.get(measure)
        return write_value(self.language, value, declared.unit if declared else "", name=False)

    def unit_value(self, value: float, unit: str) -> str:
        """Write a value with its unit's name: ``14,000 calls``, ``$66,000,000``."""
        return write_value(self.language, value, unit, name=True)

    def change(self, measure: str, comparison: Comparison, change: float | None) -> str | None:
        """Write a change, or an end of its interval, in the unit of the comparison: ``−16%``, ``+2 points``."""
        if change is None:
            return None
        if comparison.form == "count":
            return self.language.signed_percent(change)
        if comparison.form == "share":
            amount = self.language.number(abs(change), 1)
            text = self.language.pgettext("percentage points", "%(n)s points", n=amount)
        else:
            text = self.value(measure, abs(change))
        if not any(character in "123456789" for character in text):
            return text
        return ("−" if change < 0 else "+") + text

    def interval(self, measure: str, comparison: Comparison) -> str:
        """Write the 95 % interval of a change: ``−27% to −3%``."""
        low = self.change(measure, comparison, comparison.low)
        high = self.change(measure, comparison, comparison.high)
        return self.language.interval(low, high)
