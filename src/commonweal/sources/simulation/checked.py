"""Reading checked values of ``simulation.toml``: each fault is written down, and a harmless value goes on."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from datetime import date, datetime
from typing import Any

from commonweal.sources.simulation.parameters import Interval
from commonweal.sources.toml_table import TomlTable, name_close

SHARE_TOLERANCE = 0.001
LONGEST_S = 86_400.0


def read_number(table: TomlTable, key: str, low: float, high: float) -> float:
    """Return a number from low to high; it must be there."""
    value: Any = table.content.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        table.fault(key, f"must be a number from {low:g} to {high:g}", value)
        return low
    return float(value)


def read_whole(table: TomlTable, key: str, low: int, high: int) -> int:
    """Return a whole number from low to high; it must be there."""
    value: Any = table.content.get(key)
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        table.fault(key, f"must be a whole number from {low} to {high}", value)
        return low
    return value


def read_truth(table: TomlTable, key: str) -> bool:
    """Return true or false; false where it is left out."""
    value = table.content.get(key, False)
    if not isinstance(value, bool):
        table.fault(key, "must be true or false", value)
        return False
    return value


def read_day(table: TomlTable, key: str) -> date | None:
    """Return a day, or None where it is left out."""
    value = table.content.get(key)
    if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    table.fault(key, "must be a day without quotes, for example 2024-07-03", value)
    return None


def read_name(table: TomlTable, key: str, known: Collection[str]) -> str:
    """Return one of the known names; it must be there."""
    value = table.content.get(key)
    if not isinstance(value, str) or value not in known:
        table.fault(key, f"must be a known name; {name_close(str(value), list(known))}", value)
        return ""
    return value


def read_text(table: TomlTable, key: str) -> str:
    """Return a text that is not empty; it must be there."""
    text = table.text(key)
    if not text.strip():
        table.fault(key, "must be a text that is not empty")
    return text


def read_weights(table: TomlTable, key: str, count: int) -> tuple[float, ...]:
    """Return so many weights, none negative, not all zero."""
    value: Any = table.content.get(key)
    if (
        not isinstance(value, list)
        or len(value) != count
        or not all(_is_share(one) for one in value)
        or sum(value) <= 0
    ):
        table.fault(key, f"must be {count} numbers from 0, not all 0")
        return (1.0,) * count
    return tuple(float(one) for one in value)


def read_shares(table: TomlTable, key: str, known: Collection[str] | None = None) -> dict[str, float]:
    """Return shares by name; they must add up to 1, and the names be among the known ones."""
    inner = table.table(key)
    shares: dict[str, float] = {}
    for name, value in inner.content.items():
        if known is not None and name not in known:
            inner.fault(name, f"there is no such name; {name_close(name, list(known))}")
        elif not _is_share(value):
            inner.fault(name, "must be a number from 0", value)
        else:
            shares[name] = float(str(value))
    check_total(inner, "", sum(shares.values()))
    return shares or dict.fromkeys(list(known or ("unknown",))[:1], 1.0)


def check_total(table: TomlTable, key: str, total: float) -> None:
    """Write down shares that do not add up to 1."""
    if abs(total - 1) > SHARE_TOLERANCE:
        table.fault(key, f"the shares must add up to 1; they add up to {total:.4g}")


def read_interval(table: TomlTable, key: str) -> Interval:
    """Return a median and a 90th percentile in seconds, the second one larger."""
    inner = table.table(key)
    inner.allow("median_s", "p90_s")
    median_s = read_number(inner, "median_s", 1, LONGEST_S)
    p90_s = read_number(inner, "p90_s", 1, LONGEST_S)
    if p90_s <= median_s:
        inner.fault("p90_s", f"must be more than median_s, which is {median_s:g}", p90_s)
        return Interval(median_s, median_s * 2)
    return Interval(median_s, p90_s)


def list_tables(table: TomlTable, key: str) -> Iterator[TomlTable]:
    """Yield the tables of a list, each named by its place for messages."""
    value = table.content.get(key, [])
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        table.fault(key, "must be a list of tables")
        return
    for place, one in enumerate(value, start=1):
        yield TomlTable(table.where, f"{table.name} [{key} {place}]".strip(), one, table.problems)


def _is_share(value: object) -> bool:
    return (
        isinstance(value, int | float) and not isinstance(value, bool) and value >= 0 and math.isfinite(value)
    )
