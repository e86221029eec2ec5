"""Every page in three languages: no accessibility violation, nothing that scrolls sideways on a phone."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from routes import FAULTS, ROUTES, find_deep_pages
from watching import DESKTOP, PHONE, Watch

pytestmark = pytest.mark.browser
AXE = Path(__file__).resolve().parents[2] / "frontend/node_modules/axe-core/axe.min.js"
PICTURES = Path(__file__).resolve().parent / "pictures"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SMALL_TARGETS = """() => [...document.querySelectorAll(
    'nav.rooms a, nav.lang a, nav.pages a, .foot a, form button, form select, .filters a')]
    .filter((one) => one.getClientRects().length && one.getBoundingClientRect().height < 43.5)
    .map((one) => `${one.textContent.trim()} ${one.getBoundingClientRect().height}`)"""
SIDEWAYS = """() => document.documentElement.scrollWidth - document.documentElement.clientWidth"""
WIDE = """() => [...document.querySelectorAll('main *')]
    .filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest('.scroll, .chart, svg'))
    .slice(0, 3).map((one) => `${one.tagName}.${one.className}`)"""


def list_violations(page: Page) -> list[str]:
    """Return what axe finds, one line each."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: dict[str, Any] = page.evaluate("(tags) => axe.run({runOnly: tags})", RULES)
    return [
        f"{page.url} {one['id']}: {one['help']} {[node['target'] for node in one['nodes'][:3]]}"
        for one in found["violations"]
    ]


@pytest.mark.parametrize("language", ["en", "es", "ko"])
def test_every_page_is_accessible_and_fits_a_phone(page: Page, watch: Watch, language: str) -> None:
    """Axe finds nothing on any page; at phone width nothing scrolls sideways and what is touched is 44 px high."""
    faults: list[str] = []
    for path in (*ROUTES, *find_deep_pages(page)):
        page.set_viewport_size(DESKTOP)
        answer = page.goto(f"/{language}{path}")
        assert answer is not None
        assert answer.status == 200, path
        faults += list_violations(page)
        keep_picture(page, language, path, "desktop")
        faults += look_at_phone(page, path)
        keep_picture(page, language, path, "phone")
    assert faults == []


def look_at_phone(page: Page, path: str) -> list[str]:
    """Return what does not fit a phone."""
    page.set_viewport_size(PHONE)
    faults = []
    if page.evaluate(SIDEWAYS) > 0:
        faults.append(f"{path} scrolls sideways: {page.evaluate(WIDE)}")
    faults += [f"{path} small: {one}" for one in page.evaluate(SMALL_TARGETS)]
    return faults


def keep_picture(page: Page, language: str, path: str, width: str) -> None:
    """Keep a picture of the page, where somebody wants to look."""
    if os.environ.get("COMMONWEAL_PICTURES"):
        name = path.strip("/").replace("/", "_").split("?")[0]
        page.screenshot(path=PICTURES / language / f"{name}.{width}.png", full_page=True)


@pytest.mark.parametrize("path", FAULTS)
def test_error_pages_are_accessible(page: Page, watch: Watch, path: str) -> None:
    """An error is a page like any other: accessible, and fitting a phone."""
    answer = page.goto(f"/en{path}")
    assert answer is not None
    assert answer.status in (404, 409, 422)
    assert list_violations(page) == []
    assert look_at_phone(page, path) == []
    expected = f"error: Failed to load resource: the server responded with a status of {answer.status}"
    assert all(said.startswith(expected) for said in watch.complaints)
    watch.complaints.clear()


def test_pages_at_phone_width_are_accessible_too(page: Page) -> None:
    """What is shown only on a phone passes as well."""
    page.set_viewport_size(PHONE)
    for path in ("/results", "/results/areas?measure=robberies", "/results/claims"):
        page.goto(f"/en{path}")
        assert list_violations(page) == []


def test_large_text_does_not_break_a_page(page: Page) -> None:
    """With text at 200 % on a desktop nothing scrolls sideways."""
    for path in ("/results", "/results/measures/robberies", "/results/claims", "/data/sources"):
        page.goto(f"/es{path}")
        page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
        assert page.evaluate(SIDEWAYS) <= 0, path
