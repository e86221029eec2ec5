"""Read the translations of a pack's own words: ``texts/<language>.csv``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from commonweal.city.csv_table import Columns, Row, read_rows
from commonweal.city.faults import Faults, name_known

TEXT_COLUMNS = Columns(("table", "id", "field", "text"), ("table", "id", "field", "text"))

TEXT_FIELDS: Mapping[str, tuple[str, ...]] = {
    "city": ("name", "area_title", "population_source"),
    "areas": ("name", "population_source"),
    "programs": ("name", "pillar", "kind", "lead", "what_it_does", "published_scale", "source"),
    "figures": ("what", "unit", "statement", "said_by", "said_on", "source"),
    "commitments": ("pillar", "commitment", "measure_text", "unit", "owner", "narrative", "source"),
    "measures": ("title", "unit", "note", "category"),
    "sources": ("title", "publisher", "licence", "note"),
    "breaks": ("title", "why", "reference"),
    "events": ("title", "what", "source"),
    "suppression": ("why",),
}
"""Fields that can be translated, by table."""

Texts = dict[tuple[str, str, str, str], str]


def read_texts(
    folder: Path, languages: tuple[str, ...], known: Mapping[str, tuple[str, ...]], faults: Faults
) -> Texts:
    """Read the translations into every language but the first, which the pack itself is written in.

    Parameters
    ----------
    folder : Path
        The pack.
    languages : tuple of str
        Languages of the pack, the default first.
    known : mapping of str to tuple of str
        Identifiers by table; an event is named by its first day.
    faults : Faults
        Where faults are written down.

    Returns
    -------
    dict
        Text by (language, table, identifier, field).
    """
    texts: Texts = {}
    for language in languages[1:]:
        name = f"texts/{language}.csv"
        if not (folder / name).exists():
            faults.add(name, f"is missing: {language} is one of the languages in city.toml")
            continue
        first: dict[tuple[str, str, str], int] = {}
        for row in read_rows(folder, name, TEXT_COLUMNS, faults):
            key = _read_key(row, known)
            text = row.text("text", required=True)
            if key is None:
                continue
            if key in first:
                row.fault("field", f"is translated twice; the first is in line {first[key]}")
            first.setdefault(key, row.line)
            texts[(language, *key)] = text
    return texts


def _read_key(row: Row, known: Mapping[str, tuple[str, ...]]) -> tuple[str, str, str] | None:
    table, identifier, field = row.text("table"), row.text("id"), row.text("field")
    if table not in TEXT_FIELDS:
        row.fault("table", f"there is no such table; {name_known(table, tuple(TEXT_FIELDS))}")
        return None
    good = True
    if identifier not in known[table]:
        row.fault("id", f"{table} has no such row; {name_known(identifier, known[table])}")
        good = False
    if field not in TEXT_FIELDS[table]:
        row.fault("field", f"{table} has no such text; {name_known(field, TEXT_FIELDS[table])}")
        good = False
    return (table, identifier, field) if good else None
