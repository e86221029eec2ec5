"""Whether the numbers of a report add up, as they must before anything can be said about what follows from them."""

# mypy: disable-error-code="no-untyped-call"
# (SciPy carries no types.)

from __future__ import annotations

import numpy as np

from commonweal.errors import InvalidRequest, Problem
from commonweal.results.suppression.attack import TOLERANCE
from commonweal.results.suppression.numbers import PublishedNumber, PublishedTables

_PRICE_OF_AREA = 1000.0
_NAMED = 10


def list_contradictions(block: PublishedTables) -> tuple[PublishedNumber, ...]:
    """Return numbers of one block that no counts could give together with the others; totals first to blame.

    Raises
    ------
    InvalidRequest
        Numbers that are not exempt contradict each other, for example because they come from two sources.
    """
    slack = _least_slack(block)
    wrong = [one for one, gap in zip(block.numbers, slack, strict=True) if gap > TOLERANCE]
    problems = [
        Problem("table", "it does not add up with the other numbers; take all from one source",
                field=str(one.key), value=str(one.value))
        for one in wrong
        if one.hideable
    ]  # fmt: skip
    if problems:
        raise InvalidRequest("The tables contradict each other.", problems[:_NAMED])
    return tuple(wrong)


def _least_slack(block: PublishedTables) -> np.ndarray:
    """Return by how much each number must be off at least, in sum."""
    numbers = block.numbers
    alone = all(len(one.atoms) == 1 for one in numbers)
    if alone and len({one.atoms for one in numbers}) == len(numbers):
        return np.zeros(len(numbers))
    from scipy.optimize import linprog
    from scipy.sparse import csr_array, eye_array, hstack

    pairs = np.array([(i, atom) for i, one in enumerate(numbers) for atom in one.atoms]).T
    matrix = csr_array((np.ones(pairs.shape[1]), (pairs[0], pairs[1])), shape=(len(numbers), block.atoms))
    step = eye_array(len(numbers), format="csr")
    price = np.array([_PRICE_OF_AREA if one.hideable else 1.0 for one in numbers])
    answer = linprog(
        np.concatenate([np.zeros(block.atoms), price, price]),
        A_eq=hstack([matrix, step, -step]).tocsr(),
        b_eq=[one.value for one in numbers],
        bounds=(0, None),
        method="highs",
    )
    over, under = np.split(np.asarray(answer.x)[block.atoms :], 2)
    return np.asarray(over + under)
