"""Every page: a title, one heading, the language it says, a way to the other languages."""

from __future__ import annotations

import re
from collections import Counter
from urllib.parse import urlsplit

import pytest
from asking import Asking
from lxml.html import HtmlElement

LANGUAGES = ("en", "es", "ko")
START = ("/en/results", "/en/city", "/en/data", "/en/results/areas/all")


def list_links(tree: HtmlElement) -> set[str]:
    """Return the addresses of pages that a page links to, without their query."""
    found = {urlsplit(href).path for href in tree.xpath("//a/@href") if href.startswith("/en/")}
    return {path for path in found if not path.endswith((".csv", ".json"))}


@pytest.fixture(scope="module")
def pages(web: Asking) -> dict[str, HtmlElement]:
    """Return every page that can be reached in English by following links."""
    found: dict[str, HtmlElement] = {}
    waiting = list(START)
    while waiting:
        path = waiting.pop()
        if path not in found:
            found[path] = web.page(path)
            waiting += sorted(list_links(found[path]) - set(found))
    return found


def test_every_route_is_reached(web: Asking, pages: dict[str, HtmlElement]) -> None:
    """Following links leads to every page there is."""
    templates = {
        path
        for path in list_page_routes(web)
        if path.startswith("/{language}") and not path.endswith((".csv", ".json"))
    }
    patterns = {template: re.compile(re.sub(r"\{\w+\}", "[^/]+", template) + "$") for template in templates}
    unreached = {t for t, pattern in patterns.items() if not any(pattern.match(path) for path in pages)}
    assert templates
    assert unreached == set()


def list_page_routes(web: Asking) -> list[str]:
    """Return the paths of the pages that the application serves."""
    from commonweal.web.pages import make_router

    return [str(getattr(route, "path", "")) for route in make_router().routes]


def test_every_page_has_its_bones(pages: dict[str, HtmlElement]) -> None:
    """Each page has a language, a title, one first heading, landmarks, and a way to skip to the content."""
    for path, tree in pages.items():
        assert tree.get("lang") == "en", path
        assert tree.findtext(".//title").strip(), path
        assert len(tree.xpath("//h1")) == 1, path
        assert tree.xpath("//h1")[0].text_content().strip(), path
        assert len(tree.xpath("//main[@id='main']")) == 1, path
        assert tree.xpath("//body/*[1][self::a and @href='#main']"), path
        assert tree.xpath("//header"), path
        assert tree.xpath("//footer"), path


def test_titles_differ(pages: dict[str, HtmlElement]) -> None:
    """No two pages of different kinds have the same heading and title."""
    seen = Counter((tree.findtext(".//title"), tree.xpath("string(//h1)")) for tree in pages.values())
    assert [pair for pair, number in seen.items() if number > 1] == []


def test_every_page_keeps_its_place_in_other_languages(web: Asking, pages: dict[str, HtmlElement]) -> None:
    """The language switch of each page leads to the same page, which says that it is in that language."""
    for path, tree in pages.items():
        links = tree.xpath("//nav[contains(@class,'lang')]//a")
        assert [link.get("hreflang") for link in links] == ["es", "ko"], path
        assert [urlsplit(link.get("href")).path for link in links] == [
            path.replace("/en/", f"/{code}/", 1) for code in ("es", "ko")
        ]
        for link in links:
            other = web.page(link.get("href"))
            assert other.get("lang") == link.get("hreflang")


def test_the_switch_keeps_the_question(web: Asking) -> None:
    """The language switch keeps the query: periods and order stay."""
    tree = web.page("/en/results/areas?measure=burglaries&sort=-current")
    assert tree.xpath("//nav[contains(@class,'lang')]//a/@href")[0].endswith(
        "?measure=burglaries&sort=-current"
    )


def test_nothing_inline_runs_or_styles(pages: dict[str, HtmlElement]) -> None:
    """No page has an inline script, an inline handler or an inline style: the content security policy forbids them."""
    for path, tree in pages.items():
        assert not tree.xpath("//script[not(@src)]"), path
        assert not tree.xpath("//style"), path
        assert not tree.xpath("//*[@style]"), path
        assert not [
            name for node in tree.iter() for name in getattr(node, "attrib", {}) if name.startswith("on")
        ]


def test_identifiers_are_unique(pages: dict[str, HtmlElement]) -> None:
    """An identifier stands once on a page, and labels, heads and maps find what they name."""
    for path, tree in pages.items():
        identifiers = Counter(tree.xpath("//@id"))
        assert [name for name, number in identifiers.items() if number > 1] == [], path
        for named in tree.xpath("//label/@for") + tree.xpath("//@aria-labelledby"):
            assert all(name in identifiers for name in named.split()), path


def test_nothing_is_fetched_from_elsewhere(pages: dict[str, HtmlElement]) -> None:
    """Pages load style, script, fonts and pictures from this server only."""
    for path, tree in pages.items():
        loaded = tree.xpath(
            "//script/@src | //link[@rel='stylesheet' or @rel='icon' or @rel='preload']/@href | //img/@src"
        )
        assert all(address.startswith("/static/") for address in loaded), path


def test_every_table_has_a_caption_and_scoped_heads(pages: dict[str, HtmlElement]) -> None:
    """Each table says what it shows; each head says whether it is of a column or of a row."""
    for path, tree in pages.items():
        for table in tree.xpath("//table"):
            assert table.xpath("string(caption)").strip(), path
            assert all(head.get("scope") in ("col", "row") for head in table.xpath(".//th")), path


def test_every_drawn_map_has_its_table(pages: dict[str, HtmlElement]) -> None:
    """Wherever there is a map there is a sentence, and a table or facts that say the same."""
    maps = {path: tree for path, tree in pages.items() if tree.xpath("//*[@data-map]")}
    assert maps
    for path, tree in maps.items():
        assert tree.xpath("//*[@data-map]//svg[@role='img']/@aria-label"), path
        assert tree.xpath("//table | //dl[contains(@class,'facts')]"), path


def test_charts_have_a_title_and_a_description(pages: dict[str, HtmlElement]) -> None:
    """Each chart carries its title and its description for those who cannot see it."""
    charts = [svg for tree in pages.values() for svg in tree.xpath("//div[contains(@class,'chart')]//svg")]
    assert charts
    for svg in charts:
        assert svg.get("role") == "img"
        assert svg.xpath("./*[local-name()='title']")[0].text_content().strip()
        assert svg.xpath("./*[local-name()='desc']")[0].text_content().strip()


def test_the_overview_opens_with_the_finding(web: Asking) -> None:
    """The first heading says what is true of the toy city (144 → 108) and what cannot be compared; not a label."""
    tree = web.page("/en/results")
    assert "fell by about a quarter" in tree.xpath("string(//h1)")
    assert "2024" in tree.xpath("string(//h1)")
    first = tree.xpath("//article[contains(@class,'card')]")[0].text_content()
    assert "108" in first
    assert "144" in first


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_lead_to_their_query(web: Asking, language: str) -> None:
    """Each number's query can be read, in every language."""
    tree = web.page(f"/{language}/results/measures/robberies")
    query = next(href for href in tree.xpath("//a/@href") if "/data/queries/" in href)
    assert "SELECT" in web.page(query).xpath("string(//pre)").upper()


def test_a_page_without_records_says_what_to_load(empty_web: Asking) -> None:
    """With nothing loaded, every room opens and the first page names the command."""
    assert "commonweal load" in empty_web.page("/en/results").xpath("string(//main)")
    assert "commonweal load" in empty_web.page("/en/data").xpath("string(//main)")
    for path in ("/en/results/measures", "/en/results/areas", "/en/results/claims", "/en/results/commitments",
                 "/en/results/measures/robberies", "/en/city", "/en/data/simulated", "/en/data/queries"):  # fmt: skip
        empty_web.page(path)


def test_simulated_records_are_marked_everywhere(web: Asking) -> None:
    """Where simulated records are used the strip, the mark of the row, and the exports say so."""
    tree = web.page("/en/results/measures/game_visits")
    assert tree.xpath("//*[contains(@class,'sim')]")
    assert "◇" in web.page("/en/results/measures").xpath("string(//tr[.//a[contains(@href, 'game_visits')]])")
    answer = web.get("/en/results/measures/game_visits/series.csv")
    assert answer.text.splitlines()[0].endswith(",simulated")
    assert all(line.endswith(",true") for line in answer.text.splitlines()[1:])
    assert web.get("/en/results/measures/game_visits/series.json").json()["simulated"] is True


def test_pages_of_real_records_carry_no_strip(web: Asking) -> None:
    """A page made from real records alone is not marked as simulated."""
    tree = web.page("/en/results/measures/robberies")
    assert not tree.xpath("//*[contains(concat(' ', @class, ' '), ' sim ')]")


def test_hidden_numbers_are_not_on_any_page(web: Asking) -> None:
    """The six homicides of Riverside in 2023 are hidden by the pack's rule: on the page and in its data."""
    rows = web.get("/en/results/areas.json?measure=homicides").json()["rows"]
    riverside = next(row for row in rows if row["area"] == "riverside")
    assert riverside["verdict"] == "hidden"
    assert riverside["current"] is None
    assert riverside["change"] is None
    text = web.page("/en/results/areas?measure=homicides").xpath("string(//tr[contains(., 'Riverside')])")
    assert "6" not in text


def test_rejected_rows_of_restricted_records_stay_inside(web: Asking) -> None:
    """What is wrong with a rejected crime is told; what the row said, which may point to a person, is not."""
    loads = web.get("/api/v1/snapshots").json()
    crimes = next(one for one in loads if one["source"] == "crime_file")
    assert crimes["rows_rejected"] >= 1
    table = web.get(f"/en/data/snapshots/{crimes['id']}/rejected.json").json()
    assert [column["key"] for column in table["columns"]] == ["row", "rule"]
    assert len(table["rows"]) == crimes["rows_rejected"]
    assert "not a day" not in web.get(f"/en/data/snapshots/{crimes['id']}/rejected").text
