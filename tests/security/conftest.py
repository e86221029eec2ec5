"""Workspaces to attack: the toy city, and Los Angeles with its real file by month and area."""

from __future__ import annotations

from pathlib import Path

import pytest

from commonweal.config import Workspace, find_workspace
from commonweal.studies.desk import Desk, open_desk
from commonweal.studies.loading import load_records
from commonweal.studies.opening import open_workspace_for


@pytest.fixture(scope="session")
def toy_workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Return a workspace of the toy city with the facts of its pack."""
    folder = tmp_path_factory.mktemp("toy") / "workspace"
    open_workspace_for(folder, "toy")
    return find_workspace(folder)


@pytest.fixture(scope="session")
def toy(toy_workspace: Workspace) -> Desk:
    """Return a desk of the toy city."""
    return open_desk(toy_workspace)


@pytest.fixture(scope="session")
def los_angeles_by_area(tmp_path_factory: pytest.TempPathFactory, real_data: Path) -> Desk:
    """Return a desk of Los Angeles with the real file by month and area."""
    folder = tmp_path_factory.mktemp("la-area") / "workspace"
    open_workspace_for(folder, "los-angeles")
    desk = open_desk(find_workspace(folder))
    load_records(
        desk, "counts", real_data / "los-angeles/lapd_crime_monthly_2020_2024.csv", "lapd_crime_monthly"
    )
    return desk
