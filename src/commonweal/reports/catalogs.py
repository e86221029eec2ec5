"""Message catalogs: where they are, how they are read, and how they are brought up to date.

``python -m commonweal.reports.catalogs`` reads every message of the code and of the templates and merges them into
``locales/<language>/LC_MESSAGES/commonweal.po``: translations stay, new messages are empty, those no longer used
are dropped. ``--check`` changes nothing and fails where something is missing.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from commonweal.reports.extraction import extract_messages

DOMAIN = "commonweal"
LANGUAGES = ("es", "ko")
HEADER = (
    "# Words of Commonweal's pages and reports. Brought up to date by: python -m commonweal.reports.catalogs"
)
PACKAGE = Path(__file__).resolve().parents[1]
PLACE = re.compile(r"%\(\w+\)s|%%|%")


@dataclass(frozen=True, slots=True)
class CatalogFault:
    """One message of a catalog that a reader would see wrongly.

    Attributes
    ----------
    language, message : str
        Which one.
    fault : {'missing', 'fuzzy', 'places', 'percent', 'unused'}
        What is wrong with it.
    """

    language: str
    message: str
    fault: str


def locales_folder() -> Path:
    """Return the folder of catalogs: the one in the installed package, else the repository's."""
    installed = PACKAGE / "_locales"
    return installed if installed.is_dir() else PACKAGE.parents[1] / "locales"


def find_catalog(language: str) -> Path | None:
    """Return the catalog of a language, or None where there is none."""
    path = locales_folder() / language / "LC_MESSAGES" / f"{DOMAIN}.po"
    return path if path.is_file() else None


def read_catalog(path: Path) -> Catalog:
    """Read a ``.po`` file."""
    with path.open("rb") as handle:
        return read_po(handle, locale=path.parents[1].name)


def list_messages(package: Path = PACKAGE) -> Catalog:
    """Read every message of the package's code and templates.

    Parameters
    ----------
    package : Path
        Folder of the package.

    Returns
    -------
    Catalog
        English messages with the files they are in.
    """
    catalog = Catalog(domain=DOMAIN, charset="utf-8")
    for path in sorted(package.rglob("*")):
        if "built" in path.parts or not path.is_file():
            continue
        for message in extract_messages(path):
            where = (path.relative_to(package.parent).as_posix(), message.line)
            catalog.add(message.id, locations=[where], context=message.context, flags=_flags(message.id))
    return catalog


def update_catalog(existing: Catalog | None, messages: Catalog, language: str) -> Catalog:
    """Merge the messages in use into a language's catalog; nothing is guessed."""
    catalog = existing or Catalog(locale=language)
    catalog.project, catalog.fuzzy, catalog.header_comment = "Commonweal", False, HEADER
    catalog.update(messages, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    return catalog


def check_catalog(catalog: Catalog, messages: Catalog, language: str) -> tuple[CatalogFault, ...]:
    """List everything in a catalog that is missing, unsure, or does not fit its message."""
    return tuple(
        CatalogFault(language, forms[0], fault)
        for message in messages
        if (forms := _forms(message.id))
        for fault in _faults(catalog, forms, message.context)
    )


def main(arguments: list[str]) -> int:
    """Bring the catalogs up to date, or with ``--check`` only say what is missing."""
    messages = list_messages()
    faults: list[CatalogFault] = []
    for language in LANGUAGES:
        path = locales_folder() / language / "LC_MESSAGES" / f"{DOMAIN}.po"
        catalog = update_catalog(read_catalog(path) if path.is_file() else None, messages, language)
        faults += check_catalog(catalog, messages, language)
        if "--check" not in arguments:
            write_catalog(path, catalog)
    for fault in faults:
        sys.stdout.write(f"{fault.language}: {fault.fault}: {fault.message}\n")
    return 1 if faults else 0


def write_catalog(path: Path, catalog: Catalog) -> None:
    """Write a catalog in a form that changes only where words change: no dates, no line numbers."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as handle:
        write_po(handle, catalog, width=100, omit_header=False, sort_by_file=True, include_lineno=False)
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    dated = (
        '"POT-Creation-Date',
        '"PO-Revision-Date',
        '"Last-Translator',
        '"Report-Msgid',
        '"Generated-By',
        '"Language-Team',
    )
    kept = [
        line
        for line in lines
        if not line.startswith((*dated, "# FIRST AUTHOR", "# Copyright", "# This file is"))
    ]
    path.write_text("".join(kept), encoding="utf-8")


def _flags(message: str | tuple[str, ...]) -> set[str]:
    text = message if isinstance(message, str) else " ".join(message)
    return {"python-format"} if "%" in text else set()


def _forms(text: object) -> tuple[str, ...]:
    """Return one form, or one for each plural, of a message or of its translation; none where it is empty."""
    given = text if isinstance(text, (tuple, list)) else (text,)
    return tuple(str(form) for form in given) if all(given) else ()


def _faults(catalog: Catalog, message: tuple[str, ...], context: str | None) -> Iterator[str]:
    entry = catalog.get(message[0], context)
    forms = () if entry is None else _forms(entry.string)
    if not forms:
        yield "missing"
        return
    if entry is not None and entry.fuzzy:
        yield "fuzzy"
    if any(_places(form) != _places(message[-1]) for form in forms):
        yield "places"
    if any("%" in PLACE.findall(form) for form in forms):
        yield "percent"


def _places(text: str) -> set[str]:
    return {place for place in PLACE.findall(text) if len(place) > 2}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
