"""The report on paper: accessible, in the reader's letters, the same for the same content."""

from __future__ import annotations

import io
import itertools
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from commonweal.errors import WorkspaceError
from commonweal.reports.content import ReportContent
from commonweal.reports.pdf import render_pdf, typeset
from commonweal.reports.views.report import ReportView, view_report
from commonweal.reports.words import Words

InWords = Callable[[str], Words]
LANGUAGES = ("en", "es", "ko")
MADE = 1_795_510_800


@pytest.fixture(scope="module")
def views(content: ReportContent, words_in: InWords) -> dict[str, ReportView]:
    return {code: view_report(content, words_in(code)) for code in LANGUAGES}


@pytest.fixture(scope="module")
def made(views: dict[str, ReportView], words_in: InWords, fonts: Path) -> dict[str, bytes]:
    return {code: typeset(views[code], words_in(code), fonts=fonts, made=MADE) for code in LANGUAGES}


def tags(data: bytes) -> Iterator[tuple[str, str]]:
    """Every structure element of a tagged PDF in reading order: its type and its alternative text."""
    with pikepdf.open(io.BytesIO(data)) as document:
        waiting = [document.Root.StructTreeRoot.K]
        while waiting:
            node = waiting.pop(0)
            if isinstance(node, pikepdf.Array):
                waiting = [*node, *waiting]
            elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
                yield str(node.S), str(node.get("/Alt", ""))
                if "/K" in node:
                    waiting = [node.K, *waiting]


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_document_says_what_it_is(code: str, made: dict[str, bytes]) -> None:
    """Tagged, with its language and title, and declared as PDF/UA-1 (ISO 14289-1)."""
    with pikepdf.open(io.BytesIO(made[code])) as document:
        root = document.Root
        assert bool(root.MarkInfo.Marked)
        assert str(root.Lang).split("-")[0] == code
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        with document.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"]
        assert "/Outlines" in root


def test_every_figure_has_a_text(made: dict[str, bytes]) -> None:
    """Each chart tells in words what it shows."""
    for code, data in made.items():
        texts = [alternative for name, alternative in tags(data) if name == "/Figure"]
        assert len(texts) >= 7, code
        assert all(len(text) > 40 for text in texts)


def test_every_table_has_heads(made: dict[str, bytes]) -> None:
    """Each table has header cells."""
    for data in made.values():
        tables = [name for name, _ in tags(data) if name == "/Table"]
        assert len(tables) >= 9
        heads = sum(1 for name, _ in tags(data) if name == "/TH")
        assert heads >= 3 * len(tables)


def test_headings_are_real_and_in_order(made: dict[str, bytes]) -> None:
    """Headings are tagged and no level is skipped on the way down."""
    for data in made.values():
        levels = [int(name[2]) for name, _ in tags(data) if re.fullmatch(r"/H[1-6]", name)]
        assert levels.count(1) == 8
        assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_fonts_are_inside(made: dict[str, bytes]) -> None:
    """Every font is embedded, so that the letters are there on any machine."""
    for data in made.values():
        with pikepdf.open(io.BytesIO(data)) as document:
            descriptors = [
                node
                for node in document.objects
                if isinstance(node, pikepdf.Dictionary) and node.get("/Type") == "/FontDescriptor"
            ]
            assert descriptors
            assert all({"/FontFile2", "/FontFile3"} & set(node.keys()) for node in descriptors)


@pytest.mark.parametrize(
    ("code", "phrases"),
    [
        ("en", ["Homicides fell by about", "337", "Cannot be checked", "What we could not say"]),
        ("es", ["El número de homicidios", "337", "No se puede verificar", "Lo que no pudimos decir"]),
        ("ko", ["로스앤젤레스", "337", "확인할 수 없음", "말할 수 없었던 것과 그 이유"]),
    ],
)
def test_text_can_be_read_out(code: str, phrases: list[str], made: dict[str, bytes], tmp_path: Path) -> None:
    """The words can be searched, copied and spoken, Hangul included."""
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("pdftotext (poppler-utils) is not installed")
    path = tmp_path / "report.pdf"
    path.write_bytes(made[code])
    text = subprocess.run(
        [program, "-enc", "UTF-8", str(path), "-"], capture_output=True, check=True
    ).stdout.decode()
    flat = " ".join(text.split())
    for phrase in phrases:
        assert phrase in flat
    assert "\ufffd" not in text


def test_the_same_content_gives_the_same_bytes(
    views: dict[str, ReportView], words_in: InWords, fonts: Path, made: dict[str, bytes]
) -> None:
    """A PDF can be made again and compared by its hash."""
    assert typeset(views["ko"], words_in("ko"), fonts=fonts, made=MADE) == made["ko"]


def test_a_missing_font_is_an_error_not_empty_boxes(
    content: ReportContent, views: dict[str, ReportView], words_in: InWords, fonts: Path, tmp_path: Path
) -> None:
    """Without the fonts nothing is set; the message names the font and what to do."""
    with pytest.raises(WorkspaceError, match="Public Sans and Gothic A1") as caught:
        render_pdf(content, "ko", fonts=tmp_path)
    assert "make frontend" in caught.value.message
    for path in fonts.glob("PublicSans*"):
        shutil.copy(path, tmp_path)
    latin = tmp_path / "latin"
    latin.mkdir()
    for path in tmp_path.glob("PublicSans*"):
        path.rename(latin / path.name)
    assert typeset(views["en"], words_in("en"), fonts=latin, made=MADE).startswith(b"%PDF")
    with pytest.raises(WorkspaceError, match="font Gothic A1"):
        typeset(views["ko"], words_in("ko"), fonts=latin, made=MADE)


def test_letters_without_a_font_are_an_error_not_empty_boxes(
    views: dict[str, ReportView], words_in: InWords, fonts: Path
) -> None:
    """Text in a script that the fonts lack is refused, with the letters and a way out."""
    with pytest.raises(WorkspaceError, match=r"市.*--no-pdf"):
        typeset(replace(views["en"], city="天使之市"), words_in("en"), fonts=fonts, made=MADE)


def test_a_language_with_other_letters_keeps_its_dates(
    content: ReportContent, words_in: InWords, fonts: Path
) -> None:
    """A language without a catalog is set in English with its own dates, in letters that are there."""
    armenian = typeset(view_report(content, words_in("hy")), words_in("hy"), fonts=fonts, made=MADE)
    with pikepdf.open(io.BytesIO(armenian)) as document:
        assert str(document.Root.Lang).startswith("hy")
