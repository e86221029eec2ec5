"""The text of one record column: taken from the file, joined, extracted, decoded."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from commonweal.errors import InvalidMapping, Problem
from commonweal.sources.faults import FaultBook
from commonweal.sources.mapping_types import ColumnMapping, FileMapping
from commonweal.sources.raw_table import RawTable
from commonweal.sources.toml_table import name_close

SHOWN_CODES = 12


def match_headers(mapping: FileMapping, raw: RawTable) -> dict[str, str]:
    """Find the columns of the file that a mapping names: exactly, else without regard to case and signs.

    Returns
    -------
    dict
        Column of the file by the name in the mapping.

    Raises
    ------
    InvalidMapping
        Some are not there; all are listed, with close ones.
    """
    columns = raw.frame.columns
    plain: dict[str, list[str]] = {}
    for column in columns:
        plain.setdefault(simplify_name(column), []).append(column)
    found: dict[str, str] = {}
    problems: list[Problem] = []
    for header in mapping.headers:
        near = plain.get(simplify_name(header), [])
        if header in columns:
            found[header] = header
        elif len(near) == 1:
            found[header] = near[0]
        else:
            message = f"the file has no such column; {name_close(header, columns)}"
            problems.append(Problem(raw.file_name, message, row=1, field=header))
    if problems:
        text = f"{raw.file_name} does not have the columns that {mapping.path.name} names."
        if len(problems) * 2 > len(mapping.headers) and _looks_like_data(columns):
            text += " Its first line looks like data; a header is needed."
        raise InvalidMapping(text, problems)
    return found


def read_texts(raw: RawTable, headers: Mapping[str, str], null: tuple[str, ...]) -> pl.DataFrame:
    """Take the columns that a mapping names, without outer spaces; null where nothing was recorded."""
    trimmed = (pl.col(column).str.strip_chars().alias(name) for name, column in headers.items())
    frame = raw.frame.select(trimmed)
    return frame.select(pl.when(~pl.col(name).is_in(list(null))).then(pl.col(name)) for name in frame.columns)


def make_text(one: ColumnMapping, texts: pl.DataFrame, faults: FaultBook) -> pl.Series:
    """Make the text of a record column; unknown codes are written down as faults.

    Parameters
    ----------
    one : ColumnMapping
        How it is made.
    texts : DataFrame
        Of `read_texts`.
    faults : FaultBook
        Where faults go.

    Returns
    -------
    Series of String
        Null where nothing was recorded.
    """
    if one.value is not None:
        return pl.Series(one.column, [one.value or None], dtype=pl.String).new_from_index(0, texts.height)
    if len(one.headers) == 1:
        text = texts.get_column(one.headers[0]).alias(one.column)
    else:
        joined = pl.concat_str(list(one.headers), separator=one.join, ignore_nulls=True)
        text = texts.select(pl.when(joined != "").then(joined).alias(one.column)).to_series()
    if one.extract is not None:
        text = text.str.extract(one.extract).str.strip_chars()
    if one.codes is not None:
        text = _decode(one, text, faults)
    return text if one.blank is None else text.fill_null(one.blank)


def _decode(one: ColumnMapping, text: pl.Series, faults: FaultBook) -> pl.Series:
    codes = one.codes or {}
    key = text.str.to_lowercase()
    known = key.is_in(list(codes))
    decoded = key.replace_strict(list(codes), list(codes.values()), default=None, return_dtype=pl.String)
    unknown = (~known).fill_null(value=False)
    if one.unknown == "keep":
        decoded = decoded.zip_with(~unknown, text)
    elif one.unknown != "reject":
        decoded = decoded.set(unknown, one.unknown)
    else:
        listed = ", ".join(list(codes)[:SHOWN_CODES]) + (" …" if len(codes) > SHOWN_CODES else "")
        message = f"is not in the list of codes ({listed}); add it to codes, or say what unknown ones become"
        faults.add("unknown_code", one.column, unknown, message, text)
    return decoded.set((decoded == "").fill_null(value=False), None).alias(one.column)


def simplify_name(name: str) -> str:
    """Reduce the name of a column to its letters and digits, in lower case."""
    return "".join(sign for sign in name.lower() if sign.isalnum())


def _looks_like_data(columns: list[str]) -> bool:
    return any(column.replace(".", "").replace("-", "").isdigit() for column in columns)
