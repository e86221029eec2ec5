"""Tables as CSV and JSON."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from commonweal.records.spreadsheet import guard_text
from commonweal.studies.plain import as_plain
from commonweal.web.tables.table import Row, Table


def write_csv(table: Table) -> str:
    """Write a table as CSV (RFC 4180): keys as header, plain values, ``simulated`` last where any record is.

    Text that a spreadsheet would take for a formula gets a quote in front.
    """
    columns = table.carried
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(
        [guard_text(column.key) for column in columns] + (["simulated"] if table.simulated else [])
    )
    for row in table.rows:
        cells = [_cell(row.get(column.key)) for column in columns]
        writer.writerow(cells + ([_cell(row.get("simulated", True))] if table.simulated else []))
    return out.getvalue()


def write_json(table: Table, language: str) -> str:
    """Write a table as JSON: what it shows, its columns, its rows, and where they come from."""
    columns = table.carried
    document = {
        "name": table.name,
        "title": table.caption,
        "language": language,
        "simulated": table.simulated,
        "columns": [{"key": column.key, "title": column.title, "kind": column.kind} for column in columns],
        "rows": [_plain_row(table, row) for row in table.rows],
        "notes": table.notes,
        "about": table.about,
    }
    return json.dumps(as_plain(document), ensure_ascii=False, indent=1) + "\n"


def _plain_row(table: Table, row: Row) -> dict[str, Any]:
    values = {column.key: row.get(column.key) for column in table.carried}
    return values | ({"simulated": row.get("simulated", True)} if table.simulated else {})


def _cell(value: Any) -> str:
    plain = as_plain(value)
    if plain is None:
        return ""
    if isinstance(plain, bool):
        return "true" if plain else "false"
    if isinstance(plain, str):
        return guard_text(plain)
    if isinstance(plain, list | dict):
        return json.dumps(plain, ensure_ascii=False)
    return str(plain)
