"""What an identifier looks like."""

from __future__ import annotations

import re

IDENTIFIER = re.compile(r"[a-z0-9]+(?:[_-][a-z0-9]+)*")
IDENTIFIER_RULE = (
    "must be lower-case letters and digits with single - or _ between them, for example n-hollywood"
)
LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Z][A-Za-z0-9]+)?")
LANGUAGE_RULE = "must be a language code, for example es or zh-Hant"
