"""Charts on pages: drawn once for each state of the store, in a wide and a narrow form."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from commonweal.reports.charts import draw_alternatives, draw_series, draw_trajectory
from commonweal.results.finding import CommitmentResult, Finding, Series
from commonweal.results.periods import Period
from commonweal.web.view import View

WIDE, NARROW = 1140, 380


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart in two widths; the style sheet shows the one that fits."""

    wide: Markup
    narrow: Markup


@dataclass(frozen=True, slots=True)
class SeriesChart:
    """A series and its chart."""

    series: Series
    chart: Chart


def draw_series_chart(view: View, series: Series, *, compared: tuple[Period, ...] = ()) -> SeriesChart | None:
    """Draw a measure over time; None where there is nothing to draw.

    Parameters
    ----------
    view : View
        The reader's.
    series : Series
        What is drawn.
    compared : tuple of Period
        Periods to underline.
    """
    if not any(point.value is not None for point in series.points):
        return None
    key = ("series chart", view.language.code, series.measure, series.area, series.grain, compared)
    chart = view.answers.keep(
        key,
        lambda: Chart(
            Markup(draw_series(view.words, series, width=WIDE, height=340, compared=compared)),  # noqa: S704
            Markup(draw_series(view.words, series, width=NARROW, height=260, compared=compared)),  # noqa: S704
        ),
        chosen=_is_chosen(view),
    )
    return SeriesChart(series, chart)


def draw_alternatives_chart(view: View, finding: Finding) -> Chart | None:
    """Draw the current value beside other fair baselines; None where there are none."""
    if finding.comparison is None or not any(one.expected is not None for one in finding.alternatives):
        return None
    key = (
        "alternatives", view.language.code, finding.measure, finding.area,
        finding.current_period, finding.baseline_period,
    )  # fmt: skip
    return view.answers.keep(
        key,
        lambda: Chart(
            Markup(draw_alternatives(view.words, finding, width=WIDE)),  # noqa: S704
            Markup(draw_alternatives(view.words, finding, width=NARROW)),  # noqa: S704
        ),
        chosen=_is_chosen(view),
    )


def _is_chosen(view: View) -> bool:
    return bool(view.asked("current") or view.asked("baseline"))


def draw_commitment_chart(view: View, result: CommitmentResult) -> Chart | None:
    """Draw the way to a commitment's target; None where there are no values."""
    if len(result.trajectory) < 2:
        return None
    commitment = view.city.get_commitment(result.commitment)
    return view.answers.keep(
        ("trajectory", view.language.code, result.commitment),
        lambda: Chart(
            Markup(draw_trajectory(view.words, commitment, result, width=WIDE)),  # noqa: S704
            Markup(draw_trajectory(view.words, commitment, result, width=NARROW)),  # noqa: S704
        ),
    )
