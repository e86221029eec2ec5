"""How commands answer: words for people, one JSON value for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from commonweal.studies.plain import as_plain

if TYPE_CHECKING:
    from rich.console import Console

    from commonweal.city import City
    from commonweal.reports.words import Words

AsJson = Annotated[bool, typer.Option("--json", help="Answer with one JSON value on standard output.")]


CONTROLS: Final = {code: "\ufffd" for code in (*range(32), *range(127, 160)) if chr(code) not in "\t\n"}


def disarm(text: str) -> str:
    """Replace the signs with which a text from outside could move, recolor or rewrite the terminal."""
    return text.translate(CONTROLS)


def console() -> Console:
    """Return the console for people."""
    from rich.console import Console

    return Console(highlight=False, soft_wrap=False)


def print_json(value: object) -> None:
    """Write one JSON value on standard output."""
    sys.stdout.write(json.dumps(as_plain(value), ensure_ascii=False, indent=2) + "\n")


def print_table(
    title: str, columns: Sequence[str], rows: Sequence[Sequence[Any]], *, right: Sequence[str] = ()
) -> None:
    """Write a table for people.

    Parameters
    ----------
    title : str
        What the table shows.
    columns : sequence of str
        Headings.
    rows : sequence of sequences
        Cells; each is written with ``str``, and nothing is read as markup.
    right : sequence of str
        Headings of the columns of numbers.
    """
    from rich.table import Table
    from rich.text import Text

    heading = Text(disarm(title)) if title else None
    table = Table(title=heading, title_justify="left", title_style="bold", header_style="bold", box=None)
    for column in columns:
        table.add_column(
            Text(disarm(column)), justify="right" if column in right else "left", overflow="fold"
        )
    for row in rows:
        table.add_row(*(Text("" if cell is None else disarm(str(cell))) for cell in row))
    console().print(table)


def say(text: str = "") -> None:
    """Write a line for people; nothing in it is read as markup."""
    sys.stdout.write(disarm(text) + "\n")


@contextmanager
def working(what: str, *, quiet: bool = False) -> Iterator[None]:
    """Show that something is being done, on standard error and only to a person.

    Parameters
    ----------
    what : str
        What is being done.
    quiet : bool
        True where the answer is JSON.
    """
    if quiet or not sys.stderr.isatty():
        yield
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        bar.add_task(what, total=None)
        yield


def english_words(city: City) -> Words:
    """Return a city's words in the language of the command line."""
    from commonweal.reports.language import Language
    from commonweal.reports.words import Words

    return Words(city, Language("en"))
