"""The explanation of the methods shows what the methods compute."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from commonweal.results.comparison import compare_counts
from commonweal.results.detectable import detectable_drop
from commonweal.results.score import RatioInterval, e_test_p, exact_interval, exact_p, score_interval

PAGE = Path(__file__).resolve().parents[2] / "docs" / "explanation" / "how-we-compare.md"
WORDS = {
    "fell": "fell",
    "rose": "rose",
    "no clear change": "no_clear_change",
    "too few to tell": "too_few_to_tell",
}


def rows(columns: int) -> list[list[str]]:
    """Return the rows of the page's tables with so many columns, without signs that only typography needs."""
    text = PAGE.read_text(encoding="utf-8").replace("−", "-").replace(" %", "")
    cells = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line[:1] == "|"
    ]
    return [row for row in cells if len(row) == columns and not row[0].startswith("---")]


def written(interval: RatioInterval) -> str:
    """Write an interval as the page does."""
    return f"{100 * (interval.low - 1):+.1f} .. {100 * (interval.high - 1):+.1f}"


def test_table_of_comparisons() -> None:
    """Change, both intervals, both p-values and the verdict of each example are the computed ones."""
    examples = [row for row in rows(7) if "→" in row[0]]
    assert len(examples) == 7
    for pair, change, score, exact, p, p_exact, verdict in examples:
        b, c = (int(number) for number in pair.split("→"))
        one = compare_counts(b, c, baseline_days=365, current_days=365)
        assert change == f"{one.change:+.1f}"
        assert score == written(score_interval(b, c))
        assert exact == written(exact_interval(b, c))
        assert float(p) == pytest.approx(e_test_p(b, c), abs=6e-4 if len(p) == 5 else 6e-6)
        assert float(p_exact) == pytest.approx(exact_p(b, c), abs=6e-4 if len(p_exact) == 5 else 6e-6)
        assert one.verdict == WORDS[verdict]


def test_table_of_detectable_drops() -> None:
    """Each detectable drop is the computed one."""
    drops = [row for row in rows(2) if re.fullmatch(r"\d+", row[0])]
    assert len(drops) == 6
    for base, drop in drops:
        assert f"{detectable_drop(int(base)):.1f}" == drop


def test_table_of_real_categories() -> None:
    """Change, interval and verdict of each category follow from its two counts and its φ."""
    categories = [row for row in rows(5) if "→" in row[3] and row[2] != "φ"]
    assert len(categories) == 5
    for _, _, phi, counts, verdict in categories:
        found = re.fullmatch(r"([\d,]+) → ([\d,]+), ([+-][\d.]+) \(([+-][\d.]+) \.\. ([+-][\d.]+)\)", counts)
        assert found is not None
        b, c = (int(found[i].replace(",", "")) for i in (1, 2))
        one = compare_counts(b, c, baseline_days=365, current_days=365, overdispersion=float(phi))
        assert f"{one.change:+.1f}" == found[3]
        assert (one.low, one.high) == pytest.approx((float(found[4]), float(found[5])), abs=0.11)
        assert one.verdict == WORDS[verdict]
