"""SQL from users reads the tables of records, and nothing else."""

from __future__ import annotations

import threading
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from commonweal.errors import InvalidRequest
from commonweal.records import RECORD_TYPES
from commonweal.store import Publication, Store
from commonweal.store.queries import QueryLimits

MakePublication = Callable[..., Publication]


@pytest.fixture
def filled(store: Store, make_calls: MakePublication) -> Store:
    """Return a store with a hundred calls."""
    one = make_calls(100)
    store.publish(one.kind, one.table, one.rejected, one.provenance)
    return store


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM calls",
        "select * from Calls;",
        "SELECT count(*) FROM calls -- every call",
        "WITH a AS (SELECT area FROM calls), b AS (SELECT * FROM a) SELECT area, count(*) FROM b GROUP BY ALL",
        "WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 9) SELECT i FROM n",
        "SELECT area FROM calls UNION ALL SELECT area FROM responses ORDER BY area LIMIT 3",
        "SELECT * FROM (SELECT area, agency FROM calls) PIVOT (count(*) FOR agency IN ('ems', 'fire'))",
        "SELECT c.area, r.unit FROM calls c LEFT JOIN responses r ON r.call_id = c.record_id",
        "SELECT i, (SELECT count(*) FROM calls) FROM range(3) t(i), unnest([1, 2]) u(j)",
        "SELECT area, rank() OVER (ORDER BY count(*) DESC) FROM calls GROUP BY area",
        "FROM calls SELECT area",
        "VALUES (1), (2)",
        "DESCRIBE calls",
        "DESCRIBE SELECT area FROM calls",
        "SUMMARIZE calls",
        "SHOW TABLES",
    ],
)
def test_questions_are_answered(filled: Store, sql: str) -> None:
    """Every ordinary way to ask about the records works."""
    assert filled.query(sql).width >= 1


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM '/etc/passwd'",
        'SELECT * FROM "/etc/passwd"',
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM read_blob('/etc/passwd')",
        "SELECT * FROM read_json('/etc/passwd')",
        "SELECT * FROM sniff_csv('/etc/passwd')",
        "SELECT * FROM read_parquet('{store}/snapshots/*/rejected.parquet')",
        "SELECT * FROM '{store}/snapshots/*/data.parquet'",
        "SELECT * FROM parquet_metadata('{store}/snapshots/*/data.parquet')",
        "SELECT * FROM glob('/etc/*')",
        "SELECT (SELECT max(content) FROM read_text('/etc/passwd'))",
        "SELECT 1 WHERE EXISTS (SELECT * FROM read_text('/etc/passwd'))",
        "WITH a AS MATERIALIZED (SELECT * FROM read_text('/etc/passwd')) SELECT * FROM a",
        "SELECT * FROM calls ORDER BY (SELECT count(*) FROM glob('/*'))",
        "SELECT list_transform([1], x -> (SELECT count(*) FROM glob('/*')))",
        "DESCRIBE SELECT * FROM read_text('/etc/passwd')",
        "SUMMARIZE '/etc/passwd'",
        "SELECT * FROM 'https://example.org/a.parquet'",
        "SELECT * FROM query('SELECT * FROM read_text(''/etc/passwd'')')",
        "SELECT * FROM query_table('/etc/passwd')",
        "SELECT * FROM json_execute_serialized_sql('{}')",
        "SELECT * FROM duckdb_settings()",
        "SELECT * FROM duckdb_views()",
        "SELECT * FROM duckdb_views",
        "SELECT * FROM duckdb_secrets()",
        "SELECT * FROM which_secret('a', 'b')",
        "SELECT * FROM information_schema.views",
        "SELECT * FROM pg_catalog.pg_views",
        "SELECT * FROM sqlite_master",
        "SELECT current_setting('allowed_paths')",
        "SELECT getenv('HOME')",
        "SELECT * FROM pragma_database_size()",
        "SELECT * FROM enable_logging()",
        "SELECT * FROM arrow_scan(1, 2, 3)",
        "SELECT * FROM python_map_function(1)",
        "SELECT * FROM other.calls",
        "COPY calls TO '{store}/out.csv'",
        "COPY (SELECT 1) TO '{store}/out.csv'",
        "EXPORT DATABASE '{store}/out'",
        "IMPORT DATABASE '{store}/out'",
        "ATTACH '{store}/out.db'",
        "ATTACH ':memory:' AS other",
        "DETACH memory",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SET memory_limit = '100GB'",
        "SET VARIABLE a = 1",
        "RESET lock_configuration",
        "PRAGMA database_list",
        "PRAGMA enable_profiling",
        "CALL pragma_version()",
        "CREATE TABLE a AS SELECT * FROM calls",
        "CREATE OR REPLACE VIEW calls AS SELECT 1",
        "CREATE MACRO a() AS 1",
        "CREATE SECRET a (TYPE s3)",
        "DROP VIEW calls",
        "ALTER VIEW calls RENAME TO a",
        "COMMENT ON VIEW calls IS 'a'",
        "INSERT INTO calls SELECT * FROM calls",
        "WITH a AS (INSERT INTO calls SELECT * FROM calls RETURNING *) SELECT * FROM a",
        "WITH a AS (DELETE FROM calls RETURNING *) SELECT * FROM a",
        "UPDATE calls SET area = 'x'",
        "DELETE FROM calls",
        "TRUNCATE calls",
        "MERGE INTO calls USING calls AS c ON true WHEN MATCHED THEN DELETE",
        "BEGIN",
        "COMMIT",
        "CHECKPOINT",
        "VACUUM",
        "USE memory",
        "PREPARE a AS SELECT 1",
        "EXECUTE a",
        "EXPLAIN SELECT 1",
        "EXPLAIN ANALYZE SELECT * FROM calls",
        "PIVOT calls ON agency USING count(*)",
        "SHOW DATABASES",
        "SHOW ALL TABLES",
        "SELECT 1; SELECT 2",
        "SELECT 1; DROP VIEW calls",
        "",
        "   ",
        "-- nothing",
        ";",
    ],
)
def test_anything_else_is_refused(filled: Store, sql: str) -> None:
    """Files, settings, changes, system tables and several statements are refused, and nothing is written."""
    before = {path: path.read_bytes() for path in filled.root.rglob("*") if path.is_file()}
    with pytest.raises(InvalidRequest) as caught:
        filled.query(sql.replace("{store}", str(filled.root)))
    assert "root:" not in str(caught.value)
    assert {path: path.read_bytes() for path in filled.root.rglob("*") if path.is_file()} == before
    assert filled.query("SELECT count(*) AS n FROM calls")["n"].item() == 100


def test_the_second_wall_holds_without_the_first(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even a statement that was not checked reaches no file and changes no setting."""
    monkeypatch.setattr("commonweal.store.queries.check_statement", lambda _sql, _parser: None)
    for sql in (
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM '{store}/snapshots/*/rejected.parquet'",
        "SELECT * FROM glob('/etc/*')",
    ):
        with pytest.raises(InvalidRequest, match=r"Permission|does not exist"):
            filled.query(sql.replace("{store}", str(filled.root)))
    with pytest.raises(InvalidRequest):
        filled.query(f"COPY calls TO '{filled.root}/out.csv'")
    assert not (filled.root / "out.csv").exists()


def test_python_variables_are_out_of_reach(filled: Store) -> None:
    """A name of the program's own variables is no table."""
    secret = filled.read("calls")
    assert secret.height == 100
    with pytest.raises(InvalidRequest, match="secret: there is no such table"):
        filled.query("SELECT * FROM secret")


def test_errors_keep_the_mark_of_the_place(filled: Store) -> None:
    """A misspelled column is answered with close ones and a mark under the place."""
    with pytest.raises(InvalidRequest) as caught:
        filled.query("SELECT aera FROM calls")
    text = str(caught.value)
    assert '"area"' in text
    assert "LINE 1: SELECT aera FROM calls\n               ^" in text
    with pytest.raises(InvalidRequest, match="syntax error"):
        filled.query("SELECT FROM WHERE")


def test_values_are_passed_apart_from_the_text(filled: Store) -> None:
    """Values for ? and $name stay values, whatever they hold."""
    by_place = filled.query("SELECT count(*) AS n FROM calls WHERE call_type = ?", ["Fall"])["n"].item()
    by_name = filled.query("SELECT count(*) AS n FROM calls WHERE call_type = $type", {"type": "Fall"})[
        "n"
    ].item()
    assert by_place == by_name == 50
    assert filled.query("SELECT ? AS v", ["'; DROP VIEW calls; --"])["v"].item() == "'; DROP VIEW calls; --"
    with pytest.raises(InvalidRequest):
        filled.query("SELECT ? AS v")


def test_answers_have_types_that_can_be_shown(filled: Store) -> None:
    """Times are in UTC, sums whole numbers of 64 bits where they fit; what nothing can show comes as text."""
    answer = filled.query(
        """
        SELECT max(received_at) AS latest, sum(i) AS small, sum(i) * 10000000000000000000 AS large,
               max(received_at) - min(received_at) AS span, [INTERVAL 1 DAY] AS spans, uuid() AS id, 0.5 AS half,
               {'a': 1} AS record, NULL AS nothing, 1 AS "b c", 2 AS a, 3 AS a
        FROM calls, range(3) t(i)
        """
    )
    types = dict(answer.schema)
    assert types["latest"] == pl.Datetime("us", "UTC")
    assert (types["small"], answer["small"].item()) == (pl.Int64, 300)
    assert int(answer["large"].item()) == 300 * 10**19
    assert (types["span"], answer["span"].item()) == (pl.String, "01:39:00")
    assert types["spans"] == pl.String
    assert answer["half"].item() == Decimal("0.5")
    assert answer["record"].item() == {"a": 1}
    assert answer.width == 12


def test_a_name_that_means_two_columns_is_answered(filled: Store) -> None:
    """Joined tables share column names; each column of the answer still has its own."""
    answer = filled.query("SELECT * FROM calls a JOIN calls b USING (record_id) LIMIT 1")
    assert len(set(answer.columns)) == answer.width == 2 * len(RECORD_TYPES["calls"].columns) - 1


def test_every_kind_is_a_table_even_when_empty(store: Store) -> None:
    """In an empty store each kind of record is an empty table with its declared columns."""
    for kind, record_type in RECORD_TYPES.items():
        answer = store.query(f"SELECT * FROM {kind}")  # noqa: S608
        assert (answer.height, answer.columns) == (0, list(record_type.columns))


def test_sql_and_reading_agree(filled: Store, make_calls: MakePublication) -> None:
    """SELECT * gives the rows that read gives, sources united, times in UTC."""
    other = make_calls(7, source="second")
    filled.publish(other.kind, other.table, other.rejected, other.provenance)
    answer = filled.query("SELECT * FROM calls ORDER BY source, record_id")
    expected = filled.read("calls").sort("source", "record_id")
    assert answer.height == 107
    for name in expected.columns:
        assert answer[name].cast(expected[name].dtype).to_list() == expected[name].to_list()


def test_limits_hold(tmp_path: Path) -> None:
    """A query that takes too long, too much memory or answers too much is stopped and says which."""
    slow = Store(tmp_path, limits=QueryLimits(time_s=0.3))
    with pytest.raises(InvalidRequest, match=r"longer than the 0\.3 seconds"):
        slow.query(
            "SELECT sum(a.range * b.range) FROM range(10000000) a, range(10000000) b WHERE a.range % 7 = b.range % 3"
        )
    assert slow.query("SELECT 1 AS one")["one"].item() == 1
    small = Store(tmp_path, limits=QueryLimits(memory_mib=64))
    with pytest.raises(InvalidRequest, match="64 MiB of memory"):
        small.query("SELECT count(*) FROM (SELECT DISTINCT hash(i) FROM range(50000000) t(i))")
    assert small.query("SELECT 1 AS one")["one"].item() == 1
    narrow = Store(tmp_path, limits=QueryLimits(rows=10))
    assert narrow.query("SELECT * FROM range(10)").height == 10
    with pytest.raises(InvalidRequest, match="more than the 10 rows"):
        narrow.query("SELECT * FROM range(100000000000)")


def test_many_threads_ask_while_one_publishes(filled: Store, make_calls: MakePublication) -> None:
    """Threads of a web server see whole snapshots only, never an error, while loads go on."""
    counts: list[int] = []
    errors: list[BaseException] = []
    stop = threading.Event()

    def ask() -> None:
        try:
            while not stop.is_set():
                counts.append(filled.query("SELECT count(*) AS n FROM calls")["n"].item())
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for size in (50, 60, 70, 80):
        one = make_calls(size)
        filled.publish(one.kind, one.table, one.rejected, one.provenance)
    stop.set()
    for thread in threads:
        thread.join()
    assert errors == []
    assert set(counts) <= {100, 50, 60, 70, 80}
    assert filled.query("SELECT count(*) AS n FROM calls")["n"].item() == 80
