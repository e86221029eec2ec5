"""Closed lists of words that records use.

Terms follow the field: APCO/NENA for calls, NFPA 1710 for response intervals, NIBRS for offenses.
"""

from __future__ import annotations

from typing import Final

PRIORITIES: Final = ("critical", "emergent", "lower_acuity", "non_acute")
"""Urgency of a call, from threat to life to none."""

CALL_ORIGINS: Final = ("911", "non_emergency", "officer", "alarm", "transfer", "online", "other")
"""How the call reached the center; ``officer`` marks officer-initiated activity."""

AGENCIES: Final = ("police", "fire", "ems", "crisis", "other")
"""Service that answers."""

QUANTITIES: Final = ("incidents", "victims", "clearances", "calls", "people", "other")
"""What an aggregate counts: incidents and victims are different counts."""

CLEARANCES: Final = ("open", "arrest", "exceptional", "unfounded", "unknown")
"""How a case stands; *exceptional* as the FBI defines it."""

PRESENT_TERMS: Final = ("yes", "no", "unknown")
"""Three-valued facts: unknown is never no."""
