"""Places: areas, stations, and the same as GeoJSON for maps."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request

from commonweal.city.places import Station
from commonweal.web.answers import Answers
from commonweal.web.api.asking import Answering
from commonweal.web.api.models import AreaShape, FeatureCollectionShape, FeatureShape
from commonweal.web.pages.area_map import AreaOnMap, place_findings
from commonweal.web.pages.area_rows import find_area_rows, make_area_table
from commonweal.web.pages.places import name_agency
from commonweal.web.view import get_view

router = APIRouter(tags=["Places"])
DECIMALS = 5


@router.get("/areas", summary="Areas by which the city reports")
def list_areas(answers: Answering) -> list[AreaShape]:
    """List the areas."""
    return [
        AreaShape(
            id=one.id,
            name=one.name,
            population=one.population,
            population_source=one.population_source,
            approximate=one.approximate if one.geometry is not None else None,
        )
        for one in answers.city.areas.values()
    ]


@router.get("/areas.geojson", summary="Polygons of the areas, approximate where they say so")
def list_area_polygons(request: Request, answers: Answering, language: str = "en") -> FeatureCollectionShape:
    """Return the polygons of the areas."""
    view = get_view(request, language)
    places = [
        AreaOnMap(one.id, view.words.area(one.id), "", "", "plain", view.url(f"/city/areas/{one.id}"))
        for one in answers.city.areas.values()
    ]
    return _collect(answers, places)


@router.get("/maps/areas.geojson", summary="Areas with the verdict of one measure in each, as published")
def map_areas(
    request: Request, answers: Answering, measure: str, language: str = "en"
) -> FeatureCollectionShape:
    """Return the polygons of the areas, each with what a comparison says of it."""
    view = get_view(request, language)
    answers.city.get_measure(measure)
    rows = find_area_rows(view, measure)
    if rows is None:
        return FeatureCollectionShape(features=[])
    return _collect(answers, place_findings(view, make_area_table(view, rows).rows))


@router.get("/stations", summary="Stations")
def list_stations(answers: Answering) -> list[Station]:
    """List the stations."""
    return list(answers.city.stations.values())


@router.get("/stations.geojson", summary="Stations as points")
def list_station_points(
    request: Request, answers: Answering, language: str = "en", agency: str = ""
) -> FeatureCollectionShape:
    """Return the stations as points; ``agency`` keeps one service."""
    view = get_view(request, language)
    features = [
        FeatureShape(
            id=one.id,
            geometry={"type": "Point", "coordinates": [one.lon, one.lat]},
            properties={
                "title": one.name, "detail": name_agency(view, one.agency), "sign": "", "lon": one.lon,
                "lat": one.lat, "tone": "police" if one.agency == "police" else "fire",
                "href": view.url(f"/city/stations/{one.id}"),
            },
        )
        for one in answers.city.stations.values()
        if agency in ("", one.agency)
    ]  # fmt: skip
    return FeatureCollectionShape(features=features)


def _collect(answers: Answers, places: list[AreaOnMap]) -> FeatureCollectionShape:
    features = []
    for place in places:
        area = answers.city.get_area(place.id)
        if area.geometry is None:
            continue
        at = area.geometry.representative_point()  # type: ignore[no-untyped-call]
        properties = {
            "title": place.title, "detail": place.detail, "sign": place.sign, "tone": place.tone,
            "href": place.href, "lon": round(at.x, DECIMALS), "lat": round(at.y, DECIMALS),
            "approximate": area.approximate,
        }  # fmt: skip
        features.append(
            FeatureShape(id=area.id, geometry=_round(area.geometry.__geo_interface__), properties=properties)
        )
    return FeatureCollectionShape(features=features)


def _round(geometry: Any) -> dict[str, Any]:
    """Round coordinates to about a meter."""
    return {"type": geometry["type"], "coordinates": _round_all(geometry["coordinates"])}


def _round_all(part: Any) -> Any:
    if isinstance(part, int | float):
        return round(part, DECIMALS)
    return [_round_all(one) for one in part]
