"""How a cell is written for a reader."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from markupsafe import Markup, escape

from commonweal.reports.language import Language
from commonweal.reports.sentences import Mark
from commonweal.web.tables.table import Column, Row

NOTHING = "–"


def write_cell(language: Language, column: Column, row: Row) -> str:
    """Write one cell: as its column says, else the plain value in the reader's language.

    Parameters
    ----------
    language : Language
        The reader's.
    column, row : Column, Row
        Which cell.
    """
    if column.show is not None:
        return column.show(row)
    return write_plain(language, row.get(column.key))


def write_plain(language: Language, value: Any) -> str:
    """Write a plain value in the reader's language."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return language.gettext("Yes") if value else language.gettext("No")
    if isinstance(value, datetime):
        return language.date(value.date())
    if isinstance(value, date):
        return language.date(value)
    if isinstance(value, int | float):
        return language.number(value)
    return str(value)


def write_mark(mark: Mark, tone: str = "") -> Markup:
    """Write a verdict: its shape, its word, a color that repeats them.

    Parameters
    ----------
    mark : Mark
        The verdict.
    tone : str
        ``better`` or ``worse`` where the direction alone does not say.
    """
    return Markup('<span class="verdict {} {}"><span aria-hidden="true">{}</span> {}</span>').format(
        mark.tone, tone, mark.shape, mark.word
    )


def write_link(text: str, href: str) -> Markup:
    """Write a link."""
    return Markup('<a href="{}">{}</a>').format(href, text)


def write_code(text: str) -> Markup:
    """Write an identifier."""
    return Markup("<code>{}</code>").format(text) if text else escape(NOTHING)


def write_sub(text: str, under: str) -> Markup:
    """Write a value with a smaller line under it."""
    return Markup('{}<span class="sub">{}</span>').format(text, under) if under else escape(text)


def write_simulated(language: Language, row: Row) -> Markup:
    """Write the mark of a row made from simulated records; nothing for another."""
    if not row.get("simulated"):
        return Markup("")
    told = language.gettext("Made from simulated records")
    return Markup(' <span class="mark-simulated" title="{}">◇<span class="sr-only"> {}</span></span>').format(
        told, told
    )
