"""Text of a stranger, from a portal or a pack, neither breaks the program nor drives the terminal."""

from __future__ import annotations

import httpx
import pytest

from commonweal.cli.app import _report
from commonweal.cli.output import print_table, say
from commonweal.errors import CommonwealError, Problem, SourceError, SourceUnreachable
from commonweal.sources.portal_client import Patience, open_portal

ESCAPES = "\x1b]0;mine\x07\x1b[2J\x9b31mred\rover"


def test_no_escape_sequence_reaches_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """Lines, tables and errors keep the letters and lose what a terminal would obey."""
    say(f"one {ESCAPES}\nline\ttab")
    print_table(f"{ESCAPES}", ["a"], [[ESCAPES]])
    _report(CommonwealError(f"two {ESCAPES}", [Problem("file", f"three {ESCAPES}")]))
    out, err = capsys.readouterr()
    assert "line\ttab" in out
    assert "red" in out
    assert "three" in err
    for sign in "\x1b\x07\x9b\r":
        assert sign not in out
        assert sign not in err


@pytest.mark.parametrize(
    ("status", "headers", "body", "error"),
    [
        (503, {b"retry-after": "²".encode("latin-1")}, b"", SourceUnreachable),
        (503, {b"retry-after": b"9" * 400}, b"", SourceUnreachable),
        (503, {b"retry-after": b"Fri, 31 Dec 9999 23:59:59 -2300"}, b"", SourceUnreachable),
        (403, {}, b"[" * 100_000, SourceError),
        (302, {b"location": b"https://elsewhere.test/"}, b"", SourceError),
    ],
)
def test_a_portal_that_answers_nonsense_is_an_error_of_ours(
    status: int, headers: dict[bytes, bytes], body: bytes, error: type[SourceError]
) -> None:
    """Whatever a portal answers becomes a message, and a redirect is not followed to another host."""
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.host)
        return httpx.Response(status, headers=headers, content=body)

    patience = Patience(tries=2, sleep=lambda _seconds: None, draw=lambda: 0.0)
    client = open_portal(
        "https://data.test",
        headers={"X-App-Token": "secret"},
        patience=patience,
        transport=httpx.MockTransport(answer),
    )
    with client.http, pytest.raises(error) as raised:
        client.get_json("x.json", {})
    assert set(asked) == {"data.test"}
    assert "secret" not in str(raised.value)
