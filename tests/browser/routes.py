"""One example of each page."""

from __future__ import annotations

from playwright.sync_api import Page

ROUTES = (
    "/results",
    "/results/measures",
    "/results/measures/robberies",
    "/results/measures/homicides",
    "/results/measures/response_p90",
    "/results/measures/emergency_calls",
    "/results/measures/robberies/series",
    "/results/measures/robberies/baselines",
    "/results/areas?measure=robberies&sort=-current",
    "/results/areas?measure=homicides",
    "/results/areas/all",
    "/results/areas/riverside",
    "/results/claims",
    "/results/claims/robberies-change",
    "/results/claims/robberies-broken",
    "/results/commitments",
    "/results/commitments/fewer-robberies",
    "/results/commitments/more-lights",
    "/results/commitments/fewer-robberies/trajectory",
    "/results/method",
    "/city",
    "/city/programs",
    "/city/programs/night-games",
    "/city/areas",
    "/city/areas/riverside",
    "/city/stations",
    "/city/stations/fire-3",
    "/city/stations/fire-3/fleet",
    "/data",
    "/data/sources",
    "/data/sources/counts_monthly",
    "/data/snapshots",
    "/data/dictionary",
    "/data/dictionary/crimes",
    "/data/breaks",
    "/data/queries",
    "/data/simulated",
    "/data/api",
)
FAULTS = (
    "/results/measures/nothing",
    "/results?current=soon",
    "/results/measures/robberies?current=2024-01..2024-06&baseline=2023-01..2023-06",
)
"""Pages that answer with an error."""


def find_deep_pages(page: Page) -> tuple[str, ...]:
    """Return pages whose address holds a hash: a load, its rejected rows, a query."""
    page.goto("/en/data/queries")
    query = page.locator("a[href*='/data/queries/']").first.get_attribute("href") or ""
    page.goto("/en/data/snapshots")
    loads = page.locator("tr", has_text="Thefts").locator("a[href*='/data/snapshots/']")
    load = loads.first.get_attribute("href") or ""
    return tuple(path.removeprefix("/en") for path in (query, load, f"{load}/rejected"))
