"""The sentence a page opens with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from commonweal.reports.calendar import is_a_year_apart
from commonweal.reports.language import mark_in
from commonweal.reports.letters import upper_first
from commonweal.reports.sentences.amounts import write_amount
from commonweal.reports.sentences.findings import MOVED, STEADY, counts_sentence, wording_form
from commonweal.reports.sentences.refusals import break_sentence, refusal_sentence
from commonweal.results.verdict import Verdict

if TYPE_CHECKING:
    from commonweal.city.knowledge import SeriesBreak
    from commonweal.reports.words import Words
    from commonweal.results.finding import Finding, Series

IN_A_YEAR = {
    ("count", Verdict.FELL): mark_in("count", "%(measure)s fell by %(much)s in a year"),
    ("count", Verdict.ROSE): mark_in("count", "%(measure)s rose by %(much)s in a year"),
    ("share", Verdict.FELL): mark_in("share", "%(measure)s: the share fell by %(much)s in a year"),
    ("share", Verdict.ROSE): mark_in("share", "%(measure)s: the share rose by %(much)s in a year"),
    ("quantile", Verdict.FELL): mark_in("quantile", "%(measure)s: fell by %(much)s in a year"),
    ("quantile", Verdict.ROSE): mark_in("quantile", "%(measure)s: rose by %(much)s in a year"),
}
STEADY_IN_A_YEAR = {
    "count": mark_in("count", "No clear change in %(measure)s in a year"),
    "share": mark_in("share", "No clear change in the share in a year: %(measure)s"),
    "quantile": mark_in("quantile", "No clear change in a year: %(measure)s"),
}


def headline(words: Words, findings: Sequence[Finding], series: Mapping[str, Series]) -> str:
    """Say in one sentence what is true and what is not known yet.

    The first headline measure that can be compared leads. Another one that moved for the worse is named beside good
    news, one that moved for the better beside bad news. A break after the compared months is said at the end.

    Parameters
    ----------
    words : Words
        The reader's.
    findings : sequence of Finding
        City-wide findings of the headline measures, in their order.
    series : mapping of str to Series
        Series by measure, for the breaks in them.
    """
    language = words.language
    comparable = [finding for finding in findings if finding.comparison and not finding.refusal]
    if not comparable:
        if not findings:
            return language.gettext("No records are loaded yet, so nothing can be said")
        name = words.measure_inside(findings[0].measure)
        return upper_first(language.gettext("%(measure)s cannot be compared yet", measure=name))
    lead = comparable[0]
    text = _clause(words, lead, with_time=True)
    other = _counterweight(words, lead, comparable[1:])
    if other is not None:
        second = lower_clause(words, _clause(words, other, with_time=False))
        text = language.pgettext("headline", "%(first)s, while %(second)s", first=text, second=second)
    later = _breaks_after(lead, series)
    if later:
        unknown = _not_yet(words, lead, later[0], series.get(lead.measure))
        text = language.pgettext("headline", "%(first)s; %(second)s", first=text, second=unknown)
    return text


def lede(words: Words, findings: Sequence[Finding], series: Mapping[str, Series]) -> str:
    """Give the numbers behind the headline and what is shown but not compared."""
    comparable = [finding for finding in findings if finding.comparison and not finding.refusal]
    if not comparable:
        refused = [finding.refusal for finding in findings if finding.refusal]
        return refusal_sentence(words, refused[0]) if refused else ""
    lead = comparable[0]
    parts = [counts_sentence(words, lead) or ""]
    parts += [break_sentence(words, series_break) for series_break in _breaks_after(lead, series)]
    return " ".join(part for part in parts if part)


def lower_clause(words: Words, clause: str) -> str:
    """Write a clause as it follows another: the first letter is small where the language has small letters."""
    return clause if words.language.text_code == "ko" else clause[:1].lower() + clause[1:]


def _clause(words: Words, finding: Finding, *, with_time: bool) -> str:
    comparison = finding.comparison
    assert comparison is not None  # noqa: S101 - comparable findings only
    form, verdict = wording_form(words, finding), finding.verdict
    yearly = with_time and is_a_year_apart(finding.baseline_period, finding.current_period)
    moved = verdict in (Verdict.FELL, Verdict.ROSE) and comparison.change is not None
    if moved:
        message = IN_A_YEAR[form, verdict] if yearly else MOVED[form, verdict]
        values = {
            "measure": words.measure_inside(finding.measure),
            "much": write_amount(words, finding.measure, comparison),
        }
    else:
        message = STEADY_IN_A_YEAR[form] if yearly else STEADY[form]
        values = {"measure": words.measure_inside(finding.measure)}
    text = upper_first(words.language.pgettext(form, message, **values))
    if yearly or not with_time:
        return text
    return words.language.pgettext(
        "headline",
        "%(clause)s (%(current)s against %(baseline)s)",
        clause=text,
        current=words.language.period(finding.current_period, short=True),
        baseline=words.language.period(finding.baseline_period, short=True),
    )


def _counterweight(words: Words, lead: Finding, others: Sequence[Finding]) -> Finding | None:
    """Return the first other finding that moved the other way than the lead, for better or worse."""
    lead_good = _is_good(words, lead)
    for finding in others:
        good = _is_good(words, finding)
        if good is not None and good is not lead_good and (lead_good is not None or not good):
            return finding
    return None


def _is_good(words: Words, finding: Finding) -> bool | None:
    declared = words.city.measures.get(finding.measure)
    if (
        declared is None
        or declared.direction == "none"
        or finding.verdict not in (Verdict.FELL, Verdict.ROSE)
    ):
        return None
    return (finding.verdict is Verdict.FELL) is (declared.direction == "down")


def _breaks_after(finding: Finding, series: Mapping[str, Series]) -> tuple[SeriesBreak, ...]:
    shown = series.get(finding.measure)
    later = () if shown is None else shown.breaks
    return tuple(item for item in later if item.on > finding.current_period.end)


def _not_yet(words: Words, lead: Finding, series_break: SeriesBreak, series: Series | None) -> str:
    """Name what cannot be compared: a year where none of its months is compared, else the months from the break on."""
    years = {series_break.on.year}
    if series is not None:
        years |= {point.start.year for point in series.points if point.start >= series_break.on}
    if len(years) == 1 and lead.current_period.end.year < series_break.on.year:
        return words.language.pgettext(
            "headline", "%(year)s cannot be compared yet", year=str(series_break.on.year)
        )
    month = words.language.month(series_break.on)
    return words.language.pgettext("headline", "months from %(month)s on cannot be compared yet", month=month)
