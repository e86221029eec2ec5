"""``commonweal claims``: published figures, recomputed."""

from __future__ import annotations

from typing import Annotated

import typer

from commonweal.cli.options import WorkspaceOption, open_named_desk
from commonweal.cli.output import AsJson, print_json, print_table, say, working


def claims(
    figure: Annotated[str | None, typer.Argument(help="One published figure, by its identifier.")] = None,
    workspace: WorkspaceOption = None,
    as_json: AsJson = False,
) -> None:
    """Recompute what was published, and say whether the records support it.

    A figure is supported, consistent but uncertain, contradicted, or cannot be checked, with the reason.

    Example: commonweal claims homicide-change --json
    """
    from commonweal.reports.language import Language
    from commonweal.reports.sentences import claim_explanation, claim_word
    from commonweal.studies.claims import check_claim, check_claims

    desk = open_named_desk(workspace)
    with working("Recomputing", quiet=as_json):
        results = check_claims(desk) if figure is None else (check_claim(desk, figure),)
    if as_json:
        print_json(results[0] if figure else [*results])
        return
    language = Language("en")
    if figure:
        result = results[0]
        published = desk.city.figures[figure]
        say(f"“{published.statement}” ({published.said_by}, {published.said_on})")
        say(claim_word(result, language))
        say(claim_explanation(desk.city, result, language))
        return
    print_table(
        f"Published figures of {desk.city.name}",
        ["Figure", "Statement", "Verdict"],
        [[r.figure, desk.city.figures[r.figure].statement, claim_word(r, language)] for r in results],
    )
