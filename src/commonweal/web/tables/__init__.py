"""Tables: the one shape behind a page's table, its CSV and its JSON, so that the three agree."""

from __future__ import annotations

from commonweal.web.tables.table import Column, Row, Table
from commonweal.web.tables.writing import write_csv, write_json

__all__ = ["Column", "Row", "Table", "write_csv", "write_json"]
