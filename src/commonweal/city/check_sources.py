"""Check sources and breaks: addresses, mapping files, the tables that the pack itself carries."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

from commonweal.city.faults import Entry, Faults, name_known
from commonweal.city.knowledge import Source
from commonweal.city.tables import PackTables
from commonweal.city.text_file import is_inside, read_pack_text
from commonweal.city.toml_document import read_document
from commonweal.records import RECORD_TYPES

DOMAIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d{1,5})?")
SOCRATA_DATASET = re.compile(r"[a-z0-9]{4}-[a-z0-9]{4}")

NEEDED_BY_PROTOCOL: dict[str, tuple[str, ...]] = {
    "pack": ("dataset", "map"),
    "file": (),
    "socrata": ("domain", "dataset", "map", "order_by"),
    "arcgis": ("domain", "dataset", "map"),
    "simulated": (),
}


def check_sources(folder: Path, tables: PackTables, faults: Faults) -> None:
    """Write down every source that could not be read, and every break that would apply to nothing."""
    maps = _read_maps(folder, tables, faults)
    for entry in tables.sources.values():
        _check_needed(entry, faults)
        _check_map(entry, maps, faults)
        if entry.value.protocol == "pack" and entry.value.dataset:
            _check_dataset(folder, entry, faults)
    _check_breaks(tables, faults)


def _check_needed(entry: Entry[Source], faults: Faults) -> None:
    source = entry.value
    for key in NEEDED_BY_PROTOCOL.get(source.protocol, ()):
        if not getattr(source, key):
            entry.fault(faults, key, f"is missing: a source with protocol {source.protocol} needs it")
    if source.domain and not DOMAIN.fullmatch(source.domain):
        message = "must be the name of a host alone, for example data.lacity.org"
        entry.fault(faults, "domain", message, source.domain)
    if source.protocol == "socrata" and source.dataset and not SOCRATA_DATASET.fullmatch(source.dataset):
        message = "must be four and four signs with a hyphen, for example 2nrs-mtv8"
        entry.fault(faults, "dataset", message, source.dataset)


def _read_maps(folder: Path, tables: PackTables, faults: Faults) -> dict[str, str]:
    """Read kind and source of every mapping file; returns the kind by name."""
    kinds = {}
    for path in sorted((folder / "maps").glob("*.toml")):
        name = f"maps/{path.name}"
        kinds[path.stem] = ""
        document = read_document(folder, name, faults)
        if document is None:
            continue
        kind, source = document.root.content.get("kind"), document.root.content.get("source")
        kinds[path.stem] = kind if isinstance(kind, str) else ""
        if not isinstance(kind, str) or kind not in RECORD_TYPES:
            document.root.fault("kind", f"must be one of: {', '.join(RECORD_TYPES)}", kind)
        if not isinstance(source, str) or source not in tables.sources:
            hint = name_known(str(source), tuple(tables.sources))
            document.root.fault("source", f"city.toml has no such source; {hint}", source)
    return kinds


def _check_map(entry: Entry[Source], maps: dict[str, str], faults: Faults) -> None:
    source = entry.value
    if not source.map:
        return
    if source.map not in maps:
        hint = name_known(source.map, tuple(maps))
        entry.fault(faults, "map", f"there is no maps/{source.map}.toml; {hint}", source.map)
    elif maps[source.map] and source.kind in RECORD_TYPES and maps[source.map] != source.kind:
        message = f"maps/{source.map}.toml makes {maps[source.map]}, this source yields {source.kind}"
        entry.fault(faults, "map", message, source.map)


def _check_dataset(folder: Path, entry: Entry[Source], faults: Faults) -> None:
    dataset = entry.value.dataset
    path = PurePosixPath(dataset)
    if path.is_absolute() or ".." in path.parts or "\\" in dataset or not is_inside(folder, folder / dataset):
        message = "must be a file inside the pack, for example records/crime_by_month.csv"
        entry.fault(faults, "dataset", message, dataset)
        return
    if not (folder / dataset).is_file():
        there = tuple(f"records/{one.name}" for one in sorted((folder / "records").glob("*")))
        hint = name_known(dataset, there)
        entry.fault(faults, "dataset", f"the pack has no such file; {hint}", dataset)
    elif path.suffix in (".csv", ".tsv", ".json", ".jsonl", ".geojson"):
        read_pack_text(folder, dataset, faults, required=True)


def _check_breaks(tables: PackTables, faults: Faults) -> None:
    for entry in tables.breaks.values():
        for name in entry.value.sources:
            source = tables.sources.get(name)
            if source is None:
                hint = name_known(name, tuple(tables.sources))
                entry.fault(faults, "sources", f"city.toml has no such source; {hint}", name)
            elif source.value.kind in RECORD_TYPES and source.value.kind not in entry.value.kinds:
                message = f"this source yields {source.value.kind}, which is not among the kinds of the break"
                entry.fault(faults, "sources", message, name)
