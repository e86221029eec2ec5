"""From a file's text to records, rejected rows and provenance. Pure: no file, no clock, no network.

Each row that the mapping's filters let through is in the end exactly one of three: kept, rejected (with every fault
it has), or a duplicate. ``rows_read == rows_kept + rows_rejected + duplicates`` counts rows of the file; a mapping
that unpivots makes several records of a row, and a note says how many.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import polars as pl

from commonweal.city.pack import City
from commonweal.errors import InvalidMapping, Problem
from commonweal.records import Provenance, RecordType
from commonweal.sources.column_text import match_headers, read_texts
from commonweal.sources.faults import FaultBook, collect_rejected, find_malformed_reason
from commonweal.sources.filters import filter_rows
from commonweal.sources.identity import drop_duplicates, find_superseded, make_identifiers
from commonweal.sources.mapping_types import FileMapping
from commonweal.sources.raw_table import RawTable
from commonweal.sources.records_frame import AT, check_allowed_time, check_schema, make_records
from commonweal.sources.toml_table import name_close
from commonweal.sources.values import ValueReader


@dataclass(frozen=True, slots=True)
class Parsed:
    """What came of a file.

    Attributes
    ----------
    table : DataFrame
        Records, in the columns and types of their schema, in the order of the file.
    rejected : DataFrame
        ``row`` (line in the file; the header is 1), ``rule``, ``problem``, then the columns of the file as text.
    provenance : Provenance
        Where it came from and what was left out.
    """

    table: pl.DataFrame
    rejected: pl.DataFrame
    provenance: Provenance


def parse_table(
    raw: RawTable, mapping: FileMapping, city: City, record_type: RecordType, *, now: datetime
) -> Parsed:
    """Make records of a file.

    Parameters
    ----------
    raw : RawTable
        The file as text.
    mapping : FileMapping
        What its columns mean.
    city : City
        Areas, sources, time zone.
    record_type : RecordType
        What a row becomes; the mapping must be of that kind.
    now : datetime
        The current time (UTC): when the file was read, and the latest time that is believed.

    Raises
    ------
    InvalidMapping
        The mapping is of another kind or source, or names columns that the file does not have.
    """
    check_fit(mapping, city, record_type)
    headers = match_headers(mapping, raw)
    filtered = filter_rows(raw, mapping, headers)
    rows = drop_duplicates(filtered.raw, mapping)
    texts = read_texts(rows.raw, headers, mapping.file.null)
    faults = FaultBook(texts.height)
    zone = mapping.times.zone or city.time_zone
    reader = ValueReader(mapping, record_type, texts, zone, city.time_zone, faults, list(filtered.notes))
    identifiers = make_identifiers(rows, mapping, texts, faults)
    superseded = find_superseded(identifiers, mapping, faults)
    records = make_records(reader, city, identifiers)
    check_allowed_time(reader, records, now)
    check_schema(reader, records)
    left_out = faults.mask_of() | superseded
    table = records.filter(~left_out.gather(records.get_column(AT))).drop(AT)
    rejected = collect_rejected(rows.raw, faults)
    if mapping.unpivot:
        reader.notes.append(f"Each row gives up to {len(mapping.unpivot)} records: {table.height:,} in all.")
    rows_read = filtered.raw.frame.height + raw.malformed.height
    duplicates = rows.duplicates + int((superseded & ~faults.mask_of()).sum())
    source = city.sources[mapping.source]
    provenance = Provenance(
        source=source.id,
        title=source.title,
        publisher=source.publisher,
        url=source.url,
        licence=source.licence,
        retrieved_at=now,
        file_name=raw.file_name,
        content_hash=raw.content_hash,
        mapping_hash=mapping.hash,
        rows_read=rows_read,
        rows_kept=rows_read - rejected.height - duplicates,
        rows_rejected=rejected.height,
        duplicates=duplicates,
        reasons=(*faults.reasons(), *find_malformed_reason(raw)),
        notes=tuple(reader.notes),
        simulated=source.protocol == "simulated",
    )
    return Parsed(table, rejected, provenance)


def check_fit(mapping: FileMapping, city: City, record_type: RecordType) -> None:
    """Check that a mapping belongs to this city and makes this kind of record.

    Raises
    ------
    InvalidMapping
        It does not; the message names the sources of the city.
    """
    where, problems = mapping.path.name, []
    if mapping.kind != record_type.kind:
        message = f"this mapping makes {mapping.kind}, not {record_type.kind}"
        problems.append(Problem(where, message, field="kind", value=mapping.kind))
    source = city.sources.get(mapping.source)
    if source is None:
        message = (
            f"the pack of {city.name} has no such source; {name_close(mapping.source, list(city.sources))}"
        )
        problems.append(Problem(where, message, field="source", value=mapping.source))
    elif source.kind != mapping.kind:
        message = f"the pack says that this source yields {source.kind}, not {mapping.kind}"
        problems.append(Problem(where, message, field="source", value=mapping.source))
    if problems:
        raise InvalidMapping(f"{where} does not fit here.", problems)
