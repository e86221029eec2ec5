"""What the explanations tell as fact is what the program and its tables say."""

from __future__ import annotations

import re
from pathlib import Path

from document_steps import ROOT

from commonweal.city import load_city
from commonweal.sources.simulation import find_simulation, list_calibration, simulate_year
from commonweal.studies.demo import SEED, YEAR

NUMBER = re.compile(r"\d[\d,]*")
TOLD = {
    "calls to fire and medical": "lafd-calls",
    "calls to crisis teams": "circle-calls",
    "calls to police that another responder may take or join": None,
    "summer nights: visits": "snl-served",
    "people housed by crisis teams": "circle-housed",
    "volunteers sent to families in a crisis": "crt-deployments",
}


def read_first_number(text: str) -> int:
    """Return the first whole number of a text."""
    match = NUMBER.search(text)
    assert match, text
    return int(match[0].replace(",", ""))


def test_the_simulated_totals_are_those_of_the_generator(packs: Path) -> None:
    """Each total that the page names is what the generator was told and what it made, and the rest is counted."""
    city = load_city(packs / "los-angeles")
    simulation = find_simulation(city)
    assert simulation is not None
    tables = {kind: one.table for kind, one in simulate_year(city, year=YEAR, seed=SEED).items()}
    calibrated = list_calibration(city, simulation, tables, YEAR)
    by_figure = {one.figure: one for one in calibrated}
    page = (ROOT / "docs/explanation/what-is-simulated.md").read_text(encoding="utf-8")
    for words, figure in TOLD.items():
        row = next(line for line in page.splitlines() if line.startswith(f"| {words} |"))
        _, _, told, made, _ = row.split("|")
        assert read_first_number(told) == by_figure[figure].published
        assert read_first_number(made) == by_figure[figure].came_out
    told_apart = [one for one in calibrated if one.figure not in TOLD.values()]
    assert f"Another {len(told_apart)} figures" in page
    assert all(one.agrees for one in calibrated)
