"""``commonweal compare``: two periods, honestly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from commonweal.cli.finding_json import CHANGE_UNITS, finding_as_json
from commonweal.cli.options import WorkspaceOption, open_named_desk
from commonweal.cli.output import AsJson, english_words, print_json, print_table, say
from commonweal.errors import ComparisonRefused, InvalidRequest, Problem

if TYPE_CHECKING:
    from commonweal.city import City
    from commonweal.results.finding import Comparison, Finding
    from commonweal.results.periods import Period
    from commonweal.studies.desk import Desk

SMALLEST_P = 0.0001
SMALLEST_EFFECT = 0.05
"""Effect of the weekdays, in percent, below which it is not worth a line."""


def compare(
    measure: Annotated[str, typer.Argument(help="A measure of the pack; see: commonweal measures")],
    from_: Annotated[
        str | None,
        typer.Option(
            "--from",
            help="Baseline period: 2021-12..2022-11, 2022, 2022-04-01..2022-04-28 …",
            show_default=False,
        ),
    ] = None,
    to: Annotated[
        str | None, typer.Option("--to", help="Current period, written the same way.", show_default=False)
    ] = None,
    period: Annotated[
        str | None,
        typer.Option(
            "--period",
            help="In place of --from and --to, the latest complete: ytd, 28-day, 12-months, month, quarter, year, "
            "or since:2022-12-01.",
            show_default=False,
        ),
    ] = None,
    area: Annotated[
        str | None, typer.Option("--area", help="An area of the pack.", show_default=False)
    ] = None,
    even_if_broken: Annotated[
        bool,
        typer.Option(
            "--even-if-broken", help="Show the numbers although they cannot be compared, marked so."
        ),
    ] = False,
    workspace: WorkspaceOption = None,
    as_json: AsJson = False,
) -> None:
    """Compare a measure between two periods: both counts, the change with its 95 % interval, a verdict in words.

    Without periods: the latest twelve complete and comparable months against the twelve before. A comparison that
    crosses a break in the series is refused with exit code 5, with the reason.

    Example: commonweal compare homicides --from 2021-12..2022-11 --to 2022-12..2023-11 --json
    """
    from commonweal.studies.compare import compare_measure

    desk = open_named_desk(workspace)
    asked = _read_periods(desk, measure, from_, to, period, area)
    finding = compare_measure(
        desk,
        measure,
        area=area,
        baseline=asked.baseline,
        current=asked.current,
        even_if_broken=even_if_broken,
    )
    if as_json:
        print_json(finding_as_json(finding))
    else:
        _print_finding(desk.city, finding)
    if finding.refusal is not None and not even_if_broken:
        raise typer.Exit(ComparisonRefused.exit_code)


@dataclass(frozen=True, slots=True)
class _Asked:
    """Periods as they were asked for; none where nothing was said."""

    baseline: Period | None
    current: Period | None


def _read_periods(
    desk: Desk, measure: str, from_: str | None, to: str | None, period: str | None, area: str | None
) -> _Asked:
    from commonweal.results.period_text import parse_period
    from commonweal.studies.named_periods import find_named_periods

    if period is None:
        return _Asked(
            parse_period(from_, where="--from") if from_ else None,
            parse_period(to, where="--to") if to else None,
        )
    if from_ or to:
        problem = Problem("request", "name it, or --from and --to, not both", field="--period", value=period)
        raise InvalidRequest("The periods are named twice.", [problem])
    if area is not None:
        desk.city.get_area(area)
    found = find_named_periods(desk, desk.city.get_measure(measure), period, by_area=area is not None)
    return _Asked(found.baseline, found.current)


def _print_finding(city: City, finding: Finding) -> None:
    from commonweal.reports.sentences import finding_sentence

    say(finding_sentence(english_words(city), finding))
    if finding.comparison is not None:
        _print_numbers(finding, finding.comparison)
    rows = [
        [
            one.kind.replace("_", " "),
            _number(one.expected),
            _change(one.comparison) if one.comparison else "cannot be made",
        ]
        for one in finding.alternatives
    ]
    if rows:
        print_table(
            "Other fair baselines",
            ["Against", "Expected", "Change (95 % interval)"],
            rows,
            right=["Expected"],
        )
    if finding.area is not None:
        say(
            "For analysis only: small numbers by area are not hidden here; what may be published is in the report."
        )
    if finding.simulated:
        say("◇ These records are simulated.")
    if finding.query is not None:
        say(f"Query {finding.query.hash} on {', '.join(p.title or p.source for p in finding.provenance)}")


def _print_numbers(finding: Finding, comparison: Comparison) -> None:
    crossed = " (not comparable)" if finding.refusal else ""
    print_table(
        "",
        ["Period", "Value"],
        [
            [str(finding.baseline_period), _number(comparison.baseline)],
            [str(finding.current_period), _number(comparison.current)],
            [f"change{crossed}", _change(comparison)],
        ],
        right=["Value"],
    )
    notes = (
        []
        if comparison.p is None
        else [f"p < {SMALLEST_P}" if comparison.p < SMALLEST_P else f"p = {comparison.p:.2g}"]
    )
    if comparison.overdispersion_known:
        notes.append(f"over-dispersion {comparison.overdispersion:.2f}")
    elif comparison.form == "count":
        notes.append("over-dispersion unknown, so the interval may be too narrow")
    else:
        notes.append("each case taken as independent of the others")
    if comparison.detectable_drop is not None:
        notes.append(f"a drop of {comparison.detectable_drop:.0f} % would have been detectable")
    say("; ".join(notes))
    _say_lengths(finding, comparison)
    if finding.delay_corrected is not None:
        between = f"{_number(finding.delay_low)} to {_number(finding.delay_high)}"
        say(f"Expected once all reports are in: {finding.delay_corrected:,.0f} ({between}).")


def _say_lengths(finding: Finding, comparison: Comparison) -> None:
    before, now = comparison.baseline_days, comparison.current_days
    if before != now and comparison.form == "count":
        say(f"{before} days before, {now} now: the change is that of the count per day.")
    if finding.weekday_effect is not None:
        if abs(finding.weekday_effect) < SMALLEST_EFFECT:
            return
        effect = f"{finding.weekday_effect:+.1f} %".replace("-", "−")
        say(f"The weekdays differ; that alone would change the count per day by {effect}.")
    elif finding.weekday_note:
        say("The two periods do not hold the same weekdays equally often.")


def _number(value: float | None) -> str:
    if value is None:
        return "unknown"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"


def _change(comparison: Comparison) -> str:
    if comparison.change is None:
        return "undefined (from zero)"
    unit = {"percent": " %", "points": " points", "unit": ""}[CHANGE_UNITS[comparison.form]]
    low = "…" if comparison.low is None else f"{comparison.low:+.1f}"
    high = "…" if comparison.high is None else f"{comparison.high:+.1f}"
    return f"{comparison.change:+.1f}{unit} ({low} to {high})".replace("-", "−")
