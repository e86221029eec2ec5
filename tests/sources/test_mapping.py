"""Mapping files: what they may say, and how they say what is wrong."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest

from commonweal.errors import InvalidMapping, NotFound
from commonweal.sources import mapping as mapping_module
from commonweal.sources.mapping import read_mapping


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "map.toml"
    path.write_text(textwrap.dedent(text), encoding="utf-8")
    return path


def problems_of(path: Path) -> str:
    with pytest.raises(InvalidMapping) as caught:
        read_mapping(path)
    return str(caught.value)


def test_the_examples_in_the_documentation_are_valid(tmp_path: Path) -> None:
    """Both mapping files of the module's documentation are accepted as they stand."""
    examples = re.findall(r"::\n\n((?:    .*\n|\n)+)", mapping_module.__doc__ or "")
    assert len(examples) == 2
    kinds = [read_mapping(write(tmp_path, textwrap.dedent(example))).kind for example in examples]
    assert kinds == ["crimes", "counts"]


def test_an_example_is_read_in_every_part(tmp_path: Path) -> None:
    """What the first example says is what the mapping holds."""
    example = re.findall(r"::\n\n((?:    .*\n|\n)+)", mapping_module.__doc__ or "")[0]
    one = read_mapping(write(tmp_path, textwrap.dedent(example)))
    assert one.columns["occurred_at"].time == "occurrencehour"
    assert one.columns["offense"].headers == ("MCI", "premises_type")
    assert one.area.by == "point_then_name"
    assert one.area.name is not None
    assert one.area.name.codes == {"nsa": ""}
    assert one.file.null == ("", "NSA")
    assert [str(day) for day in (one.earliest, one.latest)] == ["2014-01-01", "2021-12-31"]
    assert one.headers == (
        "MCI", "occurrencedate", "premises_type", "Long", "Lat", "Neighbourhood", "occurrencehour",
    )  # fmt: skip


def test_every_problem_is_listed_at_once(tmp_path: Path) -> None:
    """Eleven faults in one file are eleven problems in one error, each with what is allowed."""
    text = problems_of(
        write(
            tmp_path,
            """
            kind = "crimes"
            source = "x"
            sourse = "y"
            [file]
            encoding = "ebcdic"
            delimiter = ";;"
            [columns]
            categori = "MCI"
            occurred_at = { from = "date", format = "%Q" }
            clearance = { value = "solved" }
            victims = { from = "n", scale = 0 }
            offense = { form = "code" }
            [point]
            lon = "Long"
            [times]
            zone = "America/Tornto"
            [drop]
            area = { matches = "(" }
            """,
        )
    )
    for part in (
        "sourse: there is no such key; did you mean source",
        "[file] encoding = 'ebcdic': must be one of: utf-8",
        "[file] delimiter = ';;': must be one sign",
        "[columns] categori: crimes have no such column; did you mean category",
        "[columns] category: is needed: Category of the offense",
        "format = '%Q': %Q is not understood; known: %Y",
        "[columns.clearance] value = 'solved': must be one of: open, arrest",
        "scale = '0': must be a number other than 0",
        "[columns.offense] form: there is no such key; did you mean format or from",
        "[point] lat: must be the name of a column",
        "zone = 'America/Tornto': must be the name of a time zone; did you mean America/Toronto",
        "matches = '(': is not a regular expression",
    ):
        assert part in text


def test_a_count_never_loses_its_area(tmp_path: Path) -> None:
    """For counts an unknown area cannot be kept without area, because it would be read as the city's total."""
    text = problems_of(
        write(
            tmp_path,
            """
            kind = "counts"
            source = "x"
            [columns]
            category = "c"
            [period]
            from = "p"
            format = "%Y-%m"
            [area]
            name = "a"
            unknown = "keep_without_area"
            [unpivot]
            n = "incidents"
            m = "murders"
            """,
        )
    )
    assert "would be read as the whole city's" in text
    assert "[unpivot] m = 'murders': must be one of: incidents, victims" in text


@pytest.mark.parametrize(
    ("pattern", "length"), [("%Y", "year"), ("%Y-%m", "month"), ("%b %Y", "month"), ("%d/%m/%y", "day")]
)
def test_a_period_is_as_long_as_its_format_is_fine(tmp_path: Path, pattern: str, length: str) -> None:
    """The length of a period follows from the finest part of its format."""
    text = f"""
        kind = "counts"
        source = "x"
        [columns]
        category = "c"
        value = "n"
        quantity = {{ value = "incidents" }}
        [period]
        from = "p"
        format = "{pattern}"
    """
    period = read_mapping(write(tmp_path, text)).period
    assert period is not None
    assert period.length == length


def test_codes_come_from_a_file_beside_the_mapping(tmp_path: Path) -> None:
    """A file of codes is read without regard to case, and its bytes are part of the mapping's hash."""
    text = """
        kind = "crimes"
        source = "x"
        [columns]
        occurred_at = "d"
        category = { from = "c", codes_file = "codes.csv", unknown = "Other" }
    """
    codes = tmp_path / "codes.csv"
    codes.write_text("code,value\n A1 ,Robbery\nb2,Burglary\n", encoding="utf-8")
    first = read_mapping(write(tmp_path, text))
    assert first.columns["category"].codes == {"a1": "Robbery", "b2": "Burglary"}
    codes.write_text("code,value\na1,Robbery\n", encoding="utf-8")
    assert read_mapping(first.path).hash != first.hash


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("../codes.csv", None, "must be the name of a file in the same folder"),
        ("absent.csv", None, "there is no such file beside the mapping; CSV files there: none"),
        ("codes.csv", b"a,b\n", "must begin with the line code,value"),
        ("codes.csv", b"code,value\na,b,c\n", "look at line 2"),
        ("codes.csv", b"code,value\na,b\nA,c\n", "stands for two values, 'b' and 'c'"),
        ("codes.csv", b"code,value\n\xff,b\n", "not readable as CSV in UTF-8"),
    ],
)
def test_a_bad_file_of_codes_is_named(tmp_path: Path, name: str, content: bytes | None, message: str) -> None:
    """Whatever is wrong with a file of codes is said in words."""
    if content is not None:
        (tmp_path / name).write_bytes(content)
    text = f"""
        kind = "crimes"
        source = "x"
        [columns]
        occurred_at = "d"
        category = {{ from = "c", codes_file = "{name}" }}
    """
    assert message in problems_of(write(tmp_path, text))


def test_what_is_not_toml_is_said_with_its_line(tmp_path: Path) -> None:
    """A file that is not TOML gives one problem that names the line."""
    assert "line 2" in problems_of(write(tmp_path, 'kind = "crimes"\nsource = ?\n'))
    with pytest.raises(NotFound, match="no mapping file"):
        read_mapping(tmp_path / "absent.toml")
