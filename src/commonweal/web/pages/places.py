"""Places of the city: areas and stations, each with a map and a table."""

from __future__ import annotations

from collections import Counter

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from commonweal.city.places import Station
from commonweal.errors import NotFound
from commonweal.reports.language import mark
from commonweal.web.drawing import Drawing, draw_map
from commonweal.web.pages.area_map import AreaMap, AreaOnMap, make_area_map
from commonweal.web.pages.serving import add_page, add_table
from commonweal.web.rendering import render
from commonweal.web.tables import Column, Table
from commonweal.web.tables.cells import write_link
from commonweal.web.view import View

AGENCIES = {
    "police": mark("Police"),
    "fire": mark("Fire"),
    "ems": mark("Ambulance"),
    "crisis": mark("Crisis response"),
    "other": mark("Other"),
}
BASES = {"published": mark("published"), "assumed": mark("assumed")}


def add_pages(router: APIRouter) -> None:
    """Add areas and stations, lists and pages."""
    add_table(router, "/city/areas", build_areas, page=_show_areas)
    add_page(router, "/city/areas/{area}", show_area)
    add_table(router, "/city/stations", build_stations, page=_show_stations)
    add_table(router, "/city/stations/{station}/fleet", build_fleet)
    add_page(router, "/city/stations/{station}", show_station)


def name_agency(view: View, agency: str) -> str:
    """Return a service in words."""
    return view.language.gettext(AGENCIES[agency]) if agency in AGENCIES else agency


def build_areas(view: View) -> Table:
    """Make the table of areas."""
    counted = Counter(station.area for station in view.city.stations.values())
    rows = tuple(
        {
            "name": view.words.area(one.id),
            "id": one.id,
            "population": one.population,
            "population_source": one.population_source,
            "stations": counted[one.id],
            "approximate": one.approximate if one.geometry is not None else None,
            "aliases": "|".join(one.aliases),
            "href": view.url(f"/city/areas/{one.id}"),
        }
        for one in view.city.areas.values()
    )
    _ = view.language.gettext
    known = any(row["population"] is not None for row in rows)
    return Table(
        name="areas",
        caption=_("Areas by which the city reports."),
        columns=(
            Column("name", _("Area"), "name", lambda row: write_link(row["name"], row["href"])),
            Column("id", _("Identifier"), "code", on_page=False),
            Column("population", _("Residents"), "number", on_page=known),
            Column("population_source", _("Source of residents"), "text", on_page=False),
            Column("stations", _("Stations that report to it"), "number"),
            Column("approximate", _("Borders are approximate"), "flag"),
            Column("aliases", _("Other spellings"), "text", on_page=False),
        ),
        rows=rows,
        path="/city/areas",
    )


def _area_map(view: View, picked: str = "") -> AreaMap | None:
    places = [
        AreaOnMap(one.id, view.words.area(one.id), "", "", "picked" if one.id == picked else "plain",
                  view.url(f"/city/areas/{one.id}"))
        for one in view.city.areas.values()
    ]  # fmt: skip
    summary = view.language.ngettext(
        "The city reports by %(n)s area.", "The city reports by %(n)s areas.", len(places)
    )
    source = f"/api/v1/areas.geojson?language={view.language.code}"
    return make_area_map(view, places, summary=summary, source=source)


def _show_areas(view: View, table: Table) -> HTMLResponse:
    return render(view, "city_areas.html", table=table, area_map=_area_map(view), simulated=False)


def show_area(view: View) -> HTMLResponse:
    """Answer with the facts of an area; its results are in the other room."""
    area = view.city.get_area(view.part("area"))
    stations = [one for one in view.city.stations.values() if one.area == area.id]
    return render(
        view,
        "city_area.html",
        area=area,
        stations=[(one, name_agency(view, one.agency)) for one in stations],
        area_map=_area_map(view, area.id),
        simulated=False,
    )


def build_stations(view: View) -> Table:
    """Make the table of stations; ``?agency=`` keeps one service."""
    agency, words = view.asked("agency"), view.words
    units = Counter[str]()
    for one in view.city.fleet:
        units[one.station] += one.units
    rows = tuple(
        {
            "name": words.text("stations", one.id, "name", one.name),
            "id": one.id,
            "agency": one.agency,
            "community": one.community,
            "area": one.area,
            "units": units[one.id] or None,
            "lon": one.lon,
            "lat": one.lat,
            "source": one.source,
            "href": view.url(f"/city/stations/{one.id}"),
        }
        for one in view.city.stations.values()
        if agency in ("", one.agency)
    )
    _ = view.language.gettext
    return Table(
        name="stations",
        caption=_("Stations, with the units staffed at each where that is published or assumed."),
        columns=(
            Column("name", _("Station"), "name", lambda row: write_link(row["name"], row["href"])),
            Column("id", _("Identifier"), "code", on_page=False),
            Column("agency", _("Service"), "text", lambda row: name_agency(view, row["agency"])),
            Column("community", _("Neighborhood"), "text", on_phone=False),
            Column("area", _("Area"), "text", lambda row: words.area(row["area"]) if row["area"] else "–",
                   on_phone=False),
            Column("units", _("Units"), "number"),
            Column("lon", _("Longitude"), "number", on_page=False),
            Column("lat", _("Latitude"), "number", on_page=False),
            Column("source", _("Source"), "text", on_page=False),
        ),
        rows=rows,
        path="/city/stations",
        query=f"agency={agency}" if agency else "",
    )  # fmt: skip


def _show_stations(view: View, table: Table) -> HTMLResponse:
    agency = view.asked("agency")
    shown = [one for one in view.city.stations.values() if agency in ("", one.agency)]
    counted = Counter(one.agency for one in view.city.stations.values())
    return render(
        view,
        "stations.html",
        table=table,
        drawing=draw_stations(view, shown),
        shown={one.id: one for one in shown},
        counted=[(name, name_agency(view, name), number) for name, number in counted.items()],
        wanted=agency,
        simulated=False,
    )


def draw_stations(view: View, stations: list[Station]) -> Drawing:
    """Draw stations over the areas."""
    polygons = {name: area.geometry for name, area in view.city.areas.items() if area.geometry is not None}
    points = tuple((one.id, one.lon, one.lat) for one in stations)
    return view.answers.keep(("stations", points), lambda: draw_map(view.city.frame, polygons, points))


def _get_station(view: View) -> Station:
    name = view.part("station")
    if name not in view.city.stations:
        raise NotFound.named("station", name, list(view.city.stations))
    return view.city.stations[name]


def show_station(view: View) -> HTMLResponse:
    """Answer with the facts of a station."""
    station = _get_station(view)
    return render(
        view,
        "station.html",
        station=station,
        agency=name_agency(view, station.agency),
        table=build_fleet(view),
        drawing=draw_stations(view, [station]),
        simulated=False,
    )


def build_fleet(view: View) -> Table:
    """Make the table of the units at a station."""
    station = _get_station(view)
    _ = view.language.gettext
    rows = tuple(
        {"unit_type": one.unit_type, "units": one.units, "basis": one.basis, "source": one.source}
        for one in view.city.fleet
        if one.station == station.id
    )
    return Table(
        name=f"{station.id}-fleet",
        caption=_("Units staffed at %(station)s.", station=station.name),
        columns=(
            Column("unit_type", _("Unit"), "name", lambda row: row["unit_type"].replace("_", " ")),
            Column("units", _("Number"), "number"),
            Column("basis", _("Basis"), "text", lambda row: _(BASES[row["basis"]])),
            Column("source", _("Source"), "text"),
        ),
        rows=rows,
        path=f"/city/stations/{station.id}/fleet",
    )
