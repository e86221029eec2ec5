"""Whatever happens to a pack, the answer is a list of problems, never an error of Python."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonweal.city import City, check_city, copy_pack, load_city
from commonweal.errors import InvalidPack, Problem

PACK = Path(__file__).resolve().parents[2] / "cities" / "toy"
FILES = sorted(
    str(one.relative_to(PACK)) for one in PACK.rglob("*") if one.suffix in (".csv", ".toml", ".geojson")
)
SMALL_FILES = [one for one in FILES if not one.startswith("records")]
EXAMPLES = 60
TOKENS = [
    b"", b",", b'"', b"'", b"\n", b"\r", b"\t", b"[", b"]", b"[[", b"{", b"}", b"=", b"#", b"\\", b"|", b"\0", b"\xff",
    b"\xe2\x80", b"nan", b"inf", b"-1", b"1e999", b"99999999999999999999", b"0001-01-01", b"9999-12-31", b"2024-02-30",
    b"true", b"null", b"../..", b"/", b"id", b'"""', b"{}", b"1.5", "−".encode(), "가".encode(), b"12:00:00",
]  # fmt: skip
VALUES = [
    "1", "-1", "1.5", "nan", "inf", "true", '""', '"x"', "[]", "[1]", '["x"]', "{}", "{ a = 1 }", "[[]]", "2024-01-01",
    "2024-01-01T00:00:00Z", "12:00:00", "{ category = [[1]] }", "{ a = { b = 1 } }",
]  # fmt: skip


@st.composite
def damage(draw: st.DrawFn, content: bytes) -> bytes:
    """Cut, double, swap or overwrite some bytes or lines."""
    start = draw(st.integers(0, len(content)))
    end = min(len(content), start + draw(st.integers(0, 40)))
    kind = draw(
        st.sampled_from(["token", "cut", "truncate", "bytes", "drop_line", "double_line", "swap_lines"])
    )
    if kind == "token":
        return content[:start] + draw(st.sampled_from(TOKENS)) + content[end:]
    if kind == "cut":
        return content[:start] + content[end:]
    if kind == "truncate":
        return content[:start]
    if kind == "bytes":
        return content[:start] + draw(st.binary(max_size=20)) + content[end:]
    lines = content.splitlines(keepends=True)
    if not lines:
        return content
    first, second = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
    if kind == "drop_line":
        return b"".join(lines[:first] + lines[first + 1 :])
    if kind == "double_line":
        return b"".join(lines[: first + 1] + lines[first:])
    lines[first], lines[second] = lines[second], lines[first]
    return b"".join(lines)


def look(folder: Path) -> tuple[Problem, ...]:
    """Check and load a pack; the two must agree, and every problem must be one that can be shown."""
    problems = check_city(folder)
    if problems:
        with pytest.raises(InvalidPack) as caught:
            load_city(folder)
        assert caught.value.problems == problems
    else:
        assert isinstance(load_city(folder), City)
    for one in problems:
        assert one.where
        assert one.message
        assert one.row is None or one.row >= 1
        str(one).encode()
    return problems


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.data())
def test_a_damaged_file_gives_problems_and_no_traceback(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """One to three damages anywhere in a pack give a pack that loads or a list of problems."""
    folder = tmp_path_factory.mktemp("packs") / "toy"
    copy_pack(PACK, folder)
    for _ in range(data.draw(st.integers(1, 3))):
        path = folder / data.draw(st.sampled_from(SMALL_FILES))
        path.write_bytes(data.draw(damage(path.read_bytes())))
    look(folder)
    shutil.rmtree(folder)


@settings(max_examples=EXAMPLES // 2, deadline=None)
@given(st.data())
def test_a_value_of_another_type_gives_problems_and_no_traceback(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Any key of a TOML file with a value of another type is a problem or is read."""
    folder = tmp_path_factory.mktemp("packs") / "toy"
    copy_pack(PACK, folder)
    path = folder / data.draw(st.sampled_from(["city.toml", "measures.toml", "maps/counts_monthly.toml"]))
    lines = path.read_text(encoding="utf-8").splitlines()
    number = data.draw(st.sampled_from([n for n, line in enumerate(lines) if " = " in line]))
    lines[number] = f"{lines[number].split(' = ')[0]} = {data.draw(st.sampled_from(VALUES))}"
    path.write_text("\n".join(lines), encoding="utf-8")
    look(folder)
    shutil.rmtree(folder)


@settings(max_examples=EXAMPLES // 2, deadline=None)
@given(st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=3) | st.sampled_from(["Polygon", "riverside"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(
        st.sampled_from(["type", "features", "properties", "geometry", "coordinates", "id", "crs", "approximate"]),
        inner, max_size=4),
    max_leaves=20,
))  # fmt: skip
def test_any_json_as_polygons_gives_problems_and_no_traceback(
    tmp_path_factory: pytest.TempPathFactory, document: object
) -> None:
    """Whatever JSON stands in areas.geojson, or in one of its features, the answer is a list of problems."""
    folder = tmp_path_factory.mktemp("packs") / "toy"
    copy_pack(PACK, folder)
    for content in (
        document,
        {"features": [document]},
        {"features": [{"properties": {"id": "harbor"}, "geometry": document}]},
    ):
        (folder / "areas.geojson").write_text(json.dumps(content), encoding="utf-8")
        assert look(folder)
    shutil.rmtree(folder)
