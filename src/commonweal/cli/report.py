"""``commonweal report``: the public results report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from commonweal.cli.options import WorkspaceOption, open_named_desk
from commonweal.cli.output import AsJson, print_json, say, working


def report(
    folder: Annotated[
        Path | None,
        typer.Argument(help="Folder to write; else reports/ in the workspace.", show_default=False),
    ] = None,
    language: Annotated[
        list[str] | None,
        typer.Option("--language", "-l", help="Only this language; may be repeated.", show_default=False),
    ] = None,
    pdf: Annotated[bool, typer.Option("--pdf/--no-pdf", help="Write the PDF too.")] = True,
    workspace: WorkspaceOption = None,
    as_json: AsJson = False,
) -> None:
    """Write the public report: for each language one self-contained page and a PDF, every table as CSV and JSON.

    Small numbers are hidden, and what is hidden is proven not to follow from what is shown; if that cannot be
    done, nothing is written (exit code 6).

    Example: commonweal report public-report
    """
    from commonweal.studies.report import write_report

    desk = open_named_desk(workspace)
    target = folder or desk.workspace.reports / "results"
    with working("Writing the report", quiet=as_json):
        written = write_report(desk, target, languages=tuple(language or ()), pdf=pdf)
    if as_json:
        print_json(written)
        return
    say(f"Wrote {written.folder}: {len(written.files)} files in {', '.join(written.languages)}.")
    say(f"Open {written.folder / 'index.html'}")
