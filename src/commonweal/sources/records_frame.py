"""Put the columns of a record together, and hold them against the declaration of their type."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import polars as pl

from commonweal.city.pack import City
from commonweal.sources.mapping_checks import UNPIVOTED
from commonweal.sources.mapping_types import ColumnMapping, Length
from commonweal.sources.places import read_places
from commonweal.sources.values import ValueReader

_OFFSETS: dict[Length, str] = {"day": "1d", "week": "1w", "month": "1mo", "quarter": "1q", "year": "1y"}
AT = "place in the file"
"""Column that leads from a record back to its row; no record type has a column of that name."""


def make_records(reader: ValueReader, city: City, identifiers: pl.Series) -> pl.DataFrame:
    """Make the records of all rows, faulty ones included.

    Parameters
    ----------
    reader : ValueReader
        The rows and their mapping; faults are written down in it.
    city : City
        Areas, and whether the source is simulated.
    identifiers : Series of String
        One a row.

    Returns
    -------
    DataFrame
        Every column of the record type, in order, and `AT`: the place of the row, from 0.
    """
    mapping, record_type = reader.mapping, reader.record_type
    simulated = city.sources[mapping.source].protocol == "simulated"
    made = {name: reader.read(one) for name, one in mapping.columns.items() if name != "record_id"}
    if mapping.period:
        made |= _read_period(reader, mapping.period.start, mapping.period.length)
    if mapping.point or mapping.area.by != "none":
        places = read_places(reader, city)
        made |= {"lon": places.lon, "lat": places.lat, "area": places.area}
    columns = [series.alias(name) for name, series in made.items() if name in record_type.columns]
    base = pl.DataFrame([pl.int_range(0, len(identifiers), eager=True, dtype=pl.Int64).alias(AT), *columns])
    base = base.with_columns(
        identifiers.alias("record_id"), source=pl.lit(mapping.source), simulated=pl.lit(simulated)
    )
    if mapping.unpivot:
        base = _unpivot(reader, base)
    missing = [
        pl.lit(None, dtype=one.dtype).alias(name)
        for name, one in record_type.columns.items()
        if name not in base.columns
    ]
    return base.with_columns(missing).select(AT, *record_type.columns)


def check_allowed_time(reader: ValueReader, records: pl.DataFrame, now: datetime) -> None:
    """Write down records that lie before the earliest allowed day, after the latest, or after now."""
    mapping, column = reader.mapping, reader.record_type.time_column
    first = records.unique(AT, keep="first", maintain_order=True)
    at, moment = first.get_column(AT), first.get_column(column)
    is_day = moment.dtype == pl.Date
    day = moment if is_day else moment.dt.convert_time_zone(reader.city_zone).dt.date()
    today = now.astimezone(ZoneInfo(reader.city_zone)).date()
    future = (day > today) if is_day else (moment > now)
    limits = [("too_late", future, "lies after the time at which the file was read")]
    if mapping.earliest:
        limits.append(
            ("too_early", day < mapping.earliest, f"lies before {mapping.earliest}, the earliest allowed")
        )
    if mapping.latest:
        limits.append(("too_late", day > mapping.latest, f"lies after {mapping.latest}, the latest allowed"))
    for rule, mask, message in limits:
        found = mask.fill_null(value=False)
        if found.any():
            reader.faults.add_rows(rule, column, at.filter(found), message, day.filter(found).cast(pl.String))


def check_schema(reader: ValueReader, records: pl.DataFrame) -> None:
    """Write down every rule of the record type that a record breaks."""
    record_type = reader.record_type
    # Identifiers are checked elsewhere; here each record gets its own, so that a failure leads back to it.
    places = pl.int_range(0, records.height, eager=True).cast(pl.String)
    failure = record_type.schema.filter(records.drop(AT).with_columns(record_id=places), cast=True)[1]
    if not len(failure):
        return
    details = failure.details()
    found = details.with_columns(
        records.get_column(AT).gather(details.get_column("record_id").cast(pl.Int64)).alias(AT)
    )
    for rule in details.columns[len(record_type.columns) :]:
        broken = found.filter(pl.col(rule).cast(pl.String) == "invalid").unique(AT, maintain_order=True)
        if broken.height:
            _add_broken(reader, rule, broken)


def _add_broken(reader: ValueReader, rule: str, broken: pl.DataFrame) -> None:
    record_type = reader.record_type
    column, _, check = rule.partition("|")
    if not check:
        factory = getattr(record_type.schema, rule)
        message = (factory.validation_fn.__doc__ or rule).splitlines()[0]
        times = [name for name, one in record_type.columns.items() if one.dtype in (pl.Date, pl.Datetime)]
        shown = [name for name in times if not broken.get_column(name).is_null().all()]
        values = broken.select(
            pl.concat_str([pl.format("{} {}", pl.lit(name), pl.col(name)) for name in shown] or [pl.lit("")],
                          separator=", ", ignore_nulls=True)
        ).to_series()  # fmt: skip
        reader.faults.add_rows(rule, "row", broken.get_column(AT), message, values)
        return
    known = reader.faults.mask_of(column, "point" if column in {"lon", "lat"} else column)
    broken = broken.filter(~known.gather(broken.get_column(AT)))
    declared = record_type.columns[column]
    if check in {"nullability", "min_length"}:
        name, message = "needed", f"is needed: {declared.description}"
    else:
        limits = [f"{word} {getattr(declared, key)}" for word, key in (("at least", "min"), ("at most", "max"))
                  if getattr(declared, key, None) is not None]  # fmt: skip
        name, message = "out_of_range", f"must be {' and '.join(limits) or 'a number'}"
    reader.faults.add_rows(name, column, broken.get_column(AT), message, broken.get_column(column))


def _read_period(reader: ValueReader, start: ColumnMapping, length: Length) -> dict[str, pl.Series]:
    first = reader.read_days(start)
    last = first.dt.offset_by(_OFFSETS[length]).dt.offset_by("-1d")
    return {"period_start": first, "period_end": last.alias("period_end")}


def _unpivot(reader: ValueReader, base: pl.DataFrame) -> pl.DataFrame:
    """Make one record for each unpivoted column that holds a number."""
    label, value = UNPIVOTED[reader.mapping.kind]
    columns = reader.record_type.columns
    parts = []
    blank = pl.Series([True]).new_from_index(0, base.height)
    for header, word in reader.mapping.unpivot.items():
        text = reader.texts.get_column(header)
        numbers = reader.read_numbers(ColumnMapping(header), text, columns[value].dtype)
        blank = blank & text.is_null()
        labels = pl.lit(word).cast(columns[label].dtype)
        part = base.with_columns(
            numbers.alias(value), labels.alias(label), record_id=pl.format("{}:{}", "record_id", pl.lit(word))
        )
        parts.append(part.filter(pl.col(value).is_not_null()))
    reader.faults.add("no_value", value, blank, f"holds no number in {', '.join(reader.mapping.unpivot)}")
    return pl.concat(parts).sort(AT, maintain_order=True)
