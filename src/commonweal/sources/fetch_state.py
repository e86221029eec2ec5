"""What was had of a portal so far, on disk: finished pages while reading, then all rows; to go on after a cut."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import polars as pl

from commonweal.sources.json_file import tabulate
from commonweal.sources.portal_page import Page

VERSION = 1
ROWS_FILE = "rows.parquet"


@dataclass(frozen=True, slots=True)
class FetchState:
    """How far the reading of a dataset has come.

    Attributes
    ----------
    query : str
        What is asked; with another query nothing here counts.
    complete : bool
        Whether the last reading reached the end.
    since : str or None
        The reading under way, or the last one, asks only for rows changed since then.
    started_at : str or None
        The portal's clock when the reading under way began (ISO, UTC); the next one asks for changes since.
    after : str or None
        Key of the last row had.
    pages : tuple of str
        Files of finished pages, in order.
    fields : tuple of str
        Columns of the dataset, as the portal says.
    """

    query: str
    complete: bool = False
    since: str | None = None
    started_at: str | None = None
    after: str | None = None
    pages: tuple[str, ...] = ()
    fields: tuple[str, ...] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class StateFolder:
    """Folder of one source; every write is whole or not at all.

    Attributes
    ----------
    folder : Path
        Made when first written.
    """

    folder: Path

    def read(self, query: str) -> FetchState:
        """Read how far the reading has come; a fresh state where there is none, it is damaged, or of another query."""
        fresh = FetchState(query)
        try:
            content = json.loads((self.folder / "state.json").read_text(encoding="utf-8"))
            version = content.pop("version", None)
            plain: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in content.items()}
            state = FetchState(**plain)
        except (OSError, ValueError, TypeError, AttributeError):
            return fresh
        if version != VERSION or state.query != query:
            return fresh
        needed = [*state.pages, *([ROWS_FILE] if state.complete or state.since else [])]
        return state if all((self.folder / name).is_file() for name in needed) else fresh

    def write(self, state: FetchState) -> None:
        """Write how far the reading has come."""
        text = json.dumps({"version": VERSION, **asdict(state)}, indent=1)
        self._put("state.json", text.encode())

    def add_page(self, state: FetchState, page: Page, key: str) -> FetchState:
        """Keep a finished page, and return the state that knows of it."""
        name = f"page-{len(state.pages) + 1:06d}.parquet"
        frame = tabulate(page.rows, name)
        temporary = self._temporary(name)
        frame.write_parquet(temporary)
        temporary.replace(self.folder / name)
        fields = tuple(dict.fromkeys((*state.fields, *page.fields)))
        last_key = str(page.rows[-1][key])
        state = replace(state, pages=(*state.pages, name), after=last_key, fields=fields)
        self.write(state)
        return state

    def read_page_keys(self, state: FetchState, key: str) -> set[str]:
        """Return the keys of the pages that are finished."""
        keys: set[str] = set()
        for name in state.pages:
            keys.update(pl.read_parquet(self.folder / name, columns=[key]).get_column(key))
        return keys

    def merge(self, state: FetchState, key: str) -> pl.DataFrame:
        """Join the rows had before with the finished pages; of rows with one key the newest stays. By key."""
        parts = [pl.read_parquet(self.folder / name) for name in state.pages]
        if state.since is not None:
            parts.insert(0, pl.read_parquet(self.folder / ROWS_FILE))
        if not parts:
            return pl.DataFrame(schema=dict.fromkeys(dict.fromkeys((key, *state.fields)), pl.String))
        rows = pl.concat(parts, how="diagonal")
        return rows.unique(key, keep="last", maintain_order=True).sort(key)

    def finish(self, state: FetchState, rows: pl.DataFrame) -> FetchState:
        """Keep all rows as one file, and forget the pages."""
        temporary = self._temporary(ROWS_FILE)
        rows.write_parquet(temporary)
        temporary.replace(self.folder / ROWS_FILE)
        done = replace(state, complete=True, pages=(), after=None)
        self.write(done)
        for name in state.pages:
            (self.folder / name).unlink(missing_ok=True)
        return done

    def _put(self, name: str, content: bytes) -> None:
        temporary = self._temporary(name)
        temporary.write_bytes(content)
        temporary.replace(self.folder / name)

    def _temporary(self, name: str) -> Path:
        self.folder.mkdir(parents=True, exist_ok=True)
        return self.folder / f".{name}.part"


def hash_rows(rows: pl.DataFrame) -> str:
    """Return the SHA-256 of rows as CSV, columns by name: the same rows give the same hash."""
    ordered = rows.select(sorted(rows.columns))
    return hashlib.sha256(ordered.write_csv().encode()).hexdigest()
