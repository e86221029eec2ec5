"""Commands answer people in words and programs in JSON, and their exit codes mean something."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from commonweal.cli.app import main

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Ran:
    """What a command did."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON value on standard output."""
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command as the terminal does."""

    def run_command(*arguments: object) -> Ran:
        capsys.readouterr()
        monkeypatch.setattr(sys, "argv", ["commonweal", *map(str, arguments)])
        with pytest.raises(SystemExit) as stopped:
            main()
        printed = capsys.readouterr()
        return Ran(int(stopped.value.code or 0), printed.out, printed.err)

    return run_command


@pytest.fixture
def toy(tmp_path: Path, run: Run) -> Path:
    """Make a workspace of the toy city with the command itself."""
    folder = tmp_path / "toy"
    assert run("new", folder, "--city", "toy").code == 0
    return folder


def test_compare_answers_in_the_promised_shape(toy: Path, run: Run) -> None:
    """The JSON of compare has both counts, the change, its interval, p, the verdict and the breaks."""
    answer = run("compare", "robberies", "--from", "2022", "--to", "2023", "--json", "-w", toy).json
    assert answer["baseline"]["count"] == 144
    assert answer["current"]["count"] == 108
    assert answer["change_pct"] == pytest.approx(-25)
    low, high = answer["interval_pct"]
    assert low < -25 < high < 0
    assert 0 < answer["p"] < 0.05
    assert answer["verdict"] == "fell"
    assert answer["breaks"] == []
    assert re.fullmatch(r"[0-9a-f]{12}", answer["query"]["hash"])


def test_compare_takes_the_latest_periods_by_name(toy: Path, run: Run) -> None:
    """The latest quarter of the thefts is that of 2023, its days and weekdays are told; a period is named once."""
    answer = run("compare", "thefts", "--period", "quarter", "--json", "-w", toy).json
    assert answer["current"]["period"] == "2023-10-01..2023-12-31"
    assert (answer["baseline"]["count"], answer["current"]["count"]) == (18, 12)
    assert (answer["baseline"]["days"], answer["current"]["days"]) == (92, 92)
    assert answer["weekdays"]["same"] is False
    assert run("compare", "thefts", "--period", "ytd", "--to", "2023", "-w", toy).code == 2
    assert run("compare", "thefts", "--period", "fortnight", "-w", toy).code == 2


def test_only_counts_change_in_percent(toy: Path, run: Run) -> None:
    """Shares change in points and times in seconds: nothing of them is called a count or a percentage."""
    share = run("compare", "robbery_clearance", "--json", "-w", toy).json
    times = run("compare", "response_p90", "--json", "-w", toy).json
    for answer, unit, cases in ((share, "points", 108), (times, "unit", 120)):
        assert answer["change_pct"] is None
        assert answer["interval_pct"] is None
        assert answer["current"]["count"] is None
        assert answer["current"]["cases"] == cases
        assert answer["change_unit"] == unit
    assert share["change"] == pytest.approx(100 * (36 / 108 - 24 / 144))
    assert times["change"] == pytest.approx(-273)


def test_a_leap_year_is_told_with_its_days(toy: Path, run: Run) -> None:
    """Two periods of unequal length are compared per day, and the reader is told."""
    printed = run(
        "compare", "robberies", "--from", "2022-01..2022-03", "--to", "2022-04..2022-06", "-w", toy
    ).out
    assert "90 days before, 91 now" in printed


def test_a_refused_comparison_has_its_own_exit_code(toy: Path, run: Run) -> None:
    """Exit code 5, and the break is named, in words and in JSON."""
    said = run("compare", "robberies", "--from", "2023-01..2023-06", "--to", "2024-01..2024-06", "-w", toy)
    assert said.code == 5
    assert "not counted in the same way" in said.out
    answer = run(
        "compare", "robberies", "--from", "2023-01..2023-06", "--to", "2024-01..2024-06", "--json", "-w", toy
    )
    assert answer.code == 5
    assert answer.json["verdict"] == "cannot_be_compared"
    assert answer.json["breaks"][0]["id"] == "new-rules-2024"
    assert answer.json["change_pct"] is None


def test_wrong_input_is_told_as_a_whole(toy: Path, run: Run) -> None:
    """An unknown measure offers close names (3); a period that is none says what is allowed (2)."""
    unknown = run("compare", "robbery", "-w", toy)
    assert unknown.code == 3
    assert "robberies" in unknown.err
    wrong = run("compare", "robberies", "--from", "last year", "-w", toy, "--json")
    assert wrong.code == 2
    assert wrong.json["problems"][0]["value"] == "last year"


def test_without_a_workspace_the_way_to_one_is_said(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 8 and the command that makes one."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COMMONWEAL_WORKSPACE", raising=False)
    answer = run("measures")
    assert answer.code == 8
    assert "commonweal new" in answer.err


def test_the_workspace_may_come_from_the_environment(
    toy: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """COMMONWEAL_WORKSPACE stands for --workspace."""
    monkeypatch.setenv("COMMONWEAL_WORKSPACE", str(toy))
    assert {one["measure"]["id"] for one in run("measures", "--json").json} >= {"robberies", "homicides"}


def test_a_measure_shows_its_one_query(toy: Path, run: Run) -> None:
    """The definition comes with the SQL text."""
    answer = run("measures", "robberies", "-w", toy)
    assert "SELECT" in answer.out
    assert "counts_citywide" in answer.out or "counts_monthly" in answer.out


def test_loading_the_same_file_twice_changes_nothing(toy: Path, run: Run, tmp_path: Path) -> None:
    """The second load says so, and there is still one snapshot of the source."""
    mapping = next((ROOT / "cities/toy/maps").glob("crime_file*.toml"))
    pack_source = "crime_file"
    before = len(run("snapshots", "--json", "-w", toy).json)
    file = tmp_path / "thefts.csv"
    file.write_text(
        (ROOT / "cities/toy/records/crime_points.csv").read_text(encoding="utf-8"), encoding="utf-8"
    )
    first = run("load", "crimes", file, "--map", mapping.stem, "--json", "-w", toy)
    assert first.code == 0, first.out + first.err
    assert first.json["source"] == pack_source
    assert first.json["changed"] is True
    second = run("load", "crimes", file, "--map", mapping.stem, "--json", "-w", toy).json
    assert second["changed"] is False
    assert second["snapshot"] == first.json["snapshot"]
    assert len(run("snapshots", "--json", "-w", toy).json) == before + 1


def test_a_file_without_a_good_row_takes_nothing_away(toy: Path, run: Run, tmp_path: Path) -> None:
    """Exit code 2 with the reasons and the file of rejected rows; the records that were loaded stay current."""
    before = run("snapshots", "--json", "-w", toy).json
    header = (ROOT / "cities/toy/records/crime_points.csv").read_text(encoding="utf-8").splitlines()[0]
    file = tmp_path / "bad.csv"
    file.write_text(header + "\nX1,2022-13-45T12:00:00,,Theft,-89.75,40.25,-1,A\n", encoding="utf-8")
    answer = run("load", "crimes", file, "--map", "crime_points", "-w", toy)
    assert answer.code == 2
    assert "nothing was changed" in answer.err
    assert list((toy / "rejected").glob("*bad.csv"))
    assert run("snapshots", "--json", "-w", toy).json == before


def test_sql_reads_and_never_writes(toy: Path, run: Run) -> None:
    """A SELECT answers; anything else is refused."""
    rows = run(
        "sql", "select sum(value) as n from counts where source = 'counts_citywide'", "--json", "-w", toy
    ).json
    assert rows[0]["n"] > 0
    for attack in ("drop view counts", "copy counts to 'x.csv'", "select * from read_csv('/etc/hostname')"):
        assert run("sql", attack, "-w", toy).code == 2, attack


def test_every_claim_and_commitment_is_listed(toy: Path, run: Run) -> None:
    """The tables name each one with its verdict or status."""
    claims = run("claims", "--json", "-w", toy).json
    assert {one["figure"]: one["verdict"] for one in claims}["burglaries-change"] == "contradicted"
    assert run("claims", "burglaries-change", "-w", toy).out.count("\n") >= 2
    commitments = run("commitments", "--json", "-w", toy).json
    assert {one["commitment"] for one in commitments} == {
        "fewer-robberies",
        "clear-robberies",
        "faster-help",
        "more-lights",
    }
    assert run("commitments", "faster-help", "-w", toy).code == 0


def test_doctor_finds_a_changed_byte(toy: Path, run: Run) -> None:
    """A healthy workspace is in order; one byte changed in a snapshot is found, with exit code 7."""
    assert run("doctor", "-w", toy).code == 0
    data = next((toy / "store").rglob("data.parquet"))
    content = bytearray(data.read_bytes())
    content[len(content) // 2] ^= 0xFF
    data.chmod(0o644)
    data.write_bytes(bytes(content))
    answer = run("doctor", "--json", "-w", toy)
    assert answer.code == 7
    assert answer.json["healthy"] is False


def test_a_backup_comes_back_the_same(toy: Path, run: Run, tmp_path: Path) -> None:
    """Restored elsewhere, the workspace gives the same answers."""
    archive = tmp_path / "toy.tar.gz"
    assert run("backup", archive, "--json", "-w", toy).json["files"] > 5
    assert run("restore", archive, tmp_path / "again").code == 0
    question = ("compare", "robberies", "--json", "-w")
    assert run(*question, tmp_path / "again").json["query"] == run(*question, toy).json["query"]


def test_a_pack_is_checked_and_started(run: Run, tmp_path: Path) -> None:
    """A new pack passes the check; a broken one gets exit code 2 with every problem."""
    folder = tmp_path / "springfield"
    assert run("city", "new", folder, "--name", "Springfield", "--time-zone", "America/Chicago").code == 0
    assert run("city", "check", folder).code == 0
    areas = folder / "areas.csv"
    areas.write_text(areas.read_text(encoding="utf-8").replace("id,name", "id,nam"), encoding="utf-8")
    answer = run("city", "check", folder, "--json")
    assert answer.code == 2
    assert any(problem["where"] == "areas.csv" for problem in answer.json["problems"])


def test_the_report_is_written_whole(toy: Path, run: Run, tmp_path: Path) -> None:
    """Three languages, pages and tables; a folder with something else in it is left alone."""
    target = tmp_path / "public"
    answer = run("report", target, "--no-pdf", "--json", "-w", toy)
    assert answer.code == 0, answer.err
    assert answer.json["languages"] == ["en", "es", "ko"]
    for language in ("en", "es", "ko"):
        assert (target / language / "results.html").is_file()
    foreign = tmp_path / "foreign"
    foreign.mkdir()
    (foreign / "letter.txt").write_text("keep", encoding="utf-8")
    assert run("report", foreign, "--no-pdf", "-w", toy).code == 8
    assert [path.name for path in foreign.iterdir()] == ["letter.txt"]


def test_the_demonstration_is_made_once(run: Run, tmp_path: Path) -> None:
    """Without a network or a folder of data it stands on the pack's facts and a simulated year, and says so."""
    folder = tmp_path / "demo"
    first = run("demo", "--workspace", folder, "--no-serve", "--no-fetch")
    assert first.code == 0, first.err
    assert "Simulated" in first.out
    again = run("demo", "--workspace", folder, "--no-serve", "--no-fetch")
    assert "Simulated" not in again.out
    snapshots = run("snapshots", "--json", "-w", folder).json
    assert any(one["provenance"]["simulated"] for one in snapshots)


COMMANDS = (
    "demo new load fetch sql snapshots doctor backup restore measures compare claims commitments report serve"
)


@pytest.mark.parametrize("command", COMMANDS.split())
def test_every_command_explains_itself(command: str, run: Run) -> None:
    """--help has a purpose and an example."""
    shown = run(command, "--help")
    assert shown.code == 0
    assert "Example: commonweal" in " ".join(shown.out.split())
