"""A simulated year, where no real record can be had: seeded, calibrated to published totals, always marked.

Public names
------------
simulate_year : tables of calls, responses and program activity, with their provenance
find_simulation, check_simulation : what a pack tells the generator; every problem of it
list_calibration : each published figure, and what the records add up to
"""

from __future__ import annotations

from commonweal.sources.simulation.calibration import Calibrated, list_calibration
from commonweal.sources.simulation.parameters import Simulation
from commonweal.sources.simulation.reading import check_simulation, find_simulation
from commonweal.sources.simulation.year import simulate_with, simulate_year

__all__ = [
    "Calibrated",
    "Simulation",
    "check_simulation",
    "find_simulation",
    "list_calibration",
    "simulate_with",
    "simulate_year",
]
