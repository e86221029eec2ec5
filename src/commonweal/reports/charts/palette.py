"""Colors of charts: at least 3:1 against the paper for what is drawn, 4.5:1 for what is written."""

from __future__ import annotations

from typing import Final

PAPER: Final = "#ffffff"
INK: Final = "#1b1b1b"
SOFT: Final = "#565c65"
LINE: Final = "#162e51"
ACCENT: Final = "#005ea2"
BAND: Final = "#d9e8f6"
BAND_EDGE: Final = "#6b8fb5"
BREAK: Final = "#eceef0"
BETTER: Final = "#00687d"
WORSE: Final = "#a23737"
UNSURE: Final = "#6f6249"
GRID: Final = "#dfe1e2"
"""Guide lines only repeat the numbers of the axis, so they may be faint."""

FONT: Final = (
    "'Public Sans Web', 'Public Sans', 'Gothic A1', 'Pretendard', 'Apple SD Gothic Neo', 'Malgun Gothic', "
    "'Noto Sans KR', 'Noto Sans CJK KR', sans-serif"
)
DECORATION: Final = frozenset({BAND, BREAK, GRID})
"""Fills and guides that carry nothing by themselves: an edge, a label or a number says the same."""
