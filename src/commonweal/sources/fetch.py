"""Fetch a source of the pack from its portal, and make records of it in the same way as of a file."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from commonweal.city.knowledge import Source
from commonweal.city.pack import City
from commonweal.errors import InvalidRequest, Problem, SourceChanged
from commonweal.records import get_record_type
from commonweal.sources.column_text import simplify_name
from commonweal.sources.fetch_state import StateFolder, hash_rows
from commonweal.sources.mapping import find_mapping, read_mapping
from commonweal.sources.mapping_types import FileMapping
from commonweal.sources.parse import Parsed, check_fit, parse_table
from commonweal.sources.portal_client import Patience, PortalClient, open_portal
from commonweal.sources.portal_page import Page, Portal
from commonweal.sources.portal_reading import PortalReading, Progress, ReadRows
from commonweal.sources.raw_table import RawTable, make_malformed
from commonweal.sources.toml_table import name_close

if TYPE_CHECKING:
    import httpx

TOKEN_VARIABLE = "COMMONWEAL_SOCRATA_TOKEN"  # noqa: S105  the name of a variable, not a token
PAGE_ROWS = {"socrata": 50_000, "arcgis": 2_000}


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """How a portal is asked; the defaults are right outside tests.

    Attributes
    ----------
    token : str or None
        App token of Socrata; from the environment where none is given.
    base_url : str or None
        Address in place of the one in the pack; https, or on this machine.
    page_rows : int or None
        Rows asked for at once; by protocol where none is given.
    patience : Patience
        How long to wait and how often to try.
    transport : httpx.BaseTransport or None
        Of httpx.
    """

    token: str | None = None
    base_url: str | None = None
    page_rows: int | None = None
    patience: Patience = field(default_factory=Patience)
    transport: httpx.BaseTransport | None = None


def fetch_source(
    city: City,
    source_id: str,
    *,
    state_dir: Path,
    now: datetime,
    settings: FetchSettings | None = None,
    progress: Progress | None = None,
) -> Parsed:
    """Fetch all records of a source: all rows the first time, then what changed; a cut reading goes on.

    Parameters
    ----------
    city : City
        The city.
    source_id : str
        Source with protocol ``socrata`` or ``arcgis``.
    state_dir : Path
        Folder in which what was had is kept, one folder a source; safe to delete.
    now : datetime
        The current time (UTC).
    settings : FetchSettings, optional
        How the portal is asked.
    progress : callable, optional
        Called with the rows had so far and the rows there are.

    Raises
    ------
    NotFound
        The pack has no such source.
    InvalidRequest
        The source is not one that is fetched.
    SourceUnreachable
        No network, or the portal does not answer.
    SourceChanged
        The portal lacks columns that the mapping needs; all are named, with close ones.
    """
    settings = settings or FetchSettings()
    source = city.get_source(source_id)
    if source.protocol not in PAGE_ROWS:
        raise InvalidRequest(
            f"{source_id} is not fetched from a portal (its protocol is {source.protocol}); "
            f"known: {', '.join(list_fetched(city)) or 'none'}."
        )
    mapping = read_mapping(find_mapping(city, source.map or source.id))
    if mapping.source != source.id:
        mapping = replace(mapping, source=source.id)
    record_type = get_record_type(source.kind)
    check_fit(mapping, city, record_type)
    token = settings.token or os.environ.get(TOKEN_VARIABLE, "")
    client = open_portal(
        settings.base_url or f"https://{source.domain}",
        headers={"X-App-Token": token} if token and source.protocol == "socrata" else {},
        patience=settings.patience,
        transport=settings.transport,
    )
    with client.http:
        reading = PortalReading(
            portal=_open_dataset(client, source),
            folder=StateFolder(state_dir / source.id),
            page_rows=settings.page_rows or PAGE_ROWS[source.protocol],
            check_page=lambda page: check_fields(page, mapping, source),
            progress=progress or (lambda _had, _there: None),
            now=now,
        )
        found = reading.read_all()
    raw = _make_raw(found, mapping, source)
    parsed = parse_table(raw, mapping, city, record_type, now=now)
    notes = (*found.notes, *parsed.provenance.notes)
    return replace(parsed, provenance=replace(parsed.provenance, notes=notes))


def list_fetched(city: City) -> tuple[str, ...]:
    """List the sources of a city that are fetched from a portal."""
    return tuple(source.id for source in city.sources.values() if source.protocol in PAGE_ROWS)


def check_fields(page: Page, mapping: FileMapping, source: Source) -> None:
    """Check that the dataset still has the columns that the mapping names.

    Raises
    ------
    SourceChanged
        It does not; all that are missing are named, with close ones.
    """
    if not page.fields:
        return
    known = {simplify_name(name) for name in page.fields}
    problems = [
        Problem(
            source.id,
            f"the portal no longer has this column; {name_close(header, page.fields)}",
            field=header,
        )
        for header in mapping.headers
        if not {simplify_name(header), simplify_name(header.split(".")[0])} & known
    ]
    if problems:
        raise SourceChanged(
            f"{source.title} ({source.id}) changed its columns. Change {mapping.path.name} to fit.", problems
        )


def _open_dataset(client: PortalClient, source: Source) -> Portal:
    if source.protocol == "socrata":
        from commonweal.sources.socrata import SocrataDataset

        return SocrataDataset(client, source)
    from commonweal.sources.arcgis import FeatureLayer

    return FeatureLayer(client, source)


def _make_raw(found: ReadRows, mapping: FileMapping, source: Source) -> RawTable:
    """Make the table that is parsed: without system columns, and with columns that no row has a value in."""
    rows = found.rows
    system = [name for name in rows.columns if name.startswith(":") and name not in mapping.headers]
    frame = rows.drop(system)
    absent = [
        name for name in _list_absent(frame.columns, found.fields, mapping) if name not in frame.columns
    ]
    frame = frame.with_columns(pl.lit(None, dtype=pl.String).alias(name) for name in absent)
    lines = pl.int_range(1, frame.height + 1, eager=True, dtype=pl.Int64).rename("line")
    name = f"{source.domain}/{source.dataset}".strip("/")
    return RawTable(frame, lines, make_malformed(), hash_rows(frame), name)


def _list_absent(columns: Sequence[str], fields: Sequence[str], mapping: FileMapping) -> list[str]:
    have = {simplify_name(name) for name in columns}
    absent = [name for name in fields if not name.startswith(":") and simplify_name(name) not in have]
    have |= {simplify_name(name) for name in absent}
    return absent + [name for name in mapping.headers if "." in name and simplify_name(name) not in have]
