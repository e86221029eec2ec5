"""The release: every number by area that is published, hidden and audited together.

Periods by area are fixed (the two that are compared, and the calendar years), because free ones would allow a
hidden number to be worked out by subtraction. All of them, with the totals of the city, go through one audit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import polars as pl

from commonweal.city import City
from commonweal.errors import InvalidRequest, NotFound, Problem
from commonweal.results.finding import Finding, Query, Screen, Series, SeriesPoint
from commonweal.results.periods import Period
from commonweal.results.screening import screen_findings
from commonweal.results.suppression import (
    Audit,
    ProtectedTable,
    Thresholds,
    find_parts,
    hide_finding,
    protect_screen,
)
from commonweal.studies.answering import AnsweringSource, find_answering_source
from commonweal.studies.area_counts import count_areas, list_spans, list_years
from commonweal.studies.desk import Desk
from commonweal.studies.rounding import round_finding
from commonweal.studies.screen import compare_areas, find_screen_periods, list_screen_measures

COUNT_COLUMNS = {
    "area": pl.String,
    "measure": pl.String,
    "start": pl.Date,
    "end": pl.Date,
    "count": pl.Int64,
    "hidden": pl.Boolean,
}

FEWEST_AREAS = 2
"""Areas below which nothing is published by area: the one area is the city, and its total is shown anyway."""


@dataclass(frozen=True, slots=True)
class YearCounts:
    """Counts of one measure by area and calendar year, as they may be published."""

    measure: str
    years: tuple[Period, ...]
    query: Query
    answering: AnsweringSource


@dataclass(frozen=True, slots=True)
class Release:
    """What is published by area.

    Attributes
    ----------
    screen : Screen or None
        Areas × measures for the two compared periods, small numbers hidden; none where no records tell areas.
    counts : DataFrame
        ``area``, ``measure``, ``start``, ``end``, ``count`` (empty where hidden), ``hidden``; the city also in
        every span between two days at which a period begins or has ended.
    years : tuple of YearCounts
        Calendar years of each measure, with their query.
    audit : Audit or None
        The audit that was passed.
    """

    screen: Screen | None
    counts: pl.DataFrame
    years: tuple[YearCounts, ...]
    audit: Audit | None

    def get_finding(self, measure: str, area: str) -> Finding:
        """Return one comparison of the release.

        Raises
        ------
        NotFound
            It is not published by area.
        """
        rows = self.screen.rows if self.screen else ()
        for row in rows:
            if row.measure == measure and row.area == area:
                return row
        raise NotFound(
            f"{measure} is not published by area. Published: {', '.join(self.measures) or 'nothing'}."
        )

    @property
    def measures(self) -> tuple[str, ...]:
        """Measures that are published by area."""
        return tuple(dict.fromkeys(row.measure for row in self.screen.rows)) if self.screen else ()

    def get_series(self, measure: str, area: str) -> Series:
        """Return the calendar years of a measure in an area.

        Raises
        ------
        NotFound
            They are not published.
        """
        found = next((one for one in self.years if one.measure == measure), None)
        if found is None:
            raise NotFound(f"{measure} is not published by area and year.")
        rows = self.counts.filter(
            (pl.col("area") == area)
            & (pl.col("measure") == measure)
            & pl.col("start").is_in([y.start for y in found.years])
        )
        shown = {(row["start"], row["end"]): row for row in rows.iter_rows(named=True)}
        return Series(
            measure=measure,
            area=area,
            grain="year",
            points=tuple(_point(year, shown[year.start, year.end]) for year in found.years),
            breaks=(),
            query=found.query,
            provenance=(found.answering.snapshot.provenance,),
            simulated=found.answering.simulated,
        )


def make_release(desk: Desk) -> Release:
    """Make the release of a city: compare, hide, audit.

    Parameters
    ----------
    desk : Desk
        City and records.

    Raises
    ------
    PublicationBlocked
        What must be hidden would follow from what must be shown.
    """
    return desk.remember("release", lambda: _make(desk))


def screen_areas(
    desk: Desk,
    measure_ids: Sequence[str],
    *,
    current: Period | None = None,
    baseline: Period | None = None,
) -> Screen:
    """Return the part of the release that is about some measures.

    What stands there is what stands in the whole release, among all of its tests: whoever looks at one measure alone
    does not find more.

    Parameters
    ----------
    desk : Desk
        City and records.
    measure_ids : sequence of str
        Measures of the pack.
    current, baseline : Period, optional
        Must be the periods of the release, if named.

    Raises
    ------
    InvalidRequest
        Other periods were asked for.
    NotFound
        Nothing is published by area.
    """
    screen = make_release(desk).screen
    if screen is None:
        raise NotFound(
            "Nothing is published by area: no loaded records tell areas for two comparable periods."
        )
    _check_periods(screen, current, baseline)
    rows = tuple(row for row in screen.rows if row.measure in measure_ids)
    return replace(screen, rows=rows, discoveries=sum(bool(row.discovered) for row in rows))


def _check_periods(screen: Screen, current: Period | None, baseline: Period | None) -> None:
    pairs = (("to", current, screen.current_period), ("from", baseline, screen.baseline_period))
    problems = [
        Problem(
            "request",
            f"by area, only {published} is published, so that hidden numbers stay hidden",
            field=name,
            value=str(asked),
        )
        for name, asked, published in pairs
        if asked is not None and asked != published
    ]
    if problems:
        raise InvalidRequest("By area, the periods are fixed.", problems)


def _make(desk: Desk) -> Release:
    names = list_screen_measures(desk)
    periods = find_screen_periods(desk, names)
    nothing = Release(None, pl.DataFrame(schema=COUNT_COLUMNS), (), None)
    if periods is None or len(desk.city.areas) < FEWEST_AREAS:
        return nothing
    screen = compare_areas(desk, names, periods)
    if not screen.rows:
        return nothing
    compared = tuple(dict.fromkeys(row.measure for row in screen.rows))
    shown = (periods.baseline, periods.current)
    answered = {
        name: answering
        for name in compared
        if (answering := find_answering_source(desk, desk.city.get_measure(name), shown, by_area=True))
    }
    calendars = {name: list_years(desk, answering) for name, answering in answered.items()}
    spans = list_spans((*shown, *(year for calendar in calendars.values() for year in calendar)))
    tables, years = [], []
    for name, answering in answered.items():
        wanted = dict.fromkeys((*shown, *calendars[name]))
        between = [span for span in spans if span not in wanted and answering.covers.contains(span)]
        counted = count_areas(desk, desk.city.get_measure(name), answering, tuple(wanted), between=between)
        tables.append(counted.table)
        years.append(YearCounts(name, calendars[name], counted.query, answering))
    protected = protect_screen(pl.concat(tables), _thresholds(desk.city, compared))
    return Release(_hide(screen, protected), protected.table, tuple(years), protected.suppressed.audit)


def _hide(screen: Screen, protected: ProtectedTable) -> Screen:
    """Hide first, then count tests and discoveries among what is shown."""
    rows = [
        hide_finding(replace(row, adjusted_p=None, discovered=None), protected.suppressed)
        for row in screen.rows
    ]
    shown = screen_findings(
        rows, baseline_period=screen.baseline_period, current_period=screen.current_period
    )
    return replace(shown, rows=tuple(round_finding(row) for row in shown.rows))


def _thresholds(city: City, measures: Sequence[str]) -> Thresholds:
    return Thresholds(
        rules={name: city.suppression[city.measures[name].sensitivity] for name in measures},
        parts=find_parts(city.measures[name] for name in measures),
        populations={area.id: area.population for area in city.areas.values() if area.population},
    )


def _point(year: Period, row: dict[str, object]) -> SeriesPoint:
    hidden = bool(row["hidden"])
    return SeriesPoint(
        start=year.start,
        end=year.end,
        value=None if hidden else float(str(row["count"])),
        usual_low=None,
        usual_high=None,
        comparable=True,
        hidden=hidden,
    )
