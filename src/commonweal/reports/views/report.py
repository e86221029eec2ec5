"""The whole report as one reader sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from commonweal.reports.charts import sort_by_certainty
from commonweal.reports.result_tables import (
    claims_table,
    commitments_table,
    findings_table,
    screen_table,
)
from commonweal.reports.sentences.claims import claims_summary
from commonweal.reports.sentences.commitments import commitments_summary
from commonweal.reports.sentences.headlines import headline, lede
from commonweal.reports.sentences.screens import (
    hidden_sentence,
    screen_method,
    screen_sentence,
    simulated_sentence,
)
from commonweal.reports.tables import Table
from commonweal.reports.views.areas import AreaView, Matrix, view_area, view_matrix
from commonweal.reports.views.charts import ChartView
from commonweal.reports.views.claims import ClaimGroup, ClaimView, split_claims
from commonweal.reports.views.commitments import PillarView, group_by_pillar
from commonweal.reports.views.evidence import (
    BreakView,
    QueryView,
    SourceView,
    view_break,
    view_queries,
    view_source,
)
from commonweal.reports.views.findings import FindingView, view_finding
from commonweal.reports.views.headings import Heading, Headings, Term, list_terms, write_headings
from commonweal.reports.views.report_charts import view_area_chart, view_changes_chart, view_series_charts
from commonweal.reports.views.title_page import write_compared, write_tally
from commonweal.results.verdict import Verdict

if TYPE_CHECKING:
    from commonweal.reports.content import ReportContent
    from commonweal.reports.words import Words
    from commonweal.results.finding import Screen


@dataclass(frozen=True, slots=True)
class ProgramGroup:
    """Programs of one pillar: name, who leads it, what it does."""

    title: str
    programs: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class ReportView:
    """Everything the report says, in one language.

    Attributes
    ----------
    language, city, title, headline, lede, period, made : str
        Code of the language; the title page.
    tally : tuple of Heading
        Three numbers of the title page with what they count.
    heads : Headings
        Titles and introductions of the sections, labels of the parts.
    findings, changes, series : findings of the headline measures, their chart, their series
    claims, unchecked : published figures with something to say; the others, by reason
    claims_summary, commitments_summary : str
        In a sentence.
    pillars : commitments by pillar
    matrix, standing, screen_notes : areas × measures; the changes that stand; what it comes to
    area, area_chart : one measure by area; its chart
    breaks, hidden_rules, simulated : what could not be said
    programs : by pillar
    sources, queries, commands : how to check
    terms : glossary
    tables : every table, for CSV and JSON
    """

    language: str
    city: str
    title: str
    headline: str
    lede: str
    period: str
    made: str
    tally: tuple[Heading, ...]
    heads: Headings
    findings: tuple[FindingView, ...]
    changes: ChartView | None
    series: tuple[ChartView, ...]
    claims: tuple[ClaimView, ...]
    unchecked: tuple[ClaimGroup, ...]
    claims_summary: str
    commitments_summary: str
    pillars: tuple[PillarView, ...]
    matrix: Matrix | None
    standing: tuple[FindingView, ...]
    area: AreaView | None
    area_chart: ChartView | None
    screen_notes: tuple[str, ...]
    breaks: tuple[BreakView, ...]
    hidden_rules: tuple[str, ...]
    simulated: str
    programs: tuple[ProgramGroup, ...]
    sources: tuple[SourceView, ...]
    queries: tuple[QueryView, ...]
    commands: tuple[str, ...]
    terms: tuple[Term, ...]
    tables: tuple[Table, ...]


def view_report(content: ReportContent, words: Words) -> ReportView:
    """Write a report's content in the reader's words.

    Parameters
    ----------
    content : ReportContent
        The same for every language.
    words : Words
        Of the content's city.
    """
    screen = content.screen
    measure = _area_measure(content)
    telling, unchecked = split_claims(words, content.claims)
    changes, series = view_changes_chart(words, content), view_series_charts(words, content)
    area_chart = view_area_chart(words, screen, measure) if screen and measure else None
    language = words.language
    return ReportView(
        language=language.code,
        city=words.city_name,
        title=language.gettext("Public safety results: %(city)s", city=words.city_name),
        headline=headline(words, content.findings, content.series),
        lede=lede(words, content.findings, content.series),
        period=write_compared(words, content),
        made=language.gettext(
            "Made on %(day)s with Commonweal %(version)s.",
            day=language.date(content.generated_at.date()),
            version=content.version,
        ),
        tally=write_tally(words, content),
        heads=write_headings(words),
        findings=tuple(view_finding(words, finding) for finding in content.findings),
        changes=changes,
        series=series,
        claims=telling,
        unchecked=unchecked,
        claims_summary=claims_summary(words, content.claims),
        commitments_summary=commitments_summary(words, content.commitments),
        pillars=group_by_pillar(words, content.commitments),
        matrix=view_matrix(words, screen) if screen else None,
        standing=_standing(words, screen),
        area=view_area(words, screen, measure) if screen and measure else None,
        area_chart=area_chart,
        screen_notes=_screen_notes(words, screen),
        breaks=tuple(view_break(words, item) for item in content.city.breaks.values()),
        hidden_rules=_hidden_rules(words, screen),
        simulated=simulated_sentence(words) if content.simulated else "",
        programs=_programs(words),
        sources=tuple(view_source(words, item) for item in content.provenance),
        queries=view_queries(content.list_queries()),
        commands=_commands(content),
        terms=list_terms(words),
        tables=_tables(words, content, tuple(chart for chart in (*series,))),
    )


def _area_measure(content: ReportContent) -> str | None:
    if content.screen is None:
        return None
    known = {row.measure for row in content.screen.rows if row.comparison}
    first = [finding.measure for finding in content.findings if finding.measure in known]
    return first[0] if first else next(iter(sorted(known)), None)


def _standing(words: Words, screen: Screen | None) -> tuple[FindingView, ...]:
    if screen is None:
        return ()
    return tuple(view_finding(words, row) for row in sort_by_certainty(screen.rows) if row.discovered)


def _screen_notes(words: Words, screen: Screen | None) -> tuple[str, ...]:
    if screen is None:
        return (
            words.language.gettext("No records that tell the area are loaded, so nothing is said by area."),
        )
    notes = (screen_sentence(words, screen), screen_method(words, screen), hidden_sentence(words, screen))
    return tuple(note for note in notes if note)


def _hidden_rules(words: Words, screen: Screen | None) -> tuple[str, ...]:
    if screen is None:
        return ()
    measures = {row.measure for row in screen.rows if row.verdict is Verdict.HIDDEN}
    names = {words.city.get_measure(name).sensitivity for name in measures if name in words.city.measures}
    return tuple(" ".join(words.suppression_why(name).split()) for name in sorted(names))


def _programs(words: Words) -> tuple[ProgramGroup, ...]:
    groups: dict[str, list[tuple[str, str, str]]] = {}
    for program in words.city.programs.values():
        entry = (words.program(program.id), words.program_lead(program.id), words.program_text(program.id))
        groups.setdefault(program.pillar, []).append(entry)
    return tuple(ProgramGroup(words.pillar(pillar), tuple(entries)) for pillar, entries in groups.items())


def _commands(content: ReportContent) -> tuple[str, ...]:
    compared = [
        f"commonweal compare {finding.measure} --from {_months(finding.baseline_period)}"
        f" --to {_months(finding.current_period)} --json"
        for finding in content.findings[:1]
    ]
    return (
        *compared,
        "commonweal claims --json",
        "commonweal commitments --json",
        "commonweal snapshots --json",
    )


def _months(period: object) -> str:
    start, _, end = str(period).partition("..")
    return f"{start[:7]}..{end[:7]}"


def _tables(words: Words, content: ReportContent, charts: tuple[ChartView, ...]) -> tuple[Table, ...]:
    title = words.language.gettext("The headline measures, both periods, with change and interval.")
    tables = [findings_table(words, content.findings, name="headline-measures", caption=title)]
    tables += [chart.table for chart in charts]
    if content.screen is not None:
        tables.append(screen_table(words, content.screen))
    tables += [claims_table(words, content.claims), commitments_table(words, content.commitments)]
    return tuple(tables)
