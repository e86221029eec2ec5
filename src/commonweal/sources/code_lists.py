"""Lists of codes: in the mapping file itself, or in a CSV file beside it."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from commonweal.sources.toml_table import TomlTable


def read_codes(table: TomlTable, folder: Path, code_files: list[Path]) -> dict[str, str] | None:
    """Read ``codes`` and ``codes_file`` of a column; problems are written down in the table.

    Parameters
    ----------
    table : TomlTable
        The column's table.
    folder : Path
        Folder of the mapping file.
    code_files : list of Path
        The file is added to it.

    Returns
    -------
    dict or None
        Value by code, codes in lower case and without outer spaces; none where the column has no codes.
    """
    if "codes" not in table.content and "codes_file" not in table.content:
        return None
    inline = table.table("codes")
    pairs = [(code, inline.text(code)) for code in inline.content]
    if name := table.text("codes_file"):
        path = folder / name
        if Path(name).name != name:
            table.fault("codes_file", "must be the name of a file in the same folder", name)
        elif not path.is_file():
            known = ", ".join(sorted(p.name for p in folder.glob("*.csv"))) or "none"
            table.fault(
                "codes_file", f"there is no such file beside the mapping; CSV files there: {known}", name
            )
        else:
            code_files.append(path)
            pairs += _read_pairs(table, path)
    return _unite(table, pairs)


def _read_pairs(table: TomlTable, path: Path) -> list[tuple[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.reader(lines))
    except (UnicodeDecodeError, csv.Error) as error:
        table.fault("codes_file", f"is not readable as CSV in UTF-8: {error}", path.name)
        return []
    if not rows or [cell.strip() for cell in rows[0]] != ["code", "value"]:
        table.fault("codes_file", "must begin with the line code,value", path.name)
        return []
    wrong = [number for number, row in enumerate(rows[1:], start=2) if row and len(row) != 2]
    if wrong:
        table.fault("codes_file", f"lines must have two columns; look at line {wrong[0]}", path.name)
    return [(row[0], row[1]) for row in rows[1:] if len(row) == 2]


def _unite(table: TomlTable, pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    codes: dict[str, str] = {}
    for code, value in pairs:
        key = code.strip().lower()
        if codes.get(key, value) != value:
            table.fault("codes", f"stands for two values, {codes[key]!r} and {value!r}", code)
        codes[key] = value
    return codes
