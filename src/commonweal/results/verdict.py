"""Verdicts: the few words that a comparison, a claim or a commitment can end in."""

from __future__ import annotations

from enum import StrEnum


class Verdict(StrEnum):
    """What a comparison of two periods comes to."""

    FELL = "fell"
    ROSE = "rose"
    UNCLEAR = "no_clear_change"
    TOO_FEW = "too_few_to_tell"
    REFUSED = "cannot_be_compared"
    HIDDEN = "hidden"
    NO_RECORDS = "no_records"


class ClaimVerdict(StrEnum):
    """What a published figure comes to when it is recomputed."""

    SUPPORTED = "supported"
    UNCERTAIN = "consistent_but_uncertain"
    CONTRADICTED = "contradicted"
    UNCHECKABLE = "cannot_be_checked"


class CommitmentStatus(StrEnum):
    """Where a commitment stands; set by rule, never by hand."""

    MET = "met"
    ON_TRACK = "on_track"
    BEHIND = "behind"
    UNCLEAR = "cannot_tell_yet"
    NO_TARGET = "no_number_was_promised"
    NO_RECORDS = "no_records"
    MISSED = "missed"
