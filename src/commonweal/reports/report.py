"""The public report: a static folder that stands alone, the same bytes for the same content.

::

    index.html              which languages there are
    manifest.json           every file with its SHA-256, every source with its hash
    en/results.html         one self-contained page
    en/results.pdf          the same on paper (PDF/UA-1)
    en/tables/NAME.csv      every table, and as .json
    en/charts/NAME.svg      every chart
    queries/HASH.sql        every query
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from babel import Locale, UnknownLocaleError

from commonweal.reports.environment import TEMPLATES, get_environment
from commonweal.reports.language import get_language
from commonweal.reports.sentences.headlines import headline
from commonweal.reports.sentences.marks import list_signs
from commonweal.reports.tables import render_csv, render_json
from commonweal.reports.views.report import ReportView, view_report
from commonweal.reports.words import Words

if TYPE_CHECKING:
    from commonweal.reports.content import ReportContent

PAGE, PDF = "results.html", "results.pdf"


@dataclass(frozen=True, slots=True)
class ReportFiles:
    """Files of a report.

    Attributes
    ----------
    files : mapping of str to bytes
        Content by name, with ``/`` between folders; in the order in which they are listed.
    """

    files: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class LanguageChoice:
    """One language of a report: code, its own name, address from another language's page."""

    code: str
    name: str
    href: str


def render_report(
    content: ReportContent,
    language: str,
    *,
    css: str = "",
    languages: Sequence[str] = (),
    pdf: bytes | None = None,
) -> ReportFiles:
    """Render a report in one language: the page, its tables as CSV and JSON, its charts as SVG.

    Parameters
    ----------
    content : ReportContent
        What is reported.
    language : str
        Code of the language.
    css : str
        Style sheet to put inside the page (``built/report.css``).
    languages : sequence of str
        Languages of the whole report, for the links between them; the city's where empty.
    pdf : bytes, optional
        The PDF to put beside it, from `render_pdf`.
    """
    words = Words(content.city, get_language(language))
    return _render_view(view_report(content, words), words, css, tuple(languages), pdf)


def _render_view(
    view: ReportView, words: Words, css: str, languages: tuple[str, ...], pdf: bytes | None
) -> ReportFiles:
    folder = view.language
    charts = [chart for chart in (view.changes, *view.series, view.area_chart) if chart]
    files: dict[str, bytes] = {f"{folder}/{PAGE}": _render_page(view, words, css, languages, pdf).encode()}
    if pdf is not None:
        files[f"{folder}/{PDF}"] = pdf
    tables = {table.name: table for table in (*view.tables, *(chart.table for chart in charts))}
    for name, table in tables.items():
        files[f"{folder}/tables/{name}.csv"] = render_csv(table).encode()
        files[f"{folder}/tables/{name}.json"] = render_json(table).encode()
    for chart in charts:
        files[f"{folder}/charts/{chart.name}.svg"] = chart.svg.encode()
    return ReportFiles(files)


def assemble_report(
    content: ReportContent, *, languages: Sequence[str] = (), css: str = "", fonts: Path | None = None
) -> ReportFiles:
    """Render the whole report: every language, with PDF where fonts are given, an index and a manifest.

    Parameters
    ----------
    content : ReportContent
        What is reported.
    languages : sequence of str
        Codes; the city's where empty.
    css : str
        Style sheet to put inside the pages.
    fonts : Path, optional
        Folder of the report's fonts; without it no PDF is made.

    Raises
    ------
    WorkspaceError
        The folder of fonts lacks one that is needed.
    """
    from commonweal.reports.pdf import typeset

    codes = tuple(languages) or content.city.languages
    files: dict[str, bytes] = {}
    made = int(content.generated_at.timestamp())
    for code in codes:
        words = Words(content.city, get_language(code))
        view = view_report(content, words)
        pdf = None if fonts is None else typeset(view, words, fonts=fonts, made=made)
        files.update(_render_view(view, words, css, codes, pdf).files)
    for query in content.list_queries():
        files[f"queries/{query.hash}.sql"] = (query.sql.strip() + "\n").encode()
    files["index.html"] = _render_index(content, codes, css, with_pdf=fonts is not None).encode()
    files["manifest.json"] = render_manifest(content, files).encode()
    return ReportFiles(files)


def render_manifest(content: ReportContent, files: Mapping[str, bytes]) -> str:
    """Render the manifest: what was made, from what, and the SHA-256 of every file."""
    listed = [
        {"name": name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for name, data in sorted(files.items())
    ]
    sources = [
        {
            "source": item.source,
            "file_name": item.file_name,
            "sha256": item.content_hash,
            "rows_kept": item.rows_kept,
            "simulated": item.simulated,
        }
        for item in content.provenance
    ]
    return _dump(
        {
            "city": content.city.id,
            "period": None if content.current_period is None else str(content.current_period),
            "baseline": None if content.baseline_period is None else str(content.baseline_period),
            "generated_at": content.generated_at.isoformat(),
            "version": content.version,
            "simulated": content.simulated,
            "sources": sources,
            "queries": {query.hash: query.sql for query in content.list_queries()},
            "files": listed,
        }
    )


def _render_page(
    view: ReportView, words: Words, css: str, languages: Sequence[str], pdf: bytes | None
) -> str:
    codes = tuple(languages) or words.city.languages
    hashes = {query.hash for query in view.queries}

    def link(kind: str, name: str) -> str:
        if kind in ("csv", "json"):
            return f"tables/{name}.{kind}"
        if kind == "query":
            return f"#query-{name}" if name in hashes else ""
        return PDF if kind == "pdf" and pdf is not None else ""

    own = (TEMPLATES / "report" / "report.css").read_text(encoding="utf-8")
    return (
        get_environment()
        .get_template("report/report.html")
        .render(
            report=view,
            css=_inside_style(css + "\n" + own),
            link=link,
            languages=[LanguageChoice(code, _name(code), f"../{code}/{PAGE}") for code in codes],
            signs=list_signs(words.language),
        )
    )


def _render_index(content: ReportContent, codes: Sequence[str], css: str, *, with_pdf: bool) -> str:
    choices = []
    for code in codes:
        language = get_language(code)
        words = Words(content.city, language)
        choices.append(
            {
                "code": language.code,
                "name": _name(code),
                "title": language.gettext("Public safety results: %(city)s", city=words.city_name),
                "headline": headline(words, content.findings, content.series),
                "read": language.gettext("Read the report"),
                "href": f"{language.code}/{PAGE}",
                "pdf": f"{language.code}/{PDF}" if with_pdf else "",
            }
        )
    template = get_environment().get_template("report/index.html")
    return template.render(choices=choices, css=_inside_style(css))


def _inside_style(css: str) -> str:
    """Return a style sheet as it may stand inside ``<style>``: nothing in it can end the element."""
    return css.replace("</", "<\\/")


def _name(code: str) -> str:
    try:
        name = Locale.parse(code, sep="-").get_display_name() or code
    except (UnknownLocaleError, ValueError):
        return code
    return name[:1].upper() + name[1:]


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
