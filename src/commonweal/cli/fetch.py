"""``commonweal fetch``: bring in records from a portal."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from commonweal.cli.options import WorkspaceOption, open_named_desk
from commonweal.cli.output import AsJson, print_json, say


def fetch(
    source: Annotated[str, typer.Argument(help="A source of the pack on a Socrata or ArcGIS portal.")],
    workspace: WorkspaceOption = None,
    as_json: AsJson = False,
) -> None:
    """Fetch a source from its portal: page by page, taken up again after a cut, only what changed the next time.

    A Socrata application token is read from COMMONWEAL_SOCRATA_TOKEN. Without a network the command says so, with
    exit code 4, and the store stays as it was.

    Example: commonweal fetch lapd_crime_2020
    """
    from commonweal.studies.loading import fetch_records

    desk = open_named_desk(workspace)
    described = desk.city.get_source(source)
    if not described.verified and not as_json:
        say(f"{described.title}: the address in the pack has not been tried against the live portal yet.")
    if as_json or not sys.stderr.isatty():
        outcome = fetch_records(desk, source)
    else:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=Console(stderr=True)) as bar:
            task = bar.add_task(f"Fetching {source}", total=None)
            outcome = fetch_records(
                desk, source, progress=lambda done, total: bar.update(task, completed=done, total=total)
            )
    if as_json:
        print_json(outcome)
        return
    changed = "" if outcome.changed else " Nothing has changed since the last time."
    say(
        f"{outcome.source}: read {outcome.rows_read:,} rows, kept {outcome.rows_kept:,}, "
        f"duplicates {outcome.duplicates:,}, rejected {outcome.rows_rejected:,}.{changed}"
    )
    if outcome.rejected_file:
        say(f"Rejected rows, with how to mend each: {outcome.rejected_file}")
