"""Nothing that is asked, restored or kept reaches beyond what it is for."""

from __future__ import annotations

import json

import pytest

from commonweal.errors import InvalidRequest
from commonweal.results.period_text import parse_period
from commonweal.store.current import parse_current
from commonweal.studies import desk as desks
from commonweal.studies.compare import compare_measure
from commonweal.studies.desk import Desk, open_desk


@pytest.mark.parametrize(
    "sql",
    [
        "WITH a AS (WITH duckdb_views AS (SELECT 1) SELECT 1) SELECT * FROM duckdb_views",
        "WITH sqlite_master AS (SELECT * FROM sqlite_master) SELECT * FROM sqlite_master",
        "WITH a AS (WITH PRAGMA_DATABASE_LIST AS (SELECT 1) SELECT 1) SELECT * FROM pragma_database_list",
    ],
)
def test_a_with_does_not_open_the_catalog(toy: Desk, sql: str) -> None:
    """A name given in a WITH does not make a view of DuckDB readable, which would tell where files lie."""
    with pytest.raises(InvalidRequest, match="Only the tables of records"):
        toy.store.query(sql)


def test_a_with_may_still_bear_the_name_of_a_table(toy: Desk) -> None:
    """The common way to narrow a table stays allowed."""
    sql = "WITH counts AS (SELECT * FROM counts WHERE value > 0), n AS (SELECT 1) SELECT * FROM counts, n LIMIT 1"
    assert toy.store.query(sql).height == 1


@pytest.mark.parametrize("name", ["../../elsewhere", "/etc", "", "0123456789abcdeF", "0123456789abcdef/.."])
def test_a_restored_store_cannot_name_folders_elsewhere(name: str) -> None:
    """The list of snapshots of a stranger's backup holds names of snapshots, and nothing else."""
    content = json.dumps({"version": 1, "current": {"counts": {"s": name}}, "published": [name]})
    with pytest.raises(ValueError, match="not the name of a snapshot"):
        parse_current(content.encode())


def test_queries_are_kept_in_a_bounded_number(toy: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Readers choose periods: the oldest queries go before the memory does."""
    monkeypatch.setattr(desks, "KEPT_QUERIES", 3)
    fresh = open_desk(toy.workspace)
    findings = [
        compare_measure(fresh, "robberies", current=parse_period(f"2023-{month:02}")) for month in range(1, 9)
    ]
    kept = [one.query is not None and fresh.find_query(one.query.hash) is not None for one in findings]
    assert sum(kept) <= 3
    assert kept[-1]
