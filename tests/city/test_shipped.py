"""Packs that ship with the program are found and copied."""

from __future__ import annotations

from pathlib import Path

import pytest
from broken_pack import BrokenPack

from commonweal.city import check_city, copy_pack, find_pack, list_packs, shipped
from commonweal.errors import InvalidPack, NotFound, WorkspaceError


def test_shipped_packs_are_listed_and_found(packs: Path) -> None:
    """Every folder of the repository's cities that holds a city.toml is found by its name."""
    assert list_packs() == tuple(sorted(one.parent.name for one in packs.glob("*/city.toml")))
    assert find_pack("los-angeles").resolve() == (packs / "los-angeles").resolve()


def test_an_installed_program_uses_its_own_packs(
    pack: BrokenPack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The packs inside the installed package go before those beside the sources."""
    installed = tmp_path / "_packs"
    copy_pack(pack.folder, installed / "springfield")
    monkeypatch.setattr(shipped, "INSTALLED", installed)
    assert list_packs() == ("springfield",)
    assert find_pack("springfield") == installed / "springfield"


def test_a_path_is_a_pack_too(pack: BrokenPack, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that holds city.toml is found by its path; a plain name means the shipped pack first."""
    assert find_pack(str(pack.folder)) == pack.folder
    monkeypatch.chdir(pack.folder.parent)
    assert find_pack("./toy") == Path("toy")
    assert find_pack("toy") != Path("toy")


@pytest.mark.parametrize(
    ("name", "words"), [("los-angles", "Did you mean los-angeles"), ("", "Known"), ("x/y", "Known")]
)
def test_an_unknown_pack_names_the_known_ones(name: str, words: str) -> None:
    """What is not found says what there is."""
    with pytest.raises(NotFound, match=words):
        find_pack(name)


def test_a_folder_without_a_city(tmp_path: Path) -> None:
    """A folder without city.toml is no pack, and the message says so."""
    with pytest.raises(NotFound, match=r"holds no city\.toml"):
        find_pack(str(tmp_path))


def test_a_copy_is_whole(packs: Path, tmp_path: Path) -> None:
    """A copy holds every file of the pack and passes the check; hidden files stay behind."""
    copied = tmp_path / "deep" / "city"
    copy_pack(packs / "toy", copied)
    original = {one.relative_to(packs / "toy") for one in (packs / "toy").rglob("*") if one.is_file()}
    assert {one.relative_to(copied) for one in copied.rglob("*") if one.is_file()} == original
    assert check_city(copied) == ()
    (copied / ".git").mkdir()
    copy_pack(copied, tmp_path / "again")
    assert not (tmp_path / "again" / ".git").exists()
    assert sorted(one.name for one in tmp_path.iterdir()) == ["again", "deep"]


def test_a_copy_overwrites_nothing(pack: BrokenPack, tmp_path: Path) -> None:
    """A folder that holds something is left alone; an empty one is used."""
    taken = tmp_path / "taken"
    taken.mkdir()
    copy_pack(pack.folder, taken)
    assert check_city(taken) == ()
    with pytest.raises(WorkspaceError, match="not empty"):
        copy_pack(pack.folder, taken)
    with pytest.raises(WorkspaceError, match="not empty"):
        copy_pack(pack.folder, taken / "city.toml")


def test_links_out_of_the_pack_are_not_followed(pack: BrokenPack, tmp_path: Path) -> None:
    """A pack with a link to a file elsewhere is not copied."""
    secret = tmp_path / "secret.csv"
    secret.write_text("secret")
    (pack.folder / "records" / "secret.csv").symlink_to(secret)
    with pytest.raises(InvalidPack, match="was not copied"):
        copy_pack(pack.folder, tmp_path / "copy")
    assert not (tmp_path / "copy").exists()
