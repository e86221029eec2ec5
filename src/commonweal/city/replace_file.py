"""Replace several files together: a reader, or a crash, meets the old content or the new one."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path


def replace_files(contents: Mapping[Path, str]) -> None:
    """Write every new content beside its file first, then put them in place; on an error the old ones come back.

    Parameters
    ----------
    contents : mapping of Path to str
        New content by file.

    Raises
    ------
    OSError
        A file cannot be written; all files are as they were.
    """
    written: dict[Path, Path] = {}
    old: dict[Path, bytes | None] = {}
    try:
        for path, text in contents.items():
            written[path] = _write_beside(path, text)
        for path, new in written.items():
            old[path] = path.read_bytes() if path.exists() else None
            new.replace(path)
    except OSError:
        for path, content in old.items():
            with suppress(OSError):
                if content is None:
                    path.unlink(missing_ok=True)
                else:
                    path.write_bytes(content)
        raise
    finally:
        for new in written.values():
            new.unlink(missing_ok=True)


def _write_beside(path: Path, text: str) -> Path:
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    new = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
        new.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
    except OSError:
        new.unlink(missing_ok=True)
        raise
    return new
