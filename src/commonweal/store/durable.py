"""Writing so that it survives a cut of power: bytes reach the disk before a name points to them."""

from __future__ import annotations

import os
from pathlib import Path


def sync_file(path: Path) -> None:
    """Wait until the bytes of a file are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(path: Path) -> None:
    """Wait until the names in a folder are on the disk."""
    sync_file(path)


def write_file(path: Path, content: bytes) -> None:
    """Write a file's bytes through to the disk."""
    with path.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def replace_file(path: Path, content: bytes) -> None:
    """Replace a file in one step: at any moment a reader finds the old bytes or the new ones, all of them."""
    beside = path.with_name(f".{path.name}.new")
    write_file(beside, content)
    beside.replace(path)
    sync_folder(path.parent)
