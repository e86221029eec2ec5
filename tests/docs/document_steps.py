"""Read a Markdown document as a list of steps: files to write, commands to run, output to see.

A reader sees plain Markdown; nothing here needs a dialect:

- a fenced ``sh`` block is run, line by line;
- a fenced ``text`` block right after it shows what must be in its output (``…`` stands for anything);
- any other fenced block right after a line that is only a file name, as in ``**`areas.csv`**``, is that file;
- the same with ``(add at the end)`` is put at the end of that file;
- a command that is meant to fail says so to the reader: ``# exit code 5``;
- ``<!-- needs: real data -->`` says that the document needs the folder of real files, which it calls ``data``.
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted(p for p in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
NEEDS_REAL_DATA = "<!-- needs: real data -->"
EXIT_CODE = re.compile(r"\s+# .*exit code (\d+)\b.*$")
BLOCK = re.compile(
    r"(?:^\*\*`(?P<file>[^`]+)`\*\*(?P<more> \(add at the end\))?\n\n)?^```(?P<language>[a-z]*)\n(?P<body>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class WriteFile:
    """A file that the document gives in full."""

    name: str
    content: str
    at_the_end: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """A line to run and the exit code that the document promises."""

    line: str
    exit_code: int = 0


@dataclass(frozen=True, slots=True)
class RunBlock:
    """Commands, and what the document says they print; ``shown`` is empty where it shows nothing."""

    commands: tuple[Command, ...]
    shown: str = ""


Step = WriteFile | RunBlock


def list_steps(text: str) -> list[Step]:
    """List the steps of a document in their order.

    Parameters
    ----------
    text : str
        Markdown.
    """
    steps: list[Step] = []
    last_end = -1
    for match in BLOCK.finditer(text):
        language, body = match["language"], match["body"]
        if match["file"]:
            steps.append(WriteFile(match["file"], body, at_the_end=bool(match["more"])))
        elif language == "sh":
            steps.append(RunBlock(list_commands(body)))
            last_end = match.end()
        elif language == "text" and steps and not text[last_end : match.start()].strip():
            run = steps[-1]
            assert isinstance(run, RunBlock)
            steps[-1] = RunBlock(run.commands, body)
    return steps


def list_commands(body: str) -> tuple[Command, ...]:
    """List the commands of a block; one goes on where a line ends in a backslash, or a quotation is open."""
    commands: list[Command] = []
    begun = ""
    for line in body.replace("\\\n", " ").splitlines():
        if not begun and (not line.strip() or line.startswith("#")):
            continue
        begun = f"{begun}\n{line}" if begun else line
        if not _is_whole(begun):
            continue
        promised = EXIT_CODE.search(begun)
        code = int(promised[1]) if promised else 0
        commands.append(Command(EXIT_CODE.sub("", begun), code))
        begun = ""
    assert not begun, f"a quotation is never closed: {begun}"
    return tuple(commands)


def _is_whole(text: str) -> bool:
    try:
        shlex.split(text)
    except ValueError:
        return False
    return True


def find_missing(shown: str, output: str) -> str | None:
    """Return the first shown line that the output does not have, in order; none where all are there.

    Spaces are compared as one, because terminals are of different widths; ``…`` stands for anything.
    """
    left = [_squeeze(line) for line in output.splitlines()]
    for line in shown.splitlines():
        wanted = _squeeze(line)
        if wanted in {"", "…"}:
            continue
        pattern = re.compile(".*".join(re.escape(part) for part in wanted.split("…")))
        while left and not pattern.fullmatch(left[0]):
            left.pop(0)
        if not left:
            return line
        left.pop(0)
    return None


def _squeeze(line: str) -> str:
    return " ".join(line.split())
