"""What a measure computes: the syntax of ``value`` in ``measures.toml``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

VALUE_RULE = "must be count, sum:COLUMN, median:COLUMN, p90:COLUMN, or for times median:LATER-EARLIER"
_NAME = r"[a-z][a-z0-9_]*"
_QUANTILE = re.compile(rf"(median|p([1-9][0-9]?)):({_NAME})(?:-({_NAME}))?")
_SUM = re.compile(rf"sum:({_NAME})")


@dataclass(frozen=True, slots=True)
class MeasureValue:
    """The value of a measure, read.

    Attributes
    ----------
    form : {'count', 'sum', 'quantile'}
        Rows, the sum of a column, or a quantile.
    column : str
        Column that is added up, or whose quantile is taken; with ``minus`` the later time. Empty for ``count``.
    minus : str
        Earlier time; empty where one column stands alone.
    quantile : float
        From 0 to 1, for a quantile.
    """

    form: Literal["count", "sum", "quantile"]
    column: str = ""
    minus: str = ""
    quantile: float = 0.0

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns it reads."""
        return tuple(name for name in (self.column, self.minus) if name)


def find_measure_value(text: str) -> MeasureValue | None:
    """Read ``count``, ``sum:value``, ``median:hours``, ``p90:arrived_at-dispatched_at``.

    Parameters
    ----------
    text : str
        As in the pack.

    Returns
    -------
    MeasureValue or None
        None where the text is not a value of a measure.
    """
    if text == "count":
        return MeasureValue("count")
    if found := _SUM.fullmatch(text):
        return MeasureValue("sum", found.group(1))
    if found := _QUANTILE.fullmatch(text):
        quantile = 0.5 if found.group(1) == "median" else int(found.group(2)) / 100
        return MeasureValue("quantile", found.group(3), found.group(4) or "", quantile)
    return None
