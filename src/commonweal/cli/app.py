"""The command line: one file a command, gathered here.

Exit codes
----------
0 done; 1 unexpected; 2 what was given does not fit; 3 no such thing; 4 a source could not be had; 5 a comparison
was refused; 6 publication was blocked; 7 the store could not do it; 8 there is no workspace.
"""

from __future__ import annotations

import json
import sys
from typing import NoReturn

import typer

from commonweal import __version__
from commonweal.cli.backup import backup, restore
from commonweal.cli.city import city_app
from commonweal.cli.claims import claims
from commonweal.cli.commitments import commitments
from commonweal.cli.compare import compare
from commonweal.cli.demo import demo
from commonweal.cli.doctor import doctor
from commonweal.cli.fetch import fetch
from commonweal.cli.load import load
from commonweal.cli.measures import measures
from commonweal.cli.new import new
from commonweal.cli.output import disarm
from commonweal.cli.reference import reference
from commonweal.cli.report import report
from commonweal.cli.serve import serve
from commonweal.cli.snapshots import snapshots
from commonweal.cli.sql import sql
from commonweal.errors import CommonwealError
from commonweal.studies.plain import as_plain

app = typer.Typer(
    name="commonweal",
    help="Plan, run, measure and honestly report a city's public-safety strategy.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    add_completion=True,
    pretty_exceptions_enable=False,
    epilog="Exit codes: 0 done, 2 what was given does not fit, 3 no such thing, 4 a source could not be had, "
    "5 a comparison was refused, 6 publication was blocked, 7 the store could not do it, 8 no workspace.",
)

START = "Start here"
RECORDS = "Records"
RESULTS = "Results"
CARE = "Look after the workspace"

app.command(rich_help_panel=START)(demo)
app.command(rich_help_panel=START)(new)
app.add_typer(city_app, name="city", rich_help_panel=START)
app.command(rich_help_panel=START)(serve)
app.command(rich_help_panel=RECORDS)(load)
app.command(rich_help_panel=RECORDS)(fetch)
app.command(rich_help_panel=RECORDS)(sql)
app.command(rich_help_panel=RECORDS)(snapshots)
app.command(rich_help_panel=RESULTS)(measures)
app.command(rich_help_panel=RESULTS)(compare)
app.command(rich_help_panel=RESULTS)(claims)
app.command(rich_help_panel=RESULTS)(commitments)
app.command(rich_help_panel=RESULTS)(report)
app.command(rich_help_panel=CARE)(doctor)
app.command(rich_help_panel=CARE)(backup)
app.command(rich_help_panel=CARE)(restore)
app.command(hidden=True)(reference)


def _show_version(value: bool) -> None:
    if value:
        sys.stdout.write(f"commonweal {__version__}\n")
        raise typer.Exit


@app.callback()
def root(
    version: bool = typer.Option(
        False, "--version", callback=_show_version, is_eager=True, help="Show the version."
    ),
) -> None:
    """Plan, run, measure and honestly report a city's public-safety strategy."""


def main() -> NoReturn:
    """Run the command line; errors raised on purpose become a message and an exit code."""
    try:
        app()
    except CommonwealError as error:
        _report(error)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    sys.exit(0)


def _report(error: CommonwealError) -> None:
    if "--json" in sys.argv:
        problem = {
            "error": error.slug,
            "message": error.message,
            "problems": [as_plain(one) for one in error.problems],
        }
        sys.stdout.write(json.dumps(problem, ensure_ascii=False, indent=2) + "\n")
        return
    sys.stderr.write(f"{disarm(str(error))}\n")


if __name__ == "__main__":
    main()
