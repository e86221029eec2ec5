"""What a reader can ask for has an end, and what is answered is kept by no one for too long or too widely."""

from __future__ import annotations

import asyncio
import logging
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

import httpx
import polars as pl
import pytest
from fastapi import FastAPI

from commonweal.config import Workspace
from commonweal.errors import ServerBusy
from commonweal.records import RECORD_TYPES
from commonweal.studies.desk import open_desk
from commonweal.web.answers import CHOSEN_AT_ONCE, CHOSEN_KEPT, Answers
from commonweal.web.app import create_app
from commonweal.web.assets import ASK_AGAIN, FOREVER, Assets, BuiltFiles


@pytest.fixture(scope="module")
def app(toy_workspace: Workspace) -> FastAPI:
    """Return the application of the toy city."""
    return create_app(toy_workspace)


def ask(app: FastAPI, path: str, **headers: str) -> httpx.Response:
    """Ask an application."""

    async def get() -> httpx.Response:
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://city.test") as client:
            return await client.get(path, headers=headers)

    return asyncio.run(get())


def test_asking_for_ever_new_periods_pushes_nothing_else_out(toy_workspace: Workspace) -> None:
    """What pages need by themselves stays, however many periods readers choose; those are kept in a small number."""
    answers = Answers(toy_workspace)
    answers.keep("overview", lambda: "first")
    for number in range(CHOSEN_KEPT * 4):
        answers.keep(number, partial(int, number), chosen=True)
    assert answers.keep("overview", lambda: "again") == "first"
    assert answers.keep(0, lambda: "again", chosen=True) == "again"


def test_more_new_comparisons_than_the_machine_can_take_are_turned_away(toy_workspace: Workspace) -> None:
    """A few chosen questions are computed at once; one more is told to come back, and known pages still answer."""
    answers, go_on = Answers(toy_workspace), threading.Event()
    begun = threading.Barrier(CHOSEN_AT_ONCE + 1)

    def compute() -> int:
        begun.wait(10)
        assert go_on.wait(10)
        return 1

    with ThreadPoolExecutor(CHOSEN_AT_ONCE) as pool:
        running = [pool.submit(answers.keep, n, compute, chosen=True) for n in range(CHOSEN_AT_ONCE)]
        begun.wait(10)
        with pytest.raises(ServerBusy) as turned_away:
            answers.keep("one more", lambda: 2, chosen=True)
        assert answers.keep("a page", lambda: 3) == 3
        go_on.set()
        assert [one.result() for one in running] == [1] * CHOSEN_AT_ONCE
    assert turned_away.value.status == 503
    assert answers.keep("one more", lambda: 2, chosen=True) == 2


def test_a_chosen_comparison_goes_through_the_limit(
    toy_workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The API and the page of a measure answer 503, with a time to come back, where no room is left."""
    full = create_app(toy_workspace)
    monkeypatch.setattr(full.state.answers._chosen, "at_once", threading.Semaphore(0))
    for path in ("/api/v1/compare/robberies", "/en/results/measures/robberies"):
        answer = ask(full, f"{path}?current=2023-03&baseline=2022-03")
        assert answer.status_code == 503
        assert answer.headers["retry-after"] == "5"
        assert ask(full, path).status_code == 200


@pytest.mark.parametrize("path", ["/en/nothing", "/api/v1/nothing", "/en/results/measures?sort=x"])
def test_no_cache_keeps_an_error(app: FastAPI, path: str) -> None:
    """An error depends on the language asked for and on what is loaded, so nothing between us keeps it."""
    answer = ask(app, path)
    assert answer.status_code >= 400
    assert answer.headers["cache-control"] == "no-store"


def test_a_file_is_kept_for_good_only_under_its_own_hash(tmp_path: Path) -> None:
    """Under any other hash, say that of the next release, a cache would keep the old file for a year."""
    (tmp_path / "built").mkdir()
    (tmp_path / "built" / "app.css").write_text("a{}", encoding="utf-8")
    files = BuiltFiles(tmp_path, Assets({"app.css": "abc"}))

    async def get(query: str) -> str:
        transport = httpx.ASGITransport(app=files)
        async with httpx.AsyncClient(transport=transport, base_url="http://city.test") as client:
            return (await client.get(f"/built/app.css{query}")).headers["cache-control"]

    assert asyncio.run(get("?v=abc")) == FOREVER
    for query in ("", "?v=abd", "?v=abc&v=abd", "?x=1&v=", "?v=abcd"):
        assert asyncio.run(get(query)) == ASK_AGAIN, query


def test_an_unexpected_error_writes_one_line_of_our_own(
    app: FastAPI, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A line break in an address does not make a second line in the log, and the reader sees no trace."""

    def fail(name: str) -> object:
        raise RuntimeError(f"secret {name}")

    monkeypatch.setattr(app.state.answers.desk.store, "get_snapshot", fail)
    with caplog.at_level(logging.ERROR, "commonweal.web"):
        answer = ask(app, "/api/v1/snapshots/a%0AINFO%20all%20is%20well")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert all(
        "\n" not in record.getMessage() for record in caplog.records if record.name == "commonweal.web"
    )


@pytest.mark.parametrize("kind", ["counts", "crimes", "deployments"])
@pytest.mark.parametrize("form", ["", ".csv", ".json"])
def test_no_rejected_row_is_shown_as_it_came(
    toy_workspace: Workspace, tmp_path: Path, kind: str, form: str
) -> None:
    """A rejected row may hold a small number of an area, or a name in a column that no record has."""
    copy = Workspace(shutil.copytree(toy_workspace.root, tmp_path / "workspace"))
    store = open_desk(copy).store
    origin = store.current()[0]
    rejected = pl.DataFrame(
        {
            "row": [2],
            "rule": ["bad_value"],
            "problem": ["value = 'v-7': what"],
            "area": ["a-7"],
            "who": ["n-7"],
        }
    )
    if kind == origin.kind:
        table = store.read(kind, origin.source).head(1)
    else:
        table = pl.DataFrame(RECORD_TYPES[kind].schema.create_empty())
    provenance = replace(origin.provenance, content_hash="1" * 64, rows_rejected=1)
    loaded = store.publish(kind, table, rejected, provenance)
    prefix = f"/en/data/snapshots/{loaded.id}/rejected{form}"
    text = ask(create_app(copy), prefix).text
    assert "bad_value" in text
    assert "a-7" not in text
    assert "n-7" not in text
    assert ("v-7" in text) == (kind == "deployments")
