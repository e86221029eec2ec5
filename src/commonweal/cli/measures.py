"""``commonweal measures``: what the pack measures."""

from __future__ import annotations

from typing import Annotated

import typer

from commonweal.cli.options import WorkspaceOption, open_named_desk
from commonweal.cli.output import AsJson, print_json, print_table, say


def measures(
    name: Annotated[str | None, typer.Argument(help="One measure: its definition and its query.")] = None,
    workspace: WorkspaceOption = None,
    as_json: AsJson = False,
) -> None:
    """List the measures of the pack and which source answers each; with a name, show its one query.

    Example: commonweal measures homicides
    """
    from commonweal.studies.listing import describe_measure, list_measures

    desk = open_named_desk(workspace)
    if name is not None:
        described = describe_measure(desk, name)
        if as_json:
            print_json(described)
            return
        say(f"{described.measure.title} ({described.measure.id}), in {described.measure.unit}")
        if described.measure.note:
            say(described.measure.note)
        say(f"Answered by: {described.answered_by or 'nothing that is loaded'}")
        if described.covers:
            say(f"Complete for: {described.covers}")
        if described.sql:
            say(f"\n{described.sql}")
        return
    listed = list_measures(desk)
    if as_json:
        print_json([*listed])
        return
    print_table(
        f"Measures of {desk.city.name}",
        ["Measure", "Title", "Unit", "Answered by", "Complete for"],
        [
            [m.measure.id, m.measure.title, m.measure.unit, m.answered_by or "no records loaded", m.covers]
            for m in listed
        ],
    )
