"""``commonweal backup`` and ``commonweal restore``: a verified copy of the workspace."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from commonweal.cli.options import WorkspaceOption
from commonweal.cli.output import AsJson, print_json, say, working
from commonweal.config import find_workspace


def backup(
    archive: Annotated[Path, typer.Argument(help="Archive to write, for example city-2024-11-30.tar.gz.")],
    workspace: WorkspaceOption = None,
    as_json: AsJson = False,
) -> None:
    """Write the pack and the store into one archive, with the hash of every file.

    Example: commonweal backup city.tar.gz
    """
    from commonweal.store.backup import write_backup

    with working("Writing the backup", quiet=as_json):
        summary = write_backup(find_workspace(workspace).root, archive)
    if as_json:
        print_json(summary)
    else:
        say(f"Wrote {archive}: {summary.files:,} files, {summary.bytes / 1e6:,.1f} MB, each with its hash.")


def restore(
    archive: Annotated[Path, typer.Argument(help="Archive that backup wrote.")],
    folder: Annotated[Path, typer.Argument(help="Folder to make; it must not exist, or be empty.")],
    as_json: AsJson = False,
) -> None:
    """Bring a backup back into a new workspace; every file is verified before anything is in place.

    Example: commonweal restore city.tar.gz restored
    """
    from commonweal.store.backup import restore_backup

    with working("Restoring", quiet=as_json):
        summary = restore_backup(archive, folder)
    if as_json:
        print_json(summary)
    else:
        say(f"Restored {folder}: {summary.files:,} files, each as its hash says.")
