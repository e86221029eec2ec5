"""The manifest of a backup: which files it holds, and what a backup may hold at all; without I/O."""

from __future__ import annotations

import json
import tarfile
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath
from typing import Any, Final

from commonweal.config import MARKER
from commonweal.errors import Problem

MANIFEST: Final = "manifest.json"
MANIFEST_VERSION: Final = 1
LARGEST_MANIFEST: Final = 64 << 20
INCLUDED: Final = ("city", "store")
"""Folders of a workspace that are backed up: what cannot be made again."""


@dataclass(frozen=True, slots=True)
class ManifestEntry:
    """One file of a backup.

    Attributes
    ----------
    path : str
        Relative to the workspace, with forward slashes.
    size : int
        Bytes.
    sha256 : str
        Of its bytes.
    """

    path: str
    size: int
    sha256: str


def render_manifest(entries: list[ManifestEntry]) -> bytes:
    """Render as JSON."""
    values = {"version": MANIFEST_VERSION, "files": [asdict(entry) for entry in entries]}
    return (json.dumps(values, indent=1) + "\n").encode()


def parse_manifest(content: bytes) -> list[ManifestEntry]:
    """Read a manifest back.

    Raises
    ------
    ValueError, KeyError, TypeError
        It is none, or of a version that this program does not know.
    """
    values: Any = json.loads(content)
    if values["version"] != MANIFEST_VERSION:
        raise ValueError(f"a backup of version {values['version']}, while this one reads {MANIFEST_VERSION}")
    return [ManifestEntry(str(f["path"]), int(f["size"]), str(f["sha256"])) for f in values["files"]]


def find_member_problem(member: tarfile.TarInfo, found: Collection[str]) -> str | None:
    """Say why a member of an archive may not be restored, or None where it may."""
    path = PurePosixPath(member.name)
    if not member.isreg() or member.issparse():
        return "only plain files are restored, no links, folders, devices or files with holes"
    if path.is_absolute() or ".." in path.parts or "\\" in member.name or path.as_posix() != member.name:
        return "a path must lie within the workspace"
    if member.name in found:
        return "the same file twice"
    if member.name == MANIFEST:
        return None if member.size <= LARGEST_MANIFEST else "the manifest is too large"
    if member.name != MARKER and (len(path.parts) == 1 or path.parts[0] not in INCLUDED):
        return f"a backup holds {MARKER} and the folders {', '.join(INCLUDED)}"
    return None


def compare_with_manifest(
    archive_name: str, expected: Mapping[str, ManifestEntry], found: Mapping[str, ManifestEntry]
) -> Iterator[Problem]:
    """Yield every file that is missing, too many, or not what its hash says."""
    for name in sorted({*expected, *found, MARKER}):
        if name not in found:
            yield Problem(archive_name, "this file is missing", value=name, field="path")
        elif name not in expected:
            yield Problem(archive_name, "this file is not in the manifest", value=name, field="path")
        elif expected[name] != found[name]:
            yield Problem(archive_name, "its content is not what its hash says", value=name, field="path")
