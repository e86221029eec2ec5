"""One measure in every area: the rows of a table, from a screen."""

from __future__ import annotations

from dataclasses import dataclass

from commonweal.reports.charts import sort_by_certainty
from commonweal.results.finding import Finding, Screen
from commonweal.results.periods import Period
from commonweal.web.period_choice import PeriodChoice
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
    """List the measures that are screened by area: those that stand for a category."""
    return tuple(name for name, measure in view.city.measures.items() if measure.category)


def find_area_rows(view: View, measure: str, choice: PeriodChoice | None) -> AreaRows | None:
    """Return a measure in every area, weighed in the screen of all; None where no record tells areas.

    Parameters
    ----------
    view : View
        The reader's.
    measure : str
        Measure.
    choice : PeriodChoice or None
        Periods asked for; none for the latest.
    """
    measures = list_area_measures(view)
    if measure not in measures:
        measures = (measure,)
    current = choice.current if choice else None
    baseline = choice.baseline if choice else None
    screen = view.answers.screen(measures, current=current, baseline=baseline)
    found = tuple(row for row in screen.rows if row.measure == measure)
    return AreaRows(measure, screen, sort_by_certainty(found)) if found else None


def make_area_table(view: View, rows: AreaRows, *, query: str) -> Table:
    """Make the table of a measure in every area.

    Parameters
    ----------
    view : View
        The reader's.
    rows : AreaRows
        What it shows.
    query : str
        Query string of its address.
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
        query=query,
        simulated=any(finding.simulated for finding in rows.findings),
        about={
            "measure": rows.measure,
            "current_period": str(current),
            "baseline_period": str(baseline),
            "tests": rows.screen.tests,
            "discoveries": rows.screen.discoveries,
        },
    )
