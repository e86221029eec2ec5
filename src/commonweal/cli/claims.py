"""``commonweal claims``: published figures, recomputed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from commonweal.cli.options import WorkspaceOption, open_named_desk
from commonweal.cli.output import AsJson, english_words, print_json, print_table, say, working

if TYPE_CHECKING:
    from commonweal.reports.words import Words
    from commonweal.results.finding import ClaimResult


def claims(
    figure: Annotated[str | None, typer.Argument(help="One published figure, by its identifier.")] = None,
    workspace: WorkspaceOption = None,
    as_json: AsJson = False,
) -> None:
    """Recompute what was published, and say whether the records support it.

    A figure is supported, consistent but uncertain, contradicted, or cannot be checked, with the reason.

    Example: commonweal claims homicide-change --json
    """
    from commonweal.reports.sentences import claim_instead, claim_why
    from commonweal.studies.claims import check_claim, check_claims

    desk = open_named_desk(workspace)
    with working("Recomputing", quiet=as_json):
        results = check_claims(desk) if figure is None else (check_claim(desk, figure),)
    if as_json:
        print_json(results[0] if figure else [*results])
        return
    words = english_words(desk.city)
    if figure:
        published = desk.city.figures[figure]
        result = results[0]
        say(f"“{published.statement}” ({published.said_by}, {published.said_on})")
        for line in (
            _verdict(words, result),
            claim_why(words, published, result),
            claim_instead(words, result),
        ):
            if line:
                say(line)
        return
    print_table(
        f"Published figures of {desk.city.name}",
        ["Figure", "Statement", "Verdict"],
        [[r.figure, desk.city.figures[r.figure].statement, _verdict(words, r)] for r in results],
    )


def _verdict(words: Words, result: ClaimResult) -> str:
    from commonweal.reports.sentences import claim_mark

    mark = claim_mark(words.language, result.verdict)
    return f"{mark.shape} {mark.word}"
