"""A report's content and its files, made once for all tests of words, charts and looks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from report_sample import sample_content

from commonweal.reports.content import ReportContent
from commonweal.reports.language import get_language
from commonweal.reports.report import ReportFiles, assemble_report
from commonweal.reports.words import Words

REPOSITORY = Path(__file__).resolve().parents[2]
FONTS = REPOSITORY / "src" / "commonweal" / "web" / "static" / "built" / "fonts"


@pytest.fixture(scope="session")
def content() -> ReportContent:
    return sample_content()


@pytest.fixture(scope="session")
def words_in(content: ReportContent) -> Callable[[str], Words]:
    return lambda code: Words(content.city, get_language(code))


@pytest.fixture(scope="session")
def fonts() -> Path:
    """Folder of the printed report's fonts, which the front end's build puts there."""
    if not FONTS.is_dir():
        pytest.skip("the front end is not built: make frontend")
    return FONTS


@pytest.fixture(scope="session")
def report(content: ReportContent) -> ReportFiles:
    """Every file of the report but the PDFs."""
    return assemble_report(content, css=":root{--ink:#1b1b1b}")
