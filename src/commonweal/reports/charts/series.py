"""A measure over time: the line, the usual range as a band, breaks that can be seen."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from commonweal.reports.charts.palette import ACCENT, BAND, BAND_EDGE, BREAK, INK, LINE, SOFT
from commonweal.reports.charts.rendering import render_svg
from commonweal.reports.sentences.charts import describe_series_chart, series_title

if TYPE_CHECKING:
    import altair as alt

    from commonweal.reports.words import Words
    from commonweal.results.finding import Series, SeriesPoint
    from commonweal.results.periods import Period


def draw_series(
    words: Words, series: Series, *, width: int = 720, height: int = 280, compared: tuple[Period, ...] = ()
) -> str:
    """Draw a series as SVG.

    Parameters
    ----------
    words : Words
        The reader's.
    series : Series
        What to draw; hidden and missing values leave a gap.
    width, height : int
        Size in units of the viewBox; text is 13 units high. A width below 480 gives a chart for a phone.
    compared : tuple of Period
        Periods to underline on the time axis, the earlier first.
    """
    chart = _layers(words, series, compared, narrow=width < 480).properties(
        width=width - 60, height=height - 30
    )
    return render_svg(
        chart,
        words.language,
        title=series_title(words, series),
        description=describe_series_chart(words, series),
    )


def _layers(words: Words, series: Series, compared: tuple[Period, ...], *, narrow: bool) -> Any:
    import altair as alt

    rows = [_row(point) for point in series.points]
    top = _top(series)
    x = alt.X(
        "at:T",
        title=None,
        axis=alt.Axis(
            format=_time_format(rows), tickCount="year" if _years(rows) > 1 else "month", grid=False
        ),
        scale=alt.Scale(type="utc", domain=[rows[0]["at"], rows[-1]["next"]] if rows else alt.Undefined),
    )
    y = alt.Y(
        "value:Q",
        title=None,
        axis=alt.Axis(tickCount=5, format=",~f"),
        scale=alt.Scale(domain=[0, top], nice=True, zero=True),
    )
    layers: list[Any] = [
        *_breaks(words, series, rows, top, x),
        *_band(words, rows, x, narrow=narrow),
        *_compared(compared, x),
        *_lines(rows, x, y),
        *_last_value(words, series, rows, x, y),
    ]
    if series.simulated:
        label = f"◇ {words.language.gettext('Simulated records')}"
        layers.append(
            alt.Chart(alt.InlineData(values=[{"label": label}]))
            .mark_text(align="left", baseline="bottom", color=SOFT, x=0, y=-5)
            .encode(text=alt.Text("label:N"))
        )
    return alt.layer(*layers)


def _row(point: SeriesPoint) -> dict[str, Any]:
    return {
        "at": _instant(point.start),
        "next": _instant(point.end + dt.timedelta(days=1)),
        "value": point.value,
        "low": point.usual_low,
        "high": point.usual_high,
        "comparable": point.comparable,
    }


def _instant(day: dt.date) -> int:
    return int(dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC).timestamp() * 1000)


def _years(rows: list[dict[str, Any]]) -> float:
    return (rows[-1]["next"] - rows[0]["at"]) / (365.25 * 86_400_000) if rows else 0


def _time_format(rows: list[dict[str, Any]]) -> str:
    return "%Y" if _years(rows) > 1.5 else "%b"


def _top(series: Series) -> float:
    values = [
        value for point in series.points for value in (point.value, point.usual_high) if value is not None
    ]
    return max(values, default=1.0) * 1.12 or 1.0


def _data(rows: list[dict[str, Any]]) -> alt.InlineData:
    import altair as alt

    return alt.InlineData(values=rows)


def _runs(rows: list[dict[str, Any]], *, comparable: bool) -> list[dict[str, Any]]:
    """Give each unbroken stretch a number, so that no line runs across a gap or a break."""
    run, result = 0, []
    for row in rows:
        if row["value"] is None or row["comparable"] is not comparable:
            run += 1
        else:
            result.append({**row, "run": run})
    return result


def _lines(rows: list[dict[str, Any]], x: alt.X, y: alt.Y) -> list[Any]:
    import altair as alt

    solid = alt.Chart(_data(_runs(rows, comparable=True)))
    dashed = alt.Chart(_data(_runs(rows, comparable=False)))
    line: dict[str, Any] = {"interpolate": "linear", "strokeJoin": "round"}
    return [
        solid.mark_line(color=LINE, strokeWidth=2.5, **line).encode(x=x, y=y, detail=alt.Detail("run:N")),
        dashed.mark_line(color=SOFT, strokeWidth=2, strokeDash=[5, 4], **line).encode(
            x=x, y=y, detail=alt.Detail("run:N")
        ),
    ]


def _band(words: Words, rows: list[dict[str, Any]], x: alt.X, *, narrow: bool) -> list[Any]:
    import altair as alt

    known = [row for row in rows if row["low"] is not None and row["high"] is not None and row["comparable"]]
    if not known:
        return []
    data = _data(known)
    chart = alt.Chart(data)
    label = words.language.pgettext("chart", "usual range")
    place = max(known, key=lambda row: float(row["high"]))
    return [
        chart.mark_area(color=BAND, opacity=1).encode(x=x, y=alt.Y("low:Q"), y2=alt.Y2("high")),
        chart.mark_line(color=BAND_EDGE, strokeWidth=1).encode(x=x, y=alt.Y("low:Q")),
        chart.mark_line(color=BAND_EDGE, strokeWidth=1).encode(x=x, y=alt.Y("high:Q")),
        alt.Chart(_data([{**place, "label": label}]))
        .mark_text(color=ACCENT, dy=-4, align="right" if narrow else "center", baseline="bottom")
        .encode(x=x, y=alt.Y("high:Q"), text=alt.Text("label:N")),
    ]


def _breaks(words: Words, series: Series, rows: list[dict[str, Any]], top: float, x: alt.X) -> list[Any]:
    import altair as alt

    if not rows:
        return []
    layers: list[Any] = []
    for item in series.breaks:
        start = max(_instant(item.on), rows[0]["at"])
        stop = rows[-1]["next"] if item.until is None else min(_instant(item.until), rows[-1]["next"])
        if start >= stop:
            continue
        near_end = (start - rows[0]["at"]) / (rows[-1]["next"] - rows[0]["at"]) > 0.7
        label = words.language.pgettext("chart", "new counting: not compared")
        data = _data([{"at": start, "stop": stop, "top": top, "label": label}])
        align: Any = "right" if near_end else "left"
        layers += [
            alt.Chart(data).mark_rect(color=BREAK).encode(x=x, x2=alt.X2("stop")),
            alt.Chart(data).mark_rule(color=SOFT, strokeWidth=1.5, strokeDash=[2, 3]).encode(x=x),
            alt.Chart(data)
            .mark_text(color=SOFT, align=align, baseline="bottom", dx=30 if near_end else 0, y=-5)
            .encode(x=x, text=alt.Text("label:N")),
        ]
    return layers


def _compared(compared: tuple[Period, ...], x: alt.X) -> list[Any]:
    import altair as alt

    if not compared:
        return []
    rows = [
        {"at": _instant(period.start), "stop": _instant(period.end), "current": place == len(compared) - 1}
        for place, period in enumerate(compared)
    ]
    bars = alt.Chart(_data(rows)).mark_bar(height=5, y="height", yOffset=-3)
    color = alt.Color("current:N", scale=alt.Scale(domain=[False, True], range=[BAND_EDGE, ACCENT]))
    return [bars.encode(x=x, x2=alt.X2("stop"), color=color)]


def _last_value(words: Words, series: Series, rows: list[dict[str, Any]], x: alt.X, y: alt.Y) -> list[Any]:
    import altair as alt

    known = [row for row in rows if row["value"] is not None and row["comparable"]]
    if not known:
        return []
    last = {**known[-1], "label": words.value(series.measure, known[-1]["value"])}
    chart = alt.Chart(_data([last]))
    room = rows[-1]["at"] - last["at"] > 0.06 * (rows[-1]["at"] - rows[0]["at"])
    text = chart.mark_text(
        color=INK,
        fontWeight="bold",
        align="left" if room else "right",
        baseline="middle" if room else "bottom",
        dx=8 if room else 4,
        dy=0 if room else -9,
    )
    return [
        chart.mark_point(color=LINE, filled=True, size=55, opacity=1).encode(x=x, y=y),
        text.encode(x=x, y=y, text=alt.Text("label:N")),
    ]
