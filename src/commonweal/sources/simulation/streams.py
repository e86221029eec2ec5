"""Named streams of random numbers: one seed, and a stream for each thing that is drawn.

A stream depends on the seed and its name only, so that drawing more of one thing changes nothing else, and two
scenarios with the same seed share the numbers of every stream they both use.
"""

from __future__ import annotations

import hashlib

import numpy as np


def open_stream(seed: int, name: str) -> np.random.Generator:
    """Open the stream of that name.

    Parameters
    ----------
    seed : int
        Seed of the whole simulation, not negative.
    name : str
        What is drawn: ``calls.crisis.times``.
    """
    named = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "little")
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, named])))
