"""A load that is killed at any moment leaves the store as it was."""

from __future__ import annotations

import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from commonweal.store import Store
from commonweal.store.doctor import examine

DRIVER = Path(__file__).with_name("interrupted_load.py")


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Return stores of which each was killed one step later in the same load."""
    root = tmp_path_factory.mktemp("killed")
    runpy.run_path(str(DRIVER))["load"](Store(root / "base"), 1)
    run = subprocess.run(
        [sys.executable, str(DRIVER), str(root)], check=True, capture_output=True, text=True, timeout=300
    )
    return [root / str(step) for step in range(int(run.stdout) + 1)]


def list_quantities(store: Store) -> list[float]:
    return sorted(store.read("activities")["quantity"])


def test_a_killed_load_changes_all_or_nothing(killed: list[Path]) -> None:
    """Whatever the moment of the kill, both tables are the old ones or both are the new ones."""
    seen = [list_quantities(Store(folder)) for folder in killed]
    assert len(seen) > 30
    assert seen[0] == [1.0, 1.5]
    assert seen[-1] == [2.0, 2.5]
    assert all(one in ([1.0, 1.5], [2.0, 2.5]) for one in seen)
    assert seen == sorted(seen), "once the new tables are there, they stay"


def test_a_killed_load_leaves_a_store_in_order(killed: list[Path]) -> None:
    """Nothing is damaged by a kill: every snapshot is what its name says, and SQL answers."""
    for folder in killed:
        assert [check for check in examine(Store(folder)) if not check.ok] == []
    for folder in (killed[0], killed[len(killed) // 2], killed[-1]):
        store = Store(folder)
        assert store.query("SELECT count(*) AS n FROM activities")["n"].item() == 2


def test_the_next_load_succeeds_and_cleans_up(killed: list[Path]) -> None:
    """After a kill the same load goes through, is the same snapshot, and no leftover stays."""
    driver = runpy.run_path(str(DRIVER))
    fingerprints = set()
    for folder in killed:
        store = Store(folder)
        driver["load"](store, 2)
        assert list_quantities(store) == [2.0, 2.5]
        assert {p.name for p in store.layout.snapshots.iterdir()} == {s.id for s in store.list_snapshots()}
        assert sorted(p.name for p in folder.iterdir() if p.name != ".current.json.new") == [
            "current.json",
            "lock",
            "snapshots",
        ]
        fingerprints.add(store.fingerprint())
    assert len(fingerprints) == 1
