"""The city is published for any months: with that, too, no hidden number of an area may come out."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from scipy.optimize import linprog

from commonweal.config import Workspace
from commonweal.studies.desk import Desk, open_desk
from commonweal.studies.release import make_release
from commonweal.studies.series import read_series

_DAY = timedelta(days=1)
Span = tuple[date, date]


def test_the_audit_knows_the_city_in_every_span_between_two_periods(toy: Desk) -> None:
    """Whatever lies between two edges of published periods is in the audited table, as a number of the city."""
    counts = make_release(toy).counts
    for measure in counts["measure"].unique():
        rows = counts.filter(pl.col("measure") == measure)
        city = rows.filter(pl.col("area") == "").select("start", "end").rows()
        assert set(_spans(rows)) <= {(start, end + _DAY) for start, end in city}


@pytest.mark.real
@pytest.mark.parametrize("measure", ["human_trafficking", "kidnappings", "homicides"])
def test_the_months_of_the_city_do_not_narrow_a_hidden_number(
    los_angeles_by_area: Desk, measure: str
) -> None:
    """An attacker with a solver, every shown number and the city's months learns no more than the rule tells."""
    desk = los_angeles_by_area
    declared = desk.city.get_measure(measure)
    rule = desk.city.suppression[declared.sensitivity]
    rows = make_release(desk).counts.filter(pl.col("measure") == measure)
    spans, areas = _spans(rows), sorted(set(rows["area"]) - {""})
    place = {one: i for i, one in enumerate((area, span) for area in areas for span in spans)}

    def of(area: str, start: date, end: date) -> np.ndarray:
        inside = [span for span in spans if start <= span[0] and span[1] <= end + _DAY]
        vector = np.zeros(len(place))
        vector[[place[one, span] for one in ([area] if area else areas) for span in inside]] = 1
        return vector

    shown = rows.filter(~pl.col("hidden") & (pl.col("area") != ""))
    known = [(of(a, s, e), n) for a, s, e, n in shown.select("area", "start", "end", "count").rows()]
    known += [(of("", start, end - _DAY), _count_city(desk, measure, (start, end))) for start, end in spans]
    matrix, values = np.array([one for one, _ in known]), np.array([float(n) for _, n in known])
    small = [
        (a, s, e)
        for a, s, e in rows.filter("hidden", pl.col("area") != "").select("area", "start", "end").rows()
        if rule.hide_from <= _count_area(desk, measure, a, s, e) <= rule.hide_to
    ]
    assert small
    for area, start, end in small:
        wanted = of(area, start, end)
        low, high = (sign * linprog(sign * wanted, A_eq=matrix, b_eq=values).fun for sign in (1, -1))
        assert high - low >= rule.hide_to - rule.hide_from - 1e-6, (area, start, end, low, high)


def test_a_sum_of_measures_does_not_give_its_hidden_part_away(
    toy_workspace: Workspace, tmp_path: Path
) -> None:
    """Robberies shown, homicides hidden: a measure that counts both together may not be shown beside them."""
    workspace = Workspace(shutil.copytree(toy_workspace.root, tmp_path / "workspace"))
    with (workspace.city / "measures.toml").open("a", encoding="utf-8") as measures:
        measures.write(
            '\n[violent]\ntitle = "Violent"\nkind = "counts"\nsources = ["counts_monthly"]\n'
            'where = { category = ["Robbery", "Homicide"], quantity = ["incidents"] }\nvalue = "sum:value"\n'
            'unit = "incidents"\ndirection = "down"\ncategory = "Violent"\n'
        )
    rows = make_release(open_desk(workspace)).counts.filter(
        pl.col("area") == "riverside",
        pl.col("start") == date(2023, 1, 1),
        pl.col("end") == date(2023, 12, 31),
    )
    hidden = {measure for measure, is_hidden in rows.select("measure", "hidden").rows() if is_hidden}
    assert "homicides" in hidden
    assert hidden & {"robberies", "violent"}


def _spans(rows: pl.DataFrame) -> list[Span]:
    own = rows.filter(pl.col("area") != "")
    return list(pairwise(sorted({*own["start"], *(day + _DAY for day in own["end"])})))


def _count_city(desk: Desk, measure: str, span: Span) -> int:
    """Add up the city's published months."""
    points = read_series(desk, measure, grain="month").points
    return int(sum(one.value or 0 for one in points if span[0] <= one.start and one.end < span[1]))


def _count_area(desk: Desk, measure: str, area: str, start: date, end: date) -> int:
    """Count in the records themselves what nobody is shown."""
    category = desk.city.get_measure(measure).where["category"]
    table = desk.store.query(
        "SELECT sum(value) AS n FROM counts WHERE source = 'lapd_crime_monthly' AND quantity = 'incidents' "
        "AND area = ? AND list_contains(?, category) AND period_start BETWEEN ? AND ?",
        [area, list(category), start, end],
    )
    return int(table["n"][0] or 0)
