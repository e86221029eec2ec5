"""Charts as accessible SVG, each with the table of what it shows.

Every function is pure: the same result gives the same bytes, so that a caller can keep them by content.
"""

from __future__ import annotations

from commonweal.reports.charts.alternatives import draw_alternatives
from commonweal.reports.charts.changes import draw_changes, sort_by_certainty
from commonweal.reports.charts.rendering import warm_up
from commonweal.reports.charts.series import draw_series
from commonweal.reports.charts.sparkline import draw_sparkline
from commonweal.reports.charts.trajectory import draw_trajectory

__all__ = [
    "draw_alternatives",
    "draw_changes",
    "draw_series",
    "draw_sparkline",
    "draw_trajectory",
    "sort_by_certainty",
    "warm_up",
]
