"""The store: snapshots of records in Parquet, and questions asked of them with DuckDB.

Public names
------------
Store : publish tables, read them back, ask questions of them
Snapshot : one table as it was published
Publication : what is needed to publish one
"""

from __future__ import annotations

from commonweal.store.snapshot import Publication, Snapshot
from commonweal.store.store import Store

__all__ = ["Publication", "Snapshot", "Store"]
