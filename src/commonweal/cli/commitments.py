"""``commonweal commitments``: what was promised, and where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from commonweal.cli.options import WorkspaceOption, open_named_desk
from commonweal.cli.output import AsJson, english_words, print_json, print_table, say, working

if TYPE_CHECKING:
    from commonweal.reports.words import Words
    from commonweal.results.finding import CommitmentResult


def commitments(
    name: Annotated[str | None, typer.Argument(help="One commitment, by its identifier.")] = None,
    workspace: WorkspaceOption = None,
    as_json: AsJson = False,
) -> None:
    """Say where each commitment stands: by rule from the records, never by hand.

    Example: commonweal commitments fewer-homicides
    """
    from commonweal.reports.sentences import commitment_sentence
    from commonweal.studies.commitments import check_commitment, check_commitments

    desk = open_named_desk(workspace)
    with working("Checking", quiet=as_json):
        results = check_commitments(desk) if name is None else (check_commitment(desk, name),)
    if as_json:
        print_json(results[0] if name else [*results])
        return
    words = english_words(desk.city)
    if name:
        promised = desk.city.commitments[name]
        say(promised.commitment)
        say(_status(words, results[0]))
        say(commitment_sentence(words, promised, results[0]))
        return
    print_table(
        f"Commitments of {desk.city.name}",
        ["Commitment", "Promise", "Status"],
        [[r.commitment, desk.city.commitments[r.commitment].commitment, _status(words, r)] for r in results],
    )


def _status(words: Words, result: CommitmentResult) -> str:
    from commonweal.reports.sentences import commitment_mark

    mark = commitment_mark(words.language, result.status)
    return f"{mark.shape} {mark.word}"
