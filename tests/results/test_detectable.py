"""What two periods could show."""

from __future__ import annotations

import numpy as np
import pytest

from commonweal.results.detectable import detectable_drop
from commonweal.results.score import score_interval


@pytest.mark.parametrize(
    ("base", "drop"), [(25, 63.5), (50, 48), (100, 36), (250, 24), (400, 19), (1000, 12)]
)
def test_reference_table(base: int, drop: float) -> None:
    """The detectable drop is that of the reference table, 1 − (√b − 1.98)²/b."""
    found = detectable_drop(base)
    assert found is not None
    assert found == pytest.approx(drop, abs=0.1 if base == 25 else 0.55)  # the table rounds to whole percents
    assert found == pytest.approx(100 * (1 - (base**0.5 - 1.98) ** 2 / base), abs=0.05)


def test_nothing_detectable_from_a_handful() -> None:
    """From three events not even a fall to zero would be seen."""
    assert detectable_drop(3) is None
    assert detectable_drop(0) is None
    assert detectable_drop(12, overdispersion=4.0) is None


@pytest.mark.parametrize(("base", "ratio", "phi"), [(100, 1.0, 1.0), (400, 1.0, 2.0), (300, 1 / 3, 1.0)])
def test_power_in_simulation(base: int, ratio: float, phi: float) -> None:
    """The drop called detectable is seen in 77 to 83 of 100 simulated pairs, with unequal exposure and φ too."""
    drop = detectable_drop(base, exposure_ratio=ratio, overdispersion=phi)
    assert drop is not None
    rng = np.random.default_rng(20240311)
    before, after = (phi * rng.poisson(mean / phi, 3000) for mean in (base, base * ratio * (1 - drop / 100)))
    seen = [
        score_interval(b, c, exposure_ratio=ratio, overdispersion=phi).high < 1
        for b, c in zip(before, after, strict=True)
    ]
    assert np.mean(seen) == pytest.approx(0.80, abs=0.03)
