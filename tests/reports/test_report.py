"""The static report: whole, self-contained, the same for the same content."""

from __future__ import annotations

import hashlib
import itertools
import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from lxml import html

from commonweal.reports.content import ReportContent
from commonweal.reports.report import ReportFiles, assemble_report, render_report
from commonweal.results.finding import Refusal

LANGUAGES = ("en", "es", "ko")
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Balance(HTMLParser):
    """Looks that every element that is opened is closed, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        return

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            self.faults.append(f"</{tag}> after <{self.open[-1:]}> at {self.getpos()}")
        else:
            self.open.pop()


@pytest.fixture(params=LANGUAGES)
def page(request: pytest.FixtureRequest, report: ReportFiles) -> str:
    return report.files[f"{request.param}/results.html"].decode()


def test_the_folder_is_whole(report: ReportFiles) -> None:
    """An index, a manifest, and in each language a page with its tables and charts."""
    names = set(report.files)
    assert {"index.html", "manifest.json"} <= names
    for language in LANGUAGES:
        for name in ("by-area", "claims", "commitments", "headline-measures", "series-homicides"):
            assert {f"{language}/tables/{name}.csv", f"{language}/tables/{name}.json"} <= names
        assert {f"{language}/charts/changes.svg", f"{language}/charts/series-homicides.svg"} <= names


def test_the_manifest_names_every_file_with_its_hash(report: ReportFiles) -> None:
    """Anyone can look that a file is the one that was published."""
    manifest = json.loads(report.files["manifest.json"])
    listed = {entry["name"]: entry for entry in manifest["files"]}
    assert set(listed) == set(report.files) - {"manifest.json"}
    for name, entry in listed.items():
        assert entry["sha256"] == hashlib.sha256(report.files[name]).hexdigest()
        assert entry["bytes"] == len(report.files[name])
    assert manifest["simulated"] is True
    assert manifest["sources"][0]["sha256"].startswith("5b1e44c0")


def test_a_page_stands_alone(page: str) -> None:
    """Nothing is fetched: no script, no style sheet, font or picture from elsewhere."""
    root = html.fromstring(page)
    assert root.xpath("//script|//link|//img|//iframe|//object") == []
    assert "@import" not in page
    assert re.findall(r"url\((?!['\"]?(?:data:|#))", page) == []
    outside = [href for href in root.xpath("//a/@href") if href.startswith("http")]
    assert set(outside) == {"https://data.lacity.org/d/2nrs-mtv8"}


def test_a_page_is_well_formed(page: str) -> None:
    """Every element is closed where it should be, and no identifier is used twice."""
    balance = Balance()
    balance.feed(page)
    balance.close()
    assert balance.faults == []
    assert balance.open == []
    identifiers = html.fromstring(page).xpath("//@id")
    assert len(identifiers) == len(set(identifiers))


def test_headings_do_not_skip_a_level(page: str) -> None:
    """One h1, then each heading at most one level below the one before."""
    levels = [int(heading.tag[1]) for heading in html.fromstring(page).iter("h1", "h2", "h3", "h4", "h5")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_a_page_names_its_language_and_title(report: ReportFiles) -> None:
    """Each page says which language it is in and opens with its finding."""
    heads = {}
    for language in LANGUAGES:
        root = html.fromstring(report.files[f"{language}/results.html"].decode())
        assert root.get("lang") == language
        heads[language] = root.findtext(".//h1")
        assert heads[language] in (root.findtext(".//title") or "")
    assert heads["en"] == "Homicides fell by about a sixth in a year; 2024 cannot be compared yet"
    assert (heads["ko"] or "").startswith("살인 건수가 1년 사이")


def test_links_inside_the_report_lead_somewhere(report: ReportFiles) -> None:
    """Every link to another file or place of the report has its target."""
    for language in LANGUAGES:
        root = html.fromstring(report.files[f"{language}/results.html"].decode())
        identifiers = set(root.xpath("//@id"))
        for href in root.xpath("//a/@href"):
            if href.startswith("#"):
                assert href[1:] in identifiers, href
            elif href.startswith("../"):
                assert href[3:] in report.files, href
            elif not href.startswith("http"):
                assert f"{language}/{href}" in report.files, href


def test_tables_have_captions_and_heads(page: str) -> None:
    """Each table says what it shows; each head says what it is the head of."""
    for table in html.fromstring(page).iter("table"):
        assert (table.findtext("caption") or "").strip() or table.find("caption").text_content().strip()
        heads = table.xpath("./thead//th")
        assert heads
        assert all(head.get("scope") == "col" for head in heads)
        assert all(row.xpath("./th[@scope='row']") for row in table.xpath("./tbody/tr"))


def test_every_claim_and_commitment_is_in_the_report(report: ReportFiles, content: ReportContent) -> None:
    """No published figure and no promise is left out, whatever came of it."""
    for language in LANGUAGES:
        identifiers = set(html.fromstring(report.files[f"{language}/results.html"].decode()).xpath("//@id"))
        assert {f"claim-{name}" for name in content.city.figures} <= identifiers
        assert {f"commitment-{name}" for name in content.city.commitments} <= identifiers


def test_a_claim_card_says_all_in_its_order(report: ReportFiles) -> None:
    """Statement, who said it, verdict, why, what can be said instead, other baselines, query."""
    root = html.fromstring(report.files["en/results.html"].decode())
    text = root.get_element_by_id("claim-homicide-change").text_content()
    order = [
        "are down 28.1%", "City results statement", "Cannot be checked", "not counted in the same way",
        "337 in the 12 months to November 2023, against 401", "mean of the three years before", "Query",
    ]  # fmt: skip
    places = [text.index(part) for part in order]
    assert places == sorted(places)


def test_hidden_counts_are_nowhere_in_the_page(report: ReportFiles, content: ReportContent) -> None:
    """A hidden cell shows its mark and no number."""
    assert content.screen is not None
    root = html.fromstring(report.files["en/results.html"].decode())
    cells = [cell.text_content() for cell in root.xpath("//table[contains(@class,'matrix')]//td")]
    hidden = [cell for cell in cells if "Hidden" in cell]
    assert len(hidden) == sum(1 for row in content.screen.rows if row.comparison is None)
    assert all(not any(letter.isdigit() for letter in cell) for cell in hidden)


def test_simulated_records_are_announced(report: ReportFiles, content: ReportContent) -> None:
    """The strip stands on a page that uses simulated records, and only there."""
    assert 'class="sim"' in report.files["en/results.html"].decode()
    real = replace(content, provenance=content.provenance[:1])
    assert 'class="sim"' not in render_report(real, "en").files["en/results.html"].decode()


def test_an_empty_workspace_makes_an_honest_report(content: ReportContent) -> None:
    """With nothing loaded the report says so; it does not fail and does not find anything."""
    claims = tuple(
        replace(claim, refusal=Refusal("no_records"), instead=None, recomputed_value=None)
        for claim in content.claims
    )
    empty = replace(
        content, findings=(), series={}, screen=None, current_period=None, baseline_period=None, provenance=(),
        claims=tuple(claim for claim in claims if claim.verdict.value == "cannot_be_checked"),
    )  # fmt: skip
    page = render_report(empty, "en").files["en/results.html"].decode()
    assert "No records are loaded yet, so nothing can be said" in page
    assert "Nothing could be compared" in page


def test_text_of_the_pack_is_escaped(content: ReportContent) -> None:
    """Words of a pack cannot put markup into the page, and a style sheet cannot end its element."""
    figure = replace(content.city.get_figure("homicide-change"), statement="<script>alert(1)</script>")
    city = replace(content.city, figures={**content.city.figures, "homicide-change": figure})
    made = render_report(replace(content, city=city), "en", css="a{}</style><script>alert(2)</script>")
    page = made.files["en/results.html"].decode()
    assert "&lt;script&gt;alert(1)" in page
    assert html.fromstring(page).xpath("//script") == []


def test_the_same_content_gives_the_same_bytes(content: ReportContent, report: ReportFiles) -> None:
    """A report can be made again and compared by its hashes."""
    again = assemble_report(content, languages=("ko",), css=":root{--ink:#1b1b1b}")
    for name in ("ko/tables/by-area.csv", "ko/charts/changes.svg"):
        assert again.files[name] == report.files[name]
    assert render_report(content, "ko").files == render_report(content, "ko").files
