"""Read measures: ``measures.toml``, one table a measure."""

from __future__ import annotations

from pathlib import Path

from commonweal.city.faults import Entry, Faults
from commonweal.city.identifiers import IDENTIFIER, IDENTIFIER_RULE
from commonweal.city.knowledge_tables import list_keys
from commonweal.city.measures import Measure
from commonweal.city.toml_document import TomlTable, read_document
from commonweal.records import RECORD_TYPES

COUNTS = ("incidents", "victims", "events", "people")


def read_measures(folder: Path, faults: Faults) -> dict[str, Entry[Measure]]:
    """Read ``measures.toml``.

    Parameters
    ----------
    folder : Path
        The pack.
    faults : Faults
        Where faults are written down.

    Returns
    -------
    dict
        Measures by identifier, in the order of the file.
    """
    document = read_document(folder, "measures.toml", faults)
    if document is None:
        return {}
    entries = {}
    for name, content in document.root.content.items():
        if not isinstance(content, dict):
            document.root.fault(
                name, "stands outside a measure; each measure begins with its name: [homicides]"
            )
            continue
        line = document.lines.tables.get((name, 0))
        table = TomlTable(
            "measures.toml", f"[{name}]", content, line, document.lines.of_table(name, 0), faults
        )
        if not IDENTIFIER.fullmatch(name):
            faults.add("measures.toml", IDENTIFIER_RULE, row=line, field=f"[{name}]")
        entries[name] = table.entry(_read_measure(name, table))
    return entries


def _read_measure(name: str, table: TomlTable) -> Measure:
    table.allow(*(key for key in list_keys(Measure) if key != "id"))
    sources = table.texts("sources")
    if not sources and table.content.get("sources") in (None, []):
        table.fault("sources", "is missing: the sources that can answer, best first")
    return Measure(
        id=name,
        title=table.text("title", required=True),
        kind=table.choice("kind", tuple(RECORD_TYPES)),
        sources=sources,
        where=table.filter("where") or {},
        value=table.text("value", "count"),
        denominator=table.filter("denominator"),
        unit=table.text("unit", required=True),
        direction=table.choice("direction", ("up", "down", "none")),  # type: ignore[arg-type]
        per_population=table.truth("per_population"),
        sensitivity=table.text("sensitivity", "default"),
        counts=table.choice("counts", COUNTS, "incidents"),  # type: ignore[arg-type]
        note=table.text("note"),
        headline=table.whole("headline", smallest=1),
        category=table.text("category"),
    )
