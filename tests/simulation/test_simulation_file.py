"""What a pack tells the generator is checked: every problem at once, in words."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from commonweal.city import load_city
from commonweal.city.pack import City
from commonweal.errors import InvalidPack, NotFound
from commonweal.sources.simulation import check_simulation, find_simulation, simulate_year


@pytest.fixture
def city(packs: Path, tmp_path: Path) -> City:
    """Load Los Angeles, with a folder of its own for the file that is changed."""
    loaded = load_city(packs / "los-angeles")
    (tmp_path / "records").mkdir()
    shutil.copy(packs / "los-angeles" / "simulation.toml", tmp_path)
    shutil.copy(packs / "los-angeles" / "records" / "crime_yearly_by_area.csv", tmp_path / "records")
    return replace(loaded, folder=tmp_path)


def change(city: City, *pairs: tuple[str, str]) -> list[str]:
    path = city.folder / "simulation.toml"
    text = path.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    return [str(problem) for problem in check_simulation(city)]


def test_the_shipped_file_is_in_order(city: City) -> None:
    """The file of Los Angeles has no problem, and its weights add up to 1."""
    assert check_simulation(city) == ()
    simulation = find_simulation(city)
    assert simulation is not None
    assert sum(simulation.places.area_weights.values()) == pytest.approx(1)
    assert set(simulation.places.area_weights) == set(city.areas)


def test_a_city_without_the_file_has_nothing_simulated(city: City) -> None:
    """The file may be left out: then nothing is simulated, and asking for it says why."""
    (city.folder / "simulation.toml").unlink()
    assert find_simulation(city) is None
    assert check_simulation(city) == ()
    with pytest.raises(NotFound, match=r"no simulation\.toml"):
        simulate_year(city, year=2024, seed=1)


def test_all_problems_are_told_at_once(city: City) -> None:
    """Faults in every part of the file are told in one go, each with its place, its value and what is allowed."""
    problems = change(
        city,
        ("schema = 1", "schema = 2"),
        ('figure = "snl-served"', 'figure = "snl-serve"'),
        ("on = 2024-06-08", "on = 2025-06-08"),
        ("weekdays = [5] }", "weekdays = [8] }"),
        ("busy = 0.2", "busy = 2"),
        ("[units.engine]", "[units.engines]"),
        ("median_s = 6, p90_s = 14", "median_s = 6, p90_s = 4"),
        ('total = 120000\nwhy = "Assumed.', 'total = -1\nwhy = "'),
        ("alarm = 0.05", "alarms = 0.05"),
        ("share = 0.125", "share = 0.225"),
        ('priority = "critical"', 'priority = "urgent"'),
        ('area = "area", value = "crimes"', 'area = "area", value = "crime"'),
    )
    for part in (
        "schema = '2': must be 1",
        "must be a known name; did you mean snl-served",
        "must lie in the figure's span, 2024-01-01 to 2024-11-30",
        "Monday = 1 to Sunday = 7",
        "[travel] busy = '2': must be a number from 0 to 0.95",
        "fleet.csv has no such unit type; did you mean engine?",
        "must be more than median_s, which is 6",
        "total = '-1': must be a whole number from 0",
        "there is no such name; did you mean alarm?",
        "the shares must add up to 1; they add up to 1.1",
        "must be one of: critical, emergent, lower_acuity, non_acute",
        "has no such column; did you mean crimes?",
    ):
        assert any(part in problem for problem in problems), part
    with pytest.raises(InvalidPack, match=f"{len(problems)} problems"):
        find_simulation(city)


def test_unknown_keys_and_areas_are_told(city: City) -> None:
    """A misspelled key and a row of the weights for an unknown area are problems, not silence."""
    weights = city.folder / "records" / "crime_yearly_by_area.csv"
    weights.write_text(
        weights.read_text(encoding="utf-8") + "2023,Atlantis,Other,5,0\n2023,Newton,Other,x,0\n"
    )
    problems = change(city, ("spread_km = 1.5", "spread_miles = 1.5"))
    assert any("spread_miles" in problem and "did you mean" in problem for problem in problems)
    assert any("'Atlantis': areas.csv has no such area" in problem for problem in problems)
    assert any("crimes = 'x': must be a number" in problem for problem in problems)


def test_a_total_needs_a_figure_or_a_reason(city: City) -> None:
    """A total that is assumed must say why; one that is published must not be given a second time."""
    problems = change(
        city, ('figure = "lafd-calls"', 'figure = "lafd-calls"\ntotal = 5'), ("why = ", "# why = ")
    )
    assert any("give a figure or a total, not both" in problem for problem in problems)
    assert any("an assumed total needs its reason" in problem for problem in problems)


def test_weights_outside_the_pack_are_refused(city: City) -> None:
    """The table of weights is a file of the pack: a path that leaves it is refused."""
    problems = change(city, ('file = "records/crime_yearly_by_area.csv"', 'file = "../../etc/passwd"'))
    assert problems == [
        "simulation.toml: [places.weights] file = '../../etc/passwd': there is no such file in the pack"
    ]


def test_a_file_that_is_no_toml_is_told(city: City) -> None:
    """A file that cannot be read as TOML is one problem with its line."""
    (city.folder / "simulation.toml").write_text("schema = \n", encoding="utf-8")
    (problem,) = check_simulation(city)
    assert "line 1" in problem.message


def test_areas_without_polygons_are_told(city: City) -> None:
    """A place cannot be drawn in an area that has no polygon."""
    areas = {name: replace(area, geometry=None) for name, area in city.areas.items()}
    problems = check_simulation(replace(city, areas=areas))
    assert len(problems) == len(city.areas)
    assert "no polygon" in problems[0].message
