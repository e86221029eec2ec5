"""Start a pack for another city: small, commented, and in order from the first minute."""

from __future__ import annotations

import json
import shutil
import tempfile
import zoneinfo
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template

from commonweal.city.csv_table import Columns
from commonweal.city.faults import Faults, name_known
from commonweal.city.identifiers import IDENTIFIER, IDENTIFIER_RULE, LANGUAGE, LANGUAGE_RULE, make_identifier
from commonweal.city.identity import find_frame_problems
from commonweal.city.place_tables import AREA_COLUMNS, FLEET_COLUMNS, STATION_COLUMNS
from commonweal.city.places import MapFrame
from commonweal.city.shipped import check_empty
from commonweal.city.strategy_tables import COMMITMENT_COLUMNS, EVENT_COLUMNS, FIGURE_COLUMNS, PROGRAM_COLUMNS
from commonweal.city.text_tables import TEXT_COLUMNS
from commonweal.errors import InvalidRequest, WorkspaceError

STARTER = Path(__file__).parent / "starter"
EXAMPLE_FRAME = MapFrame(west=-89.8, south=39.7, east=-89.5, north=39.9)
"""Springfield, Illinois: an example that the scaffold says to replace."""

EMPTY_TABLES: Mapping[str, Columns] = {
    "fleet.csv": FLEET_COLUMNS,
    "programs.csv": PROGRAM_COLUMNS,
    "figures.csv": FIGURE_COLUMNS,
    "commitments.csv": COMMITMENT_COLUMNS,
    "events.csv": EVENT_COLUMNS,
}


@dataclass(frozen=True, slots=True)
class _Start:
    """What a new pack is told about its city."""

    city_id: str
    name: str
    time_zone: str
    languages: tuple[str, ...]
    area_title: str
    frame: MapFrame


def scaffold_city(
    folder: Path,
    *,
    city_id: str,
    name: str,
    time_zone: str,
    languages: tuple[str, ...] = ("en",),
    area_title: str = "district",
    frame: MapFrame = EXAMPLE_FRAME,
) -> None:
    """Make a folder with a pack that passes the check and says what to fill in.

    Parameters
    ----------
    folder : Path
        Must not exist, or be empty.
    city_id, name : str
        ``springfield``, ``Springfield``.
    time_zone : str
        IANA name.
    languages : tuple of str
        Languages of pages and reports, the default first.
    area_title : str
        What one area is called.
    frame : MapFrame
        What the map shows; an example where it is not given.

    Raises
    ------
    InvalidRequest
        With everything that is wrong with what was given.
    WorkspaceError
        The folder holds something already, or cannot be written.
    """
    start = _Start(city_id, name.strip(), time_zone, languages, area_title.strip(), frame)
    _check(start)
    check_empty(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".pack-", dir=folder.parent) as held:
            made = Path(held) / "pack"
            for file, text in render_scaffold(start).items():
                path = made / file
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8", newline="\n")
            if folder.exists():
                folder.rmdir()
            shutil.move(made, folder)
    except OSError as error:
        raise WorkspaceError(f"The pack could not be written to {folder}: {error}") from error


def render_scaffold(start: _Start) -> dict[str, str]:
    """Render the files of a new pack; text by file, relative to the pack."""
    values = {
        "city_id": start.city_id,
        "name": start.name,
        "toml_name": _quote(start.name),
        "time_zone": start.time_zone,
        "languages": json.dumps(list(start.languages)),
        "toml_area_title": _quote(start.area_title),
        **{side: repr(float(getattr(start.frame, side))) for side in ("west", "south", "east", "north")},
    }
    files = {
        path.relative_to(STARTER).as_posix(): Template(path.read_text(encoding="utf-8")).substitute(values)
        for path in sorted(STARTER.rglob("*"))
        if path.suffix in (".md", ".toml")
    }
    files["areas.csv"] = _render_areas()
    files["stations.csv"] = _render_stations(start.frame)
    for file, columns in EMPTY_TABLES.items():
        files[file] = ",".join(columns.all) + "\n"
    for language in start.languages[1:]:
        files[f"texts/{language}.csv"] = ",".join(TEXT_COLUMNS.all) + "\n"
    return files


def _check(start: _Start) -> None:
    faults, where = Faults(), "new pack"
    if not IDENTIFIER.fullmatch(start.city_id):
        made = make_identifier(start.city_id)
        message = IDENTIFIER_RULE if not made else f"{IDENTIFIER_RULE}; take {made}"
        faults.add(where, message, field="id", value=start.city_id)
    for field, text in (("name", start.name), ("area_title", start.area_title)):
        if not text or not text.isprintable():
            faults.add(where, "must be a text on one line", field=field, value=text)
    known = zoneinfo.available_timezones()
    if start.time_zone not in known:
        hint = name_known(start.time_zone, sorted(known))
        faults.add(
            where, f"must be the name of a time zone; {hint}", field="time_zone", value=start.time_zone
        )
    if not start.languages or len(set(start.languages)) < len(start.languages):
        faults.add(where, "must be different languages, the default first", field="languages")
    for language in start.languages:
        if not LANGUAGE.fullmatch(language):
            faults.add(where, LANGUAGE_RULE, field="languages", value=language)
    for side, message in find_frame_problems(start.frame).items():
        faults.add(where, message, field=side, value=getattr(start.frame, side))
    if faults.problems:
        raise InvalidRequest("No pack was made.", faults.problems)


def _render_areas() -> str:
    rows = [
        ",".join(AREA_COLUMNS.all),
        "north,North,North Side|District 1|1,,",
        "south,South,South Side|District 2|2,,",
    ]
    return "\n".join(rows) + "\n"


def _render_stations(frame: MapFrame) -> str:
    lon = (frame.west + frame.east) / 2
    rows = [",".join(STATION_COLUMNS.all)]
    for number, (area, part) in enumerate((("north", 0.75), ("south", 0.25)), start=1):
        lat = frame.south + part * (frame.north - frame.south)
        rows.append(
            f"police-{number},{area.title()} Police Station,police,,{area},{lon:.4f},{lat:.4f},Example: replace it"
        )
    return "\n".join(rows) + "\n"


def _quote(text: str) -> str:
    """Quote a text for TOML."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
