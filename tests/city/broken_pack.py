"""A pack that a test breaks, and what is said about it."""

from __future__ import annotations

from pathlib import Path

from commonweal.errors import Problem


class BrokenPack:
    """A pack in a folder of its own; each change is one edit of one file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def replace(self, file: str, old: str, new: str) -> None:
        """Replace a text that stands in a file at least once; only the first place changes."""
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{file} holds no {old!r}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def append(self, file: str, text: str) -> None:
        """Add a text at the end of a file."""
        path = self.folder / file
        path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")

    def line_of(self, file: str, text: str) -> int:
        """Return the first line that holds a text, as an editor counts."""
        lines = (self.folder / file).read_text(encoding="utf-8").splitlines()
        return next(number for number, line in enumerate(lines, start=1) if text in line)

    def table_around(self, file: str, line: int) -> range:
        """Return the lines of the TOML table that a line stands in, its header included."""
        lines = (self.folder / file).read_text(encoding="utf-8").splitlines()
        headers = [1, *(n for n, text in enumerate(lines, start=1) if text.startswith("[")), len(lines) + 1]
        return range(max(n for n in headers if n <= line), min(n for n in headers if n > line))


def brief(problems: tuple[Problem, ...]) -> list[tuple[str, int | None, str | None, str | None]]:
    """Return file, line, field and value of each problem."""
    return [(one.where, one.row, one.field, one.value) for one in problems]
