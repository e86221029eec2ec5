"""The first page: what truly changed, what was claimed, what was promised."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from commonweal.results.finding import ClaimResult, CommitmentResult, Finding, Screen, Series
from commonweal.results.periods import Period
from commonweal.studies.claims import check_claims
from commonweal.studies.commitments import check_commitments
from commonweal.studies.compare import compare_measure
from commonweal.studies.desk import Desk
from commonweal.studies.latest import find_latest_periods
from commonweal.studies.release import make_release
from commonweal.studies.series import read_series


@dataclass(frozen=True, slots=True)
class Overview:
    """What the first page and the report show.

    Attributes
    ----------
    headline_findings : tuple of Finding
        City-wide findings of the measures that the pack puts on the first page, in its order.
    screen : Screen or None
        Areas × measures as they may be published; none where no records tell areas.
    claims : tuple of ClaimResult
        Every published figure.
    commitments : tuple of CommitmentResult
        Every commitment.
    series : mapping of str to Series
        City-wide series of the headline measures.
    simulated : bool
        Whether any record in the store is simulated.
    """

    headline_findings: tuple[Finding, ...]
    screen: Screen | None
    claims: tuple[ClaimResult, ...]
    commitments: tuple[CommitmentResult, ...]
    series: Mapping[str, Series]
    simulated: bool

    @property
    def periods(self) -> tuple[Period, Period] | None:
        """Baseline and current period of the first headline finding; none where there is none."""
        if not self.headline_findings:
            return None
        first = self.headline_findings[0]
        return first.baseline_period, first.current_period


def make_overview(desk: Desk) -> Overview:
    """Gather what the first page shows.

    Parameters
    ----------
    desk : Desk
        City and records.
    """
    names = list_headlines(desk)
    release = make_release(desk)
    return Overview(
        headline_findings=tuple(compare_measure(desk, name) for name in names),
        screen=release.screen,
        claims=check_claims(desk),
        commitments=check_commitments(desk),
        series={name: read_series(desk, name) for name in names},
        simulated=any(snapshot.provenance.simulated for snapshot in desk.store.current()),
    )


def list_headlines(desk: Desk) -> tuple[str, ...]:
    """List the measures of the first page that loaded records can answer, in the pack's order."""
    placed = sorted((m.headline, m.id) for m in desk.city.measures.values() if m.headline is not None)
    return tuple(
        name for _, name in placed if find_latest_periods(desk, desk.city.get_measure(name)) is not None
    )
