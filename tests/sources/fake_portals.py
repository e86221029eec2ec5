"""A portal on this machine that speaks SODA and ArcGIS over real HTTP, answers from SQLite, and misbehaves on demand.

SQLite evaluates the conditions that the program sends, so that a wrong condition gives wrong rows here as it would
on the real portal.
"""

from __future__ import annotations

import json
import re
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

Row = dict[str, Any]


@dataclass
class FakeTable:
    """Rows of a dataset; columns are given with their SODA types."""

    types: dict[str, str]
    rows: list[Row] = field(default_factory=list)

    def select(self, where: str, order: str = "", limit: int = -1) -> list[Row]:
        """Return the rows that meet a condition, with every column."""
        base = sqlite3.connect(":memory:")
        base.row_factory = sqlite3.Row
        names = {"number": "REAL"}
        columns = ", ".join(f'"{name}" {names.get(kind, "TEXT")}' for name, kind in self.types.items())
        base.execute(f"CREATE TABLE t ({columns})")
        marks = ", ".join("?" for _ in self.types)
        base.executemany(
            f"INSERT INTO t VALUES ({marks})",  # noqa: S608
            [[plain(r.get(n)) for n in self.types] for r in self.rows],
        )
        sql = f"SELECT rowid AS place FROM t WHERE {quote_system(where) or '1=1'}"  # noqa: S608
        sql += f" ORDER BY {quote_system(order)}" if order else ""
        found = base.execute(f"{sql} LIMIT {limit}").fetchall()
        base.close()
        return [self.rows[row["place"] - 1] for row in found]


def plain(value: Any) -> Any:
    """Return what SQLite can hold; shapes are not asked about."""
    return None if isinstance(value, dict) else value


def quote_system(text: str) -> str:
    """Quote system fields for SQLite; text inside quotes stays."""
    parts = re.split(r"('(?:[^']|'')*')", text)
    return "".join(p if p.startswith("'") else re.sub(r"(:\w+)", r'"\1"', p) for p in parts)


Behavior = str | Callable[[], None]


@dataclass
class FakePortal:
    """The server's memory.

    ``script`` says what goes wrong with which page (counted from 0): ``429``, ``500``, ``cut``, ``html``, ``slow``,
    ``repeat`` (the page before again), ``drop`` (a row is missing), or a function that changes the table first.
    """

    table: FakeTable
    script: dict[int, Behavior] = field(default_factory=dict)
    page_limit: int = 1_000_000
    asked: list[dict[str, str]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    pages: int = 0
    last_rows: list[Row] = field(default_factory=list)
    count_offset: int = 0
    retry_after: str = "7"
    dead: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)

    def page_requests(self) -> list[dict[str, str]]:
        """Return the requests for rows, without those for the number of rows."""
        return [one for one in self.asked if "$order" in one or "orderByFields" in one]


class Handler(BaseHTTPRequestHandler):
    """Speaks both protocols."""

    portal: FakePortal
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Answer."""
        portal = self.portal
        parts = urlsplit(self.path)
        query = dict(parse_qsl(parts.query))
        with portal.lock:
            portal.asked.append(query)
            portal.headers.append(dict(self.headers.items()))
            is_count = "count" in query.get("$select", "") or "returnCountOnly" in query
            is_page = "$order" in query or "orderByFields" in query
            behavior: Behavior = "cut" if portal.dead else ""
            if is_page and not portal.dead:
                behavior = portal.script.get(portal.pages, "")
                portal.pages += 1
            if callable(behavior):
                behavior()
                behavior = ""
            rows, body, extra = self.answer(parts.path, query, is_count=is_count, behavior=behavior)
            if behavior in {"", "repeat", "drop"} and is_page:
                portal.last_rows = rows
        if behavior == "slow":
            time.sleep(1.0)
        self.send(behavior, body, extra)

    def answer(
        self, path: str, query: dict[str, str], *, is_count: bool, behavior: str
    ) -> tuple[list[Row], bytes, dict[str, str]]:
        """Make the answer of the protocol that the path tells."""
        portal = self.portal
        if path.startswith("/resource/"):
            where, order = query.get("$where", ""), query.get("$order", "")
            limit = min(int(query.get("$limit", "1000")), portal.page_limit)
        else:
            where, order = query.get("where", ""), query.get("orderByFields", "")
            where = re.sub(r"timestamp '([^']*)'", r"(strftime('%s', '\1') * 1000)", where)
            limit = min(int(query.get("resultRecordCount", "1000")), portal.page_limit)
        rows = portal.table.select(where, "" if is_count else order, -1 if is_count else limit)
        if behavior == "repeat":
            rows = portal.last_rows
        if behavior == "drop":
            rows = rows[:1] + rows[2:]
        if path.startswith("/resource/"):
            return rows, *self.soda(query, rows, is_count=is_count)
        more = not is_count and len(rows) == limit < len(portal.table.select(where))
        return rows, *self.arcgis(rows, is_count=is_count, more=more)

    def soda(self, query: dict[str, str], rows: list[Row], *, is_count: bool) -> tuple[bytes, dict[str, str]]:
        """Answer as SODA 2.1: blanks are left out, columns and types are in headers."""
        if is_count:
            return json.dumps([{"rows": str(len(rows) + self.portal.count_offset)}]).encode(), {}
        wanted = query["$select"].split(",")
        names = [n for n in self.portal.table.types if not n.startswith(":") or n in wanted]
        shown = [{name: row[name] for name in names if row.get(name) is not None} for row in rows]
        headers = {
            "X-SODA2-Fields": json.dumps(names),
            "X-SODA2-Types": json.dumps([self.portal.table.types[name] for name in names]),
        }
        return json.dumps(shown).encode(), headers

    def arcgis(self, rows: list[Row], *, is_count: bool, more: bool) -> tuple[bytes, dict[str, str]]:
        """Answer as a feature layer: attributes, geometry in WGS 84."""
        if is_count:
            return json.dumps({"count": len(rows) + self.portal.count_offset}).encode(), {}
        names = [name for name in self.portal.table.types if name != "shape"]
        features = [
            {
                "attributes": {n: row.get(n) for n in names},
                **({"geometry": row["shape"]} if row.get("shape") else {}),
            }
            for row in rows
        ]
        document: Row = {"fields": [{"name": n} for n in names], "features": features}
        if more:
            document["exceededTransferLimit"] = True
        return json.dumps(document).encode(), {}

    def send(self, behavior: str, body: bytes, extra: dict[str, str]) -> None:
        """Send the answer, or what goes wrong instead."""
        status = 200
        if behavior in {"429", "500", "403"}:
            status, body = int(behavior), json.dumps({"message": f"Status {behavior} it is"}).encode()
            extra = {"Retry-After": self.portal.retry_after} if behavior == "429" else {}
        elif behavior == "html":
            body = b"<html>Welcome</html>"
        elif behavior.startswith("{"):
            body = behavior.encode()
        self.send_response(status)
        for name, value in extra.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        try:
            self.wfile.write(body[: len(body) // 2] if behavior == "cut" else body)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True
        if behavior == "cut":
            self.close_connection = True


@contextmanager
def serve(portal: FakePortal) -> Iterator[str]:
    """Serve a portal on a free port of this machine; gives the address."""
    handler = type("BoundHandler", (Handler,), {"portal": portal})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
