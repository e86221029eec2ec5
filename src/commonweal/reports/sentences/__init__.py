"""Sentences made by rule from results: the same in a page, a report and a terminal.

Every function is pure and takes the reader's `Words` first.
"""

from __future__ import annotations

from commonweal.reports.sentences.amounts import in_period, write_amount
from commonweal.reports.sentences.charts import (
    describe_alternatives_chart,
    describe_changes_chart,
    describe_series_chart,
    describe_trajectory_chart,
)
from commonweal.reports.sentences.claims import (
    claim_instead,
    claim_period,
    claim_said,
    claim_value,
    claim_why,
    claims_summary,
)
from commonweal.reports.sentences.commitments import (
    commitment_sentence,
    commitment_target,
    commitments_summary,
)
from commonweal.reports.sentences.findings import (
    alternatives_sentence,
    counts_sentence,
    direction_sentence,
    finding_sentence,
    finding_title,
    judgment_sentence,
)
from commonweal.reports.sentences.headlines import headline, lede
from commonweal.reports.sentences.marks import (
    Mark,
    claim_mark,
    commitment_mark,
    finding_mark,
    is_unsure_among_many,
    list_signs,
    verdict_mark,
)
from commonweal.reports.sentences.refusals import break_sentence, refusal_sentence
from commonweal.reports.sentences.screens import (
    hidden_sentence,
    screen_method,
    screen_sentence,
    simulated_sentence,
)

__all__ = [
    "Mark",
    "alternatives_sentence",
    "break_sentence",
    "claim_instead",
    "claim_mark",
    "claim_period",
    "claim_said",
    "claim_value",
    "claim_why",
    "claims_summary",
    "commitment_mark",
    "commitment_sentence",
    "commitment_target",
    "commitments_summary",
    "counts_sentence",
    "describe_alternatives_chart",
    "describe_changes_chart",
    "describe_series_chart",
    "describe_trajectory_chart",
    "direction_sentence",
    "finding_mark",
    "finding_sentence",
    "finding_title",
    "headline",
    "hidden_sentence",
    "in_period",
    "is_unsure_among_many",
    "judgment_sentence",
    "lede",
    "list_signs",
    "refusal_sentence",
    "screen_method",
    "screen_sentence",
    "simulated_sentence",
    "verdict_mark",
    "write_amount",
]
