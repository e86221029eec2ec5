"""The form of periods: what it offers, what it understands."""

from __future__ import annotations

from asking import Asking


def read_form(web: Asking, query: str = "") -> dict[str, list[tuple[str, bool]]]:
    """Return the options of the form on a measure's page: value and whether it is chosen."""
    page = web.page(f"/en/results/measures/robberies{query}")
    return {
        select.get("name"): [(option.get("value"), option.get("selected") is not None) for option in select]
        for select in page.xpath("//form[@id='periods']//select")
    }


def test_the_form_offers_complete_years(web: Asking) -> None:
    """Complete years are offered and the shown period is chosen; the half-year of 2024 is no year."""
    form = read_form(web)
    offered = [value for value, _ in form["current"]]
    assert ("2023-01-01..2023-12-31", True) in form["current"]
    assert "2022-01-01..2022-12-31" in offered
    assert "2024-01-01..2024-12-31" not in offered
    assert sum(chosen for _, chosen in form["current"]) == 1
    assert sum(chosen for _, chosen in form["baseline"]) == 1


def test_the_baseline_follows_the_period(web: Asking) -> None:
    """Choosing another year without touching the baseline compares it with the year before it."""
    page = web.page("/en/results/measures/robberies?current=2022-01-01..2022-12-31&baseline=before")
    text = page.xpath("string(//dl[@class='ledger'])")
    assert "2022" in text
    assert "2021" in text
    assert "144" in page.xpath("string(//main)")
    assert "120" in page.xpath("string(//main)")


def test_a_baseline_two_years_earlier(web: Asking) -> None:
    """Robberies of 2023 against 2021: 120 → 108."""
    page = web.page("/en/results/measures/robberies?current=2023&baseline=2-years-before")
    assert "120" in page.xpath("string(//*[contains(@class,'figure-line')])")
    form = read_form(web, "?current=2023&baseline=2-years-before")
    assert [value for value, chosen in form["baseline"] if chosen] == ["2-years-before"]


def test_a_period_of_ones_own_stays_in_the_form(web: Asking) -> None:
    """A period that the form does not offer is added to it and chosen."""
    form = read_form(web, "?current=2023-01..2023-03&baseline=2021-01..2021-03")
    assert ("2023-01-01..2023-03-31", True) in form["current"]
    assert [value for value, chosen in form["baseline"] if chosen] == ["2-years-before"]
    form = read_form(web, "?current=2023-01..2023-03&baseline=2021-04..2021-06")
    assert [value for value, chosen in form["baseline"] if chosen] == ["2021-04-01..2021-06-30"]
