"""``commonweal load``: bring in a file of records."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from commonweal.cli.options import WorkspaceOption, open_named_desk
from commonweal.cli.output import AsJson, print_json, print_table, say, working


def load(
    kind: Annotated[str, typer.Argument(help="Kind of record: calls, crimes, counts, activities …")],
    file: Annotated[Path, typer.Argument(help="CSV, TSV, gzip, Parquet, JSON or GeoJSON.")],
    map_: Annotated[
        str, typer.Option("--map", "-m", help="Mapping file: a name in the pack's maps/, or a path.")
    ],
    workspace: WorkspaceOption = None,
    as_json: AsJson = False,
) -> None:
    """Load a file: each row is kept, set aside as a duplicate, or rejected with the reason.

    The same file twice changes nothing. If the load is interrupted, the store stays as it was. Rejected rows are
    written to rejected/ in the workspace, each with what is wrong and how to mend it.

    Example: commonweal load counts lapd_crime_monthly.csv --map lapd_crime_monthly
    """
    from commonweal.studies.loading import load_records

    desk = open_named_desk(workspace)
    with working(f"Loading {file.name}", quiet=as_json):
        outcome = load_records(desk, kind, file, map_)
    if as_json:
        print_json(outcome)
        return
    if not outcome.changed:
        say(f"{file.name}: the same records are loaded already; nothing changed.")
    say(
        f"{outcome.source}: read {outcome.rows_read:,} rows, kept {outcome.rows_kept:,}, "
        f"duplicates {outcome.duplicates:,}, rejected {outcome.rows_rejected:,}. Snapshot {outcome.snapshot}."
    )
    if outcome.reasons:
        print_table(
            "Rejected rows",
            ["Rows", "Why"],
            [[f"{r.rows:,}", r.message] for r in outcome.reasons],
            right=["Rows"],
        )
    if outcome.rejected_file:
        say(f"Rejected rows, with how to mend each: {outcome.rejected_file}")
    for note in outcome.notes:
        say(f"Note: {note}")
