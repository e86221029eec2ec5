"""What the results engines return: frozen values that say everything a page has to show.

Every value is plain (numbers, dates, words' identifiers), never text in one language: pages and reports render
it in the reader's language.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from commonweal.city.knowledge import SeriesBreak
from commonweal.records.provenance import Provenance
from commonweal.results.periods import Period
from commonweal.results.verdict import ClaimVerdict, CommitmentStatus, Verdict


@dataclass(frozen=True, slots=True)
class Query:
    """The one query behind a number.

    Attributes
    ----------
    sql : str
        As it was run.
    hash : str
        First twelve hexadecimal digits of the SHA-256 of the text and of the snapshots it read.
    snapshots : tuple of str
        Snapshots it read.
    """

    sql: str
    hash: str
    snapshots: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two periods, compared.

    Attributes
    ----------
    form : {'count', 'share', 'quantile'}
        Counts are compared by ratio, shares by difference in percentage points, quantiles (medians, 90th
        percentiles) by difference in their unit.
    baseline, current : float
        The two values. Counts are whole numbers.
    baseline_n, current_n : int
        Cases behind a share or a quantile; the counts themselves for counts.
    baseline_days, current_days : int
        Length of the two periods; unequal lengths are compared as rates.
    difference : float
        ``current − baseline`` (counts: as counted; if the lengths differ, per equal time it is in ``change``).
    change : float or None
        Percent for counts, percentage points for shares, the unit for quantiles; none where undefined (from 0).
    low, high : float or None
        95 % interval of ``change``; an open end is none.
    p : float or None
        p-value; none where the method has none.
    overdispersion : float
        φ ≥ 1, estimated from history, that widened the interval (1 where it could not be estimated).
    overdispersion_known : bool
        False where the history was too short to estimate φ.
    detectable_drop : float or None
        Smallest drop, in percent, that two periods of this size would show with 80 % power at the 5 % level.
    verdict : Verdict
        In a word.
    """

    form: Literal["count", "share", "quantile"]
    baseline: float
    current: float
    baseline_n: int
    current_n: int
    baseline_days: int
    current_days: int
    difference: float
    change: float | None
    low: float | None
    high: float | None
    p: float | None
    overdispersion: float
    overdispersion_known: bool
    detectable_drop: float | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Rate:
    """A count per 100,000 residents and year, with its 95 % interval."""

    value: float
    low: float
    high: float
    population: int
    source: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something cannot be compared or checked.

    Attributes
    ----------
    reason : {'break', 'incomplete', 'no_records', 'too_fine', 'no_measure', 'not_a_record', 'no_span', 'history'}
        Kind of reason.
    breaks : tuple of SeriesBreak
        Breaks that lie between or in the periods.
    covers_from, covers_to : date or None
        What the loaded records cover.
    detail : str
        Identifier of what is missing (source, measure), for the page to name.
    """

    reason: Literal[
        "break", "incomplete", "no_records", "too_fine", "no_measure", "not_a_record", "no_span", "history"
    ]
    breaks: tuple[SeriesBreak, ...] = ()
    covers_from: date | None = None
    covers_to: date | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another fair baseline for the same current period.

    Attributes
    ----------
    kind : {'prior_year', 'three_year_mean', 'trend'}
        What the current period is held against.
    expected : float or None
        Value of that baseline on the length of the current period.
    expected_low, expected_high : float or None
        95 % prediction interval, for the trend.
    comparison : Comparison or None
        The comparison, where it can be made.
    refusal : Refusal or None
        Why not, where it cannot.
    """

    kind: Literal["prior_year", "three_year_mean", "trend"]
    expected: float | None
    expected_low: float | None
    expected_high: float | None
    comparison: Comparison | None
    refusal: Refusal | None


@dataclass(frozen=True, slots=True)
class SeriesPoint:
    """One point of a series.

    Attributes
    ----------
    start, end : date
        The period, both days included.
    value : float or None
        None where hidden or missing.
    usual_low, usual_high : float or None
        Range in which 95 of 100 periods are expected from the years before; none where history is too short.
    comparable : bool
        False from a break on, and where the source is not complete.
    hidden : bool
        True where the value is suppressed.
    """

    start: date
    end: date
    value: float | None
    usual_low: float | None
    usual_high: float | None
    comparable: bool
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    """A measure over time, for one area or the whole city."""

    measure: str
    area: str | None
    grain: Literal["month", "28-day", "year"]
    points: tuple[SeriesPoint, ...]
    breaks: tuple[SeriesBreak, ...]
    query: Query
    provenance: tuple[Provenance, ...]
    simulated: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """One measure, two periods, one place: what is true and what is not known.

    Attributes
    ----------
    measure : str
        Measure identifier.
    area : str or None
        Area identifier; none for the whole city.
    baseline_period, current_period : Period
        What was compared.
    comparison : Comparison or None
        None where refused or hidden. Where it was asked for in spite of a break, it is there and ``refusal`` too:
        it is then shown struck through.
    refusal : Refusal or None
        Why it cannot be compared.
    verdict : Verdict
        As the comparison says, or refused, hidden, no records.
    baseline_rate, current_rate : Rate or None
        Where a population is known and a rate makes sense.
    alternatives : tuple of Alternative
        Other fair baselines.
    adjusted_p : float or None
        p-value adjusted for the number of comparisons in a screen (Benjamini–Hochberg).
    discovered : bool or None
        Whether the change stands in a screen with the false-discovery rate held at 5 %.
    weekday_note : bool
        True where the two periods do not hold the same weekdays equally often and the records are daily.
    weekday_effect : float or None
        Change of the daily rate, in percent, that the unequal weekdays alone would make; none where the weekdays
        are equal or their own rates are not known.
    delay_corrected : float or None
        Current count corrected for reports still to come, where record dates are known.
    delay_low, delay_high : float or None
        Its 95 % interval.
    query : Query or None
        The query behind it.
    provenance : tuple of Provenance
        The files behind it.
    simulated : bool
        True where any record behind it is simulated.
    """

    measure: str
    area: str | None
    baseline_period: Period
    current_period: Period
    comparison: Comparison | None
    refusal: Refusal | None
    verdict: Verdict
    baseline_rate: Rate | None = None
    current_rate: Rate | None = None
    alternatives: tuple[Alternative, ...] = ()
    adjusted_p: float | None = None
    discovered: bool | None = None
    weekday_note: bool = False
    weekday_effect: float | None = None
    delay_corrected: float | None = None
    delay_low: float | None = None
    delay_high: float | None = None
    query: Query | None = None
    provenance: tuple[Provenance, ...] = ()
    simulated: bool = False


@dataclass(frozen=True, slots=True)
class Screen:
    """Many comparisons at once: areas × measures, with the false-discovery rate held at 5 %."""

    baseline_period: Period
    current_period: Period
    rows: tuple[Finding, ...]
    tests: int
    discoveries: int


@dataclass(frozen=True, slots=True)
class ClaimResult:
    """One published figure, recomputed.

    Attributes
    ----------
    figure : str
        Identifier of the figure.
    verdict : ClaimVerdict
        In a word.
    refusal : Refusal or None
        Why it cannot be checked.
    recomputed : Finding or None
        The recomputation (of a change).
    recomputed_value, low, high : float or None
        The recomputed figure in the claim's unit, with its 95 % interval.
    instead : Finding or None
        The nearest comparison that can be made, where the claim itself cannot be checked.
    simulated : bool
        True where the records are simulated: then the verdict is never more than cannot be checked.
    rule : str
        Identifier of the rule that gave the verdict (`commonweal.results.claims`), for the page to explain.
    """

    figure: str
    verdict: ClaimVerdict
    refusal: Refusal | None
    recomputed: Finding | None
    recomputed_value: float | None
    low: float | None
    high: float | None
    instead: Finding | None
    simulated: bool
    rule: str = ""


@dataclass(frozen=True, slots=True)
class TrajectoryPoint:
    """One value on the way to a commitment's target."""

    start: date
    end: date
    value: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class CommitmentResult:
    """Where one commitment stands.

    Attributes
    ----------
    commitment : str
        Identifier.
    status : CommitmentStatus
        By rule.
    rule : str
        Identifier of the rule that gave the status, for the page to explain.
    trajectory : tuple of TrajectoryPoint
        Values so far.
    projected, projected_low, projected_high : float or None
        Value at the deadline if the trajectory goes on, with its 95 % prediction interval.
    finding : Finding or None
        Latest comparison of its measure.
    refusal : Refusal or None
        Why nothing can be said.
    simulated : bool
        True where any record behind it is simulated.
    """

    commitment: str
    status: CommitmentStatus
    rule: str
    trajectory: tuple[TrajectoryPoint, ...]
    projected: float | None
    projected_low: float | None
    projected_high: float | None
    finding: Finding | None
    refusal: Refusal | None
    simulated: bool
