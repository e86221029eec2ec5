"""``commonweal sql``: ask the store in SQL."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from commonweal.cli.options import WorkspaceOption, open_named_desk
from commonweal.cli.output import AsJson, print_json, print_table, say, working
from commonweal.records.spreadsheet import guard_table

SHOWN_ROWS = 200


def sql(
    query: Annotated[
        str, typer.Argument(help="One SELECT. The tables are the kinds of record: crimes, counts …")
    ],
    workspace: WorkspaceOption = None,
    as_csv: Annotated[
        bool, typer.Option("--csv", help="Answer as CSV, safe to open in a spreadsheet.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Ask the store in SQL (DuckDB), read-only: nothing can be changed, and no other file can be read.

    Example: commonweal sql "select category, sum(value) from counts where quantity = 'incidents' group by all"
    """
    desk = open_named_desk(workspace)
    with working("Asking", quiet=as_json or as_csv):
        table = desk.store.query(query)
    if as_json:
        print_json(table.to_dicts())
    elif as_csv:
        sys.stdout.write(guard_table(table).write_csv())
    else:
        print_table("", table.columns, table.head(SHOWN_ROWS).rows())
        if table.height > SHOWN_ROWS:
            say(f"{SHOWN_ROWS} of {table.height:,} rows shown; --csv gives all.")
