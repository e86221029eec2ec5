"""Examining a store: what is wrong with it, and what to do about each thing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import polars as pl

from commonweal.errors import CommonwealError, StoreDamaged
from commonweal.records import RECORD_TYPES, get_record_type
from commonweal.store.content import ID_LENGTH, compute_content_hash, put_in_order
from commonweal.store.current import CurrentState, read_current
from commonweal.store.description import Description, parse_description
from commonweal.store.layout import DATA_FILE, DESCRIPTION_FILE, Layout
from commonweal.store.publication import hash_file, list_leftovers
from commonweal.store.store import Store

SPACE_FACTOR: Final = 2
"""Free space wanted, as a multiple of what the store takes: a load writes before it points."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was examined.

    Attributes
    ----------
    name : str
        What was examined.
    ok : bool
        Whether it is in order.
    found : str
        What was found, in words.
    remedy : str
        What to do; empty where nothing is.
    """

    name: str
    ok: bool
    found: str
    remedy: str = ""


def examine(store: Store) -> tuple[Check, ...]:
    """Examine a store: its list, every snapshot against its name, leftovers, room on the disk.

    Nothing is changed.

    Parameters
    ----------
    store : Store
        The store.

    Returns
    -------
    tuple of Check
        In the order in which to repair.
    """
    layout = store.layout
    try:
        state = read_current(layout.current)
    except StoreDamaged as error:
        remedy = "Restore the last backup: commonweal restore ARCHIVE FOLDER. The snapshots are untouched."
        return (
            Check("list of snapshots", ok=False, found=error.message, remedy=remedy),
            _examine_space(layout),
        )
    return (
        _examine_list(layout, state),
        *(_examine_snapshot(layout, one, current=one in state.ids) for one in state.published),
        _examine_leftovers(layout, state),
        _examine_space(layout),
    )


def _examine_list(layout: Layout, state: CurrentState) -> Check:
    name = "list of snapshots"
    if not layout.current.exists() and layout.snapshots.is_dir() and any(layout.snapshots.iterdir()):
        remedy = (
            "Restore the last backup, or load the files again: a snapshot with the same content is taken up."
        )
        return Check(name, ok=False, found="current.json is missing, and there are snapshots", remedy=remedy)
    unknown = sorted(set(state.current) - set(RECORD_TYPES))
    if unknown:
        return Check(
            name,
            ok=False,
            found=f"kinds this version does not know: {', '.join(unknown)}",
            remedy="Use the version that wrote them.",
        )
    return Check(name, ok=True, found=f"{len(state.published)} published, {len(state.ids)} current")


def _examine_snapshot(layout: Layout, snapshot_id: str, *, current: bool) -> Check:
    name = f"snapshot {snapshot_id}"
    problems = list(_find_faults(layout, snapshot_id))
    if not problems:
        return Check(name, ok=True, found="as its name says" + (", current" if current else ""))
    remedy = (
        "Load its file again, or restore a backup. To go on with an earlier one: commonweal snapshots --use ID"
        if current
        else "It is not current; restore a backup if its history is wanted."
    )
    return Check(name, ok=False, found="; ".join(problems), remedy=remedy)


def _find_faults(layout: Layout, snapshot_id: str) -> Iterator[str]:
    folder = layout.snapshot(snapshot_id)
    try:
        about = parse_description((folder / DESCRIPTION_FILE).read_bytes())
    except (OSError, ValueError) as error:
        yield f"{DESCRIPTION_FILE} cannot be read ({error})"
        return
    if about.id != snapshot_id or about.content_hash[:ID_LENGTH] != snapshot_id:
        yield f"its description is of snapshot {about.id}"
    for file_name, expected in about.file_hashes.items():
        try:
            actual = hash_file(folder / file_name)
        except OSError as error:
            yield f"{file_name} cannot be read ({error.strerror})"
            return
        if actual != expected:
            yield f"the bytes of {file_name} are not those that were written"
    yield from _find_content_faults(layout, about)


def _find_content_faults(layout: Layout, about: Description) -> Iterator[str]:
    try:
        record_type = get_record_type(about.kind)
        table = pl.read_parquet(layout.snapshot(about.id) / DATA_FILE)
    except (CommonwealError, OSError, pl.exceptions.PolarsError) as error:
        yield f"{DATA_FILE} cannot be read ({error})"
        return
    declared = {name: str(column.dtype) for name, column in record_type.columns.items()}
    if dict(about.columns) != declared:
        changed = sorted(n for n in {*declared, *about.columns} if declared.get(n) != about.columns.get(n))
        yield f"written with other columns than this version declares ({', '.join(changed)})"
        return
    if table.height != about.rows:
        yield f"{table.height:,} rows where {about.rows:,} were published"
    try:
        ordered = put_in_order(pl.DataFrame(record_type.schema.cast(table)), record_type)
        actual = compute_content_hash(ordered, record_type, about.source)
    except pl.exceptions.PolarsError as error:
        yield f"{DATA_FILE} does not fit the kind {about.kind} ({error})"
        return
    if actual != about.content_hash:
        yield "its rows are not those its name was made from"


def _examine_leftovers(layout: Layout, state: CurrentState) -> Check:
    left = list_leftovers(layout, state)
    if not left:
        return Check("leftovers of cut loads", ok=True, found="none")
    found = f"{len(left)} of loads that were cut; they are not read, and the next load removes them"
    return Check("leftovers of cut loads", ok=True, found=found)


def _examine_space(layout: Layout) -> Check:
    name = "room on the disk"
    place = layout.root if layout.root.exists() else layout.root.parent
    taken = sum(path.stat().st_size for path in layout.root.rglob("*") if path.is_file())
    free = shutil.disk_usage(place).free
    found = f"{free / 1e9:,.1f} GB free, the store takes {taken / 1e9:,.2f} GB"
    if free < SPACE_FACTOR * taken:
        return Check(name, ok=False, found=found, remedy="Make room before the next load.")
    return Check(name, ok=True, found=found)
