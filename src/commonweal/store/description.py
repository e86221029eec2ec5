"""The description of a snapshot, ``provenance.json``: rendered and parsed without I/O."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Final

from commonweal.records.provenance import Provenance, RejectionReason

FORMAT_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Description:
    """What a snapshot's folder says about itself.

    Attributes
    ----------
    id, content_hash : str
        Identifier, and the SHA-256 of the logical content it begins.
    kind, source : str
        What it holds.
    rows : int
        Rows kept.
    first, last : date or None
        First and last day.
    published_at : datetime
        When it was written (UTC).
    columns : mapping of str to str
        Column → type, as they were.
    file_hashes : mapping of str to str
        File name → SHA-256 of its bytes.
    provenance : Provenance
        Where it came from.
    """

    id: str
    content_hash: str
    kind: str
    source: str
    rows: int
    first: date | None
    last: date | None
    published_at: datetime
    columns: Mapping[str, str]
    file_hashes: Mapping[str, str]
    provenance: Provenance


def render_description(description: Description) -> bytes:
    """Render as JSON that a person can read."""
    values = {"format": FORMAT_VERSION, **asdict(description)}
    return (json.dumps(values, indent=2, ensure_ascii=False, default=_plain) + "\n").encode()


def parse_description(content: bytes) -> Description:
    """Read a description back.

    Raises
    ------
    ValueError
        It is not one, or of a format that this version does not know.
    """
    try:
        values: dict[str, Any] = json.loads(content)
        version = values.pop("format")
        if version != FORMAT_VERSION:
            raise ValueError(f"format {version}, while this version reads format {FORMAT_VERSION}")
        provenance = values.pop("provenance")
        return Description(
            **{
                **values,
                "first": _parse_date(values["first"]),
                "last": _parse_date(values["last"]),
                "published_at": datetime.fromisoformat(values["published_at"]),
                "provenance": _parse_provenance(provenance),
            }
        )
    except (KeyError, TypeError, AttributeError, UnicodeDecodeError) as error:
        raise ValueError(f"not a description of a snapshot ({error})") from error


def _parse_provenance(values: dict[str, Any]) -> Provenance:
    return Provenance(
        **{
            **values,
            "retrieved_at": datetime.fromisoformat(values["retrieved_at"]),
            "reasons": tuple(RejectionReason(**reason) for reason in values["reasons"]),
            "notes": tuple(values["notes"]),
        }
    )


def _parse_date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in a description")
