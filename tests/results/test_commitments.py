"""Promises, judged by rule."""

from __future__ import annotations

import warnings
from datetime import date
from typing import Any

import numpy as np
import pytest

from commonweal.city.strategy import Commitment
from commonweal.results.commitments import STATUSES, judge_commitment
from commonweal.results.comparison import compare_counts
from commonweal.results.finding import Finding, Refusal, TrajectoryPoint
from commonweal.results.periods import Period
from commonweal.results.projection import project_trajectory
from commonweal.results.verdict import CommitmentStatus

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import statsmodels.api as sm

TODAY = date(2024, 3, 1)


def promise(target: float | None = 300, **options: Any) -> Commitment:
    """Return a promise to bring something down to a target."""
    given: dict[str, Any] = {"baseline": None, "deadline": None, "direction": "down", "measure": "homicides"}
    given |= options
    return Commitment(
        id="fewer",
        pillar="results",
        program=None,
        commitment="",
        measure_text="",
        target=target,
        baseline_on=None,
        unit="",
        owner="",
        narrative="",
        source="",
        **given,
    )


def years(*values: float, first: int = 2019, half: float | None = 5.0) -> tuple[TrajectoryPoint, ...]:
    """Return one value a year with an interval of so much to each side."""
    return tuple(
        TrajectoryPoint(
            date(first + i, 1, 1),
            date(first + i, 12, 31),
            value,
            None if half is None else value - half,
            None if half is None else value + half,
        )
        for i, value in enumerate(values)
    )


def finding(baseline: int, current: int) -> Finding:
    """Return a comparison of two years."""
    one = compare_counts(baseline, current, baseline_days=365, current_days=365)
    before, after = Period(date(2022, 1, 1), date(2022, 12, 31)), Period(date(2023, 1, 1), date(2023, 12, 31))
    return Finding("homicides", None, before, after, one, None, one.verdict)


FALLING = years(500, 462, 418, 381, 340)
LEVEL = years(400, 404, 397, 401, 399)
NOISY = years(500, 380, 470, 350, 420, half=40)


@pytest.mark.parametrize(
    ("commitment", "trajectory", "rule"),
    [
        (promise(), years(400, 350, 290), "reached"),
        (promise(300), years(400, 350, 300), "reached"),
        (promise(9700, direction="up"), years(9000, 9100, 9702), "reached"),
        (promise(300, deadline=date(2025, 12, 31)), FALLING, "projection_reaches"),
        (promise(300, deadline=date(2025, 12, 31)), LEVEL, "projection_falls_short"),
        (promise(300, deadline=date(2025, 12, 31)), NOISY, "projection_unclear"),
        (promise(300, deadline=date(2025, 12, 31)), years(400, 390, 380), "too_few_values"),
        (promise(300, deadline=date(2040, 12, 31)), FALLING, "too_few_values"),
        (promise(350, deadline=date(2023, 12, 31)), FALLING, "reached_in_time"),
        (promise(300, deadline=date(2023, 12, 31)), FALLING, "not_reached"),
        (promise(350, deadline=date(2022, 12, 31)), FALLING, "not_reached"),
        (promise(300, deadline=date(2023, 12, 31)), years(400, 350, 290, first=2015), "no_value_at_deadline"),
        (promise(300), FALLING, "moving_toward"),
        (promise(300, direction="up"), years(250, 220, 200), "moving_away"),
        (promise(300), years(400, 398, 402), "no_clear_move"),
        (promise(300, baseline=400), years(370), "moving_toward"),
        (promise(300, baseline=372), years(370), "no_clear_move"),
        (promise(300, baseline=350), years(370), "moving_away"),
        (promise(300), years(400, 350, half=None), "no_clear_move"),
        (promise(None), FALLING, "no_target_better"),
        (promise(None, direction="up"), FALLING, "no_target_worse"),
        (promise(None), LEVEL, "no_target_unclear"),
        (promise(None), (), "no_target"),
        (promise(300), (), "no_records"),
        (promise(300, measure=None), (), "no_records"),
    ],
)
def test_rules(commitment: Commitment, trajectory: tuple[TrajectoryPoint, ...], rule: str) -> None:
    """Each promise ends in the rule that the table gives, and in the status of that rule."""
    result = judge_commitment(commitment, trajectory, today=TODAY)
    assert (result.rule, result.status) == (rule, STATUSES[rule])
    assert result.trajectory == trajectory
    assert (result.refusal is None) == bool(trajectory)


def test_simulated_records_keep_no_promise() -> None:
    """Simulated values that reach the target are shown, but the status says that there are no records."""
    result = judge_commitment(promise(), years(400, 290), today=TODAY, simulated=True)
    assert (result.status, result.rule) == (CommitmentStatus.NO_RECORDS, "simulated")
    assert len(result.trajectory) == 2
    without = judge_commitment(promise(None), years(400, 290), today=TODAY, simulated=True)
    assert without.rule == "no_target"


def test_the_latest_comparison_decides_where_no_baseline_is_named() -> None:
    """401 → 337 moves toward fewer homicides; 327 → 280 is not clear; what was refused decides nothing."""
    assert (
        judge_commitment(promise(), years(337), today=TODAY, finding=finding(401, 337)).rule
        == "moving_toward"
    )
    assert (
        judge_commitment(promise(), years(340), today=TODAY, finding=finding(327, 280)).rule
        == "no_clear_move"
    )
    no_number = judge_commitment(promise(None), (), today=TODAY, finding=finding(401, 337))
    assert (no_number.rule, no_number.status) == ("no_target_better", CommitmentStatus.NO_TARGET)


def test_refusal_is_passed_on() -> None:
    """Why there are no values is said."""
    refusal = Refusal("break")
    assert judge_commitment(promise(), (), today=TODAY, refusal=refusal).refusal == refusal
    unknown = judge_commitment(promise(measure=None), (), today=TODAY).refusal
    assert unknown is not None
    assert unknown.reason == "no_measure"


def test_projection_equals_statsmodels() -> None:
    """Value and prediction interval at the deadline equal those of statsmodels' least squares."""
    values = [500.0, 380, 470, 350, 420, 401]
    points = years(*values, half=None)
    deadline = date(2026, 12, 31)
    days = np.array([p.end.toordinal() for p in points], dtype=float)
    fit = sm.OLS(values, np.column_stack([np.ones(6), days - days.mean()])).fit()
    table = fit.get_prediction([[1, deadline.toordinal() - days.mean()]]).summary_frame(alpha=0.05)
    found = project_trajectory(points, deadline)
    assert found is not None
    assert found.value == pytest.approx(table["mean"].iloc[0], rel=1e-9)
    assert found.low == pytest.approx(max(0.0, table["obs_ci_lower"].iloc[0]), rel=1e-9)
    assert found.high == pytest.approx(table["obs_ci_upper"].iloc[0], rel=1e-9)


def test_values_on_a_line_promise_no_certainty() -> None:
    """Values that lie on a line still have the uncertainty of their own intervals."""
    sure = project_trajectory(years(500, 450, 400, 350, half=None), date(2023, 12, 31))
    honest = project_trajectory(years(500, 450, 400, 350, half=40), date(2023, 12, 31))
    assert sure is not None
    assert honest is not None
    assert sure.high - sure.low < 1  # a leap day bends the line a little
    assert honest.high - honest.low > 160


def test_projection_coverage() -> None:
    """The next value of a noisy line lies in the interval in 93 to 97 of 100 simulations."""
    rng = np.random.default_rng(3)
    held = 0
    for _ in range(600):
        values = 1000 - 20 * np.arange(9) + rng.normal(0, 30, 9)
        found = project_trajectory(years(*values[:7], half=None), date(2027, 12, 31))
        assert found is not None
        held += found.low <= values[8] <= found.high
    assert 0.93 <= held / 600 <= 0.97
