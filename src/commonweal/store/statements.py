"""Which SQL may be run: one question, over the tables of records, and nothing else.

The text is parsed by DuckDB itself, and its syntax tree is checked against lists of what is allowed, so that
anything unknown is refused. This is the first of two walls; the second is the connection, which has no access to
files or settings (see `commonweal.store.queries`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

import duckdb

from commonweal.errors import InvalidRequest, Problem
from commonweal.records import RECORD_TYPES

ALLOWED_NODES: Final = frozenset({"SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE", "CTE_NODE"})
ALLOWED_TABLE_FUNCTIONS: Final = frozenset({"range", "generate_series", "unnest", "repeat"})
REFUSED_FUNCTIONS: Final = frozenset(
    {"current_setting", "getenv", "getvariable", "nextval", "currval", "write_log"}
)
WHERE: Final = "sql"


def check_statement(sql: str, parser: duckdb.DuckDBPyConnection) -> None:
    """Let one SELECT, WITH, VALUES, DESCRIBE or SUMMARIZE over the tables of records pass.

    Parameters
    ----------
    sql : str
        As the user wrote it.
    parser : DuckDBPyConnection
        Any connection; only its parser is used.

    Raises
    ------
    InvalidRequest
        It is not one statement, not a question, does not parse, or reads from something else than the tables of
        records; the message keeps DuckDB's mark of the place.
    """
    statement = _parse_single(sql)
    if statement.type != duckdb.StatementType.SELECT:
        raise _refuse(
            "Only questions can be asked here: one SELECT, WITH, DESCRIBE or SUMMARIZE.",
            statement.type.name.replace("_", " "),
        )
    problems = list(_find_problems(_read_tree(sql, parser), _list_catalog(parser)))
    if problems:
        raise InvalidRequest("Only the tables of records can be asked, and nothing can be changed.", problems)


def _parse_single(sql: str) -> duckdb.Statement:
    try:
        statements = duckdb.extract_statements(sql)
    except duckdb.Error as error:
        raise explain_failure(error) from error
    if len(statements) != 1:
        raise _refuse("Write exactly one statement.", f"{len(statements)} statements")
    return statements[0]


def _read_tree(sql: str, parser: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    rows = parser.execute("SELECT json_serialize_sql(?::VARCHAR)", [sql]).fetchall()
    tree: dict[str, Any] = json.loads(rows[0][0])
    if tree["error"]:
        raise _refuse("This query cannot be checked, so it is not run.", str(tree["error_message"]))
    return tree


def _list_catalog(parser: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """List DuckDB's own views, which tell where files lie; a WITH of such a name could hide a look at them."""
    rows = parser.execute("SELECT view_name FROM duckdb_views() WHERE internal").fetchall()
    return frozenset(str(name).lower() for (name,) in rows)


def _find_problems(tree: dict[str, Any], catalog: frozenset[str]) -> Iterator[Problem]:
    nodes = list(_walk(tree))
    named = {entry["key"].lower() for node in nodes for entry in node.get("cte_map", {}).get("map", ())}
    readable = {kind.lower() for kind in RECORD_TYPES} | (named - catalog)
    for node in nodes:
        kind = str(node.get("type", ""))
        if kind.endswith("_NODE") and kind not in ALLOWED_NODES:
            change = kind.removesuffix("_NODE").removesuffix("_QUERY")
            yield Problem(WHERE, f"{change}: a query may read, not change")
        elif kind == "BASE_TABLE":
            yield from _check_table(node, readable)
        elif kind == "TABLE_FUNCTION":
            yield from _check_table_function(node["function"])
        elif kind == "SHOW_REF" and node.get("query") is None:
            if str(node.get("table_name", "")).strip('"') != "tables":
                yield Problem(WHERE, f"SHOW {node.get('table_name')}: allowed is SHOW TABLES")
        elif kind == "FUNCTION" and str(node.get("function_name", "")).lower() in REFUSED_FUNCTIONS:
            yield Problem(WHERE, f"{node['function_name']}: this function is not allowed")


def _check_table(node: dict[str, Any], readable: set[str]) -> Iterator[Problem]:
    path = [str(part) for part in node.get("qualified_name", {}).get("path", [node.get("table_name", "")])]
    if len(path) != 1 or path[0].lower() not in readable:
        allowed = ", ".join(sorted(RECORD_TYPES))
        yield Problem(WHERE, f"{'.'.join(path)}: there is no such table; the tables are {allowed}")


def _check_table_function(function: dict[str, Any]) -> Iterator[Problem]:
    name = str(function.get("function_name", "")).lower()
    if name not in ALLOWED_TABLE_FUNCTIONS:
        allowed = ", ".join(sorted(ALLOWED_TABLE_FUNCTIONS))
        yield Problem(WHERE, f"{name}: this table function is not allowed; allowed are {allowed}")


def _walk(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for part in value.values():
            yield from _walk(part)
    elif isinstance(value, list):
        for part in value:
            yield from _walk(part)


def _refuse(message: str, found: str) -> InvalidRequest:
    return InvalidRequest(message, [Problem(WHERE, f"found {found}")])


def explain_failure(error: duckdb.Error) -> InvalidRequest:
    """Turn DuckDB's complaint into ours; its mark of the place is kept."""
    headline = str(error).partition("\n")[0]
    return InvalidRequest(f"The query cannot be run. {error}", [Problem(WHERE, headline)])
