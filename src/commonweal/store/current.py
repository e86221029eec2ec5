"""``current.json``: the one file whose replacement publishes."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from commonweal.errors import StoreDamaged
from commonweal.store.durable import replace_file

CURRENT_VERSION: Final = 1
SNAPSHOT_ID: Final = re.compile(r"[0-9a-f]{16}")
"""An identifier is the name of a folder: with anything else in it, a backup of a stranger could lead elsewhere."""


@dataclass(frozen=True, slots=True)
class CurrentState:
    """Which snapshots are read, and which were ever published.

    Attributes
    ----------
    current : mapping of str to mapping of str to str
        Kind → source → snapshot identifier.
    published : tuple of str
        Identifiers in the order of their first publication.
    """

    current: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    published: tuple[str, ...] = ()

    @property
    def ids(self) -> frozenset[str]:
        """Identifiers of the current snapshots."""
        return frozenset(one for sources in self.current.values() for one in sources.values())

    @property
    def fingerprint(self) -> str:
        """Twelve hexadecimal digits that change when, and only when, what is read changes."""
        return hashlib.sha256(json.dumps(self.current, sort_keys=True).encode()).hexdigest()[:12]

    def with_current(self, kind: str, source: str, snapshot_id: str) -> CurrentState:
        """Return the state in which a snapshot is the current one of its kind and source."""
        sources = {**self.current.get(kind, {}), source: snapshot_id}
        published = self.published if snapshot_id in self.published else (*self.published, snapshot_id)
        return CurrentState({**self.current, kind: sources}, published)


def render_current(state: CurrentState) -> bytes:
    """Render as JSON, in one way only."""
    values = {"version": CURRENT_VERSION, "current": state.current, "published": state.published}
    return (json.dumps(values, indent=2, sort_keys=True) + "\n").encode()


def parse_current(content: bytes) -> CurrentState:
    """Read the state back.

    Raises
    ------
    ValueError
        The text is not a state, or of a version that this program does not know.
    """
    values: Any = json.loads(content)
    if not isinstance(values, dict) or values.get("version") != CURRENT_VERSION:
        raise ValueError(f"not a list of current snapshots of version {CURRENT_VERSION}")
    current: Any = values.get("current")
    published: Any = values.get("published")
    if not (_is_table_of(current, dict) and all(_is_table_of(one, str) for one in current.values())):
        raise ValueError("'current' must map kind to source to snapshot")
    if not (isinstance(published, list) and all(isinstance(one, str) for one in published)):
        raise ValueError("'published' must be a list of snapshots")
    strange = [one for one in published if not SNAPSHOT_ID.fullmatch(one)]
    if strange:
        raise ValueError(f"not the name of a snapshot: {strange[0]!r}")
    state = CurrentState(current, tuple(published))
    unknown = state.ids - set(state.published)
    if unknown:
        raise ValueError(f"current snapshots that were never published: {', '.join(sorted(unknown))}")
    return state


def _is_table_of(value: Any, kind: type) -> bool:
    return isinstance(value, dict) and all(isinstance(one, kind) for one in value.values())


def read_current(path: Path) -> CurrentState:
    """Read ``current.json``; a missing one is the state of an empty store.

    Raises
    ------
    StoreDamaged
        The file is there and cannot be understood.
    """
    try:
        return parse_current(path.read_bytes())
    except FileNotFoundError:
        return CurrentState()
    except (ValueError, OSError) as error:
        raise StoreDamaged(
            f"{path.name} cannot be understood: {error}. Nothing was changed; run: commonweal doctor"
        ) from error


def write_current(path: Path, state: CurrentState) -> None:
    """Replace ``current.json`` in one step: the moment of publication."""
    replace_file(path, render_current(state))
