"""Reports still to come."""

from __future__ import annotations

import numpy as np
import pytest

from commonweal.errors import InvalidRequest
from commonweal.results.finding import Refusal
from commonweal.results.reporting_delay import DelayCorrection, build_triangle, correct_reporting_delay


def simulate(
    rng: np.random.Generator, *, periods: int, level: float, phi: float = 1.0, wander: float = 0.0
) -> tuple[np.ndarray, np.ndarray]:
    """Return a full table of reports by delay and the final counts; delays may vary from period to period."""
    mean = level * np.exp(-0.1 * np.arange(periods) / 12 + 0.1 * np.sin(np.arange(periods) / 2))
    final = rng.poisson(rng.gamma(mean / (phi - 1), phi - 1) if phi > 1 else mean)
    table = np.zeros((periods, periods))
    for i, count in enumerate(final):
        at_once = rng.random(count) < 0.75 + wander * rng.normal()
        delays = np.where(at_once, 0, rng.geometric(0.5, count))
        table[i] = np.bincount(np.minimum(delays, periods - 1), minlength=periods)[:periods]
    return table, final


@pytest.mark.parametrize(
    ("periods", "level", "phi", "wander"),
    [(24, 50, 1.0, 0.0), (36, 50, 2.0, 0.0), (36, 1000, 1.0, 0.0), (36, 1000, 1.0, 0.03), (48, 10, 1.0, 0.0)],
)
@pytest.mark.parametrize("last", [1, 3, 12])
def test_hidden_recent_part_is_found_again(
    periods: int, level: float, phi: float, wander: float, last: int
) -> None:
    """With the reports of the recent part hidden, the interval holds the final count in 91 to 99 of 100 series."""
    rng = np.random.default_rng(17)
    held, ratios, made = 0, [], 0
    for _ in range(120):
        table, final = simulate(rng, periods=periods, level=level, phi=phi, wander=wander)
        found = correct_reporting_delay(table, last=last)
        if isinstance(found, Refusal):
            continue
        made += 1
        truth = final[-last:].sum()
        held += found.low <= truth <= found.high
        ratios.append(found.corrected / truth)
        assert found.observed <= found.low <= found.corrected <= found.high
    assert made > 110
    assert 0.91 <= held / made <= 0.995
    assert np.mean(ratios) == pytest.approx(1, abs=0.03)


def test_hidden_reports_are_not_looked_at() -> None:
    """Cells beyond the last diagonal change nothing."""
    table, _ = simulate(np.random.default_rng(1), periods=24, level=100)
    seen = np.where(np.arange(24)[None, :] > np.arange(24)[::-1, None], 0, table)
    assert correct_reporting_delay(table) == correct_reporting_delay(seen)


def test_equals_the_chain_ladder() -> None:
    """The corrected total is that of development factors, computed the textbook way over cumulated reports."""
    table, _ = simulate(np.random.default_rng(3), periods=20, level=200)
    total = np.cumsum(table, axis=1)
    n, longest = 20, 16
    for last in (1, 4):
        expected = 0.0
        for age in range(last):
            value = total[n - 1 - age, age]
            for k in range(age + 1, longest + 1):
                value *= total[: n - k, k].sum() / total[: n - k, k - 1].sum()
            expected += value
        found = correct_reporting_delay(table, last=last)
        assert isinstance(found, DelayCorrection)
        assert found.corrected == pytest.approx(expected)
        assert found.share_in == pytest.approx(found.observed / expected)


def test_no_delay_no_correction() -> None:
    """Where every report comes at once nothing is corrected."""
    table = np.zeros((18, 18))
    table[:, 0] = 40
    found = correct_reporting_delay(table, last=3)
    assert found == DelayCorrection(120, 120.0, 120.0, 120.0, 1.0, 14)


def test_short_or_open_records_are_refused() -> None:
    """Too few periods, delays that have not died out, an empty newest period: refused for lack of history."""
    table, _ = simulate(np.random.default_rng(3), periods=24, level=100)
    slow = np.tile(np.full(24, 10.0), (24, 1))
    empty = table.copy()
    empty[-1] = 0
    for triangle in (table[-11:], slow, empty):
        found = correct_reporting_delay(triangle)
        assert isinstance(found, Refusal)
        assert found.reason == "history"


def test_faulty_triangles_are_refused() -> None:
    """A negative cell, an empty table, or more periods than there are, are errors."""
    for triangle, last in ((np.full((14, 14), -1), 1), (np.zeros((0, 3)), 1), (np.ones((14, 14)), 15)):
        with pytest.raises(InvalidRequest):
            correct_reporting_delay(triangle, last=last)


def test_rows_become_a_triangle() -> None:
    """Rows of one cell add up; rows outside are left out."""
    cells = build_triangle([0, 0, 2, 5, 1], [1, 1, 0, 0, 9], [3, 4, 5, 6, 7], periods=3)
    assert cells.tolist() == [[0, 7, 0], [0, 0, 0], [5, 0, 0]]
