"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commonweal.config import ENVIRONMENT_VARIABLE, find_workspace

if TYPE_CHECKING:
    from commonweal.studies.desk import Desk

WorkspaceOption = Annotated[
    Path | None,
    typer.Option(
        "--workspace",
        "-w",
        envvar=ENVIRONMENT_VARIABLE,
        help="Folder of the workspace; else the current folder or one above it.",
        show_default=False,
    ),
]


def open_named_desk(workspace: Path | None) -> Desk:
    """Open the desk of the workspace that was named, or of the one around the current folder.

    Raises
    ------
    WorkspaceError
        There is none.
    InvalidPack
        Its pack has problems.
    """
    from commonweal.studies.desk import open_desk

    return open_desk(find_workspace(workspace))
