"""One reader's language: words from a catalog, numbers, dates and periods as that reader writes them.

Catalogs are gettext ``.po`` files, read as they are when they are first wanted. A message is English text with
``%(name)s`` places; a percent sign that is meant is written ``%%`` in messages, with or without places, so that
Python code and Jinja templates follow one rule.
"""

from __future__ import annotations

import datetime as dt
import gettext as gettext_module
from collections.abc import Callable, Iterable
from copy import copy
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time
from babel.lists import format_list
from babel.numbers import NumberPattern

from commonweal.reports.catalogs import find_catalog, read_catalog

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

    from commonweal.results.periods import Period

MINUS = "−"
TERRITORIES = {"en": "US", "es": "US"}
"""Where a language code names no territory, numbers and dates are written as in the reference country."""


def mark(message: str) -> str:
    """Return the message as it is: it is translated later, where it is used."""
    return message


def mark_in(context: str, message: str) -> str:  # noqa: ARG001 - the catalog reads the context
    """Return the message as it is; its context is given again where it is used."""
    return message


class Language:
    """How one reader reads.

    Parameters
    ----------
    code : str
        Language code, with or without a territory: ``en``, ``es``, ``ko``, ``pt-BR``. A language without a catalog
        gives English words with its own numbers and dates; a code nobody knows is English.

    Attributes
    ----------
    code : str
        Code of the language in use, for ``<html lang>`` and file names.
    text_code : str
        Code of the language the words are in: ``en`` where there is no catalog.
    locale : babel.Locale
        Rules for numbers and dates.
    """

    __slots__ = ("_catalog", "_plural", "code", "locale", "text_code")

    def __init__(self, code: str) -> None:
        self.locale = _find_locale(code)
        self.code: str = code if self.locale.language != "en" or code.lower().startswith("en") else "en"
        path = find_catalog(self.locale.language)
        self._catalog: Catalog | None = None if path is None else _read_once(path)
        self._plural: Callable[[int], int] = _plural_rule(self._catalog)
        self.text_code: str = "en" if self._catalog is None else self.locale.language

    # words ------------------------------------------------------------------------------------------------

    def lookup(self, message: str, context: str | None = None) -> str:
        """Return the translation of a message, places and doubled percent signs still in it."""
        entry = None if self._catalog is None else self._catalog.get(message, context)
        text = None if entry is None or entry.fuzzy else entry.string
        return text if isinstance(text, str) and text else message

    def lookup_plural(self, one: str, many: str, number: int, context: str | None = None) -> str:
        """Return the translation that fits the number, places still in it."""
        entry = None if self._catalog is None else self._catalog.get(one, context)
        forms = None if entry is None or entry.fuzzy else entry.string
        if isinstance(forms, (tuple, list)) and all(forms):
            return str(forms[min(self._plural(number), len(forms) - 1)])
        return one if number == 1 else many

    def gettext(self, message: str, **values: object) -> str:
        """Translate a message and fill its places."""
        return self.lookup(message) % values

    def pgettext(self, context: str, message: str, **values: object) -> str:
        """Translate a message that means different things in different places."""
        return self.lookup(message, context) % values

    def ngettext(self, one: str, many: str, number: int, **values: object) -> str:
        """Translate a message whose form depends on a number; ``%(n)s`` is the number, localized."""
        return self.lookup_plural(one, many, number) % {"n": self.number(number), **values}

    # numbers ----------------------------------------------------------------------------------------------

    def number(self, value: float, digits: int | None = None) -> str:
        """Write a number with this language's separators; whole where it is whole, else one decimal."""
        places = _digits(value) if digits is None else digits
        return _proper(_pattern(self.locale, "decimal", places).apply(value, self.locale))

    def signed(self, value: float, digits: int | None = None) -> str:
        """Write a difference with its sign; zero has none."""
        text = self.number(abs(value), digits)
        return _sign(value, text) + text

    def percent(self, value: float, digits: int | None = None) -> str:
        """Write a percentage; the value is in percent (16 for 16 %)."""
        places = _percent_digits(value) if digits is None else digits
        return _proper(_pattern(self.locale, "percent", places).apply(value / 100, self.locale))

    def signed_percent(self, value: float, digits: int | None = None) -> str:
        """Write a change in percent with its sign; one decimal where a whole number would read as none."""
        text = self.percent(abs(value), digits)
        return _sign(value, text) + text

    def money(self, value: float) -> str:
        """Write an amount of dollars, in whole dollars."""
        text = self.pgettext("money", "$%(amount)s", amount=self.number(abs(value), 0))
        return (MINUS if value < 0 else "") + text

    def seconds(self, value: float) -> str:
        """Write a length of time: ``7 min 5 s``, ``41 s``, ``2 h 5 min``."""
        whole = round(value)
        if abs(whole) < 60:
            return self.pgettext("duration", "%(s)s s", s=self.number(whole))
        minutes, rest = divmod(abs(whole), 60)
        hours, minutes = divmod(minutes, 60)
        sign = MINUS if whole < 0 else ""
        if hours:
            return sign + self.pgettext("duration", "%(h)s h %(min)s min", h=self.number(hours), min=minutes)
        return sign + self.pgettext("duration", "%(min)s min %(s)s s", min=minutes, s=rest)

    def interval(self, low: str | None, high: str | None) -> str:
        """Join the written ends of an interval; an open end is said in words."""
        if low is None and high is None:
            return self.pgettext("interval", "not known")
        if low is None:
            return self.pgettext("interval", "up to %(high)s", high=high)
        if high is None:
            return self.pgettext("interval", "%(low)s or more", low=low)
        return self.pgettext("interval", "%(low)s to %(high)s", low=low, high=high)

    # days -------------------------------------------------------------------------------------------------

    def date(self, day: dt.date) -> str:
        """Write a day: ``November 23, 2023``."""
        return format_date(day, "long", locale=self.locale)

    def month(self, day: dt.date, *, short: bool = False) -> str:
        """Write the month of a day: ``November 2023``, short ``Nov 2023``."""
        return format_skeleton("yMMM" if short else "yMMMM", day, locale=self.locale)

    def moment(self, when: dt.datetime) -> str:
        """Write a day and time of day on a 24-hour clock, with its time zone."""
        clock = format_time(when.timetz(), "HH:mm", locale=self.locale)
        return f"{self.date(when.date())}, {clock} {when.tzname() or ''}".strip()

    def period(self, period: Period, *, short: bool = False) -> str:
        """Write a span of days: ``12 months to November 2023``, ``2023``, ``May 2023``, or both its days."""
        from commonweal.reports.calendar import describe_period

        return describe_period(self, period, short=short)

    # lists ------------------------------------------------------------------------------------------------

    def join(self, items: Iterable[str], *, style: str = "standard") -> str:
        """Join words as a sentence does: ``a, b, and c`` (``style="or"`` for a choice)."""
        given = [str(item) for item in items]
        return format_list(given, style=style, locale=self._text_locale()) if given else ""  # type: ignore[arg-type]

    def _text_locale(self) -> Locale:
        return self.locale if self.text_code != "en" else Locale("en", "US")


@lru_cache(maxsize=64)
def get_language(code: str) -> Language:
    """Return a language, made once; see `Language` for codes nobody knows."""
    return Language(code)


def _find_locale(code: str) -> Locale:
    parts = code.replace("_", "-").split("-")
    territory = "" if len(parts) > 1 else TERRITORIES.get(parts[0].lower(), "")
    for name in ("-".join([*parts, territory]) if territory else "-".join(parts), parts[0]):
        try:
            return Locale.parse(name, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en", "US")


@lru_cache(maxsize=64)
def _read_once(path: Path) -> Catalog:
    return read_catalog(path)


def _plural_rule(catalog: Catalog | None) -> Callable[[int], int]:
    expression = "n != 1" if catalog is None else catalog.plural_expr
    compile_rule: Any = gettext_module.c2py  # in the standard library, without types
    rule: Callable[[int], int] = compile_rule(expression)
    return rule


@lru_cache(maxsize=256)
def _pattern(locale: Locale, kind: str, places: int) -> NumberPattern:
    """Return the locale's pattern with so many decimals."""
    pattern: NumberPattern = copy(
        (locale.decimal_formats if kind == "decimal" else locale.percent_formats)[None]
    )
    pattern.frac_prec = (places, places)
    return pattern


def _digits(value: float) -> int:
    return 0 if float(value).is_integer() or abs(value) >= 100 else 1


def _percent_digits(value: float) -> int:
    return 1 if 0.05 <= abs(value) < 1 else 0


def _proper(text: str) -> str:
    return text.replace("-", MINUS)


def _sign(value: float, text: str) -> str:
    shows_something = any(character.isdigit() and character != "0" for character in text)
    if not shows_something:
        return ""
    return "+" if value > 0 else MINUS
