"""One measure in every area: the rows of a table, from a screen."""

from __future__ import annotations

from dataclasses import dataclass

from commonweal.reports.charts import sort_by_certainty
from commonweal.reports.sentences import screen_sentence
from commonweal.results.finding import Finding, Screen
from commonweal.results.periods import Period
from commonweal.web.pages.area_map import AreaMap, make_area_map, place_findings
from commonweal.web.tables import Table
from commonweal.web.tables.findings import as_row, finding_columns
from commonweal.web.view import View


@dataclass(frozen=True, slots=True)
class AreaRows:
    """A measure in every area.

    Attributes
    ----------
    measure : str
        Measure.
    screen : Screen
        The comparisons it was weighed among.
    findings : tuple of Finding
        Those of the measure, what we can be sure of first.
    """

    measure: str
    screen: Screen
    findings: tuple[Finding, ...]

    @property
    def periods(self) -> tuple[Period, Period]:
        """Current and baseline period."""
        return self.screen.current_period, self.screen.baseline_period


def list_area_measures(view: View) -> tuple[str, ...]:
    """List the measures that are published by area."""
    return view.answers.release().measures


def find_area_rows(view: View, measure: str) -> AreaRows | None:
    """Return a measure in every area as it is published, weighed among all; None where it is not published.

    Parameters
    ----------
    view : View
        The reader's.
    measure : str
        Measure.
    """
    screen = view.answers.release().screen
    found = [row for row in screen.rows if row.measure == measure] if screen else []
    return AreaRows(measure, screen, sort_by_certainty(found)) if screen and found else None


def make_area_table(view: View, rows: AreaRows) -> Table:
    """Make the table of a measure in every area.

    Parameters
    ----------
    view : View
        The reader's.
    rows : AreaRows
        What it shows.
    """
    words, language = view.words, view.language
    made = tuple(
        as_row(view, finding, words.area(finding.area), view.url(f"/results/areas/{finding.area}"))
        for finding in rows.findings
    )
    current, baseline = rows.periods
    caption = language.gettext(
        "%(measure)s: %(current)s against %(baseline)s, by %(area)s. What we can be sure of comes first.",
        measure=words.measure(rows.measure),
        current=language.period(current),
        baseline=language.period(baseline),
        area=words.area_title,
    )
    first = words.area_title[:1].upper() + words.area_title[1:]
    return Table(
        name=f"{rows.measure}-by-area",
        caption=caption,
        columns=finding_columns(view, made, first),
        rows=made,
        path="/results/areas",
        query=f"measure={rows.measure}",
        simulated=any(finding.simulated for finding in rows.findings),
        about={
            "measure": rows.measure,
            "current_period": str(current),
            "baseline_period": str(baseline),
            "tests": rows.screen.tests,
            "discoveries": rows.screen.discoveries,
        },
    )


def map_rows(view: View, rows: AreaRows) -> AreaMap | None:
    """Draw the map of a measure in every area.

    Parameters
    ----------
    view : View
        The reader's.
    rows : AreaRows
        What it shows.
    """
    return make_area_map(
        view,
        place_findings(view, make_area_table(view, rows).rows),
        summary=screen_sentence(view.words, rows.screen),
        source=f"/api/v1/maps/areas.geojson?language={view.language.code}&measure={rows.measure}",
    )
