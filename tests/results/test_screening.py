"""Many comparisons at once."""

from __future__ import annotations

import warnings
from datetime import date

import numpy as np
import pytest

from commonweal.results.comparison import compare_counts
from commonweal.results.finding import Finding, Refusal
from commonweal.results.periods import Period
from commonweal.results.screening import adjust_p, certain_change, order_by_certainty, screen_findings
from commonweal.results.verdict import Verdict

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from statsmodels.stats.multitest import multipletests

BEFORE = Period(date(2022, 1, 1), date(2022, 12, 31))
AFTER = Period(date(2023, 1, 1), date(2023, 12, 31))


def finding(name: str, baseline: int, current: int) -> Finding:
    """Return a finding of two counts."""
    comparison = compare_counts(baseline, current, baseline_days=365, current_days=365)
    return Finding(name, None, BEFORE, AFTER, comparison, None, comparison.verdict)


@pytest.mark.parametrize("tests", [1, 2, 17, 210])
def test_adjustment_equals_statsmodels(tests: int) -> None:
    """Adjusted p-values equal those of statsmodels, ties and ones included."""
    values = np.round(np.random.default_rng(tests).beta(0.4, 1, tests), 3)
    values[-1] = 1.0
    assert adjust_p(values.tolist()) == pytest.approx(multipletests(values, method="fdr_bh")[1])


def test_no_tests_no_discoveries() -> None:
    """An empty screen is a screen."""
    screen = screen_findings([], baseline_period=BEFORE, current_period=AFTER)
    assert (screen.tests, screen.discoveries, screen.rows) == (0, 0, ())


def test_false_discovery_rate_in_simulation() -> None:
    """Of 210 areas × crimes of which 30 truly fell by half, at most 5 of 100 discoveries are false on average."""
    rng = np.random.default_rng(12)
    base = rng.uniform(5, 200, 210)
    shares, found = [], 0
    for _ in range(25):
        truth = np.where(np.arange(210) < 30, 0.5, 1.0)
        rows = [
            finding(str(i), int(b), int(c))
            for i, (b, c) in enumerate(zip(rng.poisson(base), rng.poisson(base * truth), strict=True))
        ]
        screen = screen_findings(rows, baseline_period=BEFORE, current_period=AFTER)
        discovered = [int(row.measure) for row in screen.rows if row.discovered]
        assert screen.discoveries == len(discovered)
        found += sum(i < 30 for i in discovered)
        shares.append(sum(i >= 30 for i in discovered) / max(1, len(discovered)))
    assert np.mean(shares) <= 0.05
    assert found / 25 > 15


def test_order_is_by_what_is_sure() -> None:
    """A fall of 80 percent that may be small comes after one of 30 percent that cannot be."""
    sure, shaky, none = finding("sure", 4000, 2800), finding("shaky", 15, 4), finding("none", 100, 97)
    assert shaky.comparison is not None
    assert sure.comparison is not None
    assert certain_change(shaky.comparison) < certain_change(sure.comparison)
    assert [one.measure for one in order_by_certainty([none, shaky, sure])] == ["sure", "shaky", "none"]


def test_halving_and_doubling_weigh_the_same() -> None:
    """A rise and the fall that undoes it are equally certain."""
    up, down = finding("up", 100, 200), finding("down", 200, 100)
    assert up.comparison is not None
    assert down.comparison is not None
    assert certain_change(up.comparison) == pytest.approx(certain_change(down.comparison))


def test_what_cannot_be_compared_is_no_test() -> None:
    """Refused and hidden rows stay at the end and are not counted as tests."""
    refused = Finding("refused", None, BEFORE, AFTER, None, Refusal("break"), Verdict.REFUSED)
    struck = finding("struck", 900, 100)
    struck = Finding("struck", None, BEFORE, AFTER, struck.comparison, Refusal("break"), Verdict.REFUSED)
    screen = screen_findings(
        [refused, struck, finding("real", 400, 300)], baseline_period=BEFORE, current_period=AFTER
    )
    assert [row.measure for row in screen.rows] == ["real", "refused", "struck"]
    assert screen.tests == 1
    assert [row.adjusted_p is None for row in screen.rows] == [False, True, True]
