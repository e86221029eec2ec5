"""Whether a workspace is in order: the pack, the store, the disk."""

from __future__ import annotations

from commonweal.city import load_city
from commonweal.config import Workspace
from commonweal.store import Store
from commonweal.store.doctor import Check, examine
from commonweal.studies.checking import check_pack


def examine_workspace(workspace: Workspace) -> tuple[Check, ...]:
    """Examine the pack, then the store.

    Parameters
    ----------
    workspace : Workspace
        What to examine; nothing is changed.
    """
    problems = check_pack(workspace.city)
    pack = Check(
        "city's pack",
        ok=not problems,
        found="in order" if not problems else f"{len(problems)} problems; the first: {problems[0]}",
        remedy="" if not problems else f"commonweal city check {workspace.city}",
    )
    time_zone = "UTC" if problems else load_city(workspace.city).time_zone
    return (pack, *examine(Store(workspace.store, time_zone=time_zone)))
