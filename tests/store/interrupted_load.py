"""Run by `test_interruption`: loads into copies of a store, each killed one step later than the one before.

``python interrupted_load.py FOLDER`` expects ``FOLDER/base`` (a store) and makes ``FOLDER/0``, ``FOLDER/1`` … until a
load ends alive; it prints how many were killed. A step is any opening, making, renaming or removing of something
under the store, and any wait for the disk; the process kills itself with SIGKILL just before it.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path

import polars as pl

from commonweal.records import Provenance, get_record_type
from commonweal.store import Publication, Store

NOW = datetime(2024, 12, 1, tzinfo=UTC)


def make_publication(source: str, quantity: float) -> Publication:
    """Make a table of one row."""
    row = {
        "source": source, "record_id": "A-1", "simulated": False, "date": date(2024, 7, 1), "program": "snl",
        "activity": "visits", "quantity": quantity, "unit": "visits",
    }  # fmt: skip
    missing = [
        pl.lit(None, dtype=column.dtype).alias(name)
        for name, column in get_record_type("activities").columns.items()
        if name not in row
    ]
    provenance = Provenance(source, "", "", "", "", NOW, "", "", "", 1, 1, 0, 0)
    return Publication("activities", pl.DataFrame([row]).with_columns(missing), pl.DataFrame(), provenance)


def load(store: Store, version: int) -> None:
    """Publish two tables in one step."""
    store.publish_all([make_publication("parks", version), make_publication("pools", version + 0.5)])


def arm(folder: Path, step: int) -> None:
    """Let the process kill itself before its step of that number."""
    taken = count()

    def take_step() -> None:
        if next(taken) == step:
            os.kill(os.getpid(), signal.SIGKILL)

    def hook(event: str, args: tuple[object, ...]) -> None:
        if event.partition(".")[0] in {"open", "os", "shutil", "tempfile"} and str(folder) in str(args):
            take_step()

    fsync = os.fsync

    def counted_fsync(descriptor: int) -> None:
        take_step()
        fsync(descriptor)

    os.fsync = counted_fsync
    sys.addaudithook(hook)


def main(root: Path) -> None:
    """Kill one load after the other, each a step later."""
    for step in count():
        folder = root / str(step)
        shutil.copytree(root / "base", folder)
        child = os.fork()
        if child == 0:
            store = Store(folder, clock=lambda: NOW)
            arm(folder, step)
            load(store, 2)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if os.waitstatus_to_exitcode(status) == 0:
            print(step)
            return
        if os.waitstatus_to_exitcode(status) != -signal.SIGKILL:
            sys.exit(f"load {step} ended by itself with {status}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
