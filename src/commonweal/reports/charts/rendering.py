"""From an Altair chart to an accessible SVG in the reader's language.

vl-convert runs Vega in the process: no browser, no network. The first chart of a process takes about a second, the
next ones some 40 ms; `warm_up` spends the first second where nobody waits.
"""

from __future__ import annotations

from dataclasses import asdict
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from babel.dates import get_day_names, get_month_names

from commonweal.reports.charts.accessible import make_accessible
from commonweal.reports.charts.palette import FONT, GRID, INK, SOFT

if TYPE_CHECKING:
    import altair as alt

    from commonweal.reports.charts.frame import Frame
    from commonweal.reports.language import Language

CONFIG: dict[str, Any] = {
    "background": None,
    "font": FONT,
    "view": {"stroke": None},
    "padding": {"left": 2, "right": 6, "top": 6, "bottom": 2},
    "axis": {
        "labelColor": SOFT,
        "labelFontSize": 13,
        "titleColor": SOFT,
        "titleFontSize": 13,
        "titleFontWeight": "normal",
        "domainColor": INK,
        "tickColor": SOFT,
        "gridColor": GRID,
    },
    "axisY": {"domain": False, "ticks": False, "labelPadding": 6},
    "axisX": {"grid": False, "labelPadding": 4},
    "text": {"fontSize": 13, "fill": INK},
    "legend": {"disable": True},
}


def render_svg(
    chart: alt.TopLevelMixin, language: Language, *, title: str, description: str, frame: Frame | None = None
) -> str:
    """Render a chart as an SVG with a title and a description.

    Parameters
    ----------
    chart : altair chart
        With its data inside.
    language : Language
        Of numbers and months on the axes, and of the text.
    title, description : str
        What the chart is, and what it shows in words.
    frame : Frame, optional
        Fixed margins; without them the margins fit the labels as far as this machine's fonts tell.

    Returns
    -------
    str
        One ``<svg>`` element without size: it takes the width of what holds it.
    """
    import vl_convert

    spec = chart.to_dict(validate=False)
    if frame is not None:
        spec["autosize"] = {"type": "none"}
        spec["padding"] = asdict(frame)
    svg = vl_convert.vegalite_to_svg(
        spec,
        config=CONFIG,
        allowed_base_urls=[],
        format_locale=_number_locale(language),
        time_format_locale=_time_locale(language),
    )
    return make_accessible(svg, title=title, description=description, language=language.code)


def warm_up() -> None:
    """Render a dot, so that the next chart comes fast."""
    import altair
    import vl_convert

    dot = altair.Chart(altair.InlineData(values=[{"x": 0}])).mark_point().encode(x="x:Q")
    vl_convert.vegalite_to_svg(dot.to_dict(validate=False), allowed_base_urls=[])


@lru_cache(maxsize=64)
def _number_locale(language: Language) -> dict[str, Any]:
    symbols = language.locale.number_symbols["latn"]
    percent = language.percent(0).replace("0", "", 1)
    return {
        "decimal": symbols["decimal"],
        "thousands": symbols["group"],
        "grouping": [3],
        "currency": ["$", ""],
        "percent": percent,
    }


@lru_cache(maxsize=64)
def _time_locale(language: Language) -> dict[str, Any]:
    def months(width: Any) -> list[str]:
        names = get_month_names(width, context="stand-alone", locale=language.locale)
        return [str(names[number]) for number in range(1, 13)]

    def days(width: Any) -> list[str]:
        names = get_day_names(width, context="stand-alone", locale=language.locale)
        return [str(names[number]) for number in (6, 0, 1, 2, 3, 4, 5)]

    return {
        "dateTime": "%x, %X",
        "date": "%Y-%m-%d",
        "time": "%H:%M",
        "periods": ["AM", "PM"],
        "days": days("wide"),
        "shortDays": days("abbreviated"),
        "months": months("wide"),
        "shortMonths": months("abbreviated"),
    }
