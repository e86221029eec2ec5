"""A pack cannot ask for what would be published in spite of its own rules."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from commonweal.city import load_city
from commonweal.errors import InvalidPack


def test_a_measure_whose_small_numbers_hide_everywhere_is_refused(packs: Path, tmp_path: Path) -> None:
    """A rule for the whole city cannot be kept where readers choose the periods, so no measure may rely on it."""
    pack = shutil.copytree(packs / "toy", tmp_path / "toy")
    measures = pack / "measures.toml"
    before = measures.read_text(encoding="utf-8")
    measures.write_text(
        before.replace("headline = 2", 'headline = 2\nsensitivity = "victim_traits"', 1), encoding="utf-8"
    )
    with pytest.raises(InvalidPack) as raised:
        load_city(pack)
    problem = next(one for one in raised.value.problems if one.value == "victim_traits")
    assert 'geography = "all"' in problem.message
