"""Formats of dates and times: from a pattern like ``%m/%d/%Y`` to a regular expression with named parts.

Written here, and not left to a library's ``strptime``, because sources write hour 24, leave out leading zeros, and
give an hour without minutes; each is common and none is an error.
"""

from __future__ import annotations

import re
from typing import Final

SPECIAL: Final = ("iso", "epoch_s", "epoch_ms")

MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_PARTS: Final = {
    "%Y": r"(?P<year>[0-9]{4})",
    "%y": r"(?P<year2>[0-9]{2})",
    "%m": r"(?P<month>[0-9]{1,2})",
    "%d": r"(?P<day>[0-9]{1,2})",
    "%j": r"(?P<yearday>[0-9]{1,3})",
    "%b": r"(?P<monthname>[A-Za-z]{3})[A-Za-z]*\.?",
    "%B": r"(?P<monthname>[A-Za-z]{3})[A-Za-z]*\.?",
    "%H": r"(?P<hour>[0-9]{1,2})",
    "%I": r"(?P<hour12>[0-9]{1,2})",
    "%M": r"(?P<minute>[0-9]{2})",
    "%S": r"(?P<second>[0-9]{2})",
    "%f": r"(?P<fraction>[0-9]{1,9})",
    "%p": r"(?P<half>[AaPp])\.?[Mm]\.?",
    "%z": r"(?P<offset>[Zz]|[+-][0-9]{2}:?[0-9]{2})",
    "%%": "%",
}

ISO_PATTERN: Final = (
    r"^(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})"
    r"(?:[T ](?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,](?P<fraction>[0-9]{1,9}))?)?"
    r"\s?(?P<offset>[Zz]|[+-][0-9]{2}:?[0-9]{2})?)?$"
)


def find_format_problem(text: str) -> str | None:
    """Say what is wrong with a format, or nothing."""
    if text in SPECIAL:
        return None
    known = ", ".join(_PARTS)
    if "%" not in text:
        return f"must be {', '.join(SPECIAL)} or a pattern of {known}"
    for directive in re.findall(r"%.?", text):
        if directive not in _PARTS:
            return f"{directive} is not understood; known: {known}"
    names = re.findall(r"\?P<([a-z0-9]+)>", render_pattern(text))
    for name in names:
        if names.count(name) > 1:
            return f"holds the {name} twice"
    if "hour12" in names and "half" not in names:
        return "%I needs %p (AM or PM); for hours 0 to 24 write %H"
    return None


def render_pattern(text: str) -> str:
    """Render the regular expression of a format; in a run of digits only the first part may be short."""
    if text == "iso":
        return ISO_PATTERN
    pieces = ["^"]
    previous_was_digits = False
    for token in re.findall(r"%.|\s+|[^%\s]+", text):
        piece = _PARTS.get(token)
        if piece is None:
            piece = r"\s+" if token.isspace() else re.escape(token)
        digits = piece.startswith("(?P<") and r"[0-9]" in piece and not piece.startswith("(?P<offset")
        if digits and previous_was_digits:
            piece = piece.replace(r"[0-9]{1,2}", r"[0-9]{2}").replace(r"[0-9]{1,3}", r"[0-9]{3}")
        pieces.append(piece)
        previous_was_digits = digits
    return "".join([*pieces, "$"])


def find_length(text: str) -> str:
    """Return the length of the period that a format tells: day, month or year."""
    if text in SPECIAL or "%d" in text or "%j" in text:
        return "day"
    return "month" if any(one in text for one in ("%m", "%b", "%B")) else "year"
