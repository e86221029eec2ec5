"""A comparison one of whose counts is hidden shows nothing."""

from __future__ import annotations

from dataclasses import fields, replace

from commonweal.results.finding import Comparison, Finding, Query, Rate
from commonweal.results.period_text import parse_period
from commonweal.results.suppression import Key, Suppressed, hide_finding
from commonweal.results.suppression.audit import Audit
from commonweal.results.verdict import Verdict

BEFORE, NOW = parse_period("2022"), parse_period("2023")
NUMBERS = Comparison(
    "count", 7, 40, 7, 40, 365, 365, 33, 471.0, 150.0, 900.0, 0.001, 1.0, True, None, Verdict.ROSE
)
FINDING = Finding(
    measure="homicides", area="newton", baseline_period=BEFORE, current_period=NOW, comparison=NUMBERS, refusal=None,
    verdict=Verdict.ROSE, baseline_rate=Rate(5.0, 2.0, 9.0, 140_000, ""), adjusted_p=0.01, discovered=True,
    delay_corrected=41.0, delay_low=40.0, delay_high=43.0, query=Query("SELECT 1", "abc", ()),
)  # fmt: skip


def suppressed(*keys: Key) -> Suppressed:
    return Suppressed(frozenset(keys), Audit(10, len(keys), 10, ()))


def test_a_hidden_side_hides_the_whole_change() -> None:
    """Whichever side is hidden, no count, change, rate or verdict is left; the query and the periods are."""
    for period in (BEFORE, NOW):
        found = hide_finding(FINDING, suppressed(Key("newton", "homicides", period)))
        assert found.verdict is Verdict.HIDDEN
        numeric = [f.name for f in fields(found) if isinstance(getattr(found, f.name), float | int)
                   and not isinstance(getattr(found, f.name), bool)]  # fmt: skip
        assert numeric == []
        assert (found.comparison, found.baseline_rate, found.alternatives) == (None, None, ())
        assert (found.query, found.current_period) == (FINDING.query, NOW)


def test_other_findings_stay() -> None:
    """A finding of another place, measure or period is not touched."""
    other = suppressed(
        Key("", "homicides", NOW),
        Key("newton", "robberies", NOW),
        Key("newton", "homicides", parse_period("2021")),
    )
    assert hide_finding(FINDING, other) is FINDING
    assert hide_finding(replace(FINDING, area=None), other).verdict is Verdict.HIDDEN
