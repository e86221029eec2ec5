"""Numbers, dates and periods as a reader writes them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from commonweal.reports.calendar import count_months, is_a_year_apart
from commonweal.reports.language import Language, get_language
from commonweal.results.periods import Period


def span(first: str, last: str) -> Period:
    return Period(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("code", "number", "percent", "change"),
    [
        ("en", "1,004,894", "16%", "−15%"),
        ("es", "1,004,894", "16%", "−15%"),
        ("es-ES", "1.004.894", "16\xa0%", "−15\xa0%"),
        ("ko", "1,004,894", "16%", "−15%"),
        ("fr", "1\u202f004\u202f894", "16\xa0%", "−15\xa0%"),
        ("hy", "1\xa0004\xa0894", "16%", "−15%"),
    ],
)
def test_numbers_follow_the_locale(code: str, number: str, percent: str, change: str) -> None:
    """Numbers and percentages are written as CLDR says for each language, the minus sign as a real one."""
    language = Language(code)
    assert language.number(1_004_894) == number
    assert language.percent(16.2) == percent
    assert language.signed_percent(-15.2) == change


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0%"),
        (0.01, "0%"),
        (-0.01, "0%"),
        (-0.3, "−0.3%"),
        (0.8, "+0.8%"),
        (-14.4, "−14%"),
        (49.9, "+50%"),
    ],
)
def test_a_small_change_is_not_written_as_none(value: float, text: str) -> None:
    """A change of less than one percent keeps a decimal, and what rounds to nothing has no sign."""
    assert Language("en").signed_percent(value) == text


@pytest.mark.parametrize(
    ("period", "english", "spanish", "korean"),
    [
        (
            span("2022-12-01", "2023-11-30"),
            "12 months to November 2023",
            "12 meses hasta noviembre de 2023",
            "2023년 11월까지 12개월",
        ),
        (span("2023-01-01", "2023-12-31"), "2023", "2023", "2023년"),
        (span("2023-05-01", "2023-05-31"), "May 2023", "mayo de 2023", "2023년 5월"),
        (
            span("2024-11-30", "2024-11-30"),
            "November 30, 2024",
            "30 de noviembre de 2024",
            "2024년 11월 30일",
        ),
        (
            span("2022-12-01", "2024-11-30"),
            "24 months to November 2024",
            "24 meses hasta noviembre de 2024",
            "2024년 11월까지 24개월",
        ),
    ],
)
def test_periods_read_naturally(period: Period, english: str, spanish: str, korean: str) -> None:
    """A period is named as people name it in each language, not by its two dates."""
    written = [Language(code).period(period) for code in ("en", "es", "ko")]
    assert written == [english, spanish, korean]


def test_a_span_of_days_names_both_ends() -> None:
    """A period that is not made of whole months names its first and last day."""
    text = Language("es").period(span("2022-12-12", "2024-11-30"))
    assert "12 de diciembre de 2022" in text
    assert "30 de noviembre de 2024" in text


@pytest.mark.parametrize(
    ("period", "months"),
    [
        (span("2023-02-01", "2023-02-28"), 1),
        (span("2024-02-01", "2024-02-28"), None),
        (span("2024-02-01", "2024-02-29"), 1),
        (span("2022-12-02", "2023-11-30"), None),
        (span("2021-12-01", "2022-11-30"), 12),
    ],
)
def test_whole_months_are_counted(period: Period, months: int | None) -> None:
    """Only whole calendar months count as months, leap days included."""
    assert count_months(period) == months


def test_a_year_apart_means_adjoining_years() -> None:
    """Two spans of twelve months are a year apart only where one follows the other."""
    first, second = span("2021-12-01", "2022-11-30"), span("2022-12-01", "2023-11-30")
    assert is_a_year_apart(first, second)
    assert not is_a_year_apart(second, first)
    assert not is_a_year_apart(first, span("2023-12-01", "2024-11-30"))


@pytest.mark.parametrize(
    ("seconds", "text"), [(41, "41 s"), (60, "1 min 0 s"), (425, "7 min 5 s"), (7500, "2 h 5 min")]
)
def test_lengths_of_time_are_written_in_units(seconds: float, text: str) -> None:
    """A response time is written in minutes and seconds, not in seconds alone."""
    assert Language("en").seconds(seconds) == text


def test_a_language_without_a_catalog_keeps_its_numbers() -> None:
    """A city may name a language without a catalog: the words are English, numbers and dates its own."""
    german = Language("de")
    assert german.code == "de"
    assert german.text_code == "en"
    assert german.gettext("Read the report") == "Read the report"
    assert german.number(1234.5, 1) == "1.234,5"
    assert german.date(date(2023, 11, 30)) == "30. November 2023"


def test_a_language_nobody_knows_is_english() -> None:
    """A code that no locale has gives English, not an error."""
    assert Language("zz").code == "en"
    assert Language("").number(1000) == "1,000"


@pytest.mark.parametrize(
    ("number", "text"), [(1, "De 1 compromiso: x."), (2, "De 2 compromisos: x."), (0, "De 0 compromisos: x.")]
)
def test_plural_forms_are_chosen_by_the_catalog(number: int, text: str) -> None:
    """Spanish takes its singular for one only, as its catalog says."""
    one, many = "Of %(n)s commitment, %(parts)s.", "Of %(n)s commitments, %(parts)s."
    assert get_language("es").ngettext(one, many, number, parts="x") == text


def test_open_intervals_are_said_in_words() -> None:
    """An interval without a lower or upper end is not written as if it had one."""
    english = Language("en")
    assert english.interval(None, "+8%") == "up to +8%"
    assert english.interval("−3%", None) == "−3% or more"
    assert english.interval("−27%", "−3%") == "−27% to −3%"


def test_moments_name_their_time_zone() -> None:
    """A time of day is written on a 24-hour clock with its zone."""
    assert Language("ko").moment(datetime(2026, 11, 23, 8, 5, tzinfo=UTC)) == "2026년 11월 23일, 08:05 UTC"
