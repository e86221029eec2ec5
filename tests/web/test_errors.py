"""Errors: one shape for programs, a page in the reader's language for people."""

from __future__ import annotations

import pytest
from asking import Asking
from fastapi import FastAPI

from commonweal.config import Workspace
from commonweal.web.app import create_app

SHAPE = {"type", "title", "status", "detail", "instance", "problems"}
WRONG = (
    ("/api/v1/measures/robery", 404),
    ("/api/v1/claims/nothing", 404),
    ("/api/v1/commitments/nothing", 404),
    ("/api/v1/snapshots/nothing", 404),
    ("/api/v1/queries/nothing", 404),
    ("/api/v1/nothing", 404),
    ("/api/v1/areas.geojson?language=xx", 404),
    ("/api/v1/compare/robberies?current=2023-13&baseline=soon", 422),
    ("/api/v1/compare/robberies?baseline=2022", 422),
    ("/api/v1/compare/robberies?even_if_broken=perhaps", 422),
    ("/api/v1/measures/robberies/series?grain=hour", 422),
    ("/api/v1/compare/robberies?current=2024-01..2024-06&baseline=2023-01..2023-06", 409),
    ("/en/results/claims.json?sort=nothing", 422),
    ("/en/results/measures/nothing/series.csv", 404),
)


@pytest.mark.parametrize(("path", "status"), WRONG)
def test_programs_get_one_shape(web: Asking, path: str, status: int) -> None:
    """Each error of the API and of a table's data is an RFC 9457 document with all of its fields."""
    answer = web.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert set(problem) == SHAPE
    assert problem["status"] == status
    assert problem["instance"] == path.split("?", maxsplit=1)[0]
    assert problem["detail"]


def test_close_names_are_offered(web: Asking) -> None:
    """A wrong name is answered with close ones, on a page and in the API."""
    assert "robberies" in web.get("/api/v1/measures/roberies").json()["detail"]
    assert "robberies" in web.page("/en/results/measures/roberies", 404).xpath("string(//main)")
    assert "/results/claims" in web.page("/en/results/claimz", 404).xpath("string(//main)")


def test_every_problem_of_a_request_is_told_at_once(web: Asking) -> None:
    """Two periods that cannot be read are two problems, each naming its parameter and its value."""
    problems = web.get("/api/v1/compare/robberies?current=2023-13&baseline=soon").json()["problems"]
    assert [(one["where"], one["value"]) for one in problems] == [
        ("current", "2023-13"),
        ("baseline", "soon"),
    ]
    text = web.page("/en/results?current=2023-13&baseline=soon", 422).xpath("string(//main)")
    assert "2023-13" in text
    assert "soon" in text


def test_a_refused_comparison_is_a_page_that_explains(web: Asking) -> None:
    """Periods on both sides of a break answer 409, say why, and offer the numbers struck through."""
    path = "/en/results/measures/robberies?current=2024-01..2024-06&baseline=2023-01..2023-06"
    page = web.page(path, 409)
    assert "attempts are no longer counted" in page.xpath("string(//main)")
    again = next(href for href in page.xpath("//main//a/@href") if "even_if_broken" in href)
    struck = web.page(again, 409)
    assert struck.xpath("//*[contains(@class,'struck')]")


def test_the_api_shows_refused_numbers_only_when_asked(web: Asking) -> None:
    """With ``even_if_broken`` the API answers with the numbers and the refusal together."""
    path = "/api/v1/compare/robberies?current=2024-01..2024-06&baseline=2023-01..2023-06&even_if_broken=true"
    finding = web.get(path).json()
    assert finding["comparison"]["baseline"] == 54
    assert finding["comparison"]["current"] == 24
    assert finding["refusal"]["reason"] == "break"
    assert finding["verdict"] == "cannot_be_compared"


@pytest.mark.parametrize("language", ["en", "es", "ko"])
def test_error_pages_speak_the_readers_language(web: Asking, language: str) -> None:
    """An error under an address with a language is a page in it."""
    assert web.page(f"/{language}/results/measures/nothing", 404).get("lang") == language


def test_an_unknown_address_is_answered_in_the_browsers_language(web: Asking) -> None:
    """Without a language in the address the browser's wish decides."""
    answer = web.get("/nowhere", accept_language="ko-KR,ko;q=0.9")
    assert answer.status_code == 404
    assert '<html lang="ko">' in answer.text


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_nothing_can_be_written(web: Asking, method: str) -> None:
    """Pages and API are read only."""
    for path in ("/en/results", "/api/v1/measures", "/en/results/claims.csv"):
        assert web.ask(method, path).status_code == 405


def test_an_unexpected_fault_tells_nothing_of_the_inside(toy_workspace: Workspace) -> None:
    """A fault of the program is a 500 in the same shapes, without a trace."""
    app: FastAPI = create_app(toy_workspace)

    def fail() -> None:
        raise RuntimeError("the secret inside")

    app.state.answers.claims = fail
    with Asking(app) as asking:
        answer = asking.get("/api/v1/claims")
        assert answer.status_code == 500
        assert set(answer.json()) == SHAPE
        assert "secret" not in answer.text
        page = asking.get("/en/results/claims")
        assert page.status_code == 500
        assert "secret" not in page.text
        assert "<h1>" in page.text


def test_a_broken_pack_is_a_page_that_lists_every_problem(toy_workspace: Workspace) -> None:
    """While a pack is being edited and wrong, pages say what is wrong with it and come back when it is right."""
    app = create_app(toy_workspace)
    areas = toy_workspace.city / "areas.csv"
    good = areas.read_text(encoding="utf-8")
    with Asking(app) as asking:
        assert asking.get("/en/city").status_code == 200
        areas.write_text(good.replace("10000", "many"), encoding="utf-8")
        try:
            broken = asking.get("/en/city")
            assert broken.status_code == 422
            assert "many" in broken.text
            assert asking.get("/api/v1/city").headers["content-type"] == "application/problem+json"
        finally:
            areas.write_text(good, encoding="utf-8")
        assert asking.get("/en/city").status_code == 200
