"""Results as plain values: what JSON can carry."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any


def as_plain(value: object) -> Any:
    """Turn results into dictionaries, lists, numbers and text.

    Dates become ISO 8601, enumerations their value; a number that is not finite becomes null, since JSON has none.

    Parameters
    ----------
    value : object
        A result, or anything made of results.

    Raises
    ------
    TypeError
        The value has no plain form.
    """
    if value is None or (isinstance(value, bool | int | str) and not isinstance(value, Enum)):
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Decimal):
        return as_plain(float(value))
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: as_plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): as_plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [as_plain(one) for one in value]
    if hasattr(value, "item"):
        return as_plain(value.item())
    raise TypeError(f"{type(value).__name__} has no plain form")
