"""A chart with its table, as a reader sees it."""

from __future__ import annotations

from dataclasses import dataclass

from commonweal.reports.tables import Table


@dataclass(frozen=True, slots=True)
class ChartView:
    """A chart in two widths, its words and its table.

    Attributes
    ----------
    name : str
        Name of its files, without ending.
    title, description, caption : str
        What it is; what it shows, for who does not see it; what stands under it.
    svg, svg_narrow : str
        For a page and for a phone; the narrow one is empty where one size does.
    table : Table
        The same data.
    """

    name: str
    title: str
    description: str
    caption: str
    svg: str
    svg_narrow: str
    table: Table
