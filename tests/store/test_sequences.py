"""Whatever is published, rolled back and published again, the store holds exactly that."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commonweal.store import Publication, Store
from commonweal.store.doctor import examine

MakePublication = Callable[..., Publication]

SOURCES = ("parks", "pools", "streets")
publications = st.tuples(
    st.just("publish"), st.sampled_from(SOURCES), st.lists(st.integers(0, 3).map(float), max_size=3)
)
together = st.tuples(
    st.just("together"),
    st.lists(st.sampled_from(SOURCES), unique=True),
    st.lists(st.integers(0, 3).map(float)),
)
returns = st.tuples(st.just("use"), st.integers(0, 99), st.none())


@given(steps=st.lists(st.one_of(publications, together, returns), max_size=8))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_store_holds_what_was_published_last(make_activities: MakePublication, steps: list[tuple]) -> None:
    """Reading a kind gives the union of each source's current rows; history only grows; names follow content."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "store")
        expected: dict[str, tuple[float, ...]] = {}
        history: list[tuple[str, str, tuple[float, ...]]] = []
        for kind, what, quantities in steps:
            before = store.fingerprint()
            state = dict(expected)
            if kind == "use":
                if history:
                    snapshot_id, source, rows = history[what % len(history)]
                    assert store.use_snapshot(snapshot_id).current
                    expected[source] = rows
            else:
                sources = [what] if kind == "publish" else what
                made = [make_activities(*quantities, source=source) for source in sources]
                for one in store.publish_all(made):
                    expected[one.source] = tuple(quantities)
                    entry = (one.id, one.source, tuple(quantities))
                    assert one.new == (state.get(one.source) != tuple(quantities))
                    if entry not in history:
                        history.append(entry)
            assert (store.fingerprint() == before) == (state == expected)
            check_invariants(store, expected, history)


def check_invariants(
    store: Store, expected: dict[str, tuple[float, ...]], history: list[tuple[str, str, tuple[float, ...]]]
) -> None:
    fresh = Store(store.root)
    assert [(s.id, s.source) for s in fresh.list_snapshots()] == [(i, source) for i, source, _ in history]
    assert {s.source for s in fresh.current()} == set(expected)
    table = fresh.read("activities")
    assert sorted(table.select("source", "quantity").iter_rows()) == sorted(
        (source, quantity) for source, rows in expected.items() for quantity in rows
    )
    for source, rows in expected.items():
        assert tuple(fresh.read("activities", source)["quantity"]) == rows
        current = fresh.find_current("activities", source)
        assert current is not None
        assert current.rows == len(rows)
    if fresh.layout.snapshots.is_dir():
        assert {p.name for p in fresh.layout.snapshots.iterdir()} == {i for i, _, _ in history}


@pytest.mark.parametrize("rows", [0, 1, 5])
def test_a_store_after_many_publications_is_in_order(
    store: Store, make_activities: MakePublication, rows: int
) -> None:
    """The doctor finds nothing after publications and returns."""
    for turn in range(3):
        store.publish_all([make_activities(*[float(turn)] * rows, source=source) for source in SOURCES])
    store.use_snapshot(store.list_snapshots()[0].id)
    assert all(check.ok for check in examine(store))
