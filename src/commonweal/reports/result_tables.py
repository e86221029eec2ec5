"""The tables behind findings, charts, claims and commitments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from commonweal.reports.charts.changes import sort_by_certainty
from commonweal.reports.sentences.charts import series_title
from commonweal.reports.sentences.claims import claim_said, claim_value, claim_why
from commonweal.reports.sentences.commitments import commitment_sentence, commitment_target
from commonweal.reports.sentences.findings import alternative_name, finding_title
from commonweal.reports.sentences.marks import claim_mark, commitment_mark, finding_mark
from commonweal.reports.sentences.screens import hidden_sentence, screen_sentence
from commonweal.reports.tables import Cell, Column, Table, make_table
from commonweal.results.periods import Period

if TYPE_CHECKING:
    from commonweal.reports.words import Words
    from commonweal.results.finding import (
        ClaimResult,
        CommitmentResult,
        Comparison,
        Finding,
        Screen,
        Series,
    )

NOTHING = Cell(None, "–")


def findings_table(words: Words, findings: Sequence[Finding], *, name: str, caption: str) -> Table:
    """Put findings into a table: both values, change, interval, verdict; hidden values stay empty.

    Parameters
    ----------
    words : Words
        The reader's.
    findings : sequence of Finding
        In the order of the rows.
    name, caption : str
        Of the table.
    """
    gettext = words.language.gettext
    columns = (
        Column("measure", gettext("Measure")),
        Column("area", gettext("Place")),
        Column("baseline_period", gettext("Before: months")),
        Column("current_period", gettext("Now: months")),
        Column("baseline", gettext("Before"), numeric=True),
        Column("current", gettext("Now"), numeric=True),
        Column("change", gettext("Change"), numeric=True),
        Column("low", gettext("95%% interval, from"), numeric=True),
        Column("high", gettext("95%% interval, to"), numeric=True),
        Column("verdict", gettext("Verdict")),
        Column("stands_in_screen", gettext("Stands among all comparisons")),
    )
    rows = [_finding_row(words, finding) for finding in findings]
    table = make_table(name, caption, columns, rows)
    return replace(table, simulated=any(finding.simulated for finding in findings))


def screen_table(words: Words, screen: Screen, *, name: str = "by-area") -> Table:
    """Put a screen into a table, the surest changes first, with what it comes to as notes."""
    caption = words.language.gettext(
        "Every measure by %(area)s: %(now)s against %(before)s.",
        area=words.area_title,
        now=words.language.period(screen.current_period),
        before=words.language.period(screen.baseline_period),
    )
    table = findings_table(words, sort_by_certainty(screen.rows), name=name, caption=caption)
    notes = (screen_sentence(words, screen), hidden_sentence(words, screen))
    return replace(table, notes=tuple(note for note in notes if note))


def series_table(words: Words, series: Series, *, name: str | None = None) -> Table:
    """Put the points of a series into a table, with the usual range and whether each can be compared."""
    gettext = words.language.gettext
    columns = (
        Column("period_start", gettext("From")),
        Column("period_end", gettext("To")),
        Column("value", words.measure(series.measure), numeric=True),
        Column("usual_low", gettext("Usual range, from"), numeric=True),
        Column("usual_high", gettext("Usual range, to"), numeric=True),
        Column("comparable", gettext("Can be compared")),
    )
    rows = [
        (
            Cell(point.start.isoformat(), words.language.period(Period(point.start, point.end), short=True)),
            Cell(point.end.isoformat(), words.language.date(point.end)),
            NOTHING if point.value is None else Cell(point.value, words.value(series.measure, point.value)),
            _rounded(words, point.usual_low),
            _rounded(words, point.usual_high),
            _yes_no(words, point.comparable),
        )
        for point in series.points
    ]
    given = name or "-".join(["series", series.measure, *([series.area] if series.area else [])])
    return replace(make_table(given, series_title(words, series), columns, rows), simulated=series.simulated)


def alternatives_table(words: Words, finding: Finding, *, name: str) -> Table:
    """Put a finding's other baselines into a table."""
    gettext = words.language.gettext
    columns = (
        Column("baseline", gettext("Held against")),
        Column("expected", gettext("Expected"), numeric=True),
        Column("expected_low", gettext("95%% interval, from"), numeric=True),
        Column("expected_high", gettext("95%% interval, to"), numeric=True),
        Column("change", gettext("Change"), numeric=True),
    )
    rows = []
    for item in finding.alternatives:
        comparison = item.comparison
        rows.append(
            (
                Cell(item.kind, alternative_name(words, item)),
                _valued(words, finding.measure, item.expected),
                _valued(words, finding.measure, item.expected_low),
                _valued(words, finding.measure, item.expected_high),
                NOTHING
                if comparison is None
                else _changed(words, finding.measure, comparison, comparison.change),
            )
        )
    caption = gettext("%(what)s: other fair baselines.", what=finding_title(words, finding))
    return replace(make_table(name, caption, columns, rows), simulated=finding.simulated)


def claims_table(words: Words, claims: Sequence[ClaimResult], *, name: str = "claims") -> Table:
    """Put published figures into a table: the statement, who said it, the verdict and why."""
    gettext = words.language.gettext
    columns = (
        Column("figure", gettext("Figure")),
        Column("statement", gettext("Statement")),
        Column("said_by", gettext("Said by")),
        Column("claimed", gettext("Published"), numeric=True),
        Column("recomputed", gettext("Recomputed"), numeric=True),
        Column("verdict", gettext("Verdict")),
        Column("why", gettext("Why")),
    )
    rows = []
    for claim in claims:
        figure = words.city.get_figure(claim.figure)
        mark = claim_mark(words.language, claim.verdict)
        found = claim.recomputed_value
        rows.append(
            (
                Cell(figure.id, words.figure(figure.id, "what")),
                _text(words.figure(figure.id, "statement")),
                _text(claim_said(words, figure)),
                Cell(figure.value, claim_value(words, figure)),
                NOTHING if found is None else Cell(found, words.unit_value(found, figure.unit)),
                Cell(claim.verdict.value, f"{mark.shape} {mark.word}"),
                _text(claim_why(words, figure, claim)),
            )
        )
    table = make_table(name, gettext("Every published figure, and what the records say."), columns, rows)
    return replace(table, simulated=any(claim.simulated for claim in claims))


def commitments_table(
    words: Words, commitments: Sequence[CommitmentResult], *, name: str = "commitments"
) -> Table:
    """Put commitments into a table: the promise, its number, where it stands and why."""
    gettext = words.language.gettext
    columns = (
        Column("commitment", gettext("Commitment")),
        Column("pillar", gettext("Pillar")),
        Column("owner", gettext("Who answers for it")),
        Column("target", gettext("Promised"), numeric=True),
        Column("status", gettext("Status")),
        Column("why", gettext("Why")),
    )
    rows = []
    for result in commitments:
        declared = words.city.get_commitment(result.commitment)
        mark = commitment_mark(words.language, result.status)
        rows.append(
            (
                Cell(declared.id, words.commitment(declared.id)),
                Cell(declared.pillar, words.pillar(declared.pillar)),
                _text(words.commitment(declared.id, "owner")),
                Cell(declared.target, commitment_target(words, declared)),
                Cell(result.status.value, f"{mark.shape} {mark.word}"),
                _text(commitment_sentence(words, declared, result)),
            )
        )
    return make_table(name, gettext("Every commitment, and where it stands."), columns, rows)


def _finding_row(words: Words, finding: Finding) -> tuple[Cell, ...]:
    language, comparison, measure = words.language, finding.comparison, finding.measure
    mark = finding_mark(words, finding)
    start = (
        Cell(measure, words.measure(measure)),
        Cell(finding.area, words.area(finding.area)),
        Cell(str(finding.baseline_period), language.period(finding.baseline_period, short=True)),
        Cell(str(finding.current_period), language.period(finding.current_period, short=True)),
    )
    verdict = Cell(finding.verdict.value, f"{mark.shape} {mark.word}")
    stands = NOTHING if finding.discovered is None else _yes_no(words, finding.discovered)
    if comparison is None:
        return (*start, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, verdict, stands)
    return (
        *start,
        Cell(comparison.baseline, words.value(measure, comparison.baseline)),
        Cell(comparison.current, words.value(measure, comparison.current)),
        _changed(words, measure, comparison, comparison.change),
        _changed(words, measure, comparison, comparison.low),
        _changed(words, measure, comparison, comparison.high),
        verdict,
        stands,
    )


def _changed(words: Words, measure: str, comparison: Comparison, change: float | None) -> Cell:
    text = words.change(measure, comparison, change)
    return NOTHING if change is None or text is None else Cell(round(change, 6), text)


def _valued(words: Words, measure: str, value: float | None) -> Cell:
    return NOTHING if value is None else Cell(round(value, 6), words.value(measure, value))


def _rounded(words: Words, value: float | None) -> Cell:
    return NOTHING if value is None else Cell(round(value, 6), words.language.number(value, 0))


def _yes_no(words: Words, value: bool) -> Cell:
    yes, no = words.language.pgettext("answer", "Yes"), words.language.pgettext("answer", "No")
    return Cell(value, yes if value else no)


def _text(text: str) -> Cell:
    return Cell(text, text)
