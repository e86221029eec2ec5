"""Publishing, reading back, history."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from commonweal.errors import InvalidInput, NotFound, StoreBusy, StoreDamaged
from commonweal.records import RECORD_TYPES
from commonweal.store import Publication, Snapshot, Store
from commonweal.store.lock import hold_lock

NOW = datetime(2024, 12, 1, 12, tzinfo=UTC)  # as the clock of the fixture `store` says
MakePublication = Callable[..., Publication]


def publish(store: Store, one: Publication) -> Snapshot:
    return store.publish(one.kind, one.table, one.rejected, one.provenance)


def test_empty_store_reads_as_empty_tables(store: Store) -> None:
    """Every kind can be read from a store that does not exist yet, with its declared columns and types."""
    for kind, record_type in RECORD_TYPES.items():
        table = store.read(kind)
        assert table.height == 0
        assert table.schema == record_type.schema.create_empty().schema
    assert store.list_snapshots() == ()
    assert not store.root.exists()


def test_published_rows_come_back(store: Store, make_activities: MakePublication) -> None:
    """What was published is read back: rows in order of time, rejected rows, provenance, span."""
    one = make_activities(3, 1, 2)
    snapshot = publish(store, one)
    assert (snapshot.rows, snapshot.first, snapshot.last) == (3, date(2024, 7, 1), date(2024, 7, 3))
    assert (snapshot.new, snapshot.current, snapshot.published_at) == (True, True, NOW)
    assert snapshot.provenance == one.provenance
    assert_frame_equal(store.read("activities"), one.table.select(store.read("activities").columns))
    assert_frame_equal(store.read_rejected(snapshot.id), one.rejected)
    assert store.find_current("activities", "parks") == replace(snapshot, new=False)
    assert store.find_current("activities", "pools") is None


def test_same_content_changes_nothing(store: Store, make_activities: MakePublication) -> None:
    """The same rows in another order of rows and columns, from another file, are the same snapshot."""
    one = make_activities(3, 1, 2)
    first = publish(store, one)
    before = store.fingerprint()
    files = {p: p.stat().st_mtime_ns for p in store.root.rglob("*.parquet")}
    other = replace(one.provenance, file_name="again.csv", retrieved_at=datetime(2025, 1, 1, tzinfo=UTC))
    second = store.publish(
        "activities", one.table.reverse().select(sorted(one.table.columns)), one.rejected, other
    )
    assert second == replace(first, new=False)
    assert store.fingerprint() == before
    assert {p: p.stat().st_mtime_ns for p in store.root.rglob("*.parquet")} == files


def test_any_change_of_a_value_changes_the_name(store: Store, make_calls: MakePublication) -> None:
    """Changing one value, a null, a type code or the source gives another identifier."""
    one = make_calls(5)
    changes = [
        one.table,
        one.table.with_columns(call_type=pl.lit("Fire")),
        one.table.with_columns(area=pl.lit("")),
        one.table.with_columns(agency=pl.lit("fire")),
        one.table.with_columns(lon=pl.lit(0.0)),
        one.table.with_columns(received_at=pl.col("received_at") + pl.duration(microseconds=1)),
        one.table.head(4),
    ]
    ids = {store.publish("calls", t, one.rejected, one.provenance).id for t in changes}
    ids.add(publish(store, make_calls(5, source="other")).id)
    assert len(ids) == len(changes) + 1


def test_days_are_told_in_the_citys_calendar(store: Store, make_calls: MakePublication) -> None:
    """A call at 07:30 UTC on 1 January belongs to 31 December in Los Angeles."""
    snapshot = publish(store, make_calls(1, start=datetime(2025, 1, 1, 7, 30, tzinfo=UTC)))
    assert snapshot.first == snapshot.last == date(2024, 12, 31)


def test_sources_of_a_kind_are_united(store: Store, make_activities: MakePublication) -> None:
    """Reading a kind gives the rows of all its sources; reading a source gives its own."""
    publish(store, make_activities(1, 2))
    publish(store, make_activities(5, source="pools"))
    assert sorted(store.read("activities")["quantity"]) == [1, 2, 5]
    assert store.read("activities", "pools")["quantity"].to_list() == [5]
    assert store.read("activities", "nowhere").height == 0


def test_history_is_kept_and_can_be_used_again(store: Store, make_activities: MakePublication) -> None:
    """A later publication supersedes; the earlier one stays listed, and can be made current again."""
    first = publish(store, make_activities(1))
    fingerprint = store.fingerprint()
    second = publish(store, make_activities(2))
    assert [(s.id, s.current) for s in store.list_snapshots()] == [(first.id, False), (second.id, True)]
    assert store.fingerprint() != fingerprint
    assert store.use_snapshot(first.id).current
    assert store.read("activities")["quantity"].to_list() == [1]
    assert store.fingerprint() == fingerprint
    assert [s.id for s in store.current()] == [first.id]
    again = publish(store, make_activities(2))
    assert (again.id, again.new) == (second.id, True)
    assert len(store.list_snapshots()) == 2


def test_unknown_snapshots_are_not_found(store: Store, make_activities: MakePublication) -> None:
    """Asking for a snapshot that is not there names the ones that are."""
    snapshot = publish(store, make_activities(1))
    wrong = ("0" if snapshot.id[0] != "0" else "1") + snapshot.id[1:]
    for ask in (store.get_snapshot, store.use_snapshot, store.read_rejected):
        with pytest.raises(NotFound, match=snapshot.id):
            ask(wrong)


def test_all_or_none_of_several_tables(store: Store, make_activities: MakePublication) -> None:
    """One bad table among several keeps all of them out."""
    good = make_activities(1)
    bad = make_activities(-1, source="pools")
    with pytest.raises(InvalidInput, match="quantity: 1 rows do not keep the rule 'min'"):
        store.publish_all([good, bad])
    assert store.list_snapshots() == ()
    both = store.publish_all([good, make_activities(4, source="pools")])
    assert [s.source for s in both] == ["parks", "pools"]
    assert {s.id for s in store.current()} == {s.id for s in both}


def test_tables_that_do_not_fit_are_refused_with_every_problem(
    store: Store, make_activities: MakePublication
) -> None:
    """Missing and unknown columns, wrong types, other sources, broken rules and doubled keys are all named."""
    one = make_activities(1, 2)
    with pytest.raises(InvalidInput) as caught:
        store.publish("activities", one.table.drop("unit").with_columns(x=1), one.rejected, one.provenance)
    assert [(p.field, p.message) for p in caught.value.problems] == [
        ("unit", "this column is missing"),
        ("x", "there is no such column"),
    ]
    wrong = one.table.with_columns(
        source=pl.Series(["parks", "zoo"]),
        quantity=pl.lit(-1.0),
        unit=pl.lit(""),
        simulated=pl.lit(value=True),
    )
    with pytest.raises(InvalidInput) as caught:
        store.publish("activities", wrong, one.rejected, one.provenance)
    assert {p.field for p in caught.value.problems} == {"source", "quantity", "unit", "simulated"}
    doubled = one.table.with_columns(record_id=pl.lit("A-0"))
    with pytest.raises(InvalidInput, match="primary_key"):
        store.publish("activities", doubled, one.rejected, one.provenance)
    with pytest.raises(InvalidInput, match="wrong type"):
        store.publish("activities", one.table.with_columns(date=pl.lit("soon")), one.rejected, one.provenance)
    with pytest.raises(NotFound):
        store.publish("activity", one.table, one.rejected, one.provenance)


def test_an_empty_table_can_be_published(store: Store, make_activities: MakePublication) -> None:
    """A load that kept no row is a fact too: it supersedes what was there."""
    publish(store, make_activities(1))
    snapshot = publish(store, make_activities())
    assert (snapshot.rows, snapshot.first, snapshot.last) == (0, None, None)
    assert store.read("activities").height == 0


def test_one_writer_at_a_time(store: Store, make_activities: MakePublication) -> None:
    """While another load holds the lock, publishing says so and changes nothing; reading goes on."""
    publish(store, make_activities(1))
    with hold_lock(store.layout.lock), pytest.raises(StoreBusy, match="Another load"):
        publish(store, make_activities(2))
    assert store.read("activities")["quantity"].to_list() == [1]
    assert publish(store, make_activities(2)).new


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b'{"version": 9}', b'{"version":1,"current":{"a":1},"published":[]}',
     b'{"version":1,"current":{"calls":{"x":"y"}},"published":[]}'],
)  # fmt: skip
def test_a_broken_list_of_snapshots_is_said_and_not_replaced(
    store: Store, make_activities: MakePublication, content: bytes
) -> None:
    """A damaged current.json stops reading and writing; nothing overwrites it or removes a snapshot."""
    publish(store, make_activities(1))
    store.layout.current.write_bytes(content)
    for act in (
        store.fingerprint,
        lambda: store.read("activities"),
        lambda: publish(store, make_activities(2)),
    ):
        with pytest.raises(StoreDamaged, match="doctor"):
            act()
    assert store.layout.current.read_bytes() == content
    assert len(list(store.layout.snapshots.iterdir())) == 1


def test_snapshots_survive_the_loss_of_the_list(store: Store, make_activities: MakePublication) -> None:
    """Where current.json is gone, a publication removes no snapshot that is whole."""
    first = publish(store, make_activities(1))
    store.layout.current.unlink()
    fresh = Store(store.root)
    publish(fresh, make_activities(2, source="pools"))
    assert (store.layout.snapshots / first.id).is_dir()


def test_two_stores_on_one_folder_see_each_other(store: Store, make_activities: MakePublication) -> None:
    """What one process publishes, another one that was open before reads at once, in SQL too."""
    other = Store(Path(store.root))
    assert other.query("SELECT count(*) AS n FROM activities")["n"].item() == 0
    publish(store, make_activities(1, 2))
    assert other.query("SELECT count(*) AS n FROM activities")["n"].item() == 2
    assert other.read("activities").height == 2
