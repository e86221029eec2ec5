"""A report's content made from the facts that the pack of Los Angeles carries, for tests of words and looks."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from commonweal.city import City, load_city
from commonweal.records.provenance import Provenance, RejectionReason
from commonweal.reports.content import ReportContent
from commonweal.results.comparison import compare_counts
from commonweal.results.finding import (
    Alternative,
    ClaimResult,
    CommitmentResult,
    Comparison,
    Finding,
    Query,
    Rate,
    Refusal,
    Screen,
    Series,
    SeriesPoint,
    TrajectoryPoint,
)
from commonweal.results.periods import Period
from commonweal.results.verdict import ClaimVerdict, CommitmentStatus, Verdict

REPOSITORY = Path(__file__).resolve().parents[2]
PACK = REPOSITORY / "cities" / "los-angeles"
BASELINE = Period(date(2021, 12, 1), date(2022, 11, 30))
CURRENT = Period(date(2022, 12, 1), date(2023, 11, 30))
HEADLINES = ("homicides", "aggravated_assaults", "robberies", "burglaries", "vehicle_crime")
RULE_OF = {
    CommitmentStatus.NO_RECORDS: "no_records",
    CommitmentStatus.MET: "reached",
    CommitmentStatus.ON_TRACK: "moving_toward",
    CommitmentStatus.BEHIND: "moving_away",
    CommitmentStatus.MISSED: "not_reached",
    CommitmentStatus.UNCLEAR: "no_clear_move",
}
QUERY = Query(
    sql="SELECT SUM(value) AS value\nFROM counts\nWHERE category IN ('Violent - Homicide')\n"
    "  AND quantity IN ('incidents')\n  AND period BETWEEN DATE '2022-12-01' AND DATE '2023-11-30'",
    hash="7c1e0a44d2b9",
    snapshots=("counts-2f9c1d",),
)
PROVENANCE = Provenance(
    source="crime_monthly_citywide",
    title="Reported crime by month, whole city",
    publisher="Los Angeles Police Department, added up from the City's open data",
    url="https://data.lacity.org/d/2nrs-mtv8",
    licence="As the City's open data portal says",
    retrieved_at=datetime(2026, 11, 23, 8, 30, tzinfo=UTC),
    file_name="crime_monthly_citywide.csv",
    content_hash="5b1e44c0f3a86c1db7a94d0f8c2f5a6e19d07f6c4bb2a1e8d3c05f9a7b6e4d21",
    mapping_hash="a9c3d2e1f0b4a5968778695a4b3c2d1e0f9e8d7c6b5a49382716059483726150",
    rows_read=850,
    rows_kept=848,
    rows_rejected=2,
    duplicates=0,
    reasons=(RejectionReason("bad_period", "The period is not a month: write it as 2023-11.", 2),),
)


def sample_city() -> City:
    """Load the pack of Los Angeles."""
    return load_city(PACK)


def sample_content(city: City | None = None) -> ReportContent:
    """Make a report's content with every kind of verdict, refusal and status in it."""
    known = city or sample_city()
    findings = tuple(_finding(known, measure) for measure in HEADLINES)
    return ReportContent(
        city=known,
        current_period=CURRENT,
        baseline_period=BASELINE,
        findings=(*findings, _clearance()),
        series={measure: sample_series(known, measure) for measure in HEADLINES},
        screen=sample_screen(known),
        claims=sample_claims(known),
        commitments=sample_commitments(known),
        provenance=(
            PROVENANCE,
            replace(
                PROVENANCE, source="simulated_activities", title="Simulated program activity", publisher="Commonweal",
                url="", licence="", file_name="", rows_read=4210, rows_kept=4210, rows_rejected=0, reasons=(),
                simulated=True, seed=2024, content_hash="c0ffee" + "0" * 58,
            ),
        ),
        generated_at=datetime(2026, 11, 24, 9, 0, tzinfo=UTC),
        version="0.1.0",
    )  # fmt: skip


def sample_series(city: City, measure: str, *, simulated: bool = False) -> Series:
    """Make a monthly series with a usual range of the mean of earlier same months, ± twice its square root."""
    counts = _monthly(city, measure)
    points = []
    for month in sorted(counts):
        before = [
            counts[early] for year in (1, 2, 3) if (early := month.replace(year=month.year - year)) in counts
        ]
        mean = sum(before) / len(before) if len(before) >= 2 else None
        points.append(
            SeriesPoint(
                start=month,
                end=_month_end(month),
                value=float(counts[month]),
                usual_low=None if mean is None else max(0.0, mean - 2 * mean**0.5),
                usual_high=None if mean is None else mean + 2 * mean**0.5,
                comparable=month < date(2024, 3, 1),
            )
        )
    breaks = (city.breaks["nibrs-2024"],)
    return Series(measure, None, "month", tuple(points), breaks, QUERY, (PROVENANCE,), simulated)


def sample_screen(city: City) -> Screen:
    """Compare 2022 with 2023 by area for two measures; counts of 1 to 10 are hidden with one more for cover."""
    baseline, current = (
        Period(date(2022, 1, 1), date(2022, 12, 31)),
        Period(date(2023, 1, 1), date(2023, 12, 31)),
    )
    rows = []
    for measure in ("homicides", "robberies"):
        for area, years in _by_area(city, measure).items():
            shape: dict[str, Any] = {
                "measure": measure, "area": area, "baseline_period": baseline, "current_period": current,
                "refusal": None, "query": QUERY, "provenance": (PROVENANCE,),
            }  # fmt: skip
            if any(1 <= years[year] <= 10 for year in (2022, 2023)):
                rows.append(Finding(comparison=None, verdict=Verdict.HIDDEN, **shape))
                continue
            comparison = _compare(years[2022], years[2023])
            moved = comparison.verdict in (Verdict.FELL, Verdict.ROSE)
            discovered = moved and (comparison.p or 1) < 0.005
            rows.append(
                Finding(
                    comparison=comparison, verdict=comparison.verdict, adjusted_p=min(1.0, (comparison.p or 1) * 8),
                    discovered=discovered, **shape,
                )
            )  # fmt: skip
    tests = sum(1 for row in rows if row.comparison)
    return Screen(baseline, current, tuple(rows), tests, sum(1 for row in rows if row.discovered))


def sample_claims(city: City) -> tuple[ClaimResult, ...]:
    """Give every published figure a result; the first ones have each kind of verdict once."""
    span = city.breaks["nibrs-2024"]
    homicides = _finding(city, "homicides")
    share = _clearance()
    made = {
        "homicide-change": ClaimResult(
            "homicide-change", ClaimVerdict.UNCHECKABLE, Refusal("break", (span,)), None, None, None, None,
            homicides, False,
        ),
        "gang-homicide-change": ClaimResult(
            "gang-homicide-change", ClaimVerdict.UNCHECKABLE, Refusal("no_measure"), None, None, None, None, homicides,
            False,
        ),
        "homicide-clearance": ClaimResult(
            "homicide-clearance", ClaimVerdict.CONTRADICTED, None, None, 62.6, 57.5, 67.5, share, False,
            "interval_excludes",
        ),
        "circle-calls": ClaimResult(
            "circle-calls", ClaimVerdict.UNCHECKABLE, None, None, None, None, None, None, True, "simulated"
        ),
        "lafd-calls": ClaimResult(
            "lafd-calls", ClaimVerdict.SUPPORTED, None, None, 503_112.0, None, None, None, False, "same_total"
        ),
        "lapd-applications-change": ClaimResult(
            "lapd-applications-change", ClaimVerdict.UNCERTAIN, None, None, 12.4, -3.0, 30.1, None, False,
            "no_change_fits_too",
        ),
    }  # fmt: skip
    reasons = ("no_records", "not_a_record", "incomplete", "too_fine", "no_span", "history")
    results = []
    for place, figure in enumerate(city.figures):
        reason: Any = reasons[place % len(reasons)]
        refusal = Refusal(reason, covers_from=date(2020, 1, 1), covers_to=date(2024, 2, 29))
        other = ClaimResult(figure, ClaimVerdict.UNCHECKABLE, refusal, None, None, None, None, None, False)
        results.append(made.get(figure, other))
    return tuple(results)


def sample_commitments(city: City) -> tuple[CommitmentResult, ...]:
    """Give every commitment a result, each status at least once."""
    homicides = _finding(city, "homicides")
    years = [TrajectoryPoint(date(y, 1, 1), date(y, 12, 31), float(v), v - 2 * v**0.5, v + 2 * v**0.5)
             for y, v in ((2020, 356), (2021, 402), (2022, 393), (2023, 331))]  # fmt: skip
    cycle = (
        CommitmentStatus.NO_RECORDS, CommitmentStatus.MET, CommitmentStatus.ON_TRACK, CommitmentStatus.BEHIND,
        CommitmentStatus.MISSED, CommitmentStatus.UNCLEAR,
    )  # fmt: skip
    results, place = [], 0
    for name, commitment in city.commitments.items():
        if name == "fewer-homicides":
            results.append(
                CommitmentResult(name, CommitmentStatus.NO_TARGET, "no_target_unclear", tuple(years), None, None, None,
                                 homicides, None, False)
            )  # fmt: skip
        elif commitment.target is None:
            results.append(
                CommitmentResult(
                    name, CommitmentStatus.NO_TARGET, "no_target", (), None, None, None, None, None, False
                )
            )
        else:
            status = cycle[place % len(cycle)]
            refusal = Refusal("no_records") if status is CommitmentStatus.NO_RECORDS else None
            results.append(
                CommitmentResult(name, status, RULE_OF[status], (), None, None, None, None, refusal, False)
            )
            place += 1
    return tuple(results)


def _finding(city: City, measure: str) -> Finding:
    counts = _monthly(city, measure)
    baseline = sum(value for month, value in counts.items() if BASELINE.start <= month <= BASELINE.end)
    current = sum(value for month, value in counts.items() if CURRENT.start <= month <= CURRENT.end)
    comparison = _compare(baseline, current)
    earlier = sum(v for m, v in counts.items() if date(2020, 12, 1) <= m <= date(2021, 11, 30))
    mean = (baseline + earlier) / 2
    population = city.population or 1
    return Finding(
        measure=measure,
        area=None,
        baseline_period=BASELINE,
        current_period=CURRENT,
        comparison=comparison,
        refusal=None,
        verdict=comparison.verdict,
        baseline_rate=_rate(baseline, population),
        current_rate=_rate(current, population),
        alternatives=(
            Alternative("prior_year", float(baseline), None, None, comparison, None),
            Alternative("three_year_mean", mean, None, None, _compare(round(mean), current), None),
            Alternative("trend", mean * 0.98, mean * 0.9, mean * 1.07, None, None),
        ),
        query=QUERY,
        provenance=(PROVENANCE,),
    )


def _clearance() -> Finding:
    comparison = Comparison(
        form="share", baseline=73.1, current=70.6, baseline_n=401, current_n=337, baseline_days=365,
        current_days=365, difference=-2.5, change=-2.5, low=-9.0, high=4.0, p=0.45, overdispersion=1.0,
        overdispersion_known=False, detectable_drop=None, verdict=Verdict.UNCLEAR,
    )  # fmt: skip
    return Finding("homicide_clearance", None, BASELINE, CURRENT, comparison, None, Verdict.UNCLEAR, query=QUERY,
                   provenance=(PROVENANCE,))  # fmt: skip


def _compare(baseline: int, current: int) -> Comparison:
    return compare_counts(baseline, current, baseline_days=365, current_days=365, overdispersion=1.2)


def _rate(count: int, population: int) -> Rate:
    value = 100_000 * count / population
    half = 1.96 * 100_000 * count**0.5 / population
    return Rate(value, value - half, value + half, population, "U.S. Census Bureau, 2020 Census")


def _monthly(city: City, measure: str) -> dict[date, int]:
    wanted = set(city.measures[measure].where["category"])
    counts: dict[date, int] = defaultdict(int)
    for row in _rows("records/crime_monthly_citywide"):
        if row["category"] in wanted:
            counts[date.fromisoformat(row["period"] + "-01")] += int(row["crimes"])
    return counts


def _by_area(city: City, measure: str) -> dict[str, dict[int, int]]:
    wanted = set(city.measures[measure].where["category"])
    names = {
        alias.casefold(): area.id for area in city.areas.values() for alias in (area.name, *area.aliases)
    }
    counts: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for row in _rows("records/crime_yearly_by_area"):
        if row["category"] in wanted:
            counts[names[row["area"].casefold()]][int(row["year"])] += int(row["crimes"])
    return counts


def _rows(name: str) -> list[dict[str, str]]:
    with (PACK / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def _month_end(month: date) -> date:
    following = month.replace(day=28).toordinal() + 4
    return date.fromordinal(following - date.fromordinal(following).day)
