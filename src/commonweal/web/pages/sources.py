"""Where a number comes from, in lines a page can show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from commonweal.records.provenance import Provenance
from commonweal.web.view import View


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One file or portal behind a number.

    Attributes
    ----------
    title, href : str
        Its name and its page.
    rows : int
        Rows kept.
    rejected : int
        Rows not kept.
    loaded : datetime
        When it was read.
    simulated : bool
        Whether a generator made it.
    """

    title: str
    href: str
    rows: int
    rejected: int
    loaded: datetime
    simulated: bool


def list_source_lines(view: View, provenance: Sequence[Provenance]) -> tuple[SourceLine, ...]:
    """List what is behind a number.

    Parameters
    ----------
    view : View
        The reader's.
    provenance : sequence of Provenance
        As it came with the result.
    """
    return tuple(
        SourceLine(
            title=view.words.source(one.source),
            href=view.url(f"/data/sources/{one.source}"),
            rows=one.rows_kept,
            rejected=one.rows_rejected,
            loaded=one.retrieved_at,
            simulated=one.simulated,
        )
        for one in provenance
    )
