"""Backups: one archive with the pack and the store, each file with its hash; restored whole or not at all.

The archive is a tar file, compressed where its name ends in ``.gz``. Its last member, ``manifest.json``, names every
file with its size and SHA-256. Things that can be made again (``cache``, reports) are left out.
"""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from commonweal.config import MARKER
from commonweal.errors import InvalidInput, Problem, WorkspaceError
from commonweal.store.durable import sync_file, sync_folder
from commonweal.store.layout import INCOMING_PREFIX, Layout
from commonweal.store.lock import hold_lock
from commonweal.store.manifest import (
    INCLUDED,
    MANIFEST,
    ManifestEntry,
    compare_with_manifest,
    find_member_problem,
    parse_manifest,
    render_manifest,
)

BLOCK: Final = 1 << 20
ROOM_LEFT: Final = 256 << 20
"""Bytes of the disk that a restored backup leaves free."""
EMPTY_FOLDERS: Final = ("reports", "rejected")
"""Folders of a workspace that a backup leaves out and a restored workspace has again."""


@dataclass(frozen=True, slots=True)
class BackupSummary:
    """What a backup holds.

    Attributes
    ----------
    archive : Path
        The archive.
    files : int
        Files in it, without the manifest.
    bytes : int
        Their size before compression.
    """

    archive: Path
    files: int
    bytes: int


def write_backup(workspace_root: Path, archive: Path) -> BackupSummary:
    """Write the pack and the store of a workspace into one archive.

    The archive appears under its name only when it is whole. No load can run meanwhile.

    Parameters
    ----------
    workspace_root : Path
        Folder with ``commonweal.toml``.
    archive : Path
        File to write; ``.tar``, ``.tar.gz`` or ``.tgz``. An existing one is replaced.

    Raises
    ------
    InvalidInput
        The name has another ending, or lies within what is backed up.
    WorkspaceError
        The folder is no workspace.
    StoreBusy
        A load is running.
    """
    if not (workspace_root / MARKER).is_file():
        raise WorkspaceError(f"{workspace_root} is not a workspace, so there is nothing to back up.")
    _check_archive_name(workspace_root, archive)
    beside = archive.with_name(f".{archive.name}.new")
    try:
        with hold_lock(Layout(workspace_root / "store").lock):
            entries = _write_archive(workspace_root, beside, compressed=archive.name.endswith("gz"))
        sync_file(beside)
        beside.replace(archive)
        sync_folder(archive.parent)
    finally:
        beside.unlink(missing_ok=True)
    return BackupSummary(archive, len(entries), sum(entry.size for entry in entries))


def restore_backup(archive: Path, into: Path) -> BackupSummary:
    """Bring a backup back into a new folder; it appears there only when every file was verified.

    Parameters
    ----------
    archive : Path
        Archive that `write_backup` wrote.
    into : Path
        Folder that does not exist yet, or is empty.

    Raises
    ------
    InvalidInput
        The archive is damaged, or holds what a backup never holds; every problem is listed and nothing is written.
    WorkspaceError
        The folder holds something already.
    """
    if into.exists() and (not into.is_dir() or any(into.iterdir())):
        raise WorkspaceError(f"{into} exists and is not empty; nothing was restored. Name another folder.")
    into.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=f".{into.name}-", dir=into.parent))
    try:
        entries = _unpack(archive, staging)
        for folder in EMPTY_FOLDERS:
            (staging / folder).mkdir()
        staging.chmod(0o755)
        if into.exists():
            into.rmdir()
        staging.rename(into)
        sync_folder(into.parent)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return BackupSummary(archive, len(entries), sum(entry.size for entry in entries))


def _check_archive_name(workspace_root: Path, archive: Path) -> None:
    if not archive.name.endswith((".tar", ".tar.gz", ".tgz")):
        problem = Problem("ARCHIVE", "the name must end in .tar, .tar.gz or .tgz", value=archive.name)
        raise InvalidInput(f"{archive.name} is not a name for a backup.", [problem])
    if not archive.parent.is_dir():
        raise InvalidInput(f"There is no folder {archive.parent} to write the backup into.")
    inside = [workspace_root.resolve() / name for name in INCLUDED]
    if any(archive.resolve().is_relative_to(folder) for folder in inside):
        raise InvalidInput(f"{archive} lies within what is backed up; name a file outside of it.")


def _list_files(workspace_root: Path) -> Iterator[Path]:
    yield workspace_root / MARKER
    for name in INCLUDED:
        for path in sorted((workspace_root / name).rglob("*")):
            parts = path.relative_to(workspace_root).parts
            temporary = any(part.startswith(INCOMING_PREFIX) for part in parts) or parts == ("store", "lock")
            if path.is_file() and not path.is_symlink() and not temporary:
                yield path


def _write_archive(workspace_root: Path, target: Path, *, compressed: bool) -> list[ManifestEntry]:
    entries: list[ManifestEntry] = []
    with _open_archive(target, compressed=compressed) as tar:
        for path in _list_files(workspace_root):
            name = path.relative_to(workspace_root).as_posix()
            member = tar.gettarinfo(path, arcname=name)
            member.uid = member.gid = 0
            member.uname = member.gname = ""
            with path.open("rb") as stream:
                hashed = _HashingReader(stream)
                tar.addfile(member, hashed)
            entries.append(ManifestEntry(name, member.size, hashed.hexdigest()))
        content = render_manifest(entries)
        member = tarfile.TarInfo(MANIFEST)
        member.size = len(content)
        tar.addfile(member, io.BytesIO(content))
    return entries


def _open_archive(target: Path, *, compressed: bool) -> tarfile.TarFile:
    if compressed:  # Parquet and its zstd leave little to gain, so the fastest level
        return tarfile.open(target, "w:gz", compresslevel=1)
    return tarfile.open(target, "w")


class _HashingReader:
    """A stream that hashes what is read from it."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        block = self._stream.read(size)
        self._digest.update(block)
        return block

    def hexdigest(self) -> str:
        return self._digest.hexdigest()


def _unpack(archive: Path, staging: Path) -> list[ManifestEntry]:
    """Unpack into a staging folder and verify; problems of every member are gathered."""
    problems: list[Problem] = []
    found: dict[str, ManifestEntry] = {}
    manifest: bytes | None = None
    try:
        with tarfile.open(archive, "r:*") as tar:
            for member in tar:
                problem = find_member_problem(member, found) or _find_lack_of_room(member, staging)
                stream = None if problem else tar.extractfile(member)
                if problem or stream is None:
                    problems.append(
                        Problem(archive.name, problem or "cannot be read", value=member.name, field="path")
                    )
                elif member.name == MANIFEST:
                    manifest = stream.read()
                else:
                    found[member.name] = _write_member(stream, staging, member.name)
        entries = None if manifest is None else parse_manifest(manifest)
    except (OSError, EOFError, tarfile.TarError, ValueError, KeyError, TypeError) as error:
        raise InvalidInput(
            f"{archive.name} cannot be read as a backup: {error}. Nothing was restored."
        ) from error
    if entries is None:
        problems.append(
            Problem(archive.name, f"it has no {MANIFEST}, so it is cut or was not written by backup")
        )
    else:
        problems += compare_with_manifest(archive.name, {entry.path: entry for entry in entries}, found)
    if problems:
        raise InvalidInput(f"{archive.name} is damaged or no backup. Nothing was restored.", problems)
    return list(found.values())


def _find_lack_of_room(member: tarfile.TarInfo, staging: Path) -> str | None:
    """Say so where a file does not fit: a few packed bytes can claim to be any number of zeros."""
    free = shutil.disk_usage(staging).free - ROOM_LEFT
    if member.size <= free:
        return None
    return f"it has {member.size:,} bytes, and there is room for {max(0, free):,}"


def _write_member(stream: IO[bytes], staging: Path, name: str) -> ManifestEntry:
    target = staging / name
    target.parent.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with target.open("wb") as out:
        while block := stream.read(BLOCK):
            digest.update(block)
            size += len(block)
            out.write(block)
        out.flush()
        os.fsync(out.fileno())
    return ManifestEntry(name, size, digest.hexdigest())
