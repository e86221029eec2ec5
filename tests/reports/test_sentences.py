"""Sentences made by rule: true, complete, and in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, get_args, get_type_hints

import pytest
from report_sample import sample_series

from commonweal.reports import sentences
from commonweal.reports.content import ReportContent
from commonweal.reports.sentences import claims as claim_sentences
from commonweal.reports.sentences import commitments as commitment_sentences
from commonweal.reports.words import Words
from commonweal.results import claims, commitments
from commonweal.results.comparison import compare_counts
from commonweal.results.finding import Alternative, Comparison, Finding, Refusal
from commonweal.results.periods import Period
from commonweal.results.verdict import ClaimVerdict, CommitmentStatus, Verdict

InWords = Callable[[str], Words]
LANGUAGES = ("en", "es", "ko")
REASONS = get_args(get_type_hints(Refusal)["reason"])
KOREAN = re.compile("[\uac00-\ud7a3]")
LEFT_OVER = re.compile(r"%\([a-z_]+\)|%%|\{[a-z]+\}|None|nan")
PROPER = {"CSV", "JSON", "NIBRS", "CIRCLE", "GRYD", "CERT", "SHA", "Commonweal", "Metro", "SMART"}


def assert_written(text: str, language: str) -> None:
    """Look that nothing is left unfilled and, for Korean, that no English word is left."""
    assert text.strip()
    assert not LEFT_OVER.search(text), text
    if language == "ko":
        assert KOREAN.search(text), text
        latin = {word for word in re.findall(r"[A-Za-z]{3,}", text) if word not in PROPER}
        assert not latin, (latin, text)
    if language == "es":
        assert not re.search(r"\b(the|of|and|with|records|not|months)\b", text), text


def changed(finding: Finding, baseline: int, current: int, **fields: Any) -> Finding:
    comparison = compare_counts(baseline, current, baseline_days=365, current_days=365)
    return replace(finding, comparison=comparison, verdict=comparison.verdict, **fields)


def test_the_headline_says_what_is_known_and_what_is_not(content: ReportContent, words_in: InWords) -> None:
    """On the pack's real series, homicides fell by about a sixth and 2024 cannot be compared."""
    text = [sentences.headline(words_in(code), content.findings, content.series) for code in LANGUAGES]
    assert text == [
        "Homicides fell by about a sixth in a year; 2024 cannot be compared yet",
        "El número de homicidios bajó cerca de una sexta parte en un año; 2024 aún no se puede comparar",
        "살인 건수가 1년 사이 약 6분의\u00a01 감소했습니다. 2024년은 아직 비교할 수 없습니다",
    ]


def test_bad_news_stands_beside_good_news(content: ReportContent, words_in: InWords) -> None:
    """Where another headline measure moved for the worse, the headline names it too."""
    fell, other = content.findings[0], changed(content.findings[3], 20_000, 22_000)
    text = sentences.headline(words_in("en"), (fell, other), {})
    assert text == "Homicides fell by about a sixth in a year, while burglaries rose by about a tenth"


def test_good_news_is_not_hung_onto_bad_news_of_no_direction(
    content: ReportContent, words_in: InWords
) -> None:
    """A second measure that moved in the same sense does not lengthen the headline."""
    text = sentences.headline(words_in("en"), (content.findings[0], content.findings[2]), {})
    assert text == "Homicides fell by about a sixth in a year"


def test_an_unclear_headline_says_so(content: ReportContent, words_in: InWords) -> None:
    """Where the interval holds zero, the headline does not speak of a fall."""
    finding = changed(content.findings[0], 327, 310)
    assert finding.verdict is Verdict.UNCLEAR
    assert sentences.headline(words_in("en"), (finding,), {}) == "No clear change in homicides in a year"


def test_without_records_the_headline_says_that_nothing_can_be_said(words_in: InWords) -> None:
    """An empty workspace does not produce a finding."""
    for code in LANGUAGES:
        assert_written(sentences.headline(words_in(code), (), {}), code)
    assert "nothing can be said" in sentences.headline(words_in("en"), (), {})


def test_a_refused_lead_is_not_reported_as_a_change(content: ReportContent, words_in: InWords) -> None:
    """A comparison shown in spite of a break gives no headline finding, even where its numbers are there."""
    broken = replace(content.findings[0], refusal=Refusal("break", tuple(content.city.breaks.values())))
    text = sentences.headline(words_in("en"), (broken,), {})
    assert text == "Homicides cannot be compared yet"


@pytest.mark.parametrize(
    ("before", "now", "phrase"),
    [
        (401, 337, "about a sixth"),
        (1000, 900, "about a tenth"),
        (1000, 750, "about a quarter"),
        (1000, 666, "about a third"),
        (1000, 500, "about half"),
        (392, 282, "28%"),
        (1000, 960, "4%"),
        (100, 320, "220%"),
    ],
)
def test_amounts_are_said_as_people_say_them(
    content: ReportContent, words_in: InWords, before: int, now: int, phrase: str
) -> None:
    """A change near a plain fraction is said as one, any other in percent."""
    finding = changed(content.findings[0], before, now)
    assert finding.comparison is not None
    assert sentences.write_amount(words_in("en"), "homicides", finding.comparison) == phrase


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("reason", REASONS)
def test_every_refusal_is_explained(
    content: ReportContent, words_in: InWords, code: str, reason: Any
) -> None:
    """Each reason has a sentence in each language, with and without what is known about it."""
    breaks = tuple(content.city.breaks.values())
    full = Refusal(reason, breaks, date(2020, 1, 1), date(2024, 2, 29), "crime_monthly_citywide")
    for refusal in (full, Refusal(reason)):
        assert_written(sentences.refusal_sentence(words_in(code), refusal), code)


def test_a_break_is_named_with_its_day_and_reason(content: ReportContent, words_in: InWords) -> None:
    """A refusal because of a break says when counting changed and why that matters."""
    refusal = Refusal("break", tuple(content.city.breaks.values()))
    text = sentences.refusal_sentence(words_in("en"), refusal)
    assert "March 1, 2024" in text
    assert "is not a fall in crime" in text


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("verdict", list(Verdict))
def test_every_verdict_is_said(
    content: ReportContent, words_in: InWords, code: str, verdict: Verdict
) -> None:
    """Each verdict has a word, a shape, and a finding with it has a sentence."""
    words = words_in(code)
    mark = sentences.verdict_mark(words.language, verdict)
    assert_written(mark.word, code)
    assert len(mark.shape) == 1
    empty = verdict in (Verdict.REFUSED, Verdict.HIDDEN, Verdict.NO_RECORDS)
    refusal = Refusal("no_records") if verdict in (Verdict.REFUSED, Verdict.NO_RECORDS) else None
    finding = replace(content.findings[0], verdict=verdict, refusal=refusal)
    finding = replace(finding, comparison=None) if empty else finding
    assert_written(sentences.finding_sentence(words, finding), code)


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("form", ["count", "share", "quantile"])
@pytest.mark.parametrize("verdict", [Verdict.FELL, Verdict.ROSE, Verdict.UNCLEAR, Verdict.TOO_FEW])
def test_every_form_of_comparison_has_its_sentences(
    content: ReportContent, words_in: InWords, code: str, form: Any, verdict: Verdict
) -> None:
    """Counts, shares and times are said in their own units, in headline and finding."""
    measure = {"count": "homicides", "share": "homicide_clearance", "quantile": "police_response_p90"}[form]
    change = {"count": -16.0, "share": -2.5, "quantile": -41.0}[form]
    comparison = Comparison(
        form=form, baseline=500.0, current=459.0, baseline_n=500, current_n=459, baseline_days=365, current_days=365,
        difference=-41.0, change=change, low=change * 1.5, high=change * 0.1, p=0.01, overdispersion=1.0,
        overdispersion_known=True, detectable_drop=19.0, verdict=verdict,
    )  # fmt: skip
    finding = replace(
        content.findings[0], measure=measure, comparison=comparison, verdict=verdict, alternatives=()
    )
    words = words_in(code)
    for text in (sentences.headline(words, (finding,), {}), sentences.finding_sentence(words, finding)):
        assert_written(text, code)
    unlike = Period(date(2020, 1, 1), date(2020, 12, 31))
    assert_written(sentences.headline(words, (replace(finding, baseline_period=unlike),), {}), code)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_claim_has_its_words(content: ReportContent, words_in: InWords, code: str) -> None:
    """Each published figure says its number, its source, why its verdict, and what can be said instead."""
    words = words_in(code)
    for result in content.claims:
        figure = content.city.get_figure(result.figure)
        assert_written(sentences.claim_why(words, figure, result), code)
        assert_written(sentences.claim_said(words, figure), code)
        assert sentences.claim_value(words, figure)
        assert not LEFT_OVER.search(sentences.claim_instead(words, result))
    assert_written(sentences.claims_summary(words, content.claims), code)


def test_the_homicide_claim_is_refused_with_what_can_be_said_instead(
    content: ReportContent, words_in: InWords
) -> None:
    """The published −28.1 % cannot be checked across the break; 401 → 337 can be said."""
    result = next(claim for claim in content.claims if claim.figure == "homicide-change")
    figure = content.city.get_figure("homicide-change")
    words = words_in("en")
    assert sentences.claim_mark(words.language, result.verdict).word == "Cannot be checked"
    assert sentences.claim_value(words, figure) == "−28.1%"
    assert "not counted in the same way" in sentences.claim_why(words, figure, result)
    assert "337 in the 12 months to November 2023, against 401" in sentences.claim_instead(words, result)


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        ("gang-homicide-change", "a fall of more than 50%"),
        ("lapd-applications-change", "+28.3%"),
        ("orctf-recovered", "more than $66,000,000"),
        ("circle-calls", "more than 14,000 calls"),
        ("homicide-clearance", "55%"),
        ("civilianization", "at least 250 officers"),
        ("lafd-calls", "about 500,000 calls"),
    ],
)
def test_published_values_keep_their_relation(
    content: ReportContent, words_in: InWords, figure: str, text: str
) -> None:
    """``more than``, ``at least`` and ``about`` are part of what was said."""
    assert sentences.claim_value(words_in("en"), content.city.get_figure(figure)) == text


def test_every_rule_of_the_results_has_its_words() -> None:
    """Each rule by which a claim or a commitment is judged is explained."""
    assert set(commitments.STATUSES) == set(commitment_sentences.RULES)
    assert set(claims.VERDICTS) - {"no_interval"} == set(claim_sentences.RULES)


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("rule", list(commitments.STATUSES))
def test_every_status_of_a_commitment_is_said(
    content: ReportContent, words_in: InWords, code: str, rule: str
) -> None:
    """Each rule gives a sentence in each language, with its course and projection."""
    words = words_in(code)
    base = next(item for item in content.commitments if item.trajectory)
    declared = replace(
        content.city.get_commitment(base.commitment), target=280.0, deadline=date(2026, 12, 31)
    )
    result = replace(
        base,
        status=commitments.STATUSES[rule],
        rule=rule,
        projected=300.0,
        projected_low=None,
        projected_high=380.0,
    )
    assert_written(sentences.commitment_sentence(words, declared, result), code)
    assert_written(sentences.commitment_target(words, declared), code)
    assert_written(sentences.commitment_mark(words.language, result.status).word, code)


def test_statuses_and_claim_verdicts_are_told_apart_by_shape(words_in: InWords) -> None:
    """No two verdicts of one kind share both shape and tone, so that color is never needed."""
    language = words_in("en").language
    for marks in (
        [sentences.verdict_mark(language, verdict) for verdict in Verdict],
        [sentences.claim_mark(language, verdict) for verdict in ClaimVerdict],
        [sentences.commitment_mark(language, status) for status in CommitmentStatus],
    ):
        assert len({mark.shape for mark in marks}) == len(marks)


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_screen_is_summed_up(content: ReportContent, words_in: InWords, code: str) -> None:
    """The summary names how many were compared, how many stand, and how many are hidden."""
    words, screen = words_in(code), content.screen
    assert screen is not None
    for shown in (screen, replace(screen, discoveries=0), replace(screen, tests=0)):
        assert_written(sentences.screen_sentence(words, shown), code)
    assert_written(sentences.hidden_sentence(words, screen), code)
    assert_written(sentences.screen_method(words, replace(screen, tests=210)), code)
    english = sentences.screen_sentence(words_in("en"), replace(screen, tests=210, discoveries=3))
    assert english == "Of 210 comparisons, 3 changed more than chance explains."


def test_the_finding_s_own_baseline_is_not_repeated(content: ReportContent, words_in: InWords) -> None:
    """The year before is the baseline already, so only the other fair baselines are named beside it."""
    text = sentences.alternatives_sentence(words_in("en"), content.findings[0])
    assert "mean of the three years before" in text
    assert "same months a year before" not in text


def test_alternatives_that_cannot_be_made_are_left_out(content: ReportContent, words_in: InWords) -> None:
    """A baseline without enough history is not mentioned as if it had a value."""
    nothing = Alternative("trend", None, None, None, None, Refusal("history"))
    finding = replace(content.findings[0], alternatives=(nothing,))
    assert sentences.alternatives_sentence(words_in("en"), finding) == ""


@pytest.mark.parametrize("code", LANGUAGES)
def test_charts_are_described(content: ReportContent, words_in: InWords, code: str) -> None:
    """Each chart has a description that names its extremes and its break."""
    words = words_in(code)
    text = sentences.describe_series_chart(words, sample_series(content.city, "homicides"))
    assert_written(text, code)
    assert "49" in text
    assert_written(sentences.describe_changes_chart(words, content.findings), code)


@pytest.mark.parametrize(
    ("measure", "verdict", "tone"),
    [
        ("homicides", Verdict.FELL, "better"),
        ("homicides", Verdict.ROSE, "worse"),
        ("homicide_clearance", Verdict.FELL, "worse"),
        ("homicide_clearance", Verdict.ROSE, "better"),
        ("sexual_assaults", Verdict.FELL, "neutral"),
        ("homicides", Verdict.UNCLEAR, "v-unsure"),
    ],
)
def test_better_and_worse_follow_the_measure(
    content: ReportContent, words_in: InWords, measure: str, verdict: Verdict, tone: str
) -> None:
    """A fall is good news for homicides, bad news for clearances, and neither where the pack says so."""
    finding = replace(content.findings[0], measure=measure, verdict=verdict)
    mark = sentences.finding_mark(words_in("en"), finding)
    assert mark.tone == tone
    assert mark.shape == sentences.verdict_mark(words_in("en").language, verdict).shape


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_change_that_does_not_stand_is_not_called_one(
    content: ReportContent, words_in: InWords, code: str
) -> None:
    """Among many comparisons, a change that chance may have made has its own word, shape and tone."""
    finding = replace(content.findings[0], discovered=False)
    words = words_in(code)
    mark = sentences.finding_mark(words, finding)
    assert (mark.shape, mark.tone) == ("▽", "v-unsure")
    assert_written(mark.word, code)
    assert mark.word != sentences.verdict_mark(words.language, Verdict.FELL).word
    described = sentences.describe_changes_chart(words_in("en"), (finding,))
    assert "0 fell, 0 rose, and 1 shows no clear change" in described


def test_a_legend_lists_each_sign_once(words_in: InWords) -> None:
    """Every sign of a table of areas is explained beside it."""
    signs = sentences.list_signs(words_in("ko").language)
    assert len({sign.shape for sign in signs}) == len(signs) == len(Verdict) + 2


def test_a_year_that_is_partly_compared_is_not_called_incomparable(
    content: ReportContent, words_in: InWords
) -> None:
    """Where the first months of the break's year are compared, only the months after it are named."""
    later = Period(date(2023, 3, 1), date(2024, 2, 29))
    finding = replace(
        content.findings[0], current_period=later, baseline_period=Period(date(2022, 3, 1), date(2023, 2, 28))
    )
    text = sentences.headline(words_in("en"), (finding,), content.series)
    assert text.endswith("; months from March 2024 on cannot be compared yet")
