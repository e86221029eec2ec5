"""Find the packs that ship with the program, and copy one."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from commonweal.city.check_files import list_outside_links
from commonweal.errors import InvalidPack, NotFound, Problem, WorkspaceError

_PACKAGE = Path(__file__).resolve().parents[1]
INSTALLED = _PACKAGE / "_packs"
"""Where an installed program carries its packs."""
REPOSITORY = _PACKAGE.parents[1] / "cities"
"""Where a checkout has them, beside ``src``."""


def list_packs() -> tuple[str, ...]:
    """List the identifiers of the packs that ship with the program."""
    return tuple(sorted(path.name for path in _list_folders()))


def find_pack(name_or_path: str) -> Path:
    """Find a pack: one that ships with the program, by name, or any folder.

    Parameters
    ----------
    name_or_path : str
        ``los-angeles``, or a folder that holds ``city.toml``. A plain name means the shipped pack where there is
        one; write ``./los-angeles`` for a folder of that name.

    Raises
    ------
    NotFound
        There is neither; the message names the known packs.
    """
    shipped = {path.name: path for path in _list_folders()}
    if name_or_path in shipped:
        return shipped[name_or_path]
    path = Path(name_or_path)
    if name_or_path and (path / "city.toml").is_file():
        return path
    if name_or_path and path.is_dir():
        raise NotFound(f"The folder {path} holds no city.toml. Start a pack with: commonweal city new DIR")
    raise NotFound.named("city", name_or_path, list_packs())


def copy_pack(pack: Path, folder: Path) -> None:
    """Copy a pack into a new folder, whole or not at all; hidden files are left out.

    Parameters
    ----------
    pack : Path
        The pack.
    folder : Path
        Must not exist, or be empty.

    Raises
    ------
    InvalidPack
        The pack holds links that lead out of it; nothing was copied.
    WorkspaceError
        The folder holds something already, or cannot be written.
    """
    if links := list_outside_links(pack):
        message = "is a link that leads out of the pack's folder; a pack holds its own files"
        raise InvalidPack(f"The pack {pack} was not copied.", [Problem(link, message) for link in links])
    check_empty(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".pack-", dir=folder.parent) as held:
            copied = Path(held) / "pack"
            shutil.copytree(
                pack,
                copied,
                copy_function=shutil.copyfile,
                ignore=shutil.ignore_patterns(".*", "__pycache__"),
            )
            if folder.exists():
                folder.rmdir()
            copied.replace(folder)
    except OSError as error:
        raise WorkspaceError(f"The pack could not be copied to {folder}: {error}") from error


def check_empty(folder: Path) -> None:
    """Raise `WorkspaceError` where a folder that is to be made exists and holds something."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise WorkspaceError(f"{folder} exists and is not empty; nothing was written. Name another folder.")


def _list_folders() -> tuple[Path, ...]:
    home = INSTALLED if INSTALLED.is_dir() else REPOSITORY
    return tuple(path.parent for path in home.glob("*/city.toml")) if home.is_dir() else ()
