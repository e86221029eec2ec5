"""Published figures get the verdict that the records allow, and no better one."""

from __future__ import annotations

from datetime import date

import pytest

from commonweal.results.verdict import ClaimVerdict, CommitmentStatus
from commonweal.studies.claims import check_claim, check_claims
from commonweal.studies.commitments import check_commitment, check_commitments
from commonweal.studies.desk import Desk

TODAY = date(2024, 7, 1)


@pytest.mark.parametrize(
    ("figure", "verdict"),
    [
        ("robberies-change", ClaimVerdict.SUPPORTED),
        ("robberies-total", ClaimVerdict.SUPPORTED),
        ("burglaries-change", ClaimVerdict.CONTRADICTED),
        ("homicides-change", ClaimVerdict.UNCERTAIN),
        ("robberies-broken", ClaimVerdict.UNCHECKABLE),
        ("robberies-cleared", ClaimVerdict.SUPPORTED),
        ("visits", ClaimVerdict.CONTRADICTED),
        ("park-lights", ClaimVerdict.UNCHECKABLE),
    ],
)
def test_claims_of_the_toy_city(toy: Desk, figure: str, verdict: ClaimVerdict) -> None:
    """Each figure of the toy city was written to come to this verdict; its README says why."""
    assert check_claim(toy, figure).verdict is verdict


def test_the_homicide_figure_cannot_be_checked_but_something_can_be_said(los_angeles: Desk) -> None:
    """−28.1 % needs months after the break; the first twelve months can be compared: 401, then 337."""
    result = check_claim(los_angeles, "homicide-change")
    assert result.verdict is ClaimVerdict.UNCHECKABLE
    assert result.refusal is not None
    assert result.refusal.reason == "break"
    assert [one.id for one in result.refusal.breaks] == ["nibrs-2024"]
    assert result.instead is not None
    assert result.instead.comparison is not None
    assert (result.instead.comparison.baseline, result.instead.comparison.current) == (401, 337)


def test_a_figure_without_records_says_so(los_angeles: Desk) -> None:
    """Calls answered by crisis teams are not among the records that the pack carries."""
    result = check_claim(los_angeles, "circle-calls")
    assert result.verdict is ClaimVerdict.UNCHECKABLE
    assert result.refusal is not None
    assert result.refusal.reason == "no_records"


def test_every_figure_of_los_angeles_gets_a_verdict_or_a_reason(los_angeles: Desk) -> None:
    """Fifty-one figures; whatever cannot be checked says why."""
    results = check_claims(los_angeles)
    assert len(results) == 51
    for result in results:
        assert result.verdict is not ClaimVerdict.UNCHECKABLE or result.refusal is not None, result.figure


def test_a_share_that_grew_after_it_was_published_is_not_contradicted(los_angeles: Desk) -> None:
    """55 % of the murders of 2020 was said in 2022; by now 223 of 356 are recorded as cleared."""
    result = check_claim(los_angeles, "homicide-clearance")
    assert result.recomputed_value == pytest.approx(100 * 223 / 356)
    assert result.verdict is ClaimVerdict.UNCERTAIN
    assert result.rule == "recorded_later"


def test_commitments_of_the_toy_city(toy: Desk) -> None:
    """A target reached is met; one without a number, or without a measure, says so."""
    statuses = {one.commitment: one.status for one in check_commitments(toy, today=TODAY)}
    assert statuses["clear-robberies"] is CommitmentStatus.MET
    assert statuses["faster-help"] is CommitmentStatus.NO_TARGET
    assert statuses["more-lights"] is CommitmentStatus.NO_RECORDS


def test_a_trajectory_is_what_was_counted(toy: Desk) -> None:
    """Robberies by comparable year: 120, 144, 108, each with an interval."""
    points = check_commitment(toy, "fewer-robberies", today=TODAY).trajectory
    assert [point.value for point in points] == [120, 144, 108]
    for point in points:
        assert point.low is not None
        assert point.high is not None
        assert point.low < point.value < point.high


def test_all_commitments_of_los_angeles_have_a_status(los_angeles: Desk) -> None:
    """Forty-two promises, each with a status and the rule that gave it."""
    results = check_commitments(los_angeles, today=TODAY)
    assert len(results) == 42
    assert all(result.rule for result in results)
