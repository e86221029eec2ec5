"""What every answer carries: security headers, and an ETag made from the state of the store."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
SECURITY = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
SAFE_METHODS = ("GET", "HEAD")


class SecurityHeaders:
    """Add the security headers to every answer.

    Parameters
    ----------
    app : ASGIApp
        What answers.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the headers on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers)


class StoreETag:
    """Give pages and data an ETag that changes when the records, the pack or the program change.

    A browser that holds the same state gets 304 without anything being computed.

    Parameters
    ----------
    app : ASGIApp
        What answers.
    read_state : callable
        Returns one text that changes whenever any answer could.
    """

    def __init__(self, app: ASGIApp, read_state: Callable[[], str]) -> None:
        self.app = app
        self.read_state = read_state

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 304 where the reader holds what would be sent."""
        if (
            scope["type"] != "http"
            or scope["method"] not in SAFE_METHODS
            or scope["path"].startswith("/static")
        ):
            await self.app(scope, receive, send)
            return
        etag = self._etag(scope)
        if etag in Headers(scope=scope).get("if-none-match", ""):
            headers = [(b"etag", etag.encode()), (b"cache-control", b"public, no-cache")]
            await send({"type": "http.response.start", "status": 304, "headers": headers})
            await send({"type": "http.response.body", "body": b""})
            return

        async def send_with_etag(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                headers = MutableHeaders(scope=message)
                headers.setdefault("ETag", etag)
                headers.setdefault("Cache-Control", "public, no-cache")
            await send(message)

        await self.app(scope, receive, send_with_etag)

    def _etag(self, scope: Scope) -> str:
        asked = b"\n".join([scope["raw_path"] or scope["path"].encode(), scope["query_string"]])
        digest = hashlib.sha256(self.read_state().encode() + b"\n" + asked).hexdigest()[:20]
        return f'W/"{digest}"'
