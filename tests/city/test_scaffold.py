"""A new pack is in order from the first minute."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonweal.city import check_city, load_city, scaffold_city
from commonweal.city.places import MapFrame
from commonweal.city.scaffold import STARTER
from commonweal.errors import InvalidRequest, WorkspaceError
from commonweal.sources.mapping import read_mapping


def test_a_new_pack_passes_the_check(tmp_path: Path) -> None:
    """The pack loads, with two approximate areas, a measure and a mapping file that is in order too."""
    folder = tmp_path / "springfield"
    scaffold_city(folder, city_id="springfield", name="Springfield", time_zone="America/Chicago")
    assert check_city(folder) == ()
    city = load_city(folder)
    assert (city.id, city.name, city.time_zone) == ("springfield", "Springfield", "America/Chicago")
    assert all(area.approximate for area in city.areas.values())
    mapping = read_mapping(folder / "maps" / "crime_reports.toml")
    assert (mapping.kind, mapping.source) == ("crimes", "crime_reports")
    assert [one.name for one in tmp_path.iterdir()] == ["springfield"]


def test_a_new_pack_with_everything_given(tmp_path: Path) -> None:
    """Languages get an empty file of texts each; the frame holds the example stations."""
    scaffold_city(
        tmp_path,
        city_id="sao-paulo",
        name='São Paulo "SP" \\ #1',
        time_zone="America/Sao_Paulo",
        languages=("pt", "es", "en"),
        area_title='"distrito"',
        frame=MapFrame(-46.9, -24.1, -46.3, -23.3),
    )
    city = load_city(tmp_path)
    assert (city.name, city.area_title) == ('São Paulo "SP" \\ #1', '"distrito"')
    assert sorted(one.name for one in (tmp_path / "texts").iterdir()) == ["en.csv", "es.csv"]
    assert city.frame == MapFrame(-46.9, -24.1, -46.3, -23.3)


def test_every_commented_example_is_in_order(tmp_path: Path) -> None:
    """A new user may take away the # of any example in city.toml and measures.toml, and the pack stays in order."""
    scaffold_city(
        tmp_path,
        city_id="springfield",
        name="Springfield",
        time_zone="America/Chicago",
        languages=("en", "es"),
    )
    for file, titles in (
        ("city.toml", ("[[sources]]", "[[breaks]]", "[names]")),
        ("measures.toml", ("[robberies_cleared]",)),
    ):
        lines, open_now = [], False
        for line in (tmp_path / file).read_text(encoding="utf-8").splitlines():
            bare = line.removeprefix("# ")
            open_now = line.startswith("# ") and (open_now or bare.split(" ")[0] in titles)
            lines.append(bare if open_now or bare.startswith(("population", "covers_")) else line)
        (tmp_path / file).write_text("\n".join(lines), encoding="utf-8")
    assert check_city(tmp_path) == ()
    city = load_city(tmp_path)
    assert (len(city.sources), len(city.breaks), len(city.measures), city.population) == (2, 1, 2, 114394)


def test_the_read_me_names_the_columns_that_are_needed(tmp_path: Path) -> None:
    """The table of optional files in the new pack's README names the required columns of each."""
    scaffold_city(tmp_path, city_id="springfield", name="Springfield", time_zone="America/Chicago")
    text = (STARTER / "README.md").read_text(encoding="utf-8")
    for file in ("programs.csv", "figures.csv", "commitments.csv", "events.csv"):
        (line,) = [one for one in text.splitlines() if one.startswith(f"| `{file}`")]
        named = {part.split(" ")[0] for part in line.split("|")[3].replace(")", "").strip().split(", ")}
        with (tmp_path / file).open(encoding="utf-8", newline="") as lines:
            header = next(csv.reader(lines))
        needed = [one for one in header if one in named]
        (tmp_path / file).write_text(
            ",".join(one for one in header if one in needed) + "\n", encoding="utf-8"
        )
    assert check_city(tmp_path) == ()


@pytest.mark.parametrize(
    ("given_values", "field"),
    [
        ({"city_id": "St. James"}, "id"),
        ({"city_id": ""}, "id"),
        ({"name": ""}, "name"),
        ({"name": "two\nlines"}, "name"),
        ({"time_zone": "Mars/Base"}, "time_zone"),
        ({"languages": ()}, "languages"),
        ({"languages": ("en", "en")}, "languages"),
        ({"languages": ("en", "English")}, "languages"),
        ({"area_title": " "}, "area_title"),
        ({"frame": MapFrame(10, 0, 5, 1)}, "west"),
        ({"frame": MapFrame(float("nan"), 0, 5, 1)}, "west"),
    ],
)
def test_what_is_given_is_checked(tmp_path: Path, given_values: dict[str, object], field: str) -> None:
    """A wrong value is named, and nothing is made."""
    usual: dict[str, object] = {
        "city_id": "springfield",
        "name": "Springfield",
        "time_zone": "America/Chicago",
    }
    folder = tmp_path / "new"
    with pytest.raises(InvalidRequest, match="No pack was made") as caught:
        scaffold_city(folder, **{**usual, **given_values})  # type: ignore[arg-type]
    assert field in {one.field for one in caught.value.problems}
    assert not folder.exists()


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    """Nothing is overwritten."""
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(WorkspaceError, match="not empty"):
        scaffold_city(tmp_path, city_id="springfield", name="Springfield", time_zone="America/Chicago")
    assert [one.name for one in tmp_path.iterdir()] == ["mine.txt"]


@settings(max_examples=60, deadline=None)
@given(name=st.text(st.characters(codec="utf-8"), min_size=1, max_size=30))
def test_any_name_makes_a_good_pack_or_a_clear_error(
    tmp_path_factory: pytest.TempPathFactory, name: str
) -> None:
    """Quotes, dollar signs, emoji: the name comes back as it was given, or is refused."""
    folder = tmp_path_factory.mktemp("new")
    try:
        scaffold_city(folder, city_id="springfield", name=name, time_zone="America/Chicago")
    except InvalidRequest as refused:
        faulty = [one.field for one in refused.problems]
    else:
        faulty = [] if load_city(folder).name == name.strip() else ["another name"]
    assert faulty in ([], ["name"])
