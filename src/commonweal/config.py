"""The workspace: one folder that holds a city's pack, its store and what was made from them."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from pathlib import Path

from commonweal.errors import WorkspaceError

MARKER = "commonweal.toml"
BUILT = Path(__file__).resolve().parent / "web" / "static" / "built"
"""Style sheets, scripts and fonts, as the front end's build leaves them."""
ENVIRONMENT_VARIABLE = "COMMONWEAL_WORKSPACE"


@dataclass(frozen=True, slots=True)
class Workspace:
    """Where everything of one installation is.

    Attributes
    ----------
    root : Path
        The folder; it holds ``commonweal.toml``.
    """

    root: Path

    @property
    def city(self) -> Path:
        """Folder of the city's pack: the city's own copy, to edit."""
        return self.root / "city"

    @property
    def store(self) -> Path:
        """Folder of the store."""
        return self.root / "store"

    @property
    def reports(self) -> Path:
        """Folder into which reports are written."""
        return self.root / "reports"

    @property
    def rejected(self) -> Path:
        """Folder into which rejected rows are written, one file a load."""
        return self.root / "rejected"

    @property
    def cache(self) -> Path:
        """Folder of things that can be made again (charts); safe to delete."""
        return self.root / "cache"


def find_workspace(given: Path | None = None) -> Workspace:
    """Find the workspace: as given, else from the environment, else the current folder or one above it.

    Parameters
    ----------
    given : Path, optional
        The folder named with ``--workspace``.

    Raises
    ------
    WorkspaceError
        There is none; the message says how to make one.
    """
    named = given or (
        Path(os.environ[ENVIRONMENT_VARIABLE]) if os.environ.get(ENVIRONMENT_VARIABLE) else None
    )
    if named is not None:
        if (named / MARKER).is_file():
            return Workspace(named.resolve())
        raise WorkspaceError(
            f"{named} is not a workspace. Make one with: commonweal new {named} --city los-angeles"
        )
    here = Path.cwd().resolve()
    for folder in (here, *here.parents):
        if (folder / MARKER).is_file():
            return Workspace(folder)
    raise WorkspaceError(
        "There is no workspace here. Make one with: commonweal new DIR --city los-angeles, "
        f"then name it with --workspace DIR or {ENVIRONMENT_VARIABLE}."
    )


def create_workspace(root: Path, city_id: str) -> Workspace:
    """Make an empty workspace; the city's pack is copied into it by the caller.

    Parameters
    ----------
    root : Path
        A folder that does not exist yet, or is empty.
    city_id : str
        Name of the city's pack, written down for the reader.

    Raises
    ------
    WorkspaceError
        The folder holds something already.
    """
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise WorkspaceError(f"{root} exists and is not empty; nothing was written. Name another folder.")
    root.mkdir(parents=True, exist_ok=True)
    (root / MARKER).write_text(
        f'# A Commonweal workspace.\nversion = 1\ncity = "{city_id}"\n', encoding="utf-8"
    )
    workspace = Workspace(root.resolve())
    for folder in (workspace.store, workspace.reports, workspace.rejected):
        folder.mkdir()
    return workspace


def read_settings(workspace: Workspace) -> dict[str, object]:
    """Read ``commonweal.toml`` of a workspace.

    Raises
    ------
    WorkspaceError
        The file is not TOML.
    """
    try:
        return tomllib.loads((workspace.root / MARKER).read_text(encoding="utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise WorkspaceError(f"{workspace.root / MARKER} is not readable as TOML: {error}") from error
