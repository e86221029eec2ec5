"""Where the store keeps what: the only place that knows the names of its files.

::

    store/
    ├── current.json               which snapshot of each kind and source is current, and what was ever published
    ├── lock                       held by the one that writes
    └── snapshots/
        ├── .incoming-…            a snapshot that is being written; a leftover if no one holds the lock
        └── 1f0c…/                 one snapshot, never changed after it was published
            ├── data.parquet       rows that were kept
            ├── rejected.parquet   rows that were not, with the reasons
            └── provenance.json    where it came from, and the hashes of the two files
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

DATA_FILE: Final = "data.parquet"
REJECTED_FILE: Final = "rejected.parquet"
DESCRIPTION_FILE: Final = "provenance.json"
INCOMING_PREFIX: Final = ".incoming-"


@dataclass(frozen=True, slots=True)
class Layout:
    """Paths of one store.

    Attributes
    ----------
    root : Path
        Folder of the store.
    """

    root: Path

    @property
    def snapshots(self) -> Path:
        """Folder of the snapshots."""
        return self.root / "snapshots"

    @property
    def current(self) -> Path:
        """File that says which snapshots are current."""
        return self.root / "current.json"

    @property
    def lock(self) -> Path:
        """File that the writer locks."""
        return self.root / "lock"

    def snapshot(self, snapshot_id: str) -> Path:
        """Folder of one snapshot."""
        return self.snapshots / snapshot_id
