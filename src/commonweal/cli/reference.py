"""``commonweal reference``: the generated reference pages."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from commonweal.cli.output import say


def reference(
    write: Annotated[Path, typer.Option("--write", help="Folder of the reference pages.")] = Path(
        "docs/reference"
    ),
) -> None:
    """Write the reference pages that are made from the program itself: commands and the data dictionary."""
    from commonweal.cli.reference_page import render_command_reference
    from commonweal.records.dictionary import render_dictionary

    write.mkdir(parents=True, exist_ok=True)
    (write / "command-line.md").write_text(render_command_reference(), encoding="utf-8")
    (write / "data-dictionary.md").write_text(render_dictionary(), encoding="utf-8")
    say(f"Wrote {write}/command-line.md and {write}/data-dictionary.md")
