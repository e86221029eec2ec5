"""``commonweal new``: make a workspace."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from commonweal.cli.output import AsJson, print_json, say, working


def new(
    folder: Annotated[Path, typer.Argument(help="Folder to make; it must not exist, or be empty.")],
    city: Annotated[
        str, typer.Option("--city", help="A pack that ships with the program, or a folder with one.")
    ] = "los-angeles",
    as_json: AsJson = False,
) -> None:
    """Make a workspace: a city's pack, its own records, an empty store for the rest.

    The pack is copied into DIR/city, where you edit it. The tables of facts that the pack carries are loaded.

    Example: commonweal new my-city --city los-angeles
    """
    from commonweal.studies.opening import open_workspace_for

    with working("Making the workspace", quiet=as_json):
        made = open_workspace_for(folder, city)
    if as_json:
        print_json(made)
        return
    say(
        f"Made {made.root}: {made.city_name}, {made.sources} sources of the pack loaded ({made.rows:,} rows)."
    )
    say(f"Next: commonweal serve --workspace {folder}   or   commonweal measures --workspace {folder}")
