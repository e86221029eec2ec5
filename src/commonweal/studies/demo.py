"""The demonstration: a workspace from the pack's real facts, real files where there are any, a simulated year."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path

from commonweal.config import MARKER, Workspace, find_workspace
from commonweal.errors import CommonwealError, SourceError
from commonweal.studies.desk import Desk, open_desk
from commonweal.studies.loading import fetch_records, load_records
from commonweal.studies.opening import open_workspace_for
from commonweal.studies.simulating import list_missing, simulate_records

SEED = 20_241_130
YEAR = 2024


@dataclass(frozen=True, slots=True)
class PreparedDemo:
    """A demonstration that is ready to be served.

    Attributes
    ----------
    workspace : Workspace
        Where it is.
    city_name : str
        Name of the city.
    notes : tuple of str
        What was done, for the person at the terminal.
    look_first : tuple of (path, what)
        Pages to look at first.
    """

    workspace: Workspace
    city_name: str
    notes: tuple[str, ...]
    look_first: tuple[tuple[str, str], ...]


def prepare_demo(folder: Path, city: str, *, data: Path | None, fetch: bool) -> PreparedDemo:
    """Make the demonstration's workspace, or take up the one that is there.

    Parameters
    ----------
    folder : Path
        The workspace.
    city : str
        A shipped pack.
    data : Path, optional
        Folder of real files; each source of the pack that names a file in it is loaded.
    fetch : bool
        Whether to ask the portals, in the background, while the pages are served.
    """
    notes: list[str] = []
    if not (folder / MARKER).is_file():
        made = open_workspace_for(folder, city)
        notes.append(f"Made {folder}: {made.city_name}, {made.rows:,} rows of published facts.")
    desk = open_desk(find_workspace(folder))
    notes += _load_files(desk, data)
    notes += _simulate_missing(desk)
    if fetch:
        _fetch_in_background(desk)
    return PreparedDemo(desk.workspace, desk.city.name, tuple(notes), _look_first(desk))


def _load_files(desk: Desk, data: Path | None) -> list[str]:
    notes = []
    for source in desk.city.sources.values():
        if source.protocol != "file" or not source.dataset or data is None:
            continue
        path = data / source.dataset
        if path.is_file() and desk.store.find_current(source.kind, source.id) is None:
            outcome = load_records(desk, source.kind, path, source.map)
            notes.append(f"Loaded {outcome.rows_kept:,} real rows of {source.title}.")
    return notes


def _simulate_missing(desk: Desk) -> list[str]:
    if not list_missing(desk) or not (desk.city.folder / "simulation.toml").is_file():
        return []
    rows = simulate_records(desk, year=YEAR, seed=SEED)
    return [
        f"Simulated {rows:,} records of {YEAR}, where no real record can be had; every page marks them with ◇."
    ]


def _fetch_in_background(desk: Desk) -> None:
    """Ask the portals while the pages are served; without a network, say so once and go on."""
    wanted = [
        source.id
        for source in desk.city.sources.values()
        if source.protocol in ("socrata", "arcgis")
        and desk.store.find_current(source.kind, source.id) is None
    ]
    if wanted:
        threading.Thread(target=_fetch_all, args=(desk, wanted), daemon=True, name="fetch").start()


def _fetch_all(desk: Desk, source_ids: list[str]) -> None:
    from commonweal.studies.notices import leave_notice

    for source_id in source_ids:
        try:
            outcome = fetch_records(desk, source_id)
        except SourceError as error:
            leave_notice(f"{error.message} The pages show what is loaded.")
            return
        except CommonwealError as error:
            leave_notice(str(error))
        else:
            leave_notice(f"Fetched {outcome.rows_kept:,} real rows of {source_id}.")


def _look_first(desk: Desk) -> tuple[tuple[str, str], ...]:
    language = desk.city.languages[0]
    pages = [(f"/{language}/results", "what truly changed, and what was promised")]
    if "homicide-change" in desk.city.figures:
        pages.append(
            (
                f"/{language}/results/claims/homicide-change",
                "a published figure that cannot be checked, and why",
            )
        )
    pages.append((f"/{language}/data", "where every number comes from"))
    return tuple(pages)
