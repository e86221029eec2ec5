"""The way in: languages, headers, what a browser may keep."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

import pytest
from asking import Asking
from extra_loads import load_simulated

from commonweal.config import find_workspace
from commonweal.studies.desk import open_desk
from commonweal.studies.opening import open_workspace_for
from commonweal.web.app import create_app
from commonweal.web.languages import list_choices, name_language, negotiate

OFFERED = ("en", "es", "ko")


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "en"),
        ("es", "es"),
        ("es-MX,es;q=0.9,en;q=0.8", "es"),
        ("fr-FR,fr;q=0.9", "en"),
        ("en;q=0.5,ko;q=0.8", "ko"),
        ("ko;q=0,es;q=0.1", "es"),
        ("*", "en"),
        ("ES", "es"),
        ("es;q=nonsense,ko;q=0.2", "ko"),
        (",,;;=", "en"),
    ],
)
def test_the_browsers_wish_is_followed(accepted: str, language: str) -> None:
    """The best-liked language that is offered is chosen; the city's first one otherwise."""
    assert negotiate(accepted, OFFERED) == language


def test_languages_are_named_in_themselves() -> None:
    """A reader finds a language under its own name."""
    assert [name_language(code) for code in (*OFFERED, "xx")] == ["English", "Español", "한국어", "xx"]
    choices = list_choices("/results", "a=1", OFFERED, "es")
    assert [choice.href for choice in choices] == ["/en/results?a=1", "/es/results?a=1", "/ko/results?a=1"]
    assert [choice.current for choice in choices] == [False, True, False]


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/", "/es/results"),
        ("/results/claims?verdict=supported", "/es/results/claims?verdict=supported"),
        ("/en", "/en/results"),
        ("/ko/", "/ko/results"),
        ("/?lang=ko", "/ko/results?lang=ko"),
        ("/data", "/es/data"),
    ],
)
def test_addresses_without_a_language_lead_on(web: Asking, path: str, target: str) -> None:
    """An address without a language is sent to the one the browser likes, its query kept."""
    answer = web.get(path, accept_language="es-419")
    assert answer.status_code == 307
    assert answer.headers["location"] == target
    assert answer.headers["vary"] == "Accept-Language"


def test_nothing_leads_to_another_server(web: Asking) -> None:
    """A path made to look like another host stays on this one."""
    answer = web.get("/results//elsewhere.example/x")
    assert answer.headers.get("location", "/en/").startswith("/en/")


@pytest.mark.parametrize(
    "path", ["/en/results", "/api/v1/measures", "/en/results/claims.csv", "/nowhere", "/health"]
)
def test_every_answer_carries_security_headers(web: Asking, path: str) -> None:
    """Scripts and styles come from this server only, nothing is guessed or framed, and no cookie is set."""
    answer = web.get(path)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert "set-cookie" not in answer.headers


def test_answers_are_compressed(web: Asking) -> None:
    """A page travels compressed where the browser can read that."""
    answer = web.get("/en/results", accept_encoding="gzip")
    assert answer.headers["content-encoding"] == "gzip"
    assert len(gzip.compress(answer.content)) < len(answer.content) / 2


@pytest.fixture
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    """Return something that asks a server whose records this test may change."""
    folder = tmp_path_factory.mktemp("fresh") / "workspace"
    open_workspace_for(folder, "toy")
    with Asking(create_app(find_workspace(folder))) as asking:
        yield asking


def test_a_browser_keeps_a_page_until_the_records_change(fresh: Asking) -> None:
    """A page asked for again with its ETag answers 304, until something is loaded."""
    first = fresh.get("/en/data/simulated")
    assert first.headers["cache-control"] == "public, no-cache"
    etag = first.headers["etag"]
    again = fresh.get("/en/data/simulated", if_none_match=etag)
    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["etag"] == etag
    load_simulated(open_desk(fresh.app.state.answers.workspace))
    changed = fresh.get("/en/data/simulated", if_none_match=etag)
    assert changed.status_code == 200
    assert changed.headers["etag"] != etag
    assert "simulated" in changed.text


def test_each_address_has_its_own_etag(web: Asking) -> None:
    """Languages and queries do not share an ETag; errors have none."""
    tags = {
        web.get(path).headers["etag"]
        for path in (
            "/en/results/method",
            "/es/results/method",
            "/en/results/claims",
            "/en/results/claims?sort=value",
        )
    }
    assert len(tags) == 4
    assert "etag" not in web.get("/nowhere").headers


def test_health_says_which_records_are_served(web: Asking) -> None:
    """A monitor sees that the server is up and which state of the store it serves."""
    told = web.get("/health").json()
    assert told["status"] == "ok"
    assert told["records"] == open_desk(web.app.state.answers.workspace).store.fingerprint()
