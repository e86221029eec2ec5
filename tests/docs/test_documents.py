"""Documents say what is so: their commands run and print what is shown, their links lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from document_reader import Reader
from document_steps import DOCUMENTS, NEEDS_REAL_DATA, ROOT, RunBlock, find_missing, list_commands, list_steps

LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)\s]*)?\)")
GENERATED = ("command-line.md", "data-dictionary.md")


def name_of(document: Path) -> str:
    """Name a document from the root of the repository."""
    return document.relative_to(ROOT).as_posix()


def list_documents_with_commands() -> list[object]:
    """List the documents that show commands; those that need real files are marked."""
    listed: list[object] = []
    for document in DOCUMENTS:
        text = document.read_text(encoding="utf-8")
        if document.name in GENERATED or not any(isinstance(step, RunBlock) for step in list_steps(text)):
            continue
        marks = [pytest.mark.real] if NEEDS_REAL_DATA in text else []
        listed.append(pytest.param(document, id=name_of(document), marks=marks))
    return listed


@pytest.mark.parametrize("document", list_documents_with_commands())
def test_commands_of_documents_run(document: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Every command that a document shows runs, in order, with its files, and prints what the document shows."""
    text = document.read_text(encoding="utf-8")
    if NEEDS_REAL_DATA in text:
        (tmp_path / "data").symlink_to(request.getfixturevalue("real_data"))
    Reader(tmp_path).follow(list_steps(text))


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_links_of_documents_lead_somewhere(document: Path) -> None:
    """Every link to a file of the repository leads to a file."""
    for target in LINK.findall(document.read_text(encoding="utf-8")):
        if "://" in target or target.startswith("mailto:"):
            continue
        assert (document.parent / target).exists(), f"{document.name} links to {target}"


def test_every_document_is_in_the_index() -> None:
    """The index of the documents lists each of them."""
    index = (ROOT / "docs/README.md").read_text(encoding="utf-8")
    listed = {(ROOT / "docs" / target).resolve() for target in LINK.findall(index) if "://" not in target}
    missing = [name_of(p) for p in (ROOT / "docs").glob("*/*.md") if p.resolve() not in listed]
    assert [name for name in missing if not name.startswith("docs/decisions/")] == []


def test_reference_pages_are_current(tmp_path: Path) -> None:
    """The generated reference pages are what the program would write now."""
    Reader(tmp_path).follow([RunBlock(list_commands("commonweal reference --write here\n"))])
    for page in GENERATED:
        written = (ROOT / "docs/reference" / page).read_text(encoding="utf-8")
        assert written == (tmp_path / "here" / page).read_text(encoding="utf-8"), f"{page}: run make docs"


def test_shown_output_is_compared_in_order() -> None:
    """A shown line that is not printed, or printed earlier, is found; spaces and ``…`` do not matter."""
    assert find_missing("a   b\n…\nloaded at …, 3 rows", "x\na b\ny\nloaded at noon, 3 rows\n") is None
    assert find_missing("second\nfirst", "first\nsecond\n") == "first"
    assert find_missing("4 rows", "3 rows") == "4 rows"
