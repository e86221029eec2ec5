"""Pages in use: with a keyboard, without script, with the map, on paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from watching import Watch

pytestmark = pytest.mark.browser
SCRIPT_BUDGET_BYTES = 30 * 1024
FOCUSED = "() => document.activeElement.id || document.activeElement.textContent.trim()"


def press_until(page: Page, key: str, selector: str, *, most: int = 80) -> None:
    """Press a key until what a selector names has the focus."""
    for _ in range(most):
        page.keyboard.press(key)
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"{key} never reached {selector}")


def test_the_first_key_leads_past_the_navigation(page: Page) -> None:
    """Tab shows a link that skips to the content; Enter goes there."""
    page.goto("/en/results")
    page.keyboard.press("Tab")
    skip = page.locator(".usa-skipnav")
    expect(skip).to_be_focused()
    assert (skip.bounding_box() or {"y": -1})["y"] >= 0
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_focus_can_be_seen(page: Page) -> None:
    """What has the focus is outlined."""
    page.goto("/en/results")
    for _ in range(4):
        page.keyboard.press("Tab")
        style = page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle")
        assert style == "solid"


def test_rooms_are_reached_by_keyboard(page: Page) -> None:
    """Tab and Enter lead to another room and to another language."""
    page.goto("/en/results")
    press_until(page, "Tab", "nav.rooms a[href$='/city']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/city")
    press_until(page, "Tab", "nav.lang a[hreflang='ko']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ko/city")
    assert page.locator("html").get_attribute("lang") == "ko"


def test_other_periods_are_asked_for_by_keyboard(page: Page) -> None:
    """The form of periods is filled and sent with keys; the answer comes in place, is announced, and has an address."""
    page.goto("/en/results/measures/robberies")
    expect(page.locator("html[data-answers]")).to_be_attached()
    press_until(page, "Tab", "#current")
    page.select_option("#current", "2022-01-01..2022-12-31")
    press_until(page, "Tab", "form.bar button")
    page.keyboard.press("Enter")
    expect(page.locator(".figure-line .big")).to_have_text("144")
    assert "current=2022-01-01..2022-12-31" in page.url
    expect(page.locator("#status")).not_to_be_empty()
    page.go_back()
    expect(page.locator(".figure-line .big")).to_have_text("108")


def test_a_table_is_sorted_by_keyboard(page: Page) -> None:
    """Enter on a head sorts in place, again turns the order, and the focus stays where it was."""
    page.goto("/en/results/areas?measure=robberies")
    expect(page.locator("html[data-answers]")).to_be_attached()
    head = "#robberies-by-area-current"
    press_until(page, "Tab", head)
    page.keyboard.press("Enter")
    expect(page.locator("th", has=page.locator(head))).to_have_attribute("aria-sort", "ascending")
    assert page.evaluate(FOCUSED) == head.removeprefix("#")
    page.keyboard.press("Enter")
    expect(page.locator("th", has=page.locator(head))).to_have_attribute("aria-sort", "descending")
    shown = page.locator("tbody tr td:nth-of-type(2)").all_inner_texts()
    assert shown == ["36", "36", "24", "12"]
    assert "sort=-current" in page.url


def test_everything_works_without_script(page_without_script: Page) -> None:
    """Without script the periods, the order, the map and the languages are there."""
    page = page_without_script
    page.goto("/en/results/measures/robberies")
    page.locator("#current").select_option("2022-01-01..2022-12-31")
    page.locator("form.bar button").click()
    expect(page.locator(".figure-line .big")).to_have_text("144")
    page.goto("/en/results/areas?measure=robberies")
    expect(page.locator(".map > svg")).to_be_visible()
    expect(page.locator(".map button")).to_have_count(0)
    page.locator("#robberies-by-area-current").click()
    expect(page.locator("th[aria-sort='ascending']")).to_be_visible()
    page.locator("nav.lang a[hreflang='es']").click()
    assert page.locator("html").get_attribute("lang") == "es"
    assert "sort=current" in page.url


def test_the_map_opens_when_it_is_wanted(page: Page, watch: Watch, address: str) -> None:
    """The map's script comes only with the button; the map then stands where the drawing was, and asks nobody else."""
    page.goto("/en/results/areas?measure=robberies")
    page.wait_for_load_state("networkidle")
    assert not [answer.url for answer in watch.answers if "map" in answer.url.rsplit("/", 1)[-1]]
    page.get_by_role("button", name="Open the map").press("Enter")
    expect(page.locator(".map canvas")).to_be_visible(timeout=20_000)
    expect(page.locator(".map > svg")).to_have_count(0)
    expect(page.locator(".maplibregl-marker")).to_have_count(4)
    assert page.locator(".map canvas").get_attribute("aria-label")
    page.wait_for_load_state("networkidle")
    assert all(answer.url.startswith((address, "data:", "blob:")) for answer in watch.answers)


def test_stations_open_as_a_map(page: Page) -> None:
    """Stations too; the table that says the same stays."""
    page.goto("/en/city/stations")
    page.get_by_role("button", name="Open the map").click()
    expect(page.locator(".map canvas")).to_be_visible(timeout=20_000)
    expect(page.locator("table tbody tr")).to_have_count(4)


@pytest.mark.parametrize("path", ["/en/results", "/en/results/claims", "/ko/data/sources"])
def test_pages_need_little_script(page: Page, watch: Watch, path: str) -> None:
    """A page travels with less than 30 KB of script."""
    page.goto(path)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(400)
    assert 0 < watch.count_script_bytes() < SCRIPT_BUDGET_BYTES


def test_type_comes_from_this_server(page: Page, watch: Watch, address: str) -> None:
    """Public Sans is loaded from here and used."""
    page.goto("/en/results")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.fonts.check('16px \"Public Sans Web\"')")
    fonts = [answer.url for answer in watch.answers if answer.request.resource_type == "font"]
    assert fonts
    assert all(url.startswith(address) for url in fonts)


def test_no_cookie_is_set(page: Page) -> None:
    """Reading leaves nothing behind."""
    page.goto("/en/results")
    page.goto("/es/data")
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_on_paper_there_is_no_navigation(page: Page) -> None:
    """Printed, a page is its content: no rooms, no form, no buttons."""
    page.goto("/en/results/areas?measure=robberies")
    page.emulate_media(media="print")
    for selector in ("nav.rooms", "form.bar", ".map-tools", "nav.lang"):
        expect(page.locator(selector).first).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("table").first).to_be_visible()
