"""Ask a data portal, politely and stubbornly: back off when it is busy, try again when a line is cut.

Waiting and chance are arguments, so that tests need neither time nor luck.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import httpx

from commonweal.errors import InvalidRequest, SourceChanged, SourceError, SourceUnreachable

BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
ANSWER_BYTES_LIMIT = 512 * 2**20


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait and how often to try.

    Attributes
    ----------
    tries : int
        Attempts at one request.
    connect_tries : int
        Attempts where not even a connection comes about; without a network nobody should wait long.
    first_wait_s, longest_wait_s : float
        The wait doubles from the first to the longest; its length is drawn between half and all of that.
    timeout_s : float
        Longest silence of the portal.
    sleep : callable
        Waits for some seconds.
    draw : callable
        Gives a number from 0 to 1.
    """

    tries: int = 6
    connect_tries: int = 2
    first_wait_s: float = 1.0
    longest_wait_s: float = 60.0
    timeout_s: float = 60.0
    sleep: Callable[[float], object] = time.sleep
    draw: Callable[[], float] = field(default_factory=lambda: random.Random().random)  # noqa: S311  jitter

    def find_wait(self, attempt: int, asked_s: float | None) -> float:
        """Return how long to wait after an attempt, counted from 0; at least what the portal asked for."""
        full = min(self.longest_wait_s, self.first_wait_s * float(2**attempt))
        jittered = full * (0.5 + 0.5 * self.draw())
        return max(jittered, min(asked_s or 0.0, self.longest_wait_s))


@dataclass(frozen=True, slots=True)
class Answer:
    """What the portal answered.

    Attributes
    ----------
    content : object
        The JSON document.
    headers : mapping of str to str
        Names in lower case.
    answered_at : datetime or None
        The portal's own clock (UTC).
    """

    content: Any
    headers: Mapping[str, str]
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class PortalClient:
    """Asks one portal.

    Attributes
    ----------
    base_url : str
        ``https://data.example.org``; plain HTTP only on this machine.
    headers : mapping of str to str
        Sent with every request.
    patience : Patience
        How long to wait and how often to try.
    http : httpx.Client
        Connection; made with `open_portal`.
    """

    base_url: str
    patience: Patience
    http: httpx.Client

    def get_json(self, path: str, parameters: Mapping[str, str]) -> Answer:
        """Ask for a JSON document.

        Raises
        ------
        SourceUnreachable
            No connection, or the portal is busy or cuts the line again and again.
        SourceChanged
            The answer is not JSON, again and again.
        SourceError
            The portal refuses, and says why.
        """
        trouble: SourceError = SourceUnreachable(f"{self.base_url} was not asked.")
        attempt = unconnected = 0
        while attempt < self.patience.tries and unconnected < self.patience.connect_tries:
            wait: float | None = None
            try:
                return self._ask(path, parameters)
            except _Busy as busy:
                wait = busy.wait_s
                trouble = SourceUnreachable(
                    f"{self.base_url} is busy (status {busy.status}); try again later."
                )
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                unconnected += 1
                trouble = SourceUnreachable(
                    f"{self.base_url} cannot be reached: {error or 'no answer'}. Is there a network? "
                    "Files that you have can be loaded with: commonweal load."
                )
            except httpx.TransportError as error:
                what = str(error) or type(error).__name__
                trouble = SourceUnreachable(f"{self.base_url} cut the line or fell silent: {what}.")
            except SourceChanged as error:
                trouble = error
            attempt += 1
            if attempt < self.patience.tries and unconnected < self.patience.connect_tries:
                self.patience.sleep(self.patience.find_wait(attempt - 1, wait))
        raise trouble

    def _ask(self, path: str, parameters: Mapping[str, str]) -> Answer:
        with self.http.stream("GET", f"{self.base_url}/{path}", params=dict(parameters)) as response:
            pieces, size = [], 0
            for piece in response.iter_bytes():
                size += len(piece)
                if size > ANSWER_BYTES_LIMIT:
                    raise SourceError(
                        f"{self.base_url} sends more than {ANSWER_BYTES_LIMIT:,} bytes at once."
                    )
                pieces.append(piece)
        body = b"".join(pieces)
        if response.status_code in BUSY:
            raise _Busy(response.status_code, _read_wait(response.headers))
        if response.status_code != httpx.codes.OK:
            raise SourceError(
                f"{self.base_url}/{path} refuses with status {response.status_code}: {_read_reason(body)}"
            )
        try:
            content = json.loads(body, parse_float=str, parse_int=str, parse_constant=str)
        except (ValueError, RecursionError) as error:
            start = body[:80].decode("utf-8", errors="replace")
            raise SourceChanged(f"{self.base_url}/{path} does not answer in JSON: {start!r}") from error
        return Answer(content, dict(response.headers), _read_date(response.headers.get("date")))


class _Busy(Exception):
    """The portal asks to come back later."""

    def __init__(self, status: int, wait_s: float | None) -> None:
        super().__init__(status)
        self.status = status
        self.wait_s = wait_s


def open_portal(
    base_url: str,
    *,
    headers: Mapping[str, str],
    patience: Patience,
    transport: httpx.BaseTransport | None = None,
) -> PortalClient:
    """Open a client for one portal; close its ``http`` after use.

    Raises
    ------
    InvalidRequest
        The address is neither https nor on this machine.
    """
    parts = urlsplit(base_url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise InvalidRequest(f"A portal is asked over https only, not at {base_url!r}.")
    http = httpx.Client(
        headers={"User-Agent": "commonweal", "Accept": "application/json", **headers},
        timeout=httpx.Timeout(patience.timeout_s, connect=min(10.0, patience.timeout_s)),
        follow_redirects=False,
        transport=transport,
    )
    return PortalClient(base_url.rstrip("/"), patience, http)


def _read_wait(headers: Mapping[str, str]) -> float | None:
    """Read ``Retry-After``: seconds, or a date (RFC 9110, section 10.2.3)."""
    text = headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        return float(text)
    until = _read_date(text)
    answered = _read_date(headers.get("date"))
    if until is None or answered is None:
        return None
    return max(0.0, (until - answered).total_seconds())


def _read_date(text: str | None) -> datetime | None:
    if not text:
        return None
    try:
        return parsedate_to_datetime(text).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _read_reason(body: bytes) -> str:
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        document = None
    if isinstance(document, dict) and isinstance(document.get("message"), str):
        return str(document["message"])[:300]
    return body[:120].decode("utf-8", errors="replace").strip() or "no reason given"
