"""Answers are computed once for each state of the records."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from commonweal.config import Workspace
from commonweal.web.answers import KEPT, Answers


def test_one_question_is_computed_once(toy_workspace: Workspace) -> None:
    """Eight readers who ask the same at the same time wait for one computation."""
    answers, computed, begun = Answers(toy_workspace), [], threading.Event()

    def compute() -> int:
        computed.append(1)
        begun.wait(0.2)
        return 7

    with ThreadPoolExecutor(8) as pool:
        found = [
            future.result() for future in [pool.submit(answers.keep, "question", compute) for _ in range(8)]
        ]
    assert found == [7] * 8
    assert len(computed) == 1


def test_a_failure_is_not_kept(toy_workspace: Workspace) -> None:
    """A question that failed is asked anew."""
    answers = Answers(toy_workspace)

    def fail() -> int:
        raise ValueError("once")

    with pytest.raises(ValueError, match="once"):
        answers.keep("question", fail)
    assert answers.keep("question", lambda: 3) == 3


def test_old_answers_make_room(toy_workspace: Workspace) -> None:
    """No more than so many answers are kept; the ones asked for lately stay."""
    answers = Answers(toy_workspace)
    for number in range(KEPT + 10):
        answers.keep(number, lambda number=number: number)
        answers.keep(0, lambda: -1)
    assert answers.keep(0, lambda: -1) == 0
    assert answers.keep(1, lambda: -1) == -1


def test_another_question_does_not_wait(toy_workspace: Workspace) -> None:
    """While one question is computed, another one is answered."""
    answers, slow_begun, go_on = Answers(toy_workspace), threading.Event(), threading.Event()

    def slow() -> str:
        slow_begun.set()
        assert go_on.wait(10)
        return "slow"

    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(answers.keep, "slow", slow)
        assert slow_begun.wait(10)
        assert answers.keep("fast", lambda: "fast") == "fast"
        go_on.set()
        assert waiting.result(10) == "slow"
