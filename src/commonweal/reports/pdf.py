"""The report on paper: PDF/UA-1, set by Typst from the same words as the page.

Typst comes as a wheel and needs no system libraries; the fonts come from a folder, so that a report can be made on a
machine without fonts and without a network, and looks the same everywhere.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commonweal.errors import WorkspaceError
from commonweal.reports.environment import TEMPLATES
from commonweal.reports.language import get_language
from commonweal.reports.sentences.marks import list_signs
from commonweal.reports.views.report import ReportView, view_report
from commonweal.reports.words import Words

if TYPE_CHECKING:
    from commonweal.reports.content import ReportContent

LATIN, KOREAN = "Public Sans", "Gothic A1"
SCRIPTS = ("LATIN", "HANGUL", "GREEK", "CYRILLIC", "ARMENIAN", "GEORGIAN")
"""Letters that the fonts have: those two, and the one that Typst carries for the rest."""
LATIN_SIGNS = 0x24F
"""Up to here all letters and signs are Latin, ordinal signs among them."""
PAPERS = {"en": "us-letter", "es": "us-letter"}
"""Paper by language; A4 elsewhere."""


def render_pdf(content: ReportContent, language: str, *, fonts: Path) -> bytes:
    """Render the report as an accessible PDF.

    Tagged, with language, title, headings as bookmarks, table heads and a text for every chart (ISO 14289-1). The
    same content gives the same bytes.

    Parameters
    ----------
    content : ReportContent
        What is reported.
    language : str
        Code of the language.
    fonts : Path
        Folder with Public Sans and, for Korean, Gothic A1 (``built/fonts``).

    Raises
    ------
    WorkspaceError
        A font is missing, or has no letters for some of the text; nothing is set with empty boxes in their place.
    """
    words = Words(content.city, get_language(language))
    return typeset(
        view_report(content, words), words, fonts=fonts, made=int(content.generated_at.timestamp())
    )


def typeset(view: ReportView, words: Words, *, fonts: Path, made: int) -> bytes:
    """Set a report that is written already.

    Parameters
    ----------
    view : ReportView
        In the language of the words.
    words : Words
        The reader's.
    fonts : Path
        Folder of the fonts.
    made : int
        Seconds since 1970, the time written into the file.

    Raises
    ------
    WorkspaceError
        A font is missing.
    """
    import typst

    known = _open_fonts(fonts)
    _require_fonts(known.families(), fonts, korean=words.language.text_code == "ko")
    charts = [chart for chart in (view.changes, *view.series, view.area_chart) if chart]
    content = json.dumps(_plain(view, words), ensure_ascii=False)
    _require_letters(content)
    files = {"main.typ": (TEMPLATES / "report" / "report.typ").read_bytes(), "report.json": content.encode()}
    for chart in charts:
        files[f"{chart.name}.svg"] = chart.svg.encode()
        files[f"{chart.name}-narrow.svg"] = chart.svg_narrow.encode()
    made_bytes: bytes = typst.compile(
        files, format="pdf", pdf_standards=["ua-1"], font_paths=known, timestamp=made
    )
    return made_bytes


def _plain(view: ReportView, words: Words) -> dict[str, Any]:
    """Return the view as plain values, without what the paper does not show."""
    plain = asdict(view)
    plain.pop("tables")
    for chart in (plain["changes"], plain["area_chart"], *plain["series"]):
        if chart:
            for left_out in ("svg", "svg_narrow", "table"):
                chart.pop(left_out)
    plain["signs"] = [asdict(sign) for sign in list_signs(words.language)]
    plain["paper"] = PAPERS.get(words.language.text_code, "a4")
    plain["text_language"] = words.language.locale.language
    plain["territory"] = words.language.locale.territory or (
        "KR" if words.language.text_code == "ko" else None
    )
    return plain


def _require_letters(text: str) -> None:
    letters = {letter for letter in text if ord(letter) > LATIN_SIGNS and letter.isalpha()}
    missing = sorted(letter for letter in letters if not unicodedata.name(letter, "").startswith(SCRIPTS))
    if missing:
        shown = " ".join(missing[:12])
        raise WorkspaceError(
            f"The PDF's fonts have no letters for {shown}. The page has no such limit: write the report with --no-pdf"
        )


@lru_cache(maxsize=4)
def _open_fonts(folder: Path) -> Any:
    import typst

    return typst.Fonts(font_paths=[str(folder)], include_system_fonts=False)


def _require_fonts(families: Sequence[str], folder: Path, *, korean: bool) -> None:
    missing = [name for name in (LATIN, *([KOREAN] if korean else [])) if name not in families]
    if missing:
        raise WorkspaceError(
            f"The PDF needs the font {' and '.join(missing)}, which is not in {folder}. "
            "Build the front end, which puts the fonts there: make frontend"
        )
