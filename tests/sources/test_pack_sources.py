"""Tables of facts that a pack itself carries."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from make_city import make_city, make_source

from commonweal.city.loading import load_city
from commonweal.errors import InvalidPack, NotFound
from commonweal.sources.load import find_pack_table, load_pack_sources
from commonweal.sources.mapping import find_mapping

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("name", ["los-angeles", "toronto", "toy", "chicago", "seattle", "san-francisco"])
def test_tables_that_a_pack_carries_load_without_a_rejected_row(packs: Path, name: str) -> None:
    """What ships with the program needs no repair, and each source with such a table gives records."""
    city = load_city(packs / name)
    loaded = load_pack_sources(city, now=NOW)
    carried = [source.id for source in city.sources.values() if source.protocol == "pack"]
    assert [one.parsed.provenance.source for one in loaded] == carried
    for one in loaded:
        assert one.parsed.rejected.is_empty(), one.parsed.rejected
        assert one.parsed.table.height > 0


def test_every_table_that_is_missing_is_named(tmp_path: Path) -> None:
    """All sources without their table are listed at once."""
    sources = [make_source(name, "counts", protocol="pack", dataset=f"{name}.csv") for name in ("one", "two")]
    with pytest.raises(InvalidPack) as caught:
        load_pack_sources(make_city(sources, folder=tmp_path), now=NOW)
    assert [problem.value for problem in caught.value.problems] == ["one.csv", "two.csv"]


def test_a_pack_reads_nothing_outside_its_folder(tmp_path: Path) -> None:
    """A table is found by its path or its name in the pack, and a path that leads out is none."""
    pack = tmp_path / "pack"
    (pack / "records").mkdir(parents=True)
    (pack / "records" / "a.csv").write_text("x\n", encoding="utf-8")
    (tmp_path / "secret.csv").write_text("x\n", encoding="utf-8")
    assert {find_pack_table(pack, name) for name in ("a", "a.csv", "records/a.csv")} == {
        pack / "records" / "a.csv"
    }
    assert find_pack_table(pack, "../secret.csv") is None
    assert find_pack_table(pack, str(tmp_path / "secret.csv")) is None


def test_a_mapping_is_found_by_name_or_path(tmp_path: Path) -> None:
    """The name in the pack, with or without its ending, or any path; close names are told."""
    city = make_city([], folder=tmp_path / "pack")
    maps = tmp_path / "pack" / "maps"
    maps.mkdir(parents=True)
    (maps / "crime.toml").touch()
    (tmp_path / "other.toml").touch()
    assert find_mapping(city, "crime") == find_mapping(city, "crime.toml") == maps / "crime.toml"
    assert find_mapping(city, tmp_path / "other.toml") == tmp_path / "other.toml"
    with pytest.raises(NotFound, match=r"no mapping file named 'crimes'\. Did you mean crime\?"):
        find_mapping(city, "crimes")
