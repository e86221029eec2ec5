"""Times as sources write them become moments in UTC and days in the city's calendar.

Each different text is parsed once: a column of 240,000 dates holds some thousand texts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from commonweal.sources.mapping_types import TimeRules
from commonweal.sources.time_formats import MONTHS, render_pattern

MICROSECONDS_OF_DAY = 86_400_000_000
_INTEGERS = ("year", "year2", "month", "day", "yearday", "hour", "hour12", "minute", "second")
_NAIVE = pl.Datetime("us")
_UTC = pl.Datetime("us", "UTC")


@dataclass(frozen=True, slots=True)
class Moments:
    """Times of a column.

    Attributes
    ----------
    utc : Series of Datetime in UTC
        Null where blank, unreadable or refused.
    skipped : Series of Boolean
        In an hour that clocks skip.
    doubled : Series of Boolean
        In an hour that comes twice.
    """

    utc: pl.Series
    skipped: pl.Series
    doubled: pl.Series


def parse_clock(text: pl.Series, formats: Sequence[str]) -> pl.DataFrame:
    """Parse texts to wall-clock times.

    Returns
    -------
    DataFrame
        One row a text: ``clock`` (Datetime without zone, null where unreadable) and ``offset_s`` (Int64, seconds
        east of UTC where the value says so).
    """
    texts = text.drop_nulls().unique().rename("text")
    left = texts
    parts: list[pl.DataFrame] = []
    for one in formats:
        found = _parse_one(left, one)
        good = found.get_column("clock").is_not_null()
        parts.append(found.filter(good))
        left = left.filter(~good)
    known = pl.concat(parts) if parts else _parse_one(texts, "iso")
    joined = pl.DataFrame({"text": text}).join(known, on="text", how="left", maintain_order="left")
    return joined.select("clock", "offset_s")


def add_time_of_day(clock: pl.DataFrame, time: pl.Series, time_format: str) -> pl.DataFrame:
    """Set the time of day from a column of its own; the clock is null where that is unreadable."""
    padded = time
    if time_format.replace("%", "").isalpha() and len(time_format) > 2:
        padded = time.str.zfill(2 * time_format.count("%"))
    found = pl.DataFrame({"text": padded}).join(
        _parse_one(padded.drop_nulls().unique().rename("text"), time_format, day_needed=False),
        on="text", how="left", maintain_order="left",
    )  # fmt: skip
    since_midnight = (found.get_column("clock") - pl.datetime(1970, 1, 1)).alias("since")
    return clock.with_columns(clock=pl.col("clock").dt.truncate("1d") + since_midnight)


def localize(clock: pl.DataFrame, zone: str, rules: TimeRules) -> Moments:
    """Turn wall-clock times into moments; where clocks change, by the rules.

    Parameters
    ----------
    clock : DataFrame
        Of `parse_clock`.
    zone : str
        Time zone of values without an offset.
    rules : TimeRules
        ``nonexistent = forward`` reads an hour that clocks skip with the offset that held before, which moves it
        forward by the length of the gap; ``ambiguous`` chooses between the two readings of an hour that comes twice.
    """
    table = _read_in_zone(clock, zone)
    skipped = pl.col("clock").is_not_null() & pl.col("first").is_null()
    doubled = (pl.col("first") != pl.col("second")).fill_null(value=False)
    chosen = pl.col("second") if rules.ambiguous == "latest" else pl.col("first")
    utc = pl.when(skipped).then(pl.col("before")).otherwise(chosen)
    if rules.nonexistent == "reject":
        utc = pl.when(~skipped).then(utc)
    if rules.ambiguous == "reject":
        utc = pl.when(~doubled).then(utc)
    done = table.select(utc=utc, skipped=skipped, doubled=doubled)
    return Moments(
        utc=done.get_column("utc"),
        skipped=done.get_column("skipped"),
        doubled=done.get_column("doubled"),
    )


def _read_in_zone(clock: pl.DataFrame, zone: str) -> pl.DataFrame:
    """Read each different clock time in the zone: both readings, and the one by the offset three hours before."""
    different = clock.unique()
    naive = pl.col("clock")
    earlier = pl.duration(hours=3)

    def read(ambiguous: str) -> pl.Expr:
        local = naive.dt.replace_time_zone(zone, ambiguous=ambiguous, non_existent="null")  # type: ignore[arg-type]
        return local.dt.convert_time_zone("UTC")

    before = (naive - earlier).dt.replace_time_zone(zone, ambiguous="latest", non_existent="null")
    by_offset = (naive - pl.duration(seconds=pl.col("offset_s"))).dt.replace_time_zone("UTC")
    has_offset = pl.col("offset_s").is_not_null()
    readings = different.with_columns(
        first=pl.when(has_offset).then(by_offset).otherwise(read("earliest")),
        second=pl.when(has_offset).then(by_offset).otherwise(read("latest")),
        before=before.dt.convert_time_zone("UTC") + earlier,
    )
    return clock.join(readings, on=["clock", "offset_s"], how="left", nulls_equal=True, maintain_order="left")


def _parse_one(texts: pl.Series, one: str, *, day_needed: bool = True) -> pl.DataFrame:
    if one in {"epoch_s", "epoch_ms"}:
        factor = 1_000_000 if one == "epoch_s" else 1_000
        number = texts.cast(pl.Float64, strict=False)
        number = number.set((number.is_nan() | (number.abs() * factor > 2.5e17)).fill_null(value=False), None)
        clock = (number * factor).round().cast(pl.Int64).cast(_NAIVE)
        return pl.DataFrame({"text": texts, "clock": clock}).with_columns(
            offset_s=pl.when(pl.col("clock").is_not_null()).then(pl.lit(0, dtype=pl.Int64))
        )
    groups = texts.str.extract_groups(render_pattern(one)).struct.unnest()
    for name in (*_INTEGERS, "fraction", "monthname", "half", "offset"):
        if name not in groups.columns:
            groups = groups.with_columns(pl.lit(None, dtype=pl.String).alias(name))
    numbers = groups.with_columns(pl.col(name).cast(pl.Int32) for name in _INTEGERS)
    return numbers.select(
        text=texts,
        clock=_compose(day_needed=day_needed),
        offset_s=_offset_seconds(),
    )


def _compose(*, day_needed: bool) -> pl.Expr:
    """Compose the wall-clock time; null where there is no such day or hour. Hour 24 is the next midnight."""
    short = pl.col("year2") + pl.when(pl.col("year2") >= 69).then(1900).otherwise(2000)
    year = pl.coalesce("year", short) if day_needed else pl.lit(1970, dtype=pl.Int32)
    named = pl.col("monthname").str.to_lowercase().replace_strict(
        list(MONTHS), list(range(1, 13)), default=None, return_dtype=pl.Int32
    )  # fmt: skip
    month = pl.coalesce("month", named).fill_null(1)
    month = pl.when(pl.col("monthname").is_not_null() & named.is_null()).then(0).otherwise(month)
    day = pl.col("day").fill_null(1)
    half = pl.col("half").str.to_lowercase()
    afternoon = pl.col("hour12") % 12 + pl.when(half == "p").then(12).otherwise(0)
    hour = pl.coalesce("hour", afternoon).fill_null(0)
    minute, second = pl.col("minute").fill_null(0), pl.col("second").fill_null(0)
    micro = pl.col("fraction").str.pad_end(6, "0").str.slice(0, 6).cast(pl.Int32).fill_null(0)
    leap = ((year % 4 == 0) & (year % 100 != 0)) | (year % 400 == 0)
    short_month = pl.when(month.is_in([4, 6, 9, 11])).then(30).otherwise(31)
    length = pl.when(month == 2).then(28 + leap.cast(pl.Int32)).otherwise(short_month)
    midnight = (hour == 24) & (minute == 0) & (second == 0) & (micro == 0)
    matched = pl.any_horizontal(pl.col(*_INTEGERS, "monthname").is_not_null())
    right = (
        matched & year.is_between(1, 9998) & month.is_between(1, 12) & day.is_between(1, length)
        & (hour.is_between(0, 23) | midnight) & (minute <= 59) & (second <= 59)
        & pl.col("hour12").fill_null(1).is_between(1, 12)
        & pl.col("yearday").fill_null(1).is_between(1, 365 + leap.cast(pl.Int32))
    )  # fmt: skip
    safe = [pl.when(right).then(part) for part in (year, month, day)]
    since = pl.duration(hours=hour, minutes=minute, seconds=second, microseconds=micro)
    since = since + pl.duration(days=pl.col("yearday").fill_null(1) - 1)
    return (pl.datetime(*safe) + since).cast(_NAIVE)


def _offset_seconds() -> pl.Expr:
    offset = pl.col("offset")
    digits = offset.str.replace_all("[^0-9]", "")
    seconds = digits.str.slice(0, 2).cast(pl.Int64, strict=False) * 3600
    seconds = seconds + digits.str.slice(2, 2).cast(pl.Int64, strict=False) * 60
    signed = pl.when(offset.str.starts_with("-")).then(-seconds).otherwise(seconds)
    return pl.when(offset.str.to_lowercase() == "z").then(pl.lit(0, dtype=pl.Int64)).otherwise(signed)
