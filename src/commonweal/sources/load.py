"""Load a file of a city: read it, parse it, and write down what was rejected."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from commonweal.city.pack import City
from commonweal.errors import InvalidPack, Problem
from commonweal.records import get_record_type
from commonweal.records.spreadsheet import guard_table
from commonweal.sources.files import read_file
from commonweal.sources.mapping import find_mapping, read_mapping
from commonweal.sources.mapping_types import FileMapping
from commonweal.sources.parse import Parsed, check_fit, parse_table


@dataclass(frozen=True, slots=True)
class LoadedSource:
    """One source of a pack and what came of its table.

    Attributes
    ----------
    kind : str
        Record type.
    parsed : Parsed
        Records, rejected rows and provenance.
    """

    kind: str
    parsed: Parsed


def load_file(city: City, kind: str, path: Path, mapping: FileMapping, *, now: datetime) -> Parsed:
    """Load one file.

    Parameters
    ----------
    city : City
        Whose records they are.
    kind : str
        Record type: ``crimes``.
    path : Path
        The file.
    mapping : FileMapping
        Of `commonweal.sources.mapping.read_mapping`.
    now : datetime
        The current time (UTC).

    Raises
    ------
    NotFound
        No such kind of record, or no such file.
    InvalidInput
        The file cannot be read at all, or the mapping does not fit it.
    """
    record_type = get_record_type(kind)
    check_fit(mapping, city, record_type)
    return parse_table(read_file(path, mapping.file), mapping, city, record_type, now=now)


def load_pack_sources(city: City, *, now: datetime) -> tuple[LoadedSource, ...]:
    """Load the tables of facts that the pack itself carries (protocol ``pack``), in the order of the pack.

    Parameters
    ----------
    city : City
        The city.
    now : datetime
        The current time (UTC).

    Raises
    ------
    InvalidPack
        A source names a table that the pack does not have.
    """
    loaded, problems = [], []
    for source in city.sources.values():
        if source.protocol != "pack":
            continue
        path = find_pack_table(city.folder, source.dataset)
        if path is None:
            message = f"source {source.id} names a table that is not in records/"
            problems.append(Problem("city.toml", message, field="dataset", value=source.dataset))
            continue
        mapping = read_mapping(find_mapping(city, source.map or source.id))
        loaded.append(LoadedSource(source.kind, load_file(city, source.kind, path, mapping, now=now)))
    if problems:
        raise InvalidPack(f"The pack of {city.name} is not complete.", problems)
    return tuple(loaded)


def find_pack_table(folder: Path, dataset: str) -> Path | None:
    """Find a table of a pack: by its path in the pack, or by its name in ``records/``."""
    for path in (folder / dataset, folder / "records" / dataset, folder / "records" / f"{dataset}.csv"):
        if path.is_file() and path.resolve().is_relative_to(folder.resolve()):
            return path
    return None


def write_rejected(parsed: Parsed, path: Path) -> Path | None:
    """Write the rejected rows as CSV: line, rule, what is wrong and what is allowed, then the row as it was written.

    What a spreadsheet would take for a formula gets a quote in front.

    Parameters
    ----------
    parsed : Parsed
        What came of a file.
    path : Path
        Where to write; the folder is made if needed. An older file there is replaced.

    Returns
    -------
    Path or None
        The file, or none where nothing was rejected (then an older file there is removed).
    """
    if parsed.rejected.is_empty():
        path.unlink(missing_ok=True)
        return None
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.part")
    guard_table(parsed.rejected).write_csv(temporary)
    temporary.replace(path)
    return path


def name_rejected_file(parsed: Parsed) -> str:
    """Name the file of rejected rows after the source and the file: ``tps_crime--crimes_2023.csv``."""
    stem = re.sub(r"[^A-Za-z0-9._-]+", "-", parsed.provenance.file_name.split(".")[0]).strip("-.") or "file"
    return f"{parsed.provenance.source}--{stem}.csv"
