"""An attacker who knows every shown number tries to work out the hidden ones.

The attacker is written without the program's own parts: numpy for what follows by adding and subtracting, scipy's
linear programs for what follows because counts are not negative, on cells of area × measure × month.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from commonweal.city.knowledge import SuppressionRule
from commonweal.results.period_text import parse_period
from commonweal.results.periods import Period
from commonweal.results.suppression import (
    Relations,
    Suppressed,
    Thresholds,
    collect_tables,
    protect_screen,
    suppress,
)
from commonweal.results.suppression.screen import _read_counts
from commonweal.results.suppression.thresholds import LOS_ANGELES_STYLE

Months = dict[tuple[str, str, date], int]
YEARS = (parse_period("2021-12..2022-11"), parse_period("2022-12..2023-11"))
SLIDING = (parse_period("2022"), parse_period("2022-02..2023-01"), parse_period("2023"))
TO_DATE = (parse_period("ytd:2023-09-30"), parse_period("ytd:2023-10-31"))


@dataclass(frozen=True)
class Report:
    """Months as they happened, and the tables made of them."""

    months: Months
    table: pl.DataFrame
    parts: dict[str, tuple[str, ...]]


def make_report(months: Months, periods: Sequence[Period], *, totals: bool = False) -> Report:
    """Add months up to counts by area and for the city, and over measures where wanted."""
    areas, measures = sorted({key[0] for key in months}), sorted({key[1] for key in months})
    parts = {"all": tuple(measures)} if totals else {}
    rows = [
        (place, name, period.start, period.end, sum(
            count for (area, measure, month), count in months.items()
            if (place is None or area == place) and measure in parts.get(name, (name,)) and period.contains(month)
        ))
        for period in periods
        for name in [*measures, *parts]
        for place in [*areas, None]
    ]  # fmt: skip
    names = ("area", "measure", "start", "end", "count")
    return Report(months, pl.DataFrame(rows, schema=list(names), orient="row"), parts)


class Attacker:
    """Knows how numbers add up and what is shown, and nothing else."""

    def __init__(self, report: Report, hidden: Suppressed) -> None:
        self.cells = {key: i for i, key in enumerate(sorted(report.months))}
        self.parts = report.parts
        self.hidden: list[tuple[np.ndarray, int]] = []
        shown, values = [], []
        for area, measure, start, end, count in report.table.iter_rows():
            row = self.row(area, measure, Period(start, end))
            if hidden.is_hidden(area, measure, Period(start, end)):
                self.hidden.append((row, count))
            else:
                shown.append(row)
                values.append(count)
        self.shown, self.values = np.array(shown), np.array(values, dtype=float)

    def row(self, place: str | None, name: str, period: Period) -> np.ndarray:
        row = np.zeros(len(self.cells))
        for (area, measure, month), i in self.cells.items():
            if place in (None, area) and measure in self.parts.get(name, (name,)) and period.contains(month):
                row[i] = 1.0
        return row

    def solve(self, rows: Sequence[np.ndarray]) -> list[float | None]:
        """Work rows out by least squares: a row in the span of the shown ones has no residual."""
        weights = np.linalg.lstsq(self.shown.T, np.array(rows).T, rcond=None)[0]
        left = np.abs(self.shown.T @ weights - np.array(rows).T).max(axis=0)
        return [
            float(self.values @ w) if gap < 1e-8 else None for w, gap in zip(weights.T, left, strict=True)
        ]

    def bound(self, row: np.ndarray) -> tuple[float, float]:
        ends = []
        for sign in (1, -1):
            answer = linprog(
                sign * row, A_eq=self.shown, b_eq=self.values, bounds=(0, None), method="highs-ds"
            )
            ends.append(sign * answer.fun if answer.status == 0 else np.inf)
        return ends[0], ends[1]

    def recovered(self) -> list[int]:
        """Return hidden small counts worked out exactly."""
        small = [(row, count) for row, count in self.hidden if 1 <= count <= 10]
        if not small:
            return []
        answers = self.solve([row for row, _ in small])
        for answer, (_, count) in zip(answers, small, strict=True):
            assert answer is None or answer == pytest.approx(count)
        return [count for answer, (_, count) in zip(answers, small, strict=True) if answer is not None]


def hide(
    report: Report, *, complementary: bool = True, rule: SuppressionRule = LOS_ANGELES_STYLE
) -> Suppressed:
    rules = dict.fromkeys(report.table["measure"].unique(), rule)
    return suppress(
        collect_tables(_read_counts(report.table), Relations(rules, report.parts)),
        complementary=complementary,
    )


def months_of(periods: Sequence[Period]) -> list[date]:
    first, last = min(p.start for p in periods), max(p.end for p in periods)
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return [
        date(first.year + (first.month - 1 + i) // 12, (first.month - 1 + i) % 12 + 1, 1)
        for i in range(count)
    ]


def random_months(seed: int, areas: int, measures: int, periods: Sequence[Period]) -> Months:
    generator = np.random.default_rng(seed)
    rates = {f"m{m}": 10 ** generator.uniform(-1.2, 1.5) for m in range(measures)}
    return {
        (f"area {a:02}", name, month): int(generator.poisson(rate * (0.3 + a % 5)))
        for a in range(areas)
        for name, rate in rates.items()
        for month in months_of(periods)
    }


REPORTS = [
    (YEARS, False), (YEARS, True), (SLIDING, False), (SLIDING, True), ((*TO_DATE, *YEARS), False),
]  # fmt: skip


@pytest.mark.parametrize(("periods", "totals"), REPORTS)
def test_the_attacker_fails(periods: Sequence[Period], totals: bool) -> None:
    """No hidden count of a report is worked out, none is narrowed to fewer than ten values where more are possible."""
    report = make_report(random_months(7, 6, 4, periods), periods, totals=totals)
    suppressed = hide(report)
    attacker = Attacker(report, suppressed)
    assert suppressed.audit.passed
    assert attacker.hidden
    assert attacker.recovered() == []
    everything_hidden = Attacker(report, EverythingButTheCity())
    for row, count in attacker.hidden:
        if 1 <= count <= 10:
            low, high = attacker.bound(row)
            widest = everything_hidden.bound(row)
            assert low - 1e-6 <= count <= high + 1e-6
            assert high - low >= min(9.0, widest[1] - widest[0]) - 1e-4


class EverythingButTheCity(Suppressed):
    """All that may be hidden is hidden: what the city's totals alone say."""

    def __init__(self) -> None:
        """Hide by rule, not by list."""

    def is_hidden(self, area: str | None, measure: str, *periods: Period) -> bool:
        return area is not None


@pytest.mark.parametrize(("periods", "totals"), REPORTS)
def test_the_attacker_succeeds_without_complementary_suppression(
    periods: Sequence[Period], totals: bool
) -> None:
    """The control: with the small counts alone hidden, the same attacker reads some off, and the audit says so."""
    report = make_report(random_months(7, 6, 4, periods), periods, totals=totals)
    suppressed = hide(report, complementary=False)
    recovered = Attacker(report, suppressed).recovered()
    assert recovered
    exact = [one for one in suppressed.audit.exposed if one.how == "exact" and one.key.area]
    assert len(exact) >= len(recovered)
    assert not suppressed.audit.passed


def one_month_apart() -> Report:
    """Two spans to date, both large, that differ by a month of three robberies in one area."""
    months: Months = {}
    for area, last in (("central", 3), ("newton", 40), ("harbor", 55)):
        for month in months_of(TO_DATE):
            months[area, "robberies", month] = last if month.month == 10 else 20
    return make_report(months, TO_DATE)


def test_the_difference_of_two_periods_is_protected() -> None:
    """January to October less January to September would give October's three away; one of the two is hidden."""
    report = one_month_apart()
    month = [Attacker(report, hide(report)).row("central", "robberies", parse_period("2023-10"))]
    assert Attacker(report, hide(report, complementary=False)).solve(month) == [pytest.approx(3.0)]
    protected = hide(report)
    assert Attacker(report, protected).solve(month) == [None]
    assert protected.audit.passed


@settings(max_examples=15, deadline=None)
@given(st.data())
def test_the_attacker_fails_on_any_table(data: st.DataObject) -> None:
    """On random small tables with sums over areas, measures and overlapping periods nothing hidden comes out."""
    periods = data.draw(st.sampled_from([YEARS, SLIDING[:2], TO_DATE]))
    areas = data.draw(st.integers(2, 4))
    cuts = sorted({p.start for p in periods} | {date(p.end.year + p.end.month // 12, p.end.month % 12 + 1, 1)
                                              for p in periods})[:-1]  # fmt: skip
    months: Months = {
        (f"a{a}", f"m{m}", month): data.draw(st.sampled_from([0, 0, 1, 2, 5, 9, 11, 14, 30, 100]))
        for a in range(areas) for m in range(2) for month in cuts
    }  # fmt: skip
    report = make_report(months, periods, totals=data.draw(st.booleans()))
    suppressed = hide(report)
    attacker = Attacker(report, suppressed)
    assert suppressed.audit.passed
    assert attacker.recovered() == []
    for area, measure, start, end, count in report.table.iter_rows():
        if area is not None and 1 <= count <= 10:
            assert suppressed.is_hidden(area, measure, Period(start, end))
        if area is None:
            assert not suppressed.is_hidden(area, measure, Period(start, end))
    for name, row in unpublished_rows(attacker, areas, cuts):
        (answer,) = attacker.solve([row])
        assert answer is None or not 0.5 < answer < 10.5, name


def unpublished_rows(
    attacker: Attacker, areas: int, cuts: Sequence[date]
) -> Iterator[tuple[str, np.ndarray]]:
    """Return every span between two cuts, of every area and measure."""
    for a in range(areas):
        for m in range(2):
            for i, start in enumerate(cuts):
                for end in cuts[i:]:
                    period = Period(start, end)
                    yield f"a{a} m{m} {period}", attacker.row(f"a{a}", f"m{m}", period)


@pytest.mark.real
def test_the_attacker_fails_on_the_real_report(real_data: Path) -> None:
    """On the real Los Angeles screen, 21 areas × 5 categories × 2 years, nothing hidden comes out."""
    raw = pl.read_csv(real_data / "los-angeles" / "lapd_crime_monthly_2020_2024.csv")
    rare = raw.group_by("category").agg(pl.col("crimes").sum()).sort("crimes")["category"][1:6].to_list()
    sums = (
        raw.filter(pl.col("category").is_in(rare))
        .group_by("area", "category", "period")
        .agg(pl.col("crimes").sum())
    )
    told = {(a, c, date.fromisoformat(f"{p}-01")): n for a, c, p, n in sums.iter_rows()}
    months = {
        (area, category, month): told.get((area, category, month), 0)
        for area in raw["area"].unique().to_list() for category in rare for month in months_of(YEARS)
    }  # fmt: skip
    report = make_report(months, YEARS)
    protected = protect_screen(report.table, Thresholds(LOS_ANGELES_STYLE))
    attacker = Attacker(report, protected.suppressed)
    assert len(attacker.hidden) > 20
    assert attacker.recovered() == []
    assert protected.suppressed.audit.passed
    assert protected.table.filter(pl.col("area").is_null())["hidden"].sum() == 0
