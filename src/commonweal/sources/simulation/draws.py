"""Drawing numbers of one shape: lognormal seconds, and indices by weight."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from commonweal.sources.simulation.parameters import Interval

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]


def draw_seconds(generator: np.random.Generator, interval: Interval, count: int) -> Floats:
    """Draw lognormal seconds with the interval's median and 90th percentile."""
    return generator.lognormal(interval.log_mean, interval.log_sd, count)


def draw_indices(generator: np.random.Generator, weights: Sequence[float] | Floats, count: int) -> Integers:
    """Draw indices with chances in proportion to weights, by inverting the cumulative sum."""
    cumulative = np.cumsum(np.asarray(weights, dtype=np.float64))
    uniform = generator.random(count) * cumulative[-1]
    indices: Integers = np.searchsorted(cumulative, uniform, side="right").astype(np.int64)
    return indices.clip(max=len(cumulative) - 1)
