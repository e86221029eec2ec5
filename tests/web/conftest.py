"""The pages and the API of the toy city, asked without a network."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from asking import Asking
from extra_loads import load_rejected, load_simulated

from commonweal.config import Workspace, find_workspace
from commonweal.studies.desk import open_desk
from commonweal.studies.opening import open_workspace_for
from commonweal.web.app import create_app


@pytest.fixture(scope="session")
def toy_workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Return a workspace of the toy city, with a load that rejected rows and one that is simulated."""
    folder = tmp_path_factory.mktemp("web") / "workspace"
    open_workspace_for(folder, "toy")
    workspace = find_workspace(folder)
    desk = open_desk(workspace)
    load_rejected(desk, folder)
    load_simulated(desk)
    return workspace


@pytest.fixture(scope="session")
def web(toy_workspace: Workspace) -> Iterator[Asking]:
    """Return something that asks the toy city's server."""
    with Asking(create_app(toy_workspace)) as asking:
        yield asking


@pytest.fixture(scope="session")
def empty_web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    """Return something that asks a server without any record."""
    folder: Path = tmp_path_factory.mktemp("empty") / "workspace"
    open_workspace_for(folder, "toy")
    workspace = find_workspace(folder)
    for path in sorted(workspace.store.rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    with Asking(create_app(workspace)) as asking:
        yield asking
