"""Approximate areas are replaced by official polygons, all of them or none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import shapely
from broken_pack import BrokenPack

from commonweal.city import check_city, copy_pack, load_city, write_areas
from commonweal.errors import InvalidPack, InvalidRequest, NotFound, WorkspaceError

SQUARES = {"RIVER-SIDE": (-90, 40), "hilltop": (-89, 40), "District 3": (-90, 41), "Old  Town": (-89, 41)}


def make_feature(name: object, west: float, south: float, *, size: float = 1.0) -> dict[str, object]:
    ring = [(0, 0), (size, 0), (size, size), (0, size), (0, 0)]
    square = [[west + x, south + y] for x, y in ring]
    return {
        "type": "Feature",
        "properties": {"NAME": name, "code": 7},
        "geometry": {"type": "Polygon", "coordinates": [square]},
    }


def write_features(path: Path, features: list[dict[str, object]]) -> Path:
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


@pytest.fixture
def squares(tmp_path: Path) -> Path:
    """Write official polygons of the toy city, in other spellings."""
    return write_features(tmp_path / "official.geojson", [make_feature(n, *at) for n, at in SQUARES.items()])


def read_all(folder: Path) -> dict[str, bytes]:
    """Return the content of every file of a folder."""
    return {str(one.relative_to(folder)): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


def test_names_match_in_any_spelling(pack: BrokenPack, squares: Path) -> None:
    """Polygons find their area by name, identifier or alias; only the identifier is written."""
    (pack.folder / "areas.geojson").unlink()
    assert all(area.approximate for area in load_city(pack.folder).areas.values())
    replaced = write_areas(pack.folder, squares, name_property="NAME")
    assert (replaced.matched, replaced.created, replaced.joined) == (4, (), ())
    city = load_city(pack.folder)
    assert not any(area.approximate for area in city.areas.values())
    assert [area.geometry.bounds for area in city.areas.values() if area.geometry] == [
        (-90, 40, -89, 41), (-89, 40, -88, 41), (-90, 41, -89, 42), (-89, 41, -88, 42),
    ]  # fmt: skip
    written = json.loads((pack.folder / "areas.geojson").read_text())
    assert written["approximate"] is False
    assert [one["properties"] for one in written["features"]] == [{"id": area} for area in city.areas]


def test_the_same_file_twice_gives_the_same_bytes(pack: BrokenPack, squares: Path) -> None:
    """Writing is repeatable."""
    write_areas(pack.folder, squares, name_property="NAME")
    first = read_all(pack.folder)
    write_areas(pack.folder, squares, name_property="NAME")
    assert read_all(pack.folder) == first


def test_every_problem_at_once_and_nothing_written(pack: BrokenPack, tmp_path: Path) -> None:
    """Unknown names, areas without a polygon, doubles and faulty polygons come together; the pack stays as it was."""
    before = read_all(pack.folder)
    features = [
        make_feature("Riverside", -90, 40),
        make_feature("Hilltopp", -89, 40),
        make_feature("Harbor", -90, 41),
        make_feature("Harbour", -90, 41),
        make_feature(None, -90, 41),
        {"type": "Feature", "properties": {"NAME": "Old Town"}, "geometry": None},
    ]
    file = write_features(tmp_path / "official.geojson", features)
    with pytest.raises(InvalidRequest, match="Nothing was written") as caught:
        write_areas(pack.folder, file, name_property="NAME")
    assert [(one.where, one.field, one.value) for one in caught.value.problems] == [
        ("official.geojson feature 2", "NAME", "Hilltopp"),
        ("official.geojson feature 4", "NAME", "Harbour"),
        ("official.geojson feature 5", "NAME", None),
        ("official.geojson feature 6", "geometry", "Old Town"),
        ("official.geojson", "NAME", "hilltop"),
    ]
    assert "did you mean Hilltop?" in caught.value.problems[0].message
    assert "--create" in caught.value.message
    assert read_all(pack.folder) == before


def test_new_areas_are_added_when_asked_for(pack: BrokenPack, tmp_path: Path) -> None:
    """With ``create``, names that are not known become areas at the end of areas.csv, whose text stays."""
    before = (pack.folder / "areas.csv").read_text()
    features = [make_feature(name, *at, size=0.5) for name, at in SQUARES.items()]
    features += [make_feature("St. Peter’s Péninsule", -89.5, 40.5, size=0.25)]
    file = write_features(tmp_path / "official.geojson", features)
    replaced = write_areas(pack.folder, file, name_property="NAME", create=True)
    assert replaced.created == ("st-peters-peninsule",)
    assert (
        pack.folder / "areas.csv"
    ).read_text() == before + "st-peters-peninsule,St. Peter’s Péninsule,,,\n"
    assert load_city(pack.folder).areas["st-peters-peninsule"].name == "St. Peter’s Péninsule"


def test_a_name_without_latin_letters_is_not_guessed(pack: BrokenPack, tmp_path: Path) -> None:
    """No identifier is made of a name in another script; the message says what to do."""
    features = [make_feature(name, *at) for name, at in SQUARES.items()] + [make_feature("강남구", -90, 40)]
    file = write_features(tmp_path / "official.geojson", features)
    with pytest.raises(InvalidRequest) as caught:
        write_areas(pack.folder, file, name_property="NAME", create=True)
    assert [(one.value, "by hand" in one.message) for one in caught.value.problems] == [("강남구", True)]


def test_features_of_one_name_are_joined(pack: BrokenPack, tmp_path: Path) -> None:
    """An area of two islands, one feature each, becomes one polygon of two parts."""
    features = [make_feature(name, *at, size=0.4) for name, at in SQUARES.items()]
    file = write_features(
        tmp_path / "official.geojson", [*features, make_feature("Hilltop", -88.5, 40.5, size=0.4)]
    )
    assert write_areas(pack.folder, file, name_property="NAME").joined == ("hilltop",)
    geometry = load_city(pack.folder).areas["hilltop"].geometry
    assert geometry is not None
    assert geometry.geom_type == "MultiPolygon"
    assert geometry.area == pytest.approx(2 * 0.4**2)


def test_a_frame_that_is_too_small_is_one_problem(pack: BrokenPack, squares: Path) -> None:
    """Polygons that leave the map name the frame that would hold them."""
    pack.replace("city.toml", "west = -90", "west = -89.9")
    with pytest.raises(InvalidRequest) as caught:
        write_areas(pack.folder, squares, name_property="NAME")
    (problem,) = caught.value.problems
    assert problem.value == "riverside, harbor"
    assert "[map] west = -90, south = 40, east = -88, north = 42" in problem.message


def test_a_property_that_is_not_there(pack: BrokenPack, squares: Path) -> None:
    """One problem says which properties the file has."""
    with pytest.raises(InvalidRequest) as caught:
        write_areas(pack.folder, squares, name_property="name")
    (problem,) = caught.value.problems
    assert "NAME" in problem.message


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"features": []}', b"\xff\xfe", b'{"features": [1, null]}']
)
def test_files_that_are_no_polygons(pack: BrokenPack, tmp_path: Path, content: bytes) -> None:
    """A file that is no GeoJSON is refused, and nothing is written."""
    before = read_all(pack.folder)
    file = tmp_path / "official.geojson"
    file.write_bytes(content)
    with pytest.raises(InvalidRequest, match="Nothing was written"):
        write_areas(pack.folder, file, name_property="NAME")
    assert read_all(pack.folder) == before


def test_missing_files_and_broken_packs(pack: BrokenPack, squares: Path) -> None:
    """A missing file is not found; a pack whose areas are out of order is put in order first."""
    with pytest.raises(NotFound, match="no file"):
        write_areas(pack.folder, squares.with_name("nothing.geojson"))
    with pytest.raises(NotFound, match="no folder"):
        write_areas(pack.folder / "nothing", squares)
    pack.replace("areas.csv", "hilltop,", "Hill Top,")
    with pytest.raises(InvalidPack, match="in order first"):
        write_areas(pack.folder, squares, name_property="NAME")


def test_a_crash_between_two_files_leaves_the_old_pack(
    pack: BrokenPack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the second file cannot be put in place, the first one is taken back."""
    before = read_all(pack.folder)
    put = Path.replace

    def fail_on_areas(self: Path, target: Path) -> Path:
        if Path(target).name == "areas.csv":
            raise OSError(28, "No space left on device")
        return put(self, target)

    monkeypatch.setattr(Path, "replace", fail_on_areas)
    features = [make_feature(name, *at, size=0.5) for name, at in SQUARES.items()]
    file = write_features(
        tmp_path / "official.geojson", [*features, make_feature("Quay", -89.4, 40.6, size=0.1)]
    )
    with pytest.raises(WorkspaceError, match="is as it was"):
        write_areas(pack.folder, file, name_property="NAME", create=True)
    assert read_all(pack.folder) == before


@pytest.mark.real
def test_official_police_areas_of_los_angeles(packs: Path, real_data: Path, tmp_path: Path) -> None:
    """The 21 real polygons, named in capitals, replace the nearest-station areas of the pack."""
    folder = tmp_path / "los-angeles"
    copy_pack(packs / "los-angeles", folder)
    (folder / "areas.geojson").unlink(missing_ok=True)
    file = real_data / "los-angeles" / "police_areas.geojson"
    assert write_areas(folder, file, name_property="name").matched == 21
    assert check_city(folder) == ()
    city = load_city(folder)
    assert not any(area.approximate for area in city.areas.values())
    real = {
        one["properties"]["name"]: shapely.from_geojson(json.dumps(one["geometry"]))
        for one in json.loads(file.read_text())["features"]
    }
    for name, polygon in real.items():
        (found,) = [
            area
            for area in city.areas.values()
            if area.geometry is not None and area.geometry.symmetric_difference(polygon).area < 1e-7
        ]
        assert {found.name.upper(), *(one.upper() for one in found.aliases)} & {name, f"{name} AREA"}


@pytest.mark.real
def test_140_neighborhoods_of_toronto_are_created(packs: Path, real_data: Path, tmp_path: Path) -> None:
    """A pack without areas gets the 140 real neighborhoods with ``create``, and its own list matches all of them."""
    file = real_data / "toronto" / "neighborhoods.geojson"
    known, empty = tmp_path / "known", tmp_path / "empty"
    copy_pack(packs / "toronto", known)
    copy_pack(packs / "toronto", empty)
    (empty / "areas.csv").write_text("id,name,aliases,population,population_source\n")
    replaced = write_areas(known, file, name_property="name")
    assert (replaced.matched, replaced.created) == (140, ())
    replaced = write_areas(empty, file, name_property="name", create=True)
    assert (replaced.matched, len(replaced.created)) == (140, 140)
    assert check_city(known) == check_city(empty) == ()
