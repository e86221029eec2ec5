"""What tests share: the folder of real data, a clean workspace."""

from __future__ import annotations

from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]
REAL_DATA = REPOSITORY.parent / "shared" / "data"


@pytest.fixture(scope="session")
def real_data() -> Path:
    """Folder of real public data beside the checkout; the test is skipped where it is absent."""
    if not REAL_DATA.is_dir():
        pytest.skip("the folder of real public data is not beside this checkout")
    return REAL_DATA


@pytest.fixture(scope="session")
def packs() -> Path:
    """Folder of the city packs that ship with the program."""
    return REPOSITORY / "cities"
