"""Everything a public report shows, gathered once and the same for every language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from commonweal.city.pack import City
from commonweal.records.provenance import Provenance
from commonweal.results.finding import (
    ClaimResult,
    CommitmentResult,
    Finding,
    Query,
    Screen,
    Series,
)
from commonweal.results.periods import Period


@dataclass(frozen=True, slots=True)
class ReportContent:
    """What a report is made from.

    Attributes
    ----------
    city : City
        The pack, with its words in every language.
    current_period, baseline_period : Period or None
        What the headline findings compare; none where nothing can be compared.
    findings : tuple of Finding
        City-wide findings of the headline measures, in their order, with their alternatives.
    series : mapping of str to Series
        City-wide monthly series by measure.
    screen : Screen or None
        Areas × measures, small numbers already hidden; none where no records tell areas.
    claims : tuple of ClaimResult
        Every published figure of the pack.
    commitments : tuple of CommitmentResult
        Every commitment of the pack.
    provenance : tuple of Provenance
        Every table behind the report.
    generated_at : datetime
        When the report was made (UTC).
    version : str
        Of the program.
    """

    city: City
    current_period: Period | None
    baseline_period: Period | None
    findings: tuple[Finding, ...]
    series: Mapping[str, Series]
    screen: Screen | None
    claims: tuple[ClaimResult, ...]
    commitments: tuple[CommitmentResult, ...]
    provenance: tuple[Provenance, ...]
    generated_at: datetime
    version: str

    @property
    def simulated(self) -> bool:
        """Whether any record behind the report is simulated."""
        return any(item.simulated for item in self.provenance)

    def list_queries(self) -> tuple[Query, ...]:
        """List every query behind the report, each once, in the order of the report."""
        found: dict[str, Query] = {}
        rows = () if self.screen is None else self.screen.rows
        checked = [finding for claim in self.claims for finding in (claim.recomputed, claim.instead)]
        for item in (*self.findings, *self.series.values(), *rows, *checked):
            if item is not None and item.query is not None:
                found.setdefault(item.query.hash, item.query)
        return tuple(found.values())
