"""A small file cannot fill the memory or the disk, and depth cannot break the reader."""

from __future__ import annotations

import io
import json
import tarfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import polars as pl
import pytest

from commonweal.config import MARKER, Workspace, read_settings
from commonweal.errors import InvalidInput, InvalidMapping, WorkspaceError
from commonweal.sources.files import read_file
from commonweal.sources.mapping import read_mapping
from commonweal.sources.mapping_types import FileShape
from commonweal.store import backup
from commonweal.store.backup import restore_backup

DEPTHS = [100, 480, 700, 960, 5_000]


@pytest.mark.parametrize("depth", DEPTHS)
def test_nested_coordinates_are_no_point_or_no_file(tmp_path: Path, depth: int) -> None:
    """A shape nested any number of times is read as a row without a point, or refused."""
    path = tmp_path / "deep.geojson"
    nest = "[" * depth + "1" + "]" * depth
    geometry = f'{{"type": "Polygon", "coordinates": {nest}}}'
    path.write_text(
        f'{{"features": [{{"properties": {{"a": "x"}}, "geometry": {geometry}}}]}}', encoding="utf-8"
    )
    try:
        points = read_file(path, FileShape()).frame["geometry.lon"].to_list()
    except InvalidInput:
        points = [None]
    assert points == [None]


@pytest.mark.parametrize("depth", DEPTHS)
def test_nested_settings_are_an_error_of_ours(tmp_path: Path, depth: int) -> None:
    """A mapping file or a workspace's marker nested any number of times is refused in words."""
    nest = "a = " + "[" * depth + "]" * depth
    mapping = tmp_path / "m.toml"
    mapping.write_text(nest, encoding="utf-8")
    with pytest.raises(InvalidMapping):
        read_mapping(mapping)
    (tmp_path / MARKER).write_text(nest, encoding="utf-8")
    with suppress(WorkspaceError):
        read_settings(Workspace(tmp_path))


def test_objects_that_share_no_key_are_not_spread_out(tmp_path: Path) -> None:
    """Many empty objects beside a wide one would be billions of empty cells."""
    path = tmp_path / "wide.json"
    wide = json.dumps({f"k{number}": 1 for number in range(1_900)})
    path.write_text("[" + wide + ",{}" * 100_000 + "]", encoding="utf-8")
    with pytest.raises(InvalidInput, match="cells"):
        read_file(path, FileShape())


def test_a_small_parquet_file_of_equal_rows_is_not_read(tmp_path: Path) -> None:
    """Sixty million equal values take next to nothing; as text they would take a gigabyte."""
    path = tmp_path / "equal.parquet"
    pl.zeros(60_000_000, dtype=pl.Int8, eager=True).to_frame("a").write_parquet(path)
    assert path.stat().st_size < 250_000
    with pytest.raises(InvalidInput, match="claims 60,000,000 rows"):
        read_file(path, FileShape())


def _sparse(tar: tarfile.TarFile) -> None:
    member = tarfile.TarInfo("store/a")
    member.type = tarfile.GNUTYPE_SPARSE
    tar.addfile(member)


def _large(tar: tarfile.TarFile) -> None:
    member = tarfile.TarInfo("store/a")
    member.size = 1_000_000
    tar.addfile(member, io.BytesIO(bytes(member.size)))


@pytest.mark.parametrize(("add", "problem"), [(_sparse, "holes"), (_large, "room for 0")])
def test_a_backup_that_would_fill_the_disk_is_not_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, add: Callable[[tarfile.TarFile], None], problem: str
) -> None:
    """Neither a file with holes nor one that does not fit is written; nothing stays behind."""
    archive = tmp_path / "b.tar.gz"
    with tarfile.open(archive, "w:gz") as tar:
        add(tar)
    monkeypatch.setattr(backup, "ROOM_LEFT", 1 << 62)
    with pytest.raises(InvalidInput) as raised:
        restore_backup(archive, tmp_path / "into")
    assert problem in str(raised.value)
    assert list(tmp_path.iterdir()) == [archive]
