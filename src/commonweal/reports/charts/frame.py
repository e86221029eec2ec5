"""Room for the texts beside a chart, reckoned without asking which fonts the machine has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from unicodedata import east_asian_width


@dataclass(frozen=True, slots=True)
class Frame:
    """Space around the plot, in units of the viewBox; text inside it is never cut.

    Attributes
    ----------
    left, right, top, bottom : int
        Widths of the margins.
    """

    left: int
    right: int
    top: int = 8
    bottom: int = 8


def text_width(text: str, *, size: float = 13, bold: bool = False) -> float:
    """Return a width that the text does not exceed in the fonts of the reports, in units of the viewBox.

    Parameters
    ----------
    text : str
        Latin, Hangul or both.
    size : float
        Height of the letters.
    bold : bool
        Whether it is set in bold.
    """
    widths = (1.0 if east_asian_width(letter) in "WF" else 0.6 for letter in text)
    return sum(widths) * size * (1.05 if bold else 1.0)


def widest(texts: Iterable[str], *, size: float = 13, bold: bool = False) -> int:
    """Return the width of the widest text, rounded up."""
    return int(max((text_width(text, size=size, bold=bold) for text in texts), default=0.0)) + 1
