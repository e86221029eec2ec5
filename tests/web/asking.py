"""Asking an application in this process, as a browser or a program would."""

from __future__ import annotations

import asyncio
from types import TracebackType
from typing import Any, Self

import httpx
from fastapi import FastAPI
from lxml import html


class Asking:
    """Asks an application; answers are read to their end.

    Parameters
    ----------
    app : FastAPI
        The application.
    """

    def __init__(self, app: FastAPI) -> None:
        self.app = app
        self._runner = asyncio.Runner()
        self._client = httpx.AsyncClient(
            transport=httpx.ASGITransport(app=app, raise_app_exceptions=False), base_url="http://city.test"
        )

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End."""
        self._runner.run(self._client.aclose())
        self._runner.close()

    def get(self, path: str, **headers: str) -> httpx.Response:
        """Ask with GET; underscores in header names become hyphens."""
        return self.ask("GET", path, **headers)

    def ask(self, method: str, path: str, **headers: str) -> httpx.Response:
        """Ask with any method."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self._runner.run(self._client.request(method, path, headers=named))

    def page(self, path: str, status: int = 200) -> Any:
        """Return a page as a tree, after checking that it came as one."""
        answer = self.get(path)
        assert answer.status_code == status, f"{path}: {answer.status_code} {answer.text[:300]}"
        assert answer.headers["content-type"].startswith("text/html")
        return html.document_fromstring(answer.text)
