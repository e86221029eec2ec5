"""``commonweal compare``: two periods, honestly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from commonweal.cli.options import WorkspaceOption, open_named_desk
from commonweal.cli.output import AsJson, english_words, print_json, print_table, say
from commonweal.errors import ComparisonRefused

if TYPE_CHECKING:
    from commonweal.city import City
    from commonweal.results.finding import Alternative, Comparison, Finding


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
    from commonweal.results.period_text import parse_period
    from commonweal.studies.compare import compare_measure

    desk = open_named_desk(workspace)
    finding = compare_measure(
        desk,
        measure,
        area=area,
        baseline=parse_period(from_) if from_ else None,
        current=parse_period(to) if to else None,
        even_if_broken=even_if_broken,
    )
    if as_json:
        print_json(finding_as_json(finding))
    else:
        _print_finding(desk.city, finding)
    if finding.refusal is not None and not even_if_broken:
        raise typer.Exit(ComparisonRefused.exit_code)


def finding_as_json(finding: Finding) -> dict[str, Any]:
    """Return a finding in the shape that ``compare --json`` promises.

    Parameters
    ----------
    finding : Finding
        The comparison.
    """
    comparison = finding.comparison
    refusal = finding.refusal
    return {
        "measure": finding.measure,
        "area": finding.area,
        "baseline": _side(
            finding.baseline_period, comparison.baseline if comparison else None, finding.baseline_rate
        ),
        "current": _side(
            finding.current_period, comparison.current if comparison else None, finding.current_rate
        ),
        "form": comparison.form if comparison else None,
        "difference": _whole(comparison.difference) if comparison else None,
        "change_pct": comparison.change if comparison else None,
        "interval_pct": [comparison.low, comparison.high] if comparison else None,
        "p": comparison.p if comparison else None,
        "overdispersion": comparison.overdispersion if comparison else None,
        "detectable_drop_pct": comparison.detectable_drop if comparison else None,
        "verdict": finding.verdict,
        "refused": None
        if refusal is None
        else {
            "reason": refusal.reason,
            "detail": refusal.detail,
            "covers": [refusal.covers_from, refusal.covers_to],
        },
        "breaks": []
        if refusal is None
        else [{"id": one.id, "on": one.on, "title": one.title, "why": one.why} for one in refusal.breaks],
        "alternatives": [_alternative(one) for one in finding.alternatives],
        "simulated": finding.simulated,
        "query": finding.query,
        "sources": [
            {
                "source": p.source,
                "title": p.title,
                "file": p.file_name,
                "sha256": p.content_hash,
                "rows": p.rows_kept,
            }
            for p in finding.provenance
        ],
    }


def _side(period: object, value: float | None, rate: object) -> dict[str, Any]:
    return {"period": str(period), "count": None if value is None else _whole(value), "rate_per_100k": rate}


def _alternative(alternative: Alternative) -> dict[str, Any]:
    comparison = alternative.comparison
    return {
        "against": alternative.kind,
        "expected": alternative.expected,
        "change_pct": comparison.change if comparison else None,
        "interval_pct": [comparison.low, comparison.high] if comparison else None,
        "verdict": comparison.verdict if comparison else None,
        "refused": alternative.refusal.reason if alternative.refusal else None,
    }


def _whole(value: float) -> float | int:
    return int(value) if float(value).is_integer() else value


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
        say("For analysis only: small numbers by area are not hidden here; what may be published is in the report.")
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
    p = "" if comparison.p is None else f"p = {comparison.p:.2g}; "
    phi = (
        f"over-dispersion {comparison.overdispersion:.2f}"
        if comparison.overdispersion_known
        else "over-dispersion unknown"
    )
    drop = (
        ""
        if comparison.detectable_drop is None
        else f"; a drop of {comparison.detectable_drop:.0f} % would have been detectable"
    )
    say(f"{p}{phi}{drop}")


def _number(value: float | None) -> str:
    if value is None:
        return "unknown"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"


def _change(comparison: Comparison) -> str:
    if comparison.change is None:
        return "undefined (from zero)"
    unit = {"count": " %", "share": " points", "quantile": ""}[comparison.form]
    low = "…" if comparison.low is None else f"{comparison.low:+.1f}"
    high = "…" if comparison.high is None else f"{comparison.high:+.1f}"
    return f"{comparison.change:+.1f}{unit} ({low} to {high})".replace("-", "−")
