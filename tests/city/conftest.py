"""A copy of the toy city that a test may break."""

from __future__ import annotations

from pathlib import Path

import pytest
from broken_pack import BrokenPack

from commonweal.city import copy_pack


@pytest.fixture
def pack(packs: Path, tmp_path: Path) -> BrokenPack:
    """Copy the toy city into a folder that the test may break."""
    folder = tmp_path / "toy"
    copy_pack(packs / "toy", folder)
    return BrokenPack(folder)
