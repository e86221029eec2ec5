"""The map of areas beside a table: drawn on the server, colored by verdict, with the sign of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from commonweal.results.finding import Finding
from commonweal.results.verdict import Verdict
from commonweal.web.drawing import Drawing, draw_map
from commonweal.web.tables.table import Row
from commonweal.web.tables.tones import is_unsure_among_many, mark_finding
from commonweal.web.view import View

SIGNS = (Verdict.FELL, Verdict.ROSE)


@dataclass(frozen=True, slots=True)
class AreaOnMap:
    """What the map says of an area: its name, a line of words, a sign, a color, where it leads."""

    id: str
    title: str
    detail: str
    sign: str
    tone: str
    href: str


@dataclass(frozen=True, slots=True)
class AreaMap:
    """A drawn map and what it says.

    Attributes
    ----------
    drawing : Drawing
        Shapes in units of the drawing.
    areas : mapping of str to AreaOnMap
        By area.
    summary : str
        The map in one sentence.
    approximate : bool
        Whether any border is not the official one.
    source : str
        Address of the same as GeoJSON.
    frame : str
        West, south, east, north in degrees, for the live map.
    """

    drawing: Drawing
    areas: Mapping[str, AreaOnMap]
    summary: str
    approximate: bool
    source: str
    frame: str


def make_area_map(view: View, places: Iterable[AreaOnMap], *, summary: str, source: str) -> AreaMap | None:
    """Draw the areas that have polygons; none where no area has.

    Parameters
    ----------
    view : View
        The reader's.
    places : iterable of AreaOnMap
        What to say of each area.
    summary : str
        The map in one sentence.
    source : str
        Address of the GeoJSON.
    """
    known = {place.id: place for place in places}
    shown = {
        name: area for name, area in view.city.areas.items() if area.geometry is not None and name in known
    }
    if not shown:
        return None
    polygons = {name: area.geometry for name, area in shown.items() if area.geometry is not None}
    drawing = view.answers.keep(("map", tuple(polygons)), lambda: draw_map(view.city.frame, polygons))
    boxes = [shape.bounds for shape in polygons.values()]
    frame = (
        min(b[0] for b in boxes),
        min(b[1] for b in boxes),
        max(b[2] for b in boxes),
        max(b[3] for b in boxes),
    )
    return AreaMap(
        drawing=drawing,
        areas=known,
        summary=summary,
        approximate=any(area.approximate for area in shown.values()),
        source=source,
        frame=",".join(f"{value:.4f}" for value in frame),
    )


def place_findings(view: View, rows: Iterable[Row]) -> list[AreaOnMap]:
    """Say of each area what its row of a table of findings says.

    Parameters
    ----------
    view : View
        The reader's.
    rows : iterable of Row
        Rows made by `commonweal.web.tables.findings.as_row`.
    """
    places = []
    for row in rows:
        finding = row["finding"]
        mark = mark_finding(view.words, finding)
        comparison = finding.comparison
        detail = mark.word
        if comparison is not None and not finding.refusal:
            before = view.words.value(finding.measure, comparison.baseline)
            now = view.words.value(finding.measure, comparison.current)
            detail = view.language.gettext(
                "%(verdict)s: %(before)s before, %(now)s now", verdict=mark.word, before=before, now=now
            )
        sign = _sign(view, finding, mark.shape)
        places.append(AreaOnMap(row["area"], row["name"], detail, sign, row["tone"], row["href"]))
    return places


def _sign(view: View, finding: Finding, shape: str) -> str:
    """Return what stands on an area: the number now, with the shape of a change that is sure."""
    if finding.comparison is None or finding.refusal:
        return shape
    number = view.words.value(finding.measure, finding.comparison.current)
    sure = finding.verdict in SIGNS and not is_unsure_among_many(finding)
    return f"{shape} {number}" if sure else number
