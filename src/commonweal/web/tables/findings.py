"""Findings as rows: two numbers, the change, its interval, the verdict."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from commonweal.reports.sentences import verdict_mark
from commonweal.results.finding import Finding
from commonweal.results.verdict import Verdict
from commonweal.web.drawing import draw_whisker, find_reach
from commonweal.web.tables.cells import NOTHING, write_link, write_mark, write_simulated
from commonweal.web.tables.table import Column, Row
from commonweal.web.tables.tones import find_tone, mark_finding
from commonweal.web.view import View

SURE, UNSURE, UNKNOWN = 0, 1, 2


def as_row(view: View, finding: Finding, name: str, href: str) -> Row:
    """Return the plain values of a finding, with the finding itself for the page.

    Parameters
    ----------
    view : View
        The reader's.
    finding : Finding
        The finding.
    name, href : str
        What the row is called and where its name leads.
    """
    comparison = finding.comparison
    values: dict[str, Any] = {
        "name": name,
        "measure": finding.measure,
        "area": finding.area,
        "baseline_period": str(finding.baseline_period),
        "current_period": str(finding.current_period),
        "baseline": _plain(comparison.baseline) if comparison else None,
        "current": _plain(comparison.current) if comparison else None,
        "form": comparison.form if comparison else None,
        "change": _round(comparison.change) if comparison else None,
        "low": _round(comparison.low) if comparison else None,
        "high": _round(comparison.high) if comparison else None,
        "p": comparison.p if comparison else None,
        "adjusted_p": finding.adjusted_p,
        "stands": finding.discovered,
        "verdict": finding.verdict.value,
        "refused": finding.refusal.reason if finding.refusal else None,
        "query": finding.query.hash if finding.query else None,
        "simulated": finding.simulated,
    }
    return values | {"href": href, "finding": finding, "tone": find_tone(view.words, finding)}


def as_empty_row(measure: str, name: str, href: str) -> Row:
    """Return the row of a measure that no loaded record answers."""
    keys = (
        "area", "baseline_period", "current_period", "baseline", "current", "form", "change", "low", "high",
        "p", "adjusted_p", "stands", "refused", "query",
    )  # fmt: skip
    empty: dict[str, Any] = dict.fromkeys(keys)
    told = {"name": name, "measure": measure, "href": href, "verdict": Verdict.NO_RECORDS.value}
    return empty | told | {"simulated": False, "finding": None, "tone": "stop"}


def by_certainty(finding: Finding) -> tuple[int, float]:
    """Sort what we can be sure of first, then by how unlikely chance is; what cannot be compared comes last."""
    comparison = finding.comparison
    if comparison is None:
        return UNKNOWN, 0.0
    chance = finding.adjusted_p if finding.adjusted_p is not None else comparison.p
    return (SURE if finding.discovered else UNSURE), 1.0 if chance is None else chance


def finding_columns(
    view: View, rows: Sequence[Row], first: str, *, dense: bool = False
) -> tuple[Column, ...]:
    """Return the columns of a table of findings.

    Parameters
    ----------
    view : View
        The reader's.
    rows : sequence of Row
        Its rows, to fit the drawing.
    first : str
        Heading of the first column.
    dense : bool
        For analysts: p-values and whether a change stands in the screen are on the page too.
    """
    _ = view.language.gettext
    cells = _Cells(view, rows)
    return (
        Column("name", first, "name", cells.name),
        Column("measure", _("Measure"), "code", on_page=False),
        Column("area", _("Area"), "code", on_page=False),
        Column("baseline_period", _("Period before"), "code", on_page=False),
        Column("current_period", _("Period now"), "code", on_page=False),
        Column("baseline", _("Before"), "value", cells.baseline),
        Column("current", _("Now"), "value", cells.current),
        Column("form", _("Form"), "code", on_page=False),
        Column("change", _("Change"), "change", cells.change, order=cells.change_order),
        Column("low", _("From"), "change", on_page=False),
        Column("high", _("To"), "change", on_page=False),
        Column("interval", _("95%% interval"), "graph", cells.interval, on_phone=False, sortable=False),
        Column(
            "graph", _("Change and interval, drawn"), "graph", cells.graph, on_phone=False, sortable=False
        ),
        Column("p", _("p-value"), "number", cells.p, on_page=dense, on_phone=False),
        Column("adjusted_p", _("p, adjusted"), "number", cells.adjusted, on_page=dense, on_phone=False),
        Column("stands", _("Stands in the screen"), "flag", on_page=False),
        Column("verdict", _("Verdict"), "verdict", cells.verdict, on_phone=False, order=cells.certainty),
        Column("refused", _("Why not compared"), "code", on_page=False),
        Column("query", _("Query"), "code", on_page=False),
    )


class _Cells:
    """Writes the cells of a table of findings."""

    def __init__(self, view: View, rows: Sequence[Row]) -> None:
        self.view = view
        self.words = view.words
        compared = [row for row in rows if row["change"] is not None]
        self.reach = find_reach((row["low"], row["high"]) for row in compared)

    def name(self, row: Row) -> str:
        link = write_link(row["name"], row["href"])
        verdict = Markup('<span class="sub only-s">{}</span>').format(self.verdict(row))
        return link + write_simulated(self.view.language, row) + verdict

    def baseline(self, row: Row) -> str:
        return self._value(row, "baseline")

    def current(self, row: Row) -> str:
        return self._value(row, "current")

    def change(self, row: Row) -> str:
        finding: Finding | None = row["finding"]
        if finding is None or finding.comparison is None or finding.comparison.change is None:
            return NOTHING
        change = self.words.change(finding.measure, finding.comparison, finding.comparison.change) or NOTHING
        text = Markup("<s>{}</s>").format(change) if finding.refusal else Markup("{}").format(change)
        return text + Markup('<span class="sub only-s">{}</span>').format(self.interval(row))

    def change_order(self, row: Row) -> float | None:
        change: float | None = row["change"]
        return change

    def interval(self, row: Row) -> str:
        finding: Finding | None = row["finding"]
        comparison = finding.comparison if finding else None
        if finding is None or comparison is None or comparison.change is None:
            return NOTHING
        if comparison.low is None and comparison.high is None:
            return NOTHING
        return self.words.interval(finding.measure, comparison)

    def graph(self, row: Row) -> str:
        if row["change"] is None or row["form"] == "quantile":
            return Markup("")
        return draw_whisker(
            row["low"], row["change"], row["high"], reach=self.reach, tone=row["tone"], in_row=True
        )

    def p(self, row: Row) -> str:
        return self._chance(row["p"])

    def adjusted(self, row: Row) -> str:
        return self._chance(row["adjusted_p"])

    def verdict(self, row: Row) -> str:
        finding: Finding | None = row["finding"]
        if finding is None:
            return write_mark(verdict_mark(self.view.language, Verdict(row["verdict"])), row["tone"])
        return write_mark(mark_finding(self.words, finding), row["tone"])

    def certainty(self, row: Row) -> tuple[int, float]:
        finding: Finding | None = row["finding"]
        return (UNKNOWN, 1.0) if finding is None else by_certainty(finding)

    def _value(self, row: Row, key: str) -> str:
        if row["verdict"] == "hidden":
            hidden = self.view.language.gettext("hidden")
            return Markup('<span class="hidden-cell">{}</span>').format(hidden)
        return self.words.value(row["measure"], row[key])

    def _chance(self, p: float | None) -> str:
        if p is None:
            return NOTHING
        number = self.view.language.number
        return f"< {number(0.001, 3)}" if p < 0.001 else number(p, 3)


def _plain(value: float) -> float | int:
    return int(value) if float(value).is_integer() else round(value, 4)


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
