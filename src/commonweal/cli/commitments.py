"""``commonweal commitments``: what was promised, and where it stands."""

from __future__ import annotations

from typing import Annotated

import typer

from commonweal.cli.options import WorkspaceOption, open_named_desk
from commonweal.cli.output import AsJson, print_json, print_table, say, working


def commitments(
    name: Annotated[str | None, typer.Argument(help="One commitment, by its identifier.")] = None,
    workspace: WorkspaceOption = None,
    as_json: AsJson = False,
) -> None:
    """Say where each commitment stands: by rule from the records, never by hand.

    Example: commonweal commitments fewer-homicides
    """
    from commonweal.reports.language import Language
    from commonweal.reports.sentences import commitment_sentence, commitment_word
    from commonweal.studies.commitments import check_commitment, check_commitments

    desk = open_named_desk(workspace)
    with working("Checking", quiet=as_json):
        results = check_commitments(desk) if name is None else (check_commitment(desk, name),)
    if as_json:
        print_json(results[0] if name else [*results])
        return
    language = Language("en")
    if name:
        say(desk.city.commitments[name].commitment)
        say(commitment_word(results[0], language))
        say(commitment_sentence(desk.city, results[0], language))
        return
    print_table(
        f"Commitments of {desk.city.name}",
        ["Commitment", "Promise", "Status"],
        [
            [r.commitment, desk.city.commitments[r.commitment].commitment, commitment_word(r, language)]
            for r in results
        ],
    )
