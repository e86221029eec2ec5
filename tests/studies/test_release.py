"""What is published by area hides small numbers, and nothing that is shown gives them away."""

from __future__ import annotations

import itertools
from datetime import timedelta

import numpy as np
import polars as pl
import pytest

from commonweal.errors import InvalidRequest, NotFound
from commonweal.results.compiler import Scope, compile_totals
from commonweal.results.period_text import parse_period
from commonweal.results.verdict import Verdict
from commonweal.studies.answering import find_answering_source
from commonweal.studies.desk import Desk
from commonweal.studies.release import make_release, screen_areas

_DAY = timedelta(days=1)


def test_the_six_homicides_of_riverside_are_hidden_with_their_change(toy: Desk) -> None:
    """Six homicides in 2023 lie from 1 to 10: the comparison shows no number at all."""
    finding = make_release(toy).get_finding("homicides", "riverside")
    assert finding.verdict is Verdict.HIDDEN
    assert finding.comparison is None
    assert finding.current_rate is None
    assert finding.adjusted_p is None


def test_large_numbers_are_shown(toy: Desk) -> None:
    """Robberies of Riverside, 60 then 36, need no hiding."""
    comparison = make_release(toy).get_finding("robberies", "riverside").comparison
    assert comparison is not None
    assert (comparison.baseline, comparison.current) == (60, 36)


def test_years_of_an_area_are_hidden_as_the_comparison_is(toy: Desk) -> None:
    """What is hidden in one table is hidden in the other, so neither gives the other away."""
    points = make_release(toy).get_series("homicides", "riverside").points
    by_year = {point.start.year: point for point in points}
    assert by_year[2023].hidden
    assert by_year[2023].value is None


def test_other_periods_are_not_published_by_area(toy: Desk) -> None:
    """Free periods would let a reader subtract one from the other."""
    with pytest.raises(InvalidRequest, match="fixed"):
        screen_areas(toy, ["robberies"], current=parse_period("2023-02..2023-12"))


def test_what_is_not_in_the_release_cannot_be_had(toy: Desk) -> None:
    """A measure without a category is not published by area."""
    with pytest.raises(NotFound):
        make_release(toy).get_finding("robbery_clearance", "riverside")


@pytest.mark.parametrize("desk", ["toy", "los_angeles"])
def test_linear_algebra_recovers_no_hidden_number(desk: str, request: pytest.FixtureRequest) -> None:
    """Take every published number, of every area, period and the city: no hidden one is in their span."""
    city: Desk = request.getfixturevalue(desk)
    counts = make_release(city).counts
    for measure in counts["measure"].unique().to_list():
        rows = counts.filter(pl.col("measure") == measure)
        assert not recoverable(rows), measure


def recoverable(rows: pl.DataFrame) -> list[tuple[str, object]]:
    """Return hidden cells that least squares over the published ones gives exactly; written without our audit."""
    edges = sorted({*rows["start"].to_list(), *[day + _DAY for day in rows["end"].to_list()]})
    spans = list(itertools.pairwise(edges))
    areas = sorted(set(rows["area"].to_list()) - {""})
    index = {(area, span): i for i, (area, span) in enumerate((a, s) for a in areas for s in spans)}

    def vector(area: str, start: object, end: object) -> np.ndarray:
        one = np.zeros(len(index))
        for name in areas if area == "" else [area]:
            for span in spans:
                if span[0] >= start and span[1] <= end + _DAY:  # type: ignore[operator]
                    one[index[name, span]] = 1
        return one

    known = rows.filter(~pl.col("hidden"))
    matrix = np.array([vector(r["area"], r["start"], r["end"]) for r in known.iter_rows(named=True)])
    found = []
    for row in rows.filter(pl.col("hidden")).iter_rows(named=True):
        wanted = vector(row["area"], row["start"], row["end"])
        weights = np.linalg.lstsq(matrix.T, wanted, rcond=None)[0]
        if np.allclose(matrix.T @ weights, wanted, atol=1e-8):
            found.append((row["area"], row["start"]))
    return found


def test_the_attack_works_where_only_small_numbers_are_hidden(los_angeles: Desk) -> None:
    """The same attack on the same tables with nothing but the small cells hidden recovers some of them."""
    release = make_release(los_angeles)
    shown = release.counts.filter(pl.col("area") != "")
    names = [one.measure for one in release.years]
    truth = pl.concat([_true_counts(los_angeles, name, shown) for name in names])
    broken = 0
    for name in names:
        rows = truth.filter(pl.col("measure") == name).with_columns(
            hidden=(pl.col("count") >= 1) & (pl.col("count") <= 10) & (pl.col("area") != "")
        )
        broken += len(recoverable(rows))
    assert broken > 0


def _true_counts(desk: Desk, name: str, shown: pl.DataFrame) -> pl.DataFrame:
    measure = desk.city.get_measure(name)
    rows = shown.filter(pl.col("measure") == name)
    periods = [
        parse_period(f"{s}..{e}")
        for s, e in rows.select("start", "end").unique(maintain_order=True).iter_rows()
    ]
    answering = find_answering_source(desk, measure, periods, by_area=True)
    assert answering is not None
    answer = desk.ask(
        compile_totals(measure, Scope(answering.source, desk.city.time_zone, by=("area",)), periods),
        answering.snapshot,
    ).table
    spans = pl.DataFrame(
        {"period": range(len(periods)), "start": [p.start for p in periods], "end": [p.end for p in periods]}
    )
    counted = (
        answer.with_columns(pl.col("period").cast(pl.Int64))
        .join(spans, on="period")
        .select("area", pl.lit(name).alias("measure"), "start", "end", pl.col("value").alias("count"))
    )
    full = (
        rows.select("area", "measure", "start", "end")
        .join(counted, on=["area", "measure", "start", "end"], how="left")
        .with_columns(pl.col("count").fill_null(0))
    )
    city = full.group_by("measure", "start", "end").agg(pl.col("count").sum()).with_columns(area=pl.lit(""))
    return pl.concat([full, city.select(full.columns)])


def test_estimates_by_area_are_rounded(los_angeles: Desk) -> None:
    """Interval ends have one decimal and p three digits: more would be an equation about hidden months."""
    screen = make_release(los_angeles).screen
    assert screen is not None
    for row in screen.rows:
        if row.comparison is None or row.comparison.low is None or row.comparison.p is None:
            continue
        assert row.comparison.low == round(row.comparison.low, 1)
        assert row.comparison.p == float(f"{row.comparison.p:.3g}")
