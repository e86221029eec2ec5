"""One writer at a time."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from commonweal.errors import StoreBusy


@contextmanager
def hold_lock(path: Path) -> Iterator[None]:
    """Hold the writer's lock; it is released when the block ends or the process dies.

    Parameters
    ----------
    path : Path
        The lock file; made where it is missing.

    Raises
    ------
    StoreBusy
        Another process or thread holds it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+", encoding="ascii") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            stream.seek(0)
            holder = stream.read().strip()
            who = f" (process {holder})" if holder else ""
            raise StoreBusy(
                f"Another load is writing to this store{who}. Try again when it is done."
            ) from error
        stream.truncate(0)
        stream.write(str(os.getpid()))
        stream.flush()
        try:
            yield
        finally:
            stream.truncate(0)
            fcntl.flock(stream, fcntl.LOCK_UN)
