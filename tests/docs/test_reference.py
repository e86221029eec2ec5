"""Reference pages name everything that the program accepts, and nothing else."""

from __future__ import annotations

import re
import shlex
from dataclasses import fields
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
import typer.main
from document_steps import DOCUMENTS, ROOT

from commonweal.city.identity import HEAD_KEYS
from commonweal.city.knowledge import SeriesBreak, Source, SuppressionRule
from commonweal.city.measures import Measure
from commonweal.city.place_tables import AREA_COLUMNS, FLEET_COLUMNS, STATION_COLUMNS
from commonweal.city.strategy import Commitment, Figure
from commonweal.city.strategy_tables import COMMITMENT_COLUMNS, EVENT_COLUMNS, FIGURE_COLUMNS, PROGRAM_COLUMNS
from commonweal.city.text_tables import TEXT_COLUMNS, TEXT_FIELDS
from commonweal.cli.app import app
from commonweal.config import find_workspace
from commonweal.errors import InvalidMapping
from commonweal.sources.mapping import read_mapping
from commonweal.studies.opening import open_workspace_for
from commonweal.web.app import create_app

REFERENCE = ROOT / "docs/reference"
CODE = re.compile(r"`([^`]+)`")
SETTING = re.compile(r"\bCOMMONWEAL_[A-Z_]+\b")
TABLES = {
    "areas.csv": AREA_COLUMNS,
    "stations.csv": STATION_COLUMNS,
    "fleet.csv": FLEET_COLUMNS,
    "programs.csv": PROGRAM_COLUMNS,
    "figures.csv": FIGURE_COLUMNS,
    "commitments.csv": COMMITMENT_COLUMNS,
    "events.csv": EVENT_COLUMNS,
    "texts/LANGUAGE.csv": TEXT_COLUMNS,
}


def read_section(page: str, heading: str) -> str:
    """Return the text under a heading, up to the next one."""
    text = (REFERENCE / page).read_text(encoding="utf-8")
    match = re.search(rf"^#+ {re.escape(heading)}\n(.*?)(?=^#+ |\Z)", text, re.MULTILINE | re.DOTALL)
    assert match, f"{page} has no heading {heading}"
    return match[1]


def read_rows(page: str, heading: str) -> dict[str, str]:
    """Return the rows of the first table under a heading: the second cell by each name in the first."""
    rows = {}
    for line in read_section(page, heading).splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| `"):
            rows |= dict.fromkeys(CODE.findall(cells[0]), cells[1])
    return rows


@pytest.mark.parametrize("file", TABLES)
def test_every_column_of_a_table_is_documented(file: str) -> None:
    """The page lists the columns that the program accepts, in their order, and which of them are needed."""
    rows = read_rows("pack-format.md", f"`{file}`")
    if file == "texts/LANGUAGE.csv":
        rows = dict(list(rows.items())[: len(TEXT_COLUMNS.all)])
    assert tuple(rows) == TABLES[file].all
    assert {name for name, needed in rows.items() if needed == "yes"} == set(TABLES[file].required)


@pytest.mark.parametrize(
    ("heading", "declared"),
    [("`[[sources]]`", Source), ("`[[breaks]]`", SeriesBreak), ("`[[suppression]]`", SuppressionRule)],
)
def test_every_key_of_city_toml_is_documented(heading: str, declared: type) -> None:
    """The page lists the fields of each table of ``city.toml``, in their order."""
    assert list(read_rows("pack-format.md", heading)) == [one.name for one in fields(declared)]


def test_every_key_of_a_measure_is_documented() -> None:
    """The page lists the fields of a measure, its identifier apart."""
    assert list(read_rows("pack-format.md", "`measures.toml`")) == [one.name for one in fields(Measure)][1:]


def test_the_head_of_city_toml_is_documented() -> None:
    """The page lists the keys of the head; the other tables have a section each."""
    head = {name.strip("[]") for name in read_rows("pack-format.md", "The head")}
    assert head | {"sources", "breaks", "suppression"} == set(HEAD_KEYS)


@pytest.mark.parametrize("declared", [Source, SuppressionRule, Measure, Figure, Commitment])
def test_every_allowed_word_is_documented(declared: type) -> None:
    """Where a field may hold only certain words, the page names each."""
    page = (REFERENCE / "pack-format.md").read_text(encoding="utf-8")
    for name, hint in get_type_hints(declared).items():
        for word in get_args(hint):
            if isinstance(word, str):
                assert f"`{word}`" in page, f"{declared.__name__}.{name}: {word}"


def test_every_text_that_can_be_translated_is_documented() -> None:
    """The page lists the fields of each table that a translation may name."""
    for table, names in TEXT_FIELDS.items():
        row = f"| `{table}` | {', '.join(f'`{name}`' for name in names)} |"
        assert row in (REFERENCE / "pack-format.md").read_text(encoding="utf-8")


def list_accepted_keys(tmp_path: Path, table: str) -> set[str]:
    """Ask the reader of mapping files which keys a table may have: it names them where one is unknown."""
    path = tmp_path / "m.toml"
    path.write_text(f'kind = "crimes"\nsource = "s"\n{table}\nZZZ = 1\n', encoding="utf-8")
    with pytest.raises(InvalidMapping) as caught:
        read_mapping(path)
    for problem in caught.value.problems:
        if (problem.field or "").endswith("ZZZ"):
            known = re.search(r"known: (.+)$", problem.message)
            assert known, problem.message
            return set(known[1].split(", "))
    raise AssertionError(f"{table}: the unknown key was accepted")


@pytest.mark.parametrize(
    ("heading", "table"),
    [
        ("`[file]`", "[file]"),
        ("`[columns]`", "[columns.category]"),
        ("`[point]`", "[point]"),
        ("`[area]`", "[area]"),
        ("`[times]`", "[times]"),
        ("`[duplicates]`", "[duplicates]"),
    ],
)
def test_every_key_of_a_mapping_is_documented(tmp_path: Path, heading: str, table: str) -> None:
    """The page lists the keys that the reader of mapping files accepts in each table."""
    assert set(read_rows("mapping-format.md", heading)) == list_accepted_keys(tmp_path, table)


def test_every_table_of_a_mapping_is_documented(tmp_path: Path) -> None:
    """The page lists the tables of a mapping file, and its two keys outside of tables."""
    path = tmp_path / "m.toml"
    path.write_text("ZZZ = 1\n", encoding="utf-8")
    with pytest.raises(InvalidMapping) as caught:
        read_mapping(path)
    message = next(one.message for one in caught.value.problems if one.field == "ZZZ")
    accepted = set(message.split("known: ")[1].split(", "))
    documented = {name.strip("[]") for name in read_rows("mapping-format.md", "Mapping files: every key")}
    assert documented == accepted


def test_every_setting_is_documented() -> None:
    """Each environment variable that the source names is in the table of settings, and no other."""
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    assert set(SETTING.findall(source)) == set(read_rows("settings.md", "Settings"))


def test_every_address_of_the_api_is_documented(tmp_path: Path) -> None:
    """The page lists the addresses of the OpenAPI description, and no other."""
    open_workspace_for(tmp_path / "ws", "toy")
    paths = create_app(find_workspace(tmp_path / "ws")).openapi()["paths"]
    assert set(read_rows("api.md", "The web API")) == {path.removeprefix("/api/v1") for path in paths}


def list_mentioned_commands() -> list[tuple[str, str]]:
    """List what documents call a command of ours: in code spans, and in blocks that are not run."""
    mentioned = []
    for document in DOCUMENTS:
        text = document.read_text(encoding="utf-8")
        spans = [span for span in CODE.findall(text) if span.startswith("commonweal ")]
        lines = [line.strip() for line in text.splitlines() if line.startswith("    commonweal ")]
        mentioned += [(document.name, one.split(" #")[0]) for one in (*spans, *lines)]
    return mentioned


@pytest.mark.parametrize(("document", "line"), list_mentioned_commands())
def test_commands_that_documents_mention_exist(document: str, line: str) -> None:
    """A command or an option that a document only mentions exists all the same."""
    command: Any = typer.main.get_command(app)
    words = shlex.split(line)[1:]
    while words and hasattr(command, "commands") and not words[0].startswith("-"):
        name = words.pop(0)
        assert name in command.commands, f"{document}: there is no command {name!r}"
        command = command.commands[name]
    options = {option for one in command.params for option in (*one.opts, *one.secondary_opts)}
    unknown = [word for word in words if word.startswith("-") and word not in options | {"--help"}]
    assert unknown == [], document
