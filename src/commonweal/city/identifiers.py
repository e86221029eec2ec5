"""What an identifier looks like, and how to make one of a name."""

from __future__ import annotations

import re
import unicodedata

IDENTIFIER = re.compile(r"[a-z0-9]+(?:[_-][a-z0-9]+)*")
IDENTIFIER_RULE = (
    "must be lower-case letters and digits with single - or _ between them, for example n-hollywood"
)
LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Z][A-Za-z0-9]+)?")
LANGUAGE_RULE = "must be a language code, for example es or zh-Hant"


def make_identifier(name: str) -> str:
    """Make an identifier of a name: ``St. James Town`` becomes ``st-james-town``; empty where nothing remains."""
    plain = unicodedata.normalize("NFKD", name.replace("'", "").replace("’", "")).encode("ascii", "ignore")
    return "-".join(re.findall(r"[a-z0-9]+", plain.decode().lower()))
