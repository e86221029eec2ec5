"""``commonweal snapshots``: what is in the store, and what was."""

from __future__ import annotations

from typing import Annotated

import typer

from commonweal.cli.options import WorkspaceOption, open_named_desk
from commonweal.cli.output import AsJson, print_json, print_table, say


def snapshots(
    use: Annotated[
        str | None, typer.Option("--use", help="Make an earlier snapshot current again.", show_default=False)
    ] = None,
    workspace: WorkspaceOption = None,
    as_json: AsJson = False,
) -> None:
    """List the snapshots: source, rows, span, where they came from, which one is current.

    Example: commonweal snapshots --json
    """
    desk = open_named_desk(workspace)
    if use:
        desk.store.use_snapshot(use)
    listed = desk.store.list_snapshots()
    if as_json:
        print_json([*listed])
        return
    if not listed:
        say("Nothing is loaded yet. Load a file: commonweal load KIND FILE --map MAP")
        return
    print_table(
        "Snapshots",
        ["Snapshot", "Kind", "Source", "Rows", "From", "To", "Loaded", ""],
        [
            [
                s.id,
                s.kind,
                s.source + (" ◇ simulated" if s.provenance.simulated else ""),
                f"{s.rows:,}",
                s.first,
                s.last,
                s.published_at.strftime("%Y-%m-%d %H:%M"),
                "current" if s.current else "",
            ]
            for s in listed
        ],
        right=["Rows"],
    )
