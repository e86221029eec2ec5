"""Rooms and their pages, as the head of every page lists them."""

from __future__ import annotations

from dataclasses import dataclass

from commonweal.reports.language import mark
from commonweal.web.view import View


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the navigation; ``current`` is the value of ``aria-current``, empty where it is not."""

    title: str
    href: str
    current: str


ROOMS = {"results": mark("Results"), "city": mark("City"), "data": mark("Data")}
PAGES = {
    "results": {
        "/results": mark("Overview"),
        "/results/measures": mark("Measures"),
        "/results/areas": mark("By area"),
        "/results/claims": mark("Claims"),
        "/results/commitments": mark("Commitments"),
        "/results/method": mark("How we compare"),
    },
    "city": {
        "/city": mark("Overview"),
        "/city/programs": mark("Programs"),
        "/city/areas": mark("Areas"),
        "/city/stations": mark("Stations"),
    },
    "data": {
        "/data": mark("Overview"),
        "/data/sources": mark("Sources"),
        "/data/snapshots": mark("Loads"),
        "/data/dictionary": mark("Dictionary"),
        "/data/breaks": mark("Breaks in series"),
        "/data/queries": mark("Queries"),
        "/data/simulated": mark("What is simulated"),
        "/data/api": mark("API"),
    },
}


def find_room(path: str) -> str:
    """Return the room a path lies in, empty where in none."""
    room = path.strip("/").split("/")[0]
    return room if room in ROOMS else ""


def list_rooms(view: View) -> tuple[Entry, ...]:
    """List the rooms; the one the reader is in is marked."""
    here = find_room(view.path)
    return tuple(
        Entry(view.language.gettext(title), view.url(f"/{room}"), "true" if room == here else "")
        for room, title in ROOMS.items()
    )


def list_pages(view: View) -> tuple[Entry, ...]:
    """List the pages of the room the reader is in; the nearest one is marked."""
    pages = PAGES.get(find_room(view.path), {})
    inside = [path for path in pages if view.path == path or view.path.startswith(f"{path}/")]
    nearest = max(inside, key=len, default="")
    return tuple(
        Entry(view.language.gettext(title), view.url(path), _current(view.path, path, nearest))
        for path, title in pages.items()
    )


def _current(here: str, path: str, nearest: str) -> str:
    if here == path:
        return "page"
    return "true" if path == nearest and path.count("/") > 1 else ""
