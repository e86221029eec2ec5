"""Commitments: where a promise stands, by rule and never by hand.

The first line that fits decides. *Reached* means that a value is at the target or beyond it, in the direction
promised; *better* and *worse* are meant in that direction.

================  ========================================================  =========================
status            when                                                      rule
================  ========================================================  =========================
no number was     no target, and the measure is better / worse than its     ``no_target_better``,
promised          baseline, not clearly either, or without records          ``no_target_worse``,
                                                                            ``no_target_unclear``,
                                                                            ``no_target``
no records        all records are missing                                   ``no_records``
                  they are simulated                                        ``simulated``
**the deadline has passed**
met               the value at the deadline reached the target              ``reached_in_time``
missed            it did not                                                ``not_reached``
cannot tell yet   no value ends within a period of the deadline             ``no_value_at_deadline``
**before the deadline, or without one**
met               the latest value reaches the target                       ``reached``
on track          all of the projection's interval reaches it               ``projection_reaches``
behind            none of it does                                           ``projection_falls_short``
cannot tell yet   a part of it does                                         ``projection_unclear``
cannot tell yet   there are too few values to project                       ``too_few_values``
**without a deadline**
on track          clearly better than the baseline                          ``moving_toward``
behind            clearly worse                                             ``moving_away``
cannot tell yet   neither                                                   ``no_clear_move``
================  ========================================================  =========================
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from commonweal.city.strategy import Commitment
from commonweal.results.finding import CommitmentResult, Finding, Refusal, TrajectoryPoint
from commonweal.results.projection import Projection, project_trajectory
from commonweal.results.verdict import CommitmentStatus, Verdict

STATUSES = {
    "no_target_better": CommitmentStatus.NO_TARGET,
    "no_target_worse": CommitmentStatus.NO_TARGET,
    "no_target_unclear": CommitmentStatus.NO_TARGET,
    "no_target": CommitmentStatus.NO_TARGET,
    "no_records": CommitmentStatus.NO_RECORDS,
    "simulated": CommitmentStatus.NO_RECORDS,
    "reached_in_time": CommitmentStatus.MET,
    "not_reached": CommitmentStatus.MISSED,
    "no_value_at_deadline": CommitmentStatus.UNCLEAR,
    "reached": CommitmentStatus.MET,
    "projection_reaches": CommitmentStatus.ON_TRACK,
    "projection_falls_short": CommitmentStatus.BEHIND,
    "projection_unclear": CommitmentStatus.UNCLEAR,
    "too_few_values": CommitmentStatus.UNCLEAR,
    "moving_toward": CommitmentStatus.ON_TRACK,
    "moving_away": CommitmentStatus.BEHIND,
    "no_clear_move": CommitmentStatus.UNCLEAR,
}
"""Status of each rule."""


def judge_commitment(
    commitment: Commitment,
    trajectory: Sequence[TrajectoryPoint],
    *,
    today: date,
    finding: Finding | None = None,
    refusal: Refusal | None = None,
    simulated: bool = False,
) -> CommitmentResult:
    """Say where a commitment stands, by the table at the top of this module.

    Parameters
    ----------
    commitment : Commitment
        The promise.
    trajectory : sequence of TrajectoryPoint
        Values of its measure so far, oldest first, over periods of equal length, in the unit of the target.
    today : date
        Day of the judgement; decides whether the deadline has passed.
    finding : Finding or None
        Latest comparison of its measure.
    refusal : Refusal or None
        Why there are no values, where there are none.
    simulated : bool
        Whether any record behind it is simulated.
    """
    points = tuple(trajectory)
    projection = None
    if commitment.deadline is not None and today <= commitment.deadline:
        projection = project_trajectory(points, commitment.deadline)
    if not points and refusal is None:
        refusal = Refusal("no_measure" if commitment.measure is None else "no_records")
    rule = _rule(commitment, points, today, finding, projection, simulated=simulated)
    return CommitmentResult(
        commitment=commitment.id,
        status=STATUSES[rule],
        rule=rule,
        trajectory=points,
        projected=projection.value if projection else None,
        projected_low=projection.low if projection else None,
        projected_high=projection.high if projection else None,
        finding=finding,
        refusal=refusal if not points else None,
        simulated=simulated,
    )


def _rule(
    commitment: Commitment,
    points: tuple[TrajectoryPoint, ...],
    today: date,
    finding: Finding | None,
    projection: Projection | None,
    *,
    simulated: bool,
) -> str:
    if commitment.target is None:
        if simulated or (not points and finding is None):
            return "no_target"
        return f"no_target_{MOVES[_move(commitment, points, finding)]}"
    if not points or simulated:
        return "simulated" if points else "no_records"
    if commitment.deadline is not None and today > commitment.deadline:
        return _after_deadline(commitment, points, commitment.target, commitment.deadline)
    if _reached(commitment, points[-1].value, commitment.target):
        return "reached"
    if commitment.deadline is not None:
        return _before_deadline(commitment, commitment.target, projection)
    return {1: "moving_toward", -1: "moving_away", 0: "no_clear_move"}[_move(commitment, points, finding)]


MOVES = {1: "better", -1: "worse", 0: "unclear"}


def _after_deadline(
    commitment: Commitment, points: tuple[TrajectoryPoint, ...], target: float, deadline: date
) -> str:
    in_time = [point for point in points if point.end <= deadline]
    if not in_time or (deadline - in_time[-1].end).days > (in_time[-1].end - in_time[-1].start).days + 1:
        return "no_value_at_deadline"
    return "reached_in_time" if _reached(commitment, in_time[-1].value, target) else "not_reached"


def _before_deadline(commitment: Commitment, target: float, projection: Projection | None) -> str:
    if projection is None:
        return "too_few_values"
    low_reaches = _reached(commitment, projection.low, target)
    high_reaches = _reached(commitment, projection.high, target)
    if low_reaches and high_reaches:
        return "projection_reaches"
    return "projection_unclear" if low_reaches or high_reaches else "projection_falls_short"


def _reached(commitment: Commitment, value: float, target: float) -> bool:
    return value >= target if commitment.direction == "up" else value <= target


def _move(commitment: Commitment, points: tuple[TrajectoryPoint, ...], finding: Finding | None) -> int:
    """Return 1 where the measure is clearly better than its baseline, −1 where worse, 0 where not clear.

    A baseline named by the commitment is held against the interval of the latest value; where none is named, the
    latest comparison of the measure decides, and without one the intervals of the first and the last value.
    """
    better = 1 if commitment.direction == "up" else -1
    if commitment.baseline is None and finding is not None and finding.refusal is None:
        return {Verdict.ROSE: better, Verdict.FELL: -better}.get(finding.verdict, 0)
    if not points:
        return 0
    first, last = points[0], points[-1]
    low, high = first.low, first.high
    if commitment.baseline is not None:
        low = high = commitment.baseline
    if last.low is not None and high is not None and last.low > high:
        return better
    if last.high is not None and low is not None and last.high < low:
        return -better
    return 0
