"""The built front end: style sheet, script, fonts."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

STATIC = Path(__file__).resolve().parent / "static"
BUILT = STATIC / "built"
FOREVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "public, no-cache"


@dataclass(frozen=True, slots=True)
class Assets:
    """Names of the built files and the start of the hash of each."""

    hashes: dict[str, str]

    def url(self, name: str) -> str:
        """Return the address of a built file; it changes with the content, so a browser may keep it for good."""
        stamp = self.hashes.get(name)
        return f"/static/built/{name}" + (f"?v={stamp}" if stamp else "")

    @property
    def stamp(self) -> str:
        """One value that changes when any built file changes."""
        return "".join(sorted(self.hashes.values()))


def read_assets(folder: Path = BUILT) -> Assets:
    """Read the manifest of the build; without a build the pages have no style and no script, and still work."""
    manifest = folder / "manifest.json"
    if not manifest.is_file():
        return Assets({})
    return Assets(json.loads(manifest.read_text(encoding="utf-8")))


class BuiltFiles(StaticFiles):
    """Static files; those asked for with their hash are kept for good, others asked for again.

    Parameters
    ----------
    directory : Path
        Folder of the files.
    assets : Assets
        Hashes of the built ones.
    """

    def __init__(self, directory: Path, assets: Assets) -> None:
        super().__init__(directory=directory, check_dir=False)
        self.assets = assets

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Answer with the file and how long it may be kept."""
        response = await super().get_response(path, scope)
        stamp = self.assets.hashes.get(path.removeprefix("built/"))
        # Any other stamp could be that of the next release: a cache would keep the old file for good under its name.
        named = stamp is not None and scope.get("query_string", b"") == f"v={stamp}".encode()
        response.headers["Cache-Control"] = FOREVER if named else ASK_AGAIN
        return response
