"""Backups: whole or not at all."""

from __future__ import annotations

import io
import json
import tarfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from commonweal.config import Workspace, create_workspace
from commonweal.errors import InvalidInput, StoreBusy, WorkspaceError
from commonweal.store import Publication, Store
from commonweal.store.backup import restore_backup, write_backup
from commonweal.store.lock import hold_lock

MakePublication = Callable[..., Publication]


@pytest.fixture
def workspace(tmp_path: Path, make_activities: MakePublication) -> Workspace:
    """Make a workspace with a pack, a store with history, and a cache."""
    made = create_workspace(tmp_path / "ws", "toy")
    made.city.mkdir()
    (made.city / "city.toml").write_text('id = "toy"\n', encoding="utf-8")
    (made.city / "areas.csv").write_text("id,name\nañejo,Añejo\n", encoding="utf-8")
    store = Store(made.store)
    for quantity in (1.0, 2.0):
        one = make_activities(quantity)
        store.publish(one.kind, one.table, one.rejected, one.provenance)
    made.cache.mkdir()
    (made.cache / "chart.svg").write_text("<svg/>", encoding="utf-8")
    return made


def list_files(root: Path) -> dict[str, bytes]:
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}


@pytest.mark.parametrize("name", ["b.tar", "b.tar.gz", "b.tgz"])
def test_a_restored_workspace_is_the_one_that_was_backed_up(
    workspace: Workspace, tmp_path: Path, name: str
) -> None:
    """Every file of pack and store comes back byte for byte; cache and lock do not."""
    written = write_backup(workspace.root, tmp_path / name)
    restored = restore_backup(tmp_path / name, tmp_path / "again" / "ws")
    expected = {
        path: content
        for path, content in list_files(workspace.root).items()
        if not path.startswith("cache/") and path != "store/lock"
    }
    assert list_files(tmp_path / "again" / "ws") == expected
    assert (written.files, written.bytes) == (restored.files, restored.bytes)
    assert written.files == len(expected)
    before, after = Store(workspace.store), Store(tmp_path / "again" / "ws" / "store")
    assert after.fingerprint() == before.fingerprint()
    assert after.read("activities").equals(before.read("activities"))
    assert [s.id for s in after.list_snapshots()] == [s.id for s in before.list_snapshots()]


def test_a_cut_archive_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    """An archive cut at any of many places restores nothing and leaves nothing behind."""
    archive = tmp_path / "b.tar"
    write_backup(workspace.root, archive)
    whole = archive.read_bytes()
    cut = tmp_path / "cut.tar"
    last_header = whole.rindex(b"manifest.json")
    for length in [*range(0, last_header, 997), last_header + 300, last_header + 600]:
        cut.write_bytes(whole[:length])
        with pytest.raises(InvalidInput, match="Nothing was restored"):
            restore_backup(cut, tmp_path / "again")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["b.tar", "cut.tar", "ws"]


def test_a_changed_byte_is_found(workspace: Workspace, tmp_path: Path) -> None:
    """One flipped bit in a file of the archive is named with the file."""
    archive = tmp_path / "b.tar"
    write_backup(workspace.root, archive)
    content = bytearray(archive.read_bytes())
    content[content.index(b'id = "toy"')] ^= 1
    archive.write_bytes(content)
    with pytest.raises(InvalidInput) as caught:
        restore_backup(archive, tmp_path / "again")
    assert [(p.value, p.message) for p in caught.value.problems] == [
        ("city/city.toml", "its content is not what its hash says")
    ]
    assert not (tmp_path / "again").exists()


def pack(archive: Path, files: dict[str, bytes], extra: list[tarfile.TarInfo] = []) -> None:  # noqa: B006
    entries = [{"path": n, "size": len(c), "sha256": sha256(c).hexdigest()} for n, c in files.items()]
    manifest = json.dumps({"version": 1, "files": entries}).encode()
    with tarfile.open(archive, "w") as tar:
        for name, content in {**files, "manifest.json": manifest}.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
        for member in extra:
            tar.addfile(member)


@pytest.mark.parametrize(
    "name",
    [
        "../evil",
        "/evil",
        "city/../../evil",
        "city/./x",
        "evil.sh",
        "city",
        "reports/x",
        "city\\..\\x",
        ".bashrc",
    ],
)
def test_paths_that_leave_the_workspace_are_refused(tmp_path: Path, name: str) -> None:
    """A path that climbs out, or names something that a backup never holds, restores nothing."""
    pack(tmp_path / "b.tar", {"commonweal.toml": b"", name: b"x"})
    with pytest.raises(InvalidInput) as caught:
        restore_backup(tmp_path / "b.tar", tmp_path / "in" / "ws")
    assert name in {p.value for p in caught.value.problems}
    assert [p.name for p in tmp_path.iterdir() if p.name != "in"] == ["b.tar"]
    assert not any((tmp_path / "in").iterdir())


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE]
)
def test_links_folders_and_devices_are_refused(tmp_path: Path, kind: bytes) -> None:
    """Only plain files are restored."""
    link = tarfile.TarInfo("city/link")
    link.type, link.linkname = kind, "/etc/passwd"
    pack(tmp_path / "b.tar", {"commonweal.toml": b""}, [link])
    with pytest.raises(InvalidInput, match="only plain files"):
        restore_backup(tmp_path / "b.tar", tmp_path / "again")


def test_files_outside_the_manifest_and_missing_ones_are_all_named(tmp_path: Path) -> None:
    """The manifest and the archive must name the same files; every difference is listed."""
    pack(tmp_path / "b.tar", {"commonweal.toml": b"", "city/a": b"a", "city/b": b"b"})
    with tarfile.open(tmp_path / "b.tar") as tar:
        members = {m.name: tar.extractfile(m).read() for m in tar}  # type: ignore[union-attr]
    del members["city/a"]
    members = {"city/c": b"c", **members}
    with tarfile.open(tmp_path / "c.tar", "w") as tar:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    with pytest.raises(InvalidInput) as caught:
        restore_backup(tmp_path / "c.tar", tmp_path / "again")
    assert [(p.value, p.message) for p in caught.value.problems] == [
        ("city/a", "this file is missing"),
        ("city/c", "this file is not in the manifest"),
    ]


def test_nothing_is_overwritten(workspace: Workspace, tmp_path: Path) -> None:
    """A folder that holds something is not restored into; an empty one is."""
    write_backup(workspace.root, tmp_path / "b.tar")
    with pytest.raises(WorkspaceError, match="not empty"):
        restore_backup(tmp_path / "b.tar", workspace.root)
    (tmp_path / "empty").mkdir()
    restore_backup(tmp_path / "b.tar", tmp_path / "empty")
    assert (tmp_path / "empty" / "commonweal.toml").is_file()


def test_names_and_places_of_archives_are_checked(workspace: Workspace, tmp_path: Path) -> None:
    """An archive has a known ending and lies outside of what it holds; what is no workspace has no backup."""
    for archive in (tmp_path / "b.zip", workspace.city / "b.tar", tmp_path / "nowhere" / "b.tar"):
        with pytest.raises(InvalidInput):
            write_backup(workspace.root, archive)
    with pytest.raises(WorkspaceError):
        write_backup(tmp_path, tmp_path / "b.tar")
    with hold_lock(workspace.store / "lock"), pytest.raises(StoreBusy):
        write_backup(workspace.root, tmp_path / "b.tar")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["ws"]


def test_symbolic_links_are_left_out(workspace: Workspace, tmp_path: Path) -> None:
    """A link in the pack is not followed: what it points to may not be the city's to share."""
    (workspace.city / "link").symlink_to("/etc/hostname")
    write_backup(workspace.root, tmp_path / "b.tar")
    with tarfile.open(tmp_path / "b.tar") as tar:
        assert "city/link" not in tar.getnames()
