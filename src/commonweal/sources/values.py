"""From text to the type that a record column is declared with."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

from commonweal.records import RecordType
from commonweal.sources.column_text import make_text
from commonweal.sources.faults import FaultBook
from commonweal.sources.mapping_checks import list_allowed
from commonweal.sources.mapping_types import ColumnMapping, FileMapping, TimeRules
from commonweal.sources.moments import Moments, add_time_of_day, localize, parse_clock

TRUE_WORDS = ("true", "t", "yes", "y", "1")
FALSE_WORDS = ("false", "f", "no", "n", "0")


@dataclass(frozen=True, slots=True)
class ValueReader:
    """Reads the columns of one table.

    Attributes
    ----------
    mapping : FileMapping
        How.
    record_type : RecordType
        What they become.
    texts : DataFrame
        Columns of the file, by the names in the mapping.
    zone : str
        Time zone of the file.
    city_zone : str
        Time zone of the city: days are days there.
    faults : FaultBook
        Where faults go.
    notes : list of str
        What the reader of the numbers should know.
    """

    mapping: FileMapping
    record_type: RecordType
    texts: pl.DataFrame
    zone: str
    city_zone: str
    faults: FaultBook
    notes: list[str] = field(default_factory=list)

    def read(self, one: ColumnMapping) -> pl.Series:
        """Read a record column in its declared type; null where blank or faulty."""
        dtype = self.record_type.columns[one.column].dtype
        if isinstance(dtype, pl.Datetime):
            return self.read_moments(one).utc
        if dtype == pl.Date:
            return self.read_days(one)
        text = make_text(one, self.texts, self.faults)
        if dtype.is_numeric():
            return self.read_numbers(one, text, dtype)
        if dtype == pl.Boolean:
            return self._read_truths(one, text)
        if isinstance(dtype, pl.Enum):
            return self._read_words(one, text, dtype)
        return text.cast(dtype)

    def read_numbers(self, one: ColumnMapping, text: pl.Series, dtype: pl.DataType) -> pl.Series:
        """Read numbers, with the file's decimal sign and the column's scale."""
        shape = self.mapping.file
        plain = text
        if shape.thousands:
            plain = plain.str.replace_all(shape.thousands, "", literal=True)
        if shape.decimal == ",":
            plain = plain.str.replace_all(",", ".", literal=True)
        number = plain.cast(pl.Float64, strict=False)
        finite = number.is_finite().fill_null(value=False)
        wrong = text.is_not_null() & ~finite
        self.faults.add("bad_number", one.column, wrong, "must be a number", text)
        number = number.set(~finite, None)
        if one.scale != 1.0:
            number = number * one.scale
        if dtype.is_float():
            return number.alias(one.column)
        rounded = number.round()
        fraction = ((number - rounded).abs() > 1e-9) | (number.abs() > 2**53)
        self.faults.add("bad_number", one.column, fraction, "must be a whole number", text)
        return rounded.set(fraction.fill_null(value=False), None).cast(dtype).alias(one.column)

    def read_moments(self, one: ColumnMapping) -> Moments:
        """Read times; unreadable ones are faults, changes of the clock are notes or faults as the rules say."""
        clock, shown = self._read_clock(one)
        moments = localize(clock, one.zone or self.zone, self.mapping.times)
        self._tell_clock_changes(one, moments, shown)
        return moments

    def read_days(self, one: ColumnMapping) -> pl.Series:
        """Read days in the city's calendar; a day without a time of day is that day in any time zone."""
        clock, _ = self._read_clock(one)
        utc = localize(clock, one.zone or self.zone, TimeRules()).utc
        day = utc.dt.convert_time_zone(self.city_zone).dt.date()
        written = pl.col("clock").dt.date()
        alone = pl.col("offset_s").is_null() & (pl.col("clock") == pl.col("clock").dt.truncate("1d"))
        chosen = pl.when(alone).then(written).otherwise(pl.lit(day))
        return clock.select(chosen.alias(one.column)).to_series()

    def _read_clock(self, one: ColumnMapping) -> tuple[pl.DataFrame, pl.Series]:
        text = make_text(one, self.texts, self.faults)
        shown = text
        clock = parse_clock(_drop_zero_fraction(text), one.formats)
        if one.offset == "ignore":
            clock = clock.with_columns(offset_s=pl.lit(None, dtype=pl.Int64))
        expected = " or ".join(one.formats)
        if one.time and one.time_format:
            time = _drop_zero_fraction(self.texts.get_column(one.time))
            clock = add_time_of_day(clock, time, one.time_format)
            shown = pl.select(pl.concat_str(text, time.fill_null(""), separator=" ")).to_series()
            expected += f" with a time as {one.time_format}"
        message = f"must be a time as {expected}; there is no such day or hour, or it is written otherwise"
        unreadable = text.is_not_null() & clock.get_column("clock").is_null()
        self.faults.add("bad_time", one.column, unreadable, message, shown)
        return clock, shown

    def _tell_clock_changes(self, one: ColumnMapping, moments: Moments, shown: pl.Series) -> None:
        rules, skipped, doubled = self.mapping.times, int(moments.skipped.sum()), int(moments.doubled.sum())
        zone = one.zone or self.zone
        if skipped and rules.nonexistent == "reject":
            message = f"lies in an hour that clocks skip in {zone}"
            self.faults.add("skipped_hour", one.column, moments.skipped, message, shown)
        elif skipped:
            self.notes.append(
                f"{one.column}: {skipped:,} lie in an hour that clocks skip in {zone}; moved forward."
            )
        if doubled and rules.ambiguous == "reject":
            message = f"lies in an hour that comes twice in {zone}"
            self.faults.add("doubled_hour", one.column, moments.doubled, message, shown)
        elif doubled:
            which = "first" if rules.ambiguous == "earliest" else "second"
            self.notes.append(
                f"{one.column}: {doubled:,} lie in an hour that comes twice in {zone}; read as the {which}."
            )

    def _read_truths(self, one: ColumnMapping, text: pl.Series) -> pl.Series:
        key = text.str.to_lowercase()
        yes, no = key.is_in(TRUE_WORDS), key.is_in(FALSE_WORDS)
        allowed = f"must be one of {', '.join(TRUE_WORDS)} or {', '.join(FALSE_WORDS)}; else write codes"
        self.faults.add("unknown_word", one.column, ~(yes | no), allowed, text)
        return yes.set((~(yes | no)).fill_null(value=False), None).alias(one.column)

    def _read_words(self, one: ColumnMapping, text: pl.Series, dtype: pl.Enum) -> pl.Series:
        words = text.cast(dtype, strict=False)
        wrong = text.is_not_null() & words.is_null()
        allowed = f"must be one of {', '.join(list_allowed(self.record_type, one.column))}; write codes in the mapping"
        self.faults.add("unknown_word", one.column, wrong, allowed, text)
        return words.alias(one.column)


def _drop_zero_fraction(text: pl.Series) -> pl.Series:
    """Read ``2010.0`` as ``2010``: a table that went through a spreadsheet writes whole numbers so."""
    return text.str.replace(r"^(\d+)\.0+$", "$1")
