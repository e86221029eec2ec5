"""From text to records: each row is kept, rejected with every fault it has, or a duplicate."""

from __future__ import annotations

import textwrap
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from make_city import make_city, make_source

from commonweal.city.pack import City
from commonweal.errors import CommonwealError, InvalidMapping
from commonweal.sources.load import load_file, name_rejected_file, write_rejected
from commonweal.sources.mapping import read_mapping
from commonweal.sources.parse import Parsed

NOW = datetime(2024, 6, 1, tzinfo=UTC)
KINDS = ("crimes", "counts", "calls", "activities", "deployments")
CITY = make_city(make_source(kind, kind) for kind in KINDS)

CRIMES = """
    kind = "crimes"
    source = "crimes"
    [columns]
    category = { from = "type", codes = { r = "Robbery", b = "Burglary" } }
    occurred_at = { from = "day", time = "hour", time_format = "%H" }
    victims = "victims"
    clearance = { from = "status", codes = { IC = "open", AA = "arrest" } }
    domestic = "dv"
    [point]
    lon = "x"
    lat = "y"
    [area]
    by = "point_then_name"
    name = "beat"
"""
HEADER = "type,day,hour,victims,status,dv,x,y,beat\n"


def load(tmp_path: Path, mapping: str, content: str, *, kind: str = "crimes", city: City = CITY) -> Parsed:
    (tmp_path / "map.toml").write_text(textwrap.dedent(mapping), encoding="utf-8")
    (tmp_path / "file.csv").write_text(content, encoding="utf-8")
    return load_file(city, kind, tmp_path / "file.csv", read_mapping(tmp_path / "map.toml"), now=NOW)


def adds_up(parsed: Parsed) -> bool:
    told = parsed.provenance
    return told.rows_read == told.rows_kept + told.rows_rejected + told.duplicates


def test_a_good_row_becomes_a_record_of_the_declared_types(tmp_path: Path) -> None:
    """Codes, hours, numbers, truths, points and areas arrive as the schema declares them."""
    parsed = load(
        tmp_path, CRIMES, HEADER + "R,2024-03-05,8,2,AA,Y,0.25,0.5,\n b ,2024-03-05,23,,ic,0,,,the west\n"
    )
    first, second = parsed.table.to_dicts()
    assert first["occurred_at"] == datetime(2024, 3, 5, 16, tzinfo=UTC)
    assert (first["category"], first["victims"], first["clearance"], first["domestic"]) == (
        "Robbery",
        2,
        "arrest",
        True,
    )
    assert (first["area"], first["lon"], first["lat"]) == ("west-side", 0.25, 0.5)
    assert (second["category"], second["victims"], second["clearance"]) == ("Burglary", None, "open")
    assert (second["area"], second["lon"]) == ("west-side", None)
    assert parsed.rejected.is_empty()
    assert adds_up(parsed)


def test_every_fault_of_a_row_is_told_with_what_is_allowed(tmp_path: Path) -> None:
    """One row with seven faults is rejected once, with all seven, and with the row as it was written."""
    parsed = load(
        tmp_path, CRIMES, HEADER + "b,2024-01-01,1,,,,,,\n Z ,2024-02-30,8,-1.5,QQ,maybe,x,95,Nowhere\n"
    )
    (row,) = parsed.rejected.to_dicts()
    assert row["row"] == 3
    assert row["type"] == " Z "
    for part in (
        "category = 'Z': is not in the list of codes (r, b)",
        "occurred_at = '2024-02-30 8': must be a time as iso with a time as %H",
        "victims = '-1.5': must be a whole number",
        "clearance = 'QQ': is not in the list of codes (ic, aa)",
        "domestic = 'maybe': must be one of true",
        "lon = 'x': must be a number",
        "area = 'Nowhere': the pack has no area of that name or alias; known: West Side, East Side",
    ):
        assert part in row["problem"]
    assert set(row["rule"].split("; ")) == {
        "unknown_code",
        "bad_time",
        "bad_number",
        "unknown_word",
        "unknown_area",
    }
    assert {reason.rule: reason.rows for reason in parsed.provenance.reasons}["bad_number"] == 1
    assert adds_up(parsed)


def test_what_only_the_declaration_knows_is_told_too(tmp_path: Path) -> None:
    """A blank that is needed, a number out of range and times out of order are faults in words."""
    mapping = """
        kind = "calls"
        source = "calls"
        [columns]
        received_at = "a"
        closed_at = "b"
        call_type = "t"
        [point]
        lon = "x"
        lat = "y"
        missing = "reject"
    """
    rows = "a,b,t,x,y\n2024-01-01 10:00,2024-01-01 09:00,T,200,0.5\n2024-01-01 10:00,,,0.2,0.5\n,,T,0.2,0.5\n"
    parsed = load(tmp_path, mapping, rows + "2024-01-01 10:00,,T,0,0\n", kind="calls")
    problems = dict(parsed.rejected.select("row", "problem").iter_rows())
    assert "A call is received before it is answered or closed." in problems[2]
    assert "lon = '200.0': must be at least -180 and at most 180" in problems[2]
    assert (
        problems[3]
        == "call_type = '': is needed: Type of the call, as the mapping file names it (APCO terms)."
    )
    assert problems[4].startswith("received_at = '': is needed: When the call arrived")
    assert problems[5] == "point = '0, 0': has no point, and the mapping asks for one"
    assert parsed.table.is_empty()
    assert parsed.table.columns == list(parsed.table.schema)


def test_rows_equal_in_every_column_are_counted_once(tmp_path: Path) -> None:
    """Exact duplicates are dropped and counted, rejected ones too; or all are kept where the mapping says so."""
    rows = HEADER + "r,2024-03-05,8,,,,,,\n" * 3 + "q,2024-03-05,8,,,,,,\n" * 2 + "r,2024-03-05,9,,,,,,\n"
    parsed = load(tmp_path, CRIMES, rows)
    told = parsed.provenance
    assert (told.rows_read, told.rows_kept, told.rows_rejected, told.duplicates) == (6, 2, 1, 3)
    kept = load(tmp_path, CRIMES + '[duplicates]\nexact = "keep"\n', rows)
    assert (kept.table.height, kept.table.get_column("record_id").n_unique()) == (4, 4)
    assert kept.provenance.duplicates == 0
    assert kept.table.get_column("record_id").to_list()[:2] == [
        parsed.table.item(0, "record_id"),
        f"{parsed.table.item(0, 'record_id')}-2",
    ]


@pytest.mark.parametrize(
    ("rule", "kept", "rejected", "duplicates"),
    [("reject", ["b"], 2, 0), ("first", ["b", "r"], 0, 1), ("last", ["b", "b"], 0, 1)],
)  # fmt: skip
def test_different_rows_with_one_identifier(
    tmp_path: Path, rule: str, kept: list[str], rejected: int, duplicates: int
) -> None:
    """They are rejected, or the first or the last one counts, as the mapping says; never both."""
    mapping = f"""
        kind = "crimes"
        source = "crimes"
        [columns]
        record_id = "id"
        category = "type"
        occurred_at = "day"
        [duplicates]
        same_id = "{rule}"
    """
    parsed = load(
        tmp_path, mapping, "id,type,day\n1,r,2024-01-01\n1,b,2024-01-01\n2,b,2024-01-01\n,b,2024-01-01\n"
    )
    assert sorted(parsed.table.get_column("category")) == kept
    told = parsed.provenance
    assert (told.rows_rejected - 1, told.duplicates) == (
        rejected,
        duplicates,
    )  # the blank identifier is always one
    assert adds_up(parsed)
    assert "no_id" in parsed.rejected.get_column("rule").to_list()


def test_days_outside_the_allowed_span_and_in_the_future_are_rejected(tmp_path: Path) -> None:
    """The span is of days in the city's calendar: a late evening there is the next day in UTC, and still allowed."""
    mapping = CRIMES + "[allowed]\nearliest = 2024-01-01\nlatest = 2024-01-31\n"
    days = [("2023-12-31", 23), ("2024-01-01", 0), ("2024-01-31", 23), ("2024-02-01", 0)]
    rows = "".join(f"r,{day},{hour},,,,,,\n" for day, hour in days)
    parsed = load(tmp_path, mapping, HEADER + rows)
    assert parsed.rejected.select("row", "rule").rows() == [(2, "too_early"), (5, "too_late")]
    later = load(tmp_path, CRIMES, HEADER + "r,2024-05-31,16,,,,,,\nr,2024-05-31,18,,,,,,\n")
    assert later.rejected.select("row", "rule").rows() == [(3, "too_late")]  # now is 17:00 there


def test_points_that_are_nowhere_are_kept_without_area_and_told(tmp_path: Path) -> None:
    """0,0, half a point, no point and a point outside are kept by default, each with a note that says how many."""
    rows = "r,2024-01-01,1,,,,0,0,\nr,2024-01-01,2,,,,0.3,,\nr,2024-01-01,3,,,,,,\nr,2024-01-01,4,,,,7,7,\n"
    parsed = load(tmp_path, CRIMES, HEADER + rows)
    assert parsed.table.get_column("area").to_list() == [None] * 4
    assert parsed.table.get_column("lon").to_list() == [None, None, None, 7.0]
    notes = " ".join(parsed.provenance.notes)
    assert "1 rows have the point 0,0" in notes
    assert "3 rows have no point; kept without area" in notes
    assert "1 rows lie in no area of the pack" in notes
    strict = CRIMES.replace('lat = "y"', 'lat = "y"\nmissing = "reject"\noutside = "reject"')
    assert load(tmp_path, strict, HEADER + rows).rejected.get_column("rule").to_list() == ["no_point"] * 3 + [
        "outside"
    ]


COUNTS = """
    kind = "counts"
    source = "counts"
    [columns]
    category = "category"
    [period]
    from = "period"
    format = "%Y-%m"
    [area]
    name = "area"
    [unpivot]
    crimes = "incidents"
    cleared = "clearances"
    [drop]
    area = ["All Districts"]
"""


def test_columns_become_rows_and_months_become_periods(tmp_path: Path) -> None:
    """One row of an aggregate gives a record a column; a leap February ends on the 29th; blanks give none."""
    rows = "period,area,category,crimes,cleared\n2020-02,W,Robbery,5,\n2020-12,east  side,Robbery,7,3\n"
    parsed = load(tmp_path, COUNTS, rows + "2020-12,All Districts,Robbery,12,3\n", kind="counts")
    found = parsed.table.select("period_start", "period_end", "area", "quantity", "value").rows()
    assert found == [
        (date(2020, 2, 1), date(2020, 2, 29), "west-side", "incidents", 5),
        (date(2020, 12, 1), date(2020, 12, 31), "east-side", "incidents", 7),
        (date(2020, 12, 1), date(2020, 12, 31), "east-side", "clearances", 3),
    ]
    told = parsed.provenance
    assert (told.rows_read, told.rows_kept) == (2, 2)
    assert told.notes == (
        "1 rows were left out by the mapping's filter on area.",
        "Each row gives up to 2 records: 3 in all.",
    )


def test_a_row_with_one_bad_number_is_rejected_whole(tmp_path: Path) -> None:
    """Nothing of a row is kept when a part of it is wrong, so that a count never stands without its fellow."""
    rows = "period,area,category,crimes,cleared\n2020-02,W,R,5,x\n2020-02,W,B,-5,1\n2020-02,W,C,,\n2020-02,,D,1,1\n"
    parsed = load(tmp_path, COUNTS, rows, kind="counts")
    assert parsed.table.is_empty()
    assert parsed.rejected.get_column("rule").to_list() == [
        "bad_number",
        "out_of_range",
        "no_value",
        "no_area",
    ]
    assert adds_up(parsed)


@pytest.mark.parametrize(
    ("pattern", "length", "text", "end"),
    [("%Y", "year", "2019.0", date(2019, 12, 31)), ("%Y-%m", "quarter", "2019-04", date(2019, 6, 30)),
     ("%m/%d/%Y", "week", "12/30/2019", date(2020, 1, 5)), ("iso", "day", "2019-02-03", date(2019, 2, 3))],
)  # fmt: skip
def test_periods_end_where_the_calendar_says(
    tmp_path: Path, pattern: str, length: str, text: str, end: date
) -> None:
    """Years, quarters, weeks and days end on their last day; a spreadsheet's 2019.0 is the year 2019."""
    mapping = f"""
        kind = "counts"
        source = "counts"
        [columns]
        category = {{ value = "All" }}
        quantity = {{ value = "incidents" }}
        value = {{ from = "n", scale = 1000 }}
        [period]
        from = "p"
        format = "{pattern}"
        length = "{length}"
    """
    parsed = load(tmp_path, mapping, f"p,n\n{text},1.2\n", kind="counts")
    assert parsed.table.select("period_end", "value", "area").row(0) == (end, 1200, None)


def test_numbers_are_read_as_the_country_writes_them(tmp_path: Path) -> None:
    """1.234,5 is read with the mapping's signs, and the unit is scaled."""
    mapping = """
        kind = "activities"
        source = "activities"
        [file]
        delimiter = ";"
        decimal = ","
        thousands = "."
        [columns]
        date = { from = ["d", "m"], join = "/", format = "%d/%b" }
        program = { value = "p" }
        activity = { from = "what", extract = "^([^:]+):" }
        unit = { value = "minutes" }
        quantity = { from = "hours", scale = 60 }
    """
    parsed = load(tmp_path, mapping.replace("%d/%b", "%d/%b %Y"), "d;m;what;hours\n3;March 2024;visit: a;1.234,5\n",
                  kind="activities")  # fmt: skip
    assert parsed.table.select("date", "activity", "quantity").row(0) == (date(2024, 3, 3), "visit", 74_070.0)


def test_a_day_alone_is_that_day_in_any_time_zone(tmp_path: Path) -> None:
    """A date column in UTC does not become the day before; a moment in UTC becomes the city's day."""
    mapping = """
        kind = "activities"
        source = "activities"
        [columns]
        date = "at"
        program = { value = "p" }
        activity = { value = "a" }
        unit = { value = "u" }
        quantity = "n"
        [times]
        zone = "UTC"
    """
    parsed = load(
        tmp_path,
        mapping,
        "at,n\n2024-03-03,1\n2024-03-03 05:00,2\n2024-03-03T05:00:00Z,3\n",
        kind="activities",
    )
    assert [str(day) for day in parsed.table.get_column("date")] == ["2024-03-03", "2024-03-02", "2024-03-02"]


def test_clock_changes_are_told(tmp_path: Path) -> None:
    """Hours that clocks skip or repeat are kept and noted, or rejected, as the mapping says."""
    rows = HEADER + "r,2020-03-08,2,,,,,,\nr,2020-11-01,1,,,,,,\nr,2020-11-01,24,,,,,,\n"
    notes = " ".join(load(tmp_path, CRIMES, rows).provenance.notes)
    assert "occurred_at: 1 lie in an hour that clocks skip in America/Los_Angeles; moved forward." in notes
    assert (
        "occurred_at: 1 lie in an hour that comes twice in America/Los_Angeles; read as the first." in notes
    )
    strict = CRIMES + '[times]\nnonexistent = "reject"\nambiguous = "reject"\n'
    rejected = load(tmp_path, strict, rows).rejected
    assert rejected.select("row", "rule").rows() == [(2, "skipped_hour"), (3, "doubled_hour")]


def test_the_same_file_gives_the_same_records(tmp_path: Path) -> None:
    """Records and their identifiers depend on the content alone; this identifier is a pin of the method."""
    rows = HEADER + "r,2024-03-05,8,,,,,,\nb,2024-03-05,8,,,,,,\n"
    once, again = load(tmp_path, CRIMES, rows), load(tmp_path, CRIMES, rows)
    assert once.table.equals(again.table)
    assert once.provenance == again.provenance
    import hashlib

    whole = "\x1f".join(["r", "2024-03-05", "8", "", "", "", "", "", ""])
    assert once.table.item(0, "record_id") == hashlib.blake2b(whole.encode(), digest_size=10).hexdigest()


def test_a_column_that_is_missing_is_named_with_close_ones(tmp_path: Path) -> None:
    """A wrong header lists every missing column; one that differs only in case and signs is found."""
    with pytest.raises(InvalidMapping) as caught:
        load(tmp_path, CRIMES, "kind_of,Day,HOUR,victim,status,dv,x,y,beat\n")
    assert "type: the file has no such column; known: kind_of" in str(caught.value)
    assert "victims: the file has no such column; did you mean victim?" in str(caught.value)
    assert "hour" not in str(caught.value).replace("HOUR", "")
    with pytest.raises(InvalidMapping, match="first line looks like data"):
        load(tmp_path, CRIMES, "R,2024-03-05,8,2,AA,Y,0.25,0.5,W\n")
    with pytest.raises(InvalidMapping, match="the pack of Toy has no such source; did you mean crimes"):
        load(tmp_path, CRIMES.replace('source = "crimes"', 'source = "crime"'), HEADER)


def test_rejected_rows_are_written_for_repair(tmp_path: Path) -> None:
    """The file of rejected rows has the line, the rule, the words and the row; it goes away when all is well."""
    parsed = load(tmp_path, CRIMES, HEADER + "r,x,8,,,,,,\ntorn\n")
    path = tmp_path / "rejected" / name_rejected_file(parsed)
    assert path.name == "crimes--file.csv"
    assert write_rejected(parsed, path) == path
    back = pl.read_csv(path, infer_schema=False)
    assert back.columns == ["row", "rule", "problem", *HEADER.strip().split(",")]
    assert back.select("row", "rule").rows() == [("2", "bad_time"), ("3", "malformed")]
    assert back.item(1, "problem").endswith("the row as it is written: torn")
    good = load(tmp_path, CRIMES, HEADER)
    assert write_rejected(good, path) is None
    assert not path.exists()


ANY_CELLS = st.lists(
    st.sampled_from(["r", "2024-01-01", "24", '"', ",", "\n", "\r", "0", "NaN", "1e999", "ñ", "\x00", " "])
)


@given(
    content=st.one_of(
        st.binary(max_size=200), ANY_CELLS.map(lambda cells: (HEADER + "".join(cells)).encode())
    )
)
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_file_gives_a_traceback(tmp_path: Path, content: bytes) -> None:
    """Any bytes at all are records, rejected rows, or an error of our own; and the rows always add up."""
    (tmp_path / "map.toml").write_text(textwrap.dedent(CRIMES), encoding="utf-8")
    (tmp_path / "file.csv").write_bytes(content)
    mapping = read_mapping(tmp_path / "map.toml")
    try:
        parsed = load_file(CITY, "crimes", tmp_path / "file.csv", mapping, now=NOW)
    except CommonwealError:
        return
    assert adds_up(parsed)
    assert parsed.rejected.height == parsed.provenance.rows_rejected
    assert parsed.table.height == parsed.provenance.rows_kept
