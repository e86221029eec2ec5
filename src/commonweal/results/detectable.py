"""What two periods of a given size could show: say it before an evaluation, not after."""

from __future__ import annotations

import math

from scipy import special

from commonweal.results.score import LEVEL, z_value

POWER = 0.80
"""Chance of seeing the drop that is called detectable."""


def detectable_drop(
    baseline: float,
    *,
    exposure_ratio: float = 1.0,
    overdispersion: float = 1.0,
    level: float = LEVEL,
    power: float = POWER,
) -> float | None:
    """Return the smallest drop, in percent, that would be seen with the given power.

    The square root of a Poisson count has variance 1/4 whatever its mean, so two counts with exposure ratio r
    differ visibly once √b − √(c/r) exceeds k = (z + z_power)/2 · √(1 + 1/r) · √φ, and the detectable drop is
    1 − (√b − k)²/b. For two equal periods, 95 % and 80 % power, k = 1.98: a base of 100 shows a drop of 36 %.

    Parameters
    ----------
    baseline : float
        Expected count of the baseline period.
    exposure_ratio : float
        Exposure of the current period over that of the baseline.
    overdispersion : float
        φ ≥ 1.
    level, power : float
        Confidence of the test and chance of seeing the drop.

    Returns
    -------
    float or None
        Percent; none where not even a fall to zero would be seen.

    References
    ----------
    Anscombe (1948), Biometrika 35, 246–254; Huffman (1984), Applied Statistics 33, 224–226.
    """
    reach = (z_value(level) + float(special.ndtri(power))) / 2
    k = reach * math.sqrt((1 + 1 / exposure_ratio) * overdispersion)
    root = math.sqrt(max(baseline, 0.0))
    if root <= k:
        return None
    return 100 * (1 - (root - k) ** 2 / baseline)
