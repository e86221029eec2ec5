"""What every kind of portal can be asked, and what it gives: pages of rows in the order of a stable key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class PageRequest:
    """Which rows to ask for.

    Attributes
    ----------
    after : str or None
        Key of the last row already had; rows with greater keys follow. Pages by key, not by number, stay right when
        rows come and go while they are read.
    since : str or None
        Only rows that changed at this time or later (ISO, UTC).
    rows : int
        At most this many.
    """

    after: str | None
    since: str | None
    rows: int


@dataclass(frozen=True, slots=True)
class Page:
    """One page.

    Attributes
    ----------
    rows : tuple of mapping
        As the portal gives them; numbers are texts.
    fields : tuple of str
        Every column the dataset has, also those that are blank on this page; empty where the portal does not say.
    last : bool
        True where nothing follows.
    answered_at : datetime or None
        The portal's own clock.
    """

    rows: tuple[Mapping[str, Any], ...]
    fields: tuple[str, ...]
    last: bool
    answered_at: datetime | None


class Portal(Protocol):
    """A dataset on a portal."""

    @property
    def key(self) -> str:
        """Column that identifies a row."""

    @property
    def can_ask_since(self) -> bool:
        """Whether rows know when they changed."""

    @property
    def query(self) -> str:
        """What is asked, in one text; another text means another reading."""

    def read_page(self, request: PageRequest) -> Page:
        """Read one page."""

    def count(self) -> int:
        """Ask how many rows there are."""
