"""The public report: gathered, checked, written in one step."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from commonweal import __version__
from commonweal.config import BUILT
from commonweal.errors import InvalidRequest, Problem, WorkspaceError
from commonweal.records import Provenance
from commonweal.reports.content import ReportContent
from commonweal.reports.report import assemble_report
from commonweal.results.finding import Finding
from commonweal.studies.desk import Desk
from commonweal.studies.overview import Overview, make_overview

MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class WrittenReport:
    """A report on disk.

    Attributes
    ----------
    folder : Path
        Where it is.
    languages : tuple of str
        Languages it is in.
    files : tuple of str
        Names of its files.
    """

    folder: Path
    languages: tuple[str, ...]
    files: tuple[str, ...]


def write_report(
    desk: Desk,
    folder: Path,
    *,
    languages: tuple[str, ...] = (),
    pdf: bool = True,
    now: datetime | None = None,
) -> WrittenReport:
    """Write the public report; a report that is there is replaced only when the new one is whole.

    Parameters
    ----------
    desk : Desk
        City and records.
    folder : Path
        Folder to write; new, empty, or holding an earlier report.
    languages : tuple of str
        Languages; all of the city where none is named.
    pdf : bool
        Whether to write the PDF too.
    now : datetime, optional
        Time written on the report (UTC); the present where none is named.

    Raises
    ------
    PublicationBlocked
        A hidden number would follow from the others; nothing is written.
    WorkspaceError
        The folder holds something else, or the front end has not been built.
    """
    chosen = _check_languages(desk, languages)
    _check_folder(folder)
    content = gather_report(desk, now=now or datetime.now(UTC))
    report = assemble_report(
        content, languages=chosen, css=_read_style(), fonts=BUILT / "fonts" if pdf else None
    )
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".report-") as staging:
        fresh = Path(staging) / "new"
        for name, data in report.files.items():
            target = fresh / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        if folder.exists():
            folder.replace(Path(staging) / "old")
        fresh.replace(folder)
    return WrittenReport(folder, chosen, tuple(report.files))


def gather_report(desk: Desk, *, now: datetime) -> ReportContent:
    """Gather everything a report shows.

    Parameters
    ----------
    desk : Desk
        City and records.
    now : datetime
        Time written on the report (UTC).
    """
    overview = make_overview(desk)
    periods = overview.periods
    return ReportContent(
        city=desk.city,
        baseline_period=periods[0] if periods else None,
        current_period=periods[1] if periods else None,
        findings=overview.headline_findings,
        series=overview.series,
        screen=overview.screen,
        claims=overview.claims,
        commitments=overview.commitments,
        provenance=_list_provenance(overview),
        generated_at=now,
        version=__version__,
    )


def _list_provenance(overview: Overview) -> tuple[Provenance, ...]:
    """List every table behind the report, each once, in the order in which it is first used."""
    findings: list[Finding] = [
        *overview.headline_findings,
        *(overview.screen.rows if overview.screen else ()),
        *(f for claim in overview.claims for f in (claim.recomputed, claim.instead) if f is not None),
        *(one.finding for one in overview.commitments if one.finding is not None),
    ]
    listed: dict[tuple[str, str], Provenance] = {}
    for provenance in [f.provenance for f in findings] + [s.provenance for s in overview.series.values()]:
        for one in provenance:
            listed.setdefault((one.source, one.content_hash), one)
    return tuple(listed.values())


def _check_languages(desk: Desk, languages: tuple[str, ...]) -> tuple[str, ...]:
    unknown = [one for one in languages if one not in desk.city.languages]
    if unknown:
        allowed = f"languages of {desk.city.name}: {', '.join(desk.city.languages)}"
        raise InvalidRequest(
            "The report cannot be written in every language asked for.",
            [Problem("report", allowed, field="--language", value=one) for one in unknown],
        )
    return languages or desk.city.languages


def _check_folder(folder: Path) -> None:
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MANIFEST).is_file():
        raise WorkspaceError(
            f"{folder} holds something that is not a report; nothing was written. Name another folder."
        )
    if folder.exists() and not folder.is_dir():
        raise WorkspaceError(f"{folder} is a file; nothing was written. Name a folder.")


def _read_style() -> str:
    style = BUILT / "report.css"
    if not style.is_file():
        raise WorkspaceError(
            "The style sheet is not built. In a checkout: make install. An installed wheel has it."
        )
    return style.read_text(encoding="utf-8")
