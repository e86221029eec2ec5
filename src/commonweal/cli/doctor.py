"""``commonweal doctor``: whether a workspace is in order."""

from __future__ import annotations

import typer

from commonweal.cli.options import WorkspaceOption
from commonweal.cli.output import AsJson, print_json, print_table, say, working
from commonweal.config import find_workspace


def doctor(workspace: WorkspaceOption = None, as_json: AsJson = False) -> None:
    """Examine the workspace: the pack, every snapshot against its name, the disk; and say what to do.

    Exit code 7 if something is wrong.

    Example: commonweal doctor --json
    """
    from commonweal.studies.health import examine_workspace

    with working("Examining", quiet=as_json):
        checks = examine_workspace(find_workspace(workspace))
    healthy = all(check.ok for check in checks)
    if as_json:
        print_json({"healthy": healthy, "checks": checks})
    else:
        print_table(
            "Health",
            ["", "What", "Found", "What to do"],
            [[("✓" if c.ok else "✗"), c.name, c.found, c.remedy] for c in checks],
        )
        say("In order." if healthy else "Something is wrong; see what to do above.")
    if not healthy:
        raise typer.Exit(7)
