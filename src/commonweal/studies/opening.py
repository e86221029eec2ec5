"""Making a workspace: the pack copied, its own facts loaded, a simulated year where no record can be had."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from commonweal.city import copy_pack, find_pack, load_city
from commonweal.config import create_workspace
from commonweal.errors import InvalidPack
from commonweal.sources.load import load_pack_sources
from commonweal.store import Publication
from commonweal.studies.checking import check_pack
from commonweal.studies.desk import Desk, open_desk


@dataclass(frozen=True, slots=True)
class WorkspaceMade:
    """A new workspace: where, for which city, with how many sources and rows of the pack."""

    root: Path
    city: str
    city_name: str
    sources: int
    rows: int


def open_workspace_for(folder: Path, city: str) -> WorkspaceMade:
    """Make a workspace for a city and load the facts its pack carries.

    Parameters
    ----------
    folder : Path
        Folder to make.
    city : str
        Name of a shipped pack, or a folder.

    Raises
    ------
    NotFound
        No such pack.
    InvalidPack
        The pack has problems; nothing was made.
    WorkspaceError
        The folder holds something already; nothing was made.
    """
    pack = find_pack(city)
    problems = check_pack(pack)
    if problems:
        raise InvalidPack(f"The pack {pack} has {len(problems)} problems; no workspace was made.", problems)
    loaded = load_city(pack)
    workspace = create_workspace(folder, loaded.id)
    copy_pack(pack, workspace.city)
    desk = open_desk(workspace)
    rows = load_facts(desk)
    return WorkspaceMade(workspace.root, loaded.id, loaded.name, len(rows), sum(rows.values()))


def load_facts(desk: Desk) -> dict[str, int]:
    """Load the tables a pack carries; returns rows by source.

    Parameters
    ----------
    desk : Desk
        City and store.
    """
    loaded = load_pack_sources(desk.city, now=datetime.now(UTC))
    publications = [
        Publication(one.kind, one.parsed.table, one.parsed.rejected, one.parsed.provenance) for one in loaded
    ]
    return {snapshot.source: snapshot.rows for snapshot in desk.store.publish_all(publications)}
