"""One comparison of two periods, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commonweal.reports.calendar import is_a_year_apart
from commonweal.reports.language import mark_in
from commonweal.reports.letters import upper_first
from commonweal.reports.sentences.amounts import before_period, in_period, write_amount
from commonweal.reports.sentences.refusals import refusal_sentence
from commonweal.results.verdict import Verdict

if TYPE_CHECKING:
    from commonweal.reports.words import Words
    from commonweal.results.finding import Alternative, Comparison, Finding

MOVED = {
    ("count", Verdict.FELL): mark_in("count", "%(measure)s fell by %(much)s"),
    ("count", Verdict.ROSE): mark_in("count", "%(measure)s rose by %(much)s"),
    ("share", Verdict.FELL): mark_in("share", "%(measure)s: the share fell by %(much)s"),
    ("share", Verdict.ROSE): mark_in("share", "%(measure)s: the share rose by %(much)s"),
    ("quantile", Verdict.FELL): mark_in("quantile", "%(measure)s: fell by %(much)s"),
    ("quantile", Verdict.ROSE): mark_in("quantile", "%(measure)s: rose by %(much)s"),
}
STEADY = {
    "count": mark_in("count", "No clear change in %(measure)s"),
    "share": mark_in("share", "No clear change in the share: %(measure)s"),
    "quantile": mark_in("quantile", "No clear change: %(measure)s"),
}
ALTERNATIVES = {
    "prior_year": mark_in("baseline", "the same months a year before"),
    "three_year_mean": mark_in("baseline", "the mean of the three years before"),
    "trend": mark_in("baseline", "the trend of the years before"),
}


def movement(words: Words, finding: Finding) -> str | None:
    """Say in a clause what moved and by how much; None where that is not known."""
    comparison = finding.comparison
    if comparison is None or finding.refusal is not None:
        return None
    language, verdict = words.language, finding.verdict
    name, form = words.measure_inside(finding.measure), wording_form(words, finding)
    if verdict in (Verdict.FELL, Verdict.ROSE) and comparison.change is not None:
        much = write_amount(words, finding.measure, comparison)
        message = MOVED[form, verdict]
        return upper_first(language.pgettext(form, message, measure=name, much=much))
    if verdict in (Verdict.UNCLEAR, Verdict.TOO_FEW):
        return language.pgettext(form, STEADY[form], measure=name)
    return None


def wording_form(words: Words, finding: Finding) -> str:
    """Return how a sentence about a finding is built: a title with a colon in it cannot be its subject."""
    form = "count" if finding.comparison is None else finding.comparison.form
    return "quantile" if form == "count" and ":" in words.measure(finding.measure) else form


def finding_title(words: Words, finding: Finding) -> str:
    """Name a finding by its measure and, where it is not the whole city, its area."""
    if finding.area is None:
        return words.measure(finding.measure)
    return words.language.pgettext(
        "measure in area",
        "%(measure)s, %(area)s",
        measure=words.measure(finding.measure),
        area=words.area(finding.area),
    )


def counts_sentence(words: Words, finding: Finding) -> str | None:
    """Give both values with their periods: ``Homicides: 337 in the 12 months to …, against 401 in …``."""
    comparison = finding.comparison
    if comparison is None:
        return None
    return words.language.gettext(
        "%(what)s: %(current)s %(now)s, against %(baseline)s %(before)s.",
        what=finding_title(words, finding),
        current=words.value(finding.measure, comparison.current),
        now=in_period(words, finding.current_period),
        baseline=words.value(finding.measure, comparison.baseline),
        before=before_period(words, finding.baseline_period, finding.current_period),
    )


def finding_sentence(words: Words, finding: Finding) -> str:
    """Say what is true of a finding and how sure that is; why nothing can be said where nothing can."""
    language = words.language
    if finding.refusal is not None:
        return refusal_sentence(words, finding.refusal)
    if finding.verdict is Verdict.HIDDEN:
        return language.gettext(
            "The numbers are too small to publish without risk to the people behind them."
        )
    counts = counts_sentence(words, finding)
    if finding.comparison is None or counts is None:
        return language.gettext("No records that could answer this are loaded.")
    return f"{counts} {certainty_sentence(words, finding.measure, finding.comparison)}".strip()


def certainty_sentence(words: Words, measure: str, comparison: Comparison) -> str:
    """Give the change with its interval and say how sure it is."""
    language = words.language
    if comparison.change is None:
        return language.gettext("A change in percent cannot be given from zero.")
    change = words.change(measure, comparison, comparison.change)
    if comparison.low is None and comparison.high is None:
        return language.gettext("Change: %(change)s.", change=change)
    numbers = language.gettext(
        "Change: %(change)s (95%% interval %(interval)s).",
        change=change,
        interval=words.interval(measure, comparison),
    )
    parts = [numbers, length_sentence(words, comparison), judgment_sentence(words, comparison)]
    return " ".join(part for part in parts if part)


def length_sentence(words: Words, comparison: Comparison) -> str:
    """Say that two periods are not equally long, and what the change then is; empty where they are."""
    days = abs(comparison.current_days - comparison.baseline_days)
    if not days or comparison.form != "count":
        return ""
    return words.language.ngettext(
        "One period is %(n)s day longer; the change is that of the number per day.",
        "One period is %(n)s days longer; the change is that of the number per day.",
        days,
    )


def judgment_sentence(words: Words, comparison: Comparison) -> str:
    """Say whether chance can explain a change and, where it can, what would have shown."""
    language = words.language
    if comparison.verdict in (Verdict.FELL, Verdict.ROSE):
        return language.gettext("That is more than chance explains.")
    text = language.gettext("That can be chance: a fall and a rise both fit the records.")
    if comparison.detectable_drop is None or comparison.form != "count":
        return text
    detectable = language.gettext(
        "With numbers of this size, only a fall of about %(drop)s or more would show reliably.",
        drop=language.percent(comparison.detectable_drop),
    )
    return f"{text} {detectable}"


def direction_sentence(words: Words, measure: str) -> str:
    """Say which way is better; empty where neither is."""
    declared = words.city.measures.get(measure)
    direction = declared.direction if declared else "none"
    if direction == "down":
        return words.language.gettext("Lower is better.")
    if direction == "up":
        return words.language.gettext("Higher is better.")
    return ""


def alternative_name(words: Words, alternative: Alternative) -> str:
    """Name another fair baseline."""
    return words.language.pgettext("baseline", ALTERNATIVES[alternative.kind])


def alternatives_sentence(words: Words, finding: Finding) -> str:
    """Hold the current value against every fair baseline that is not the finding's own; empty without any."""
    same = is_a_year_apart(finding.baseline_period, finding.current_period)
    others = [item for item in finding.alternatives if not (same and item.kind == "prior_year")]
    parts = [_alternative_part(words, finding, alternative) for alternative in others]
    known = [part for part in parts if part]
    if not known:
        return ""
    return words.language.gettext("Against %(baselines)s.", baselines="; ".join(known))


def _alternative_part(words: Words, finding: Finding, alternative: Alternative) -> str:
    if alternative.expected is None:
        return ""
    language, measure = words.language, finding.measure
    name, expected = alternative_name(words, alternative), words.value(measure, alternative.expected)
    if alternative.kind == "trend" and alternative.expected_low is not None:
        high = None if alternative.expected_high is None else words.value(measure, alternative.expected_high)
        between = language.interval(words.value(measure, alternative.expected_low), high)
        return language.pgettext(
            "baseline", "%(name)s, which led one to expect %(expected)s (%(range)s)",
            name=name, expected=expected, range=between,
        )  # fmt: skip
    if alternative.comparison is None or alternative.comparison.change is None:
        return language.pgettext("baseline", "%(name)s: %(expected)s", name=name, expected=expected)
    change = words.change(measure, alternative.comparison, alternative.comparison.change)
    return language.pgettext(
        "baseline",
        "%(name)s: %(expected)s, a change of %(change)s",
        name=name,
        expected=expected,
        change=change,
    )
