"""Text that a spreadsheet would run: a cell that begins like a formula gets a quote in front.

CSV carries no types, so a spreadsheet takes ``=HYPERLINK(…)`` from someone's incident report for a formula of its
own. See OWASP, "CSV Injection". Numbers stay as they are, negative ones too.
"""

from __future__ import annotations

import re
from typing import Final

import polars as pl

FORMULA: Final = r"^[=+\-@\t\r\n＝＋－＠]"
NUMBER: Final = r"^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$"
QUOTE: Final = "'"


def guard_text(text: str) -> str:
    """Return a text as it may stand in a cell of a CSV file."""
    runs = re.match(FORMULA, text) and not re.fullmatch(NUMBER, text)
    return QUOTE + text if runs else text


def guard_table(table: pl.DataFrame) -> pl.DataFrame:
    """Return a table as it may be written as CSV: every text of it, and the names of its columns."""
    named = table.rename({name: guard_text(name) for name in table.columns})
    texts = [name for name, dtype in named.schema.items() if dtype == pl.String]
    return named.with_columns(
        pl.when(pl.col(name).str.contains(FORMULA) & ~pl.col(name).str.contains(NUMBER))
        .then(pl.lit(QUOTE) + pl.col(name))
        .otherwise(pl.col(name))
        .alias(name)
        for name in texts
    )
