"""What tests share: the folder of real data, a clean workspace."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

# The same examples every time, so that a change is judged by what it changes; HYPOTHESIS_PROFILE=search looks for more.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("search", max_examples=1_000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))

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
