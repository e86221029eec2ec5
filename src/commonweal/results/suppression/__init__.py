"""Small numbers: hide them, hide what gives them away, and prove that nothing does.

Public names
------------
protect_screen, Thresholds, ProtectedTable : a report's tables in, what may be shown out
collect_tables, suppress, audit : the same in single steps
hide_finding : empty a comparison that would give a hidden number away
find_parts : which measures are sums of others, read from their filters
get_rule, is_small, is_exempt : the thresholds themselves
"""

from __future__ import annotations

from commonweal.results.suppression.audit import Audit, Exposure, audit
from commonweal.results.suppression.findings import hide_finding
from commonweal.results.suppression.numbers import Key, PublishedNumber, PublishedTables
from commonweal.results.suppression.parts import find_parts
from commonweal.results.suppression.protect import Suppressed, suppress
from commonweal.results.suppression.screen import ProtectedTable, Thresholds, protect_screen
from commonweal.results.suppression.tables import Relations, collect_tables
from commonweal.results.suppression.thresholds import get_rule, is_exempt, is_small

__all__ = [
    "Audit",
    "Exposure",
    "Key",
    "ProtectedTable",
    "PublishedNumber",
    "PublishedTables",
    "Relations",
    "Suppressed",
    "Thresholds",
    "audit",
    "collect_tables",
    "find_parts",
    "get_rule",
    "hide_finding",
    "is_exempt",
    "is_small",
    "protect_screen",
    "suppress",
]
