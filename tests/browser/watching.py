"""Watching a browser: what it complains of, what it fetches, how large its window is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from playwright.sync_api import BrowserContext, Response, ViewportSize

DESKTOP: Final[ViewportSize] = {"width": 1280, "height": 900}
PHONE: Final[ViewportSize] = {"width": 390, "height": 844}


@dataclass(slots=True)
class Watch:
    """What a browser complained of, and what it fetched.

    Attributes
    ----------
    complaints : list of str
        Errors and warnings of the console, faults of scripts, requests that failed.
    answers : list of Response
        Everything that was fetched.
    """

    complaints: list[str] = field(default_factory=list)
    answers: list[Response] = field(default_factory=list)

    def follow(self, context: BrowserContext) -> None:
        """Watch every page of a context."""
        context.on("console", lambda said: self._hear(said.type, said.text))
        context.on("weberror", lambda fault: self.complaints.append(f"script: {fault.error}"))
        context.on("requestfailed", lambda request: self._miss(request.url, request.failure or ""))

        def keep(
            answer: Response,
        ) -> None:  # Playwright hangs a note on what it calls, so it must be a function
            self.answers.append(answer)

        context.on("response", keep)

    def _miss(self, url: str, why: str) -> None:
        if "ERR_ABORTED" not in why:  # the reader went on before it came
            self.complaints.append(f"failed: {url} {why}")

    def _hear(self, kind: str, text: str) -> None:
        if kind in ("error", "warning") and "GPU stall" not in text and "WebGL" not in text:
            self.complaints.append(f"{kind}: {text}")

    def count_script_bytes(self) -> int:
        """Return how many bytes of script came over the wire."""
        return sum(
            answer.request.sizes()["responseBodySize"]
            for answer in self.answers
            if answer.request.resource_type == "script"
        )
