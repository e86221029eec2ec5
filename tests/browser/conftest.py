"""One server with the toy city, one headless Chromium; every page is watched for complaints of the browser."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright
from watching import DESKTOP, PHONE, Watch

from commonweal.config import find_workspace
from commonweal.studies.desk import open_desk
from commonweal.studies.opening import open_workspace_for
from commonweal.web.app import create_app
from web.extra_loads import load_rejected, load_simulated


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the toy city on a free port of this machine; return the address."""
    folder = tmp_path_factory.mktemp("browser") / "workspace"
    open_workspace_for(folder, "toy")
    workspace = find_workspace(folder)
    load_rejected(open_desk(workspace), folder)
    load_simulated(open_desk(workspace))
    config = uvicorn.Config(
        create_app(workspace), host="127.0.0.1", port=0, log_level="error", ws="none", lifespan="off"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 30
    while not server.started:
        assert time.monotonic() < until, "the server did not start"
        time.sleep(0.05)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start the machine's Chromium, or the one Playwright brings."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=found,
            args=[
                "--no-sandbox",
                "--disable-background-networking",
                "--no-first-run",
                "--enable-unsafe-swiftshader",
            ],
        )
        yield browser
        browser.close()


@pytest.fixture
def watch() -> Watch:
    """Return what watches the page of this test."""
    return Watch()


@pytest.fixture
def page(chromium: Browser, address: str, watch: Watch) -> Iterator[Page]:
    """Open a page; at the end the browser must not have complained."""
    context = chromium.new_context(
        base_url=address, viewport=DESKTOP, reduced_motion="reduce", locale="en-US"
    )
    watch.follow(context)
    yield context.new_page()
    context.close()
    assert watch.complaints == []


@pytest.fixture
def page_without_script(chromium: Browser, address: str) -> Iterator[Page]:
    """Open a page in a browser that runs no script."""
    context = chromium.new_context(
        base_url=address, viewport=PHONE, java_script_enabled=False, locale="en-US"
    )
    yield context.new_page()
    context.close()
