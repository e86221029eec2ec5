"""Documents say what is so: their commands run, their links lead somewhere."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted(p for p in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
FENCE = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
FILE_FENCE = re.compile(r"^```(?:toml|csv) title=\"([^\"]+)\"\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)\s]*)?\)")
LONG_RUNNING = ("serve", "demo", "fetch")
WITH_COMMANDS = [p for p in DOCUMENTS if FENCE.search(p.read_text(encoding="utf-8")) and "reference" not in p.parts]


def blocks_of(document: Path) -> list[tuple[str, str]]:
    """Return ('file:NAME' or 'run', text) in the order of the document."""
    text = document.read_text(encoding="utf-8")
    found = [(m.start(), "run", m[1]) for m in FENCE.finditer(text)]
    found += [(m.start(), f"file:{m[1]}", m[2]) for m in FILE_FENCE.finditer(text)]
    return [(kind, body) for _, kind, body in sorted(found)]


def run_line(line: str, folder: Path) -> None:
    """Run one line of a document; commands that serve for ever, or need a portal, are asked for their help."""
    words = shlex.split(line)
    if words[0] in ("make", "git", "pip"):
        return
    if words[0] == "commonweal" and words[1] in LONG_RUNNING:
        options = [w.split("=")[0] for w in words[2:] if w.startswith("--")]
        shown = run([sys.executable, "-m", "commonweal.cli.app", words[1], "--help"], folder)
        assert all(option in shown for option in options), f"{line}: an option does not exist"
        return
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    outcome = subprocess.run(
        line, shell=True, cwd=folder, capture_output=True, text=True, env=environment, check=False, timeout=300  # noqa: S602
    )
    assert outcome.returncode == 0, f"{line}\n{outcome.stdout}\n{outcome.stderr}"


def run(command: list[str], folder: Path) -> str:
    """Run a command and return what it prints, wide enough that no option is cut."""
    outcome = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=True, env={**os.environ, "COLUMNS": "200"}
    )
    return outcome.stdout


@pytest.mark.parametrize("document", WITH_COMMANDS, ids=lambda p: str(p.relative_to(ROOT)))
def test_commands_of_documents_run(document: Path, tmp_path: Path) -> None:
    """Every command that a document shows runs, in order, with the files that the document gives."""
    for kind, body in blocks_of(document):
        if kind.startswith("file:"):
            target = tmp_path / kind.removeprefix("file:")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(body, encoding="utf-8")
            continue
        for line in body.replace("\\\n", " ").splitlines():
            if line.strip() and not line.startswith("#"):
                run_line(line, tmp_path)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_of_documents_lead_somewhere(document: Path) -> None:
    """Every link to a file of the repository leads to a file."""
    for target in LINK.findall(document.read_text(encoding="utf-8")):
        if "://" in target or target.startswith("mailto:"):
            continue
        assert (document.parent / target).exists(), f"{document.name} links to {target}"


def test_reference_pages_are_current(tmp_path: Path) -> None:
    """The generated reference pages are what the program would write now."""
    run([sys.executable, "-m", "commonweal.cli.app", "reference", "--write", str(tmp_path)], tmp_path)
    for page in ("command-line.md", "data-dictionary.md"):
        written = (ROOT / "docs/reference" / page).read_text(encoding="utf-8")
        assert written == (tmp_path / page).read_text(encoding="utf-8"), f"{page}: run make docs"
