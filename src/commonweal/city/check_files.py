"""Check that a pack holds only files that are read, and no links that lead out of it."""

from __future__ import annotations

import os
from pathlib import Path

from commonweal.city.faults import Faults, name_known
from commonweal.city.text_file import is_inside

KNOWN_FILES = (
    "city.toml",
    "areas.csv",
    "areas.geojson",
    "stations.csv",
    "fleet.csv",
    "programs.csv",
    "figures.csv",
    "commitments.csv",
    "measures.toml",
    "events.csv",
    "simulation.toml",
)
READ_SUFFIXES = (".csv", ".toml", ".geojson", ".json", ".tsv")
KNOWN_FOLDERS = ("maps", "records", "texts")


def check_files(folder: Path, languages: tuple[str, ...], faults: Faults) -> None:
    """Write down tables that nothing would read, and links that lead out of the pack.

    Parameters
    ----------
    folder : Path
        The pack.
    languages : tuple of str
        Languages of the pack, the default first.
    faults : Faults
        Where faults are written down.
    """
    for link in list_outside_links(folder):
        faults.add(link, "is a link that leads out of the pack's folder; a pack holds its own files")
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if path.is_dir() and path.name not in KNOWN_FOLDERS:
            faults.add(
                path.name, f"there is no such folder in a pack; {name_known(path.name, KNOWN_FOLDERS)}"
            )
        elif path.is_file() and path.suffix in READ_SUFFIXES and path.name not in KNOWN_FILES:
            message = f"nothing reads this file; {name_known(path.name, KNOWN_FILES)}"
            faults.add(path.name, message)
    for path in sorted((folder / "texts").glob("*")):
        if not path.name.startswith(".") and path.name not in {f"{code}.csv" for code in languages[1:]}:
            message = (
                "is not a language of this pack; texts are named like texts/es.csv, the default has none"
            )
            faults.add(f"texts/{path.name}", message)


def list_outside_links(folder: Path) -> tuple[str, ...]:
    """List the links below a folder that lead out of it, relative to the folder."""
    found = []
    for parent, folders, files in os.walk(folder):
        for name in sorted([*folders, *files]):
            path = Path(parent) / name
            if path.is_symlink() and not is_inside(folder, path):
                found.append(path.relative_to(folder).as_posix())
    return tuple(found)
