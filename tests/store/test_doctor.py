"""The doctor finds what is wrong with a store, and says what to do."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import polars as pl
import pytest

from commonweal.store import Publication, Snapshot, Store
from commonweal.store.doctor import Check, examine

MakePublication = Callable[..., Publication]


@pytest.fixture
def snapshot(store: Store, make_calls: MakePublication) -> Snapshot:
    """Return the one snapshot of a store."""
    one = make_calls(100)
    return store.publish(one.kind, one.table, one.rejected, one.provenance)


def list_faults(store: Store) -> list[Check]:
    return [check for check in examine(Store(store.root)) if not check.ok]


def test_a_good_store_is_in_order(store: Store, snapshot: Snapshot) -> None:
    """Nothing is found in a store as it was written, nor in an empty one."""
    assert list_faults(store) == []
    assert f"snapshot {snapshot.id}" in {check.name for check in examine(store)}
    assert list_faults(Store(store.root / "nowhere")) == []


def test_changed_bytes_are_found(store: Store, snapshot: Snapshot) -> None:
    """One flipped bit in the data file is found and the snapshot named."""
    data = snapshot.path / "data.parquet"
    content = bytearray(data.read_bytes())
    content[len(content) // 2] ^= 1
    data.write_bytes(content)
    (fault,) = list_faults(store)
    assert fault.name == f"snapshot {snapshot.id}"
    assert "not those that were written" in fault.found
    assert "Load its file again" in fault.remedy


def test_rows_that_are_not_those_of_the_name_are_found(store: Store, snapshot: Snapshot) -> None:
    """A file that was replaced together with its hash is still not what the snapshot's name was made from."""
    data = snapshot.path / "data.parquet"
    before = data.read_bytes()
    pl.read_parquet(data).with_columns(call_type=pl.lit("Fire")).write_parquet(data)
    about = snapshot.path / "provenance.json"
    text = about.read_text(encoding="utf-8")
    replaced = text.replace(sha256(before).hexdigest(), sha256(data.read_bytes()).hexdigest())
    assert replaced != text
    about.write_text(replaced, encoding="utf-8")
    (fault,) = list_faults(store)
    assert fault.found == "its rows are not those its name was made from"


def test_another_writer_of_the_same_rows_keeps_the_name(store: Store, snapshot: Snapshot) -> None:
    """The name does not depend on how Parquet was written: only the bytes are said to differ."""
    data = snapshot.path / "data.parquet"
    pl.read_parquet(data).write_parquet(data, compression="snappy", row_group_size=7)
    (fault,) = list_faults(store)
    assert fault.found == "the bytes of data.parquet are not those that were written"


@pytest.mark.parametrize("name", ["data.parquet", "rejected.parquet", "provenance.json"])
def test_missing_files_are_found(store: Store, snapshot: Snapshot, name: str) -> None:
    """Each of the three files of a snapshot is missed."""
    (snapshot.path / name).unlink()
    (fault,) = list_faults(store)
    assert name in fault.found


def test_a_broken_list_is_found(store: Store, snapshot: Snapshot) -> None:
    """A list of snapshots that cannot be read, or is gone, is a fault with a remedy."""
    store.layout.current.write_text("{", encoding="utf-8")
    (fault,) = list_faults(store)
    assert (fault.name, "restore" in fault.remedy) == ("list of snapshots", True)
    store.layout.current.unlink()
    (fault,) = list_faults(store)
    assert "missing" in fault.found


def test_leftovers_are_told_and_harmless(store: Store, snapshot: Snapshot) -> None:
    """Folders of cut loads are told; they are no fault, since nothing reads them."""
    shutil.copytree(snapshot.path, store.layout.snapshots / ".incoming-x")
    checks = {check.name: check for check in examine(store)}
    assert checks["leftovers of cut loads"].ok
    assert checks["leftovers of cut loads"].found.startswith("1 of loads")


def test_a_full_disk_is_told(store: Store, snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a load would not fit any more, the doctor says so before it fails."""
    usage = shutil.disk_usage(Path(store.root))
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage._replace(free=10))
    (fault,) = list_faults(store)
    assert fault.name == "room on the disk"
