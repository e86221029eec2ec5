"""Areas × measures at one glance, small numbers hidden."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from commonweal.reports.charts.changes import sort_by_certainty
from commonweal.reports.sentences.marks import Mark
from commonweal.reports.views.findings import FindingView, view_finding

if TYPE_CHECKING:
    from commonweal.reports.words import Words
    from commonweal.results.finding import Finding, Screen


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """One area and measure: the verdict's mark and the change, both empty where there is nothing."""

    mark: Mark | None
    change: str
    stands: bool


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One area."""

    area: str
    name: str
    cells: tuple[MatrixCell, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Areas as rows, measures as columns.

    Attributes
    ----------
    measures : tuple of str
        Short names of the measures, as column heads.
    rows : tuple of MatrixRow
        In the alphabet of the area names.
    """

    measures: tuple[str, ...]
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True, slots=True)
class AreaView:
    """One measure in every area, the surest changes first."""

    measure: str
    title: str
    findings: tuple[FindingView, ...]


def view_matrix(words: Words, screen: Screen) -> Matrix:
    """Put a screen into rows of areas and columns of measures."""
    measures = list(dict.fromkeys(row.measure for row in screen.rows))
    areas = sorted({row.area for row in screen.rows if row.area}, key=words.area)
    known = {(row.area, row.measure): row for row in screen.rows}
    rows = tuple(
        MatrixRow(area, words.area(area), tuple(_cell(words, known.get((area, name))) for name in measures))
        for area in areas
    )
    return Matrix(tuple(_short_name(words, name) for name in measures), rows)


def view_area(words: Words, screen: Screen, measure: str) -> AreaView:
    """Write one measure of a screen, area by area."""
    rows = [row for row in screen.rows if row.measure == measure]
    views = tuple(view_finding(words, row) for row in sort_by_certainty(rows))
    return AreaView(measure, words.measure(measure), views)


def _cell(words: Words, finding: Finding | None) -> MatrixCell:
    if finding is None:
        return MatrixCell(None, "", stands=False)
    view = view_finding(words, finding)
    return MatrixCell(view.mark, view.change if finding.comparison else "", stands=view.stands)


def _short_name(words: Words, measure: str) -> str:
    declared = words.city.measures.get(measure)
    category = declared.category if declared else ""
    return words.text("measures", measure, "category", category) or words.measure(measure)
