"""Which two periods the reader wants held against each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from commonweal.errors import InvalidRequest, Problem
from commonweal.results.period_text import parse_period
from commonweal.results.periods import Period, calendar_year, previous, twelve_months, year_before
from commonweal.web.view import View

BEFORE = "before"
YEARS_BEFORE = {"year-before": 1, "2-years-before": 2, "3-years-before": 3}
KEPT_YEARS = 6


@dataclass(frozen=True, slots=True)
class Option:
    """One entry of a select: its value, its words, whether it is chosen."""

    value: str
    title: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class PeriodChoice:
    """What the reader asked for, and the form to ask again.

    Attributes
    ----------
    current, baseline : Period or None
        Both none where nothing was asked: the latest comparable periods are shown.
    currents, baselines : tuple of Option
        What the form offers.
    """

    current: Period | None
    baseline: Period | None
    currents: tuple[Option, ...]
    baselines: tuple[Option, ...]

    @property
    def query(self) -> dict[str, str]:
        """Parameters that ask for the same periods again; empty where the latest are shown."""
        if self.current is None or self.baseline is None:
            return {}
        return {"current": str(self.current), "baseline": str(self.baseline)}


def read_choice(view: View, shown: tuple[Period, Period] | None, covers: Period | None) -> PeriodChoice:
    """Read ``current`` and ``baseline`` from the query.

    Parameters
    ----------
    view : View
        The reader's.
    shown : (Period, Period) or None
        Latest comparable periods, current and baseline: what is shown without being asked.
    covers : Period or None
        Days for which the records are complete; the form offers periods inside them.

    Raises
    ------
    InvalidRequest
        A period cannot be read; every problem is listed.
    """
    problems: list[Problem] = []
    current = _read(view, "current", problems)
    asked = view.asked("baseline")
    relative = asked in ("", BEFORE) or asked in YEARS_BEFORE
    baseline = None if relative else _read(view, "baseline", problems)
    if problems:
        raise InvalidRequest("The periods cannot be read.", problems)
    if current is None and shown is not None and (asked or baseline):
        current = shown[0]
    if current is not None and baseline is None:
        years = YEARS_BEFORE.get(asked, 0)
        baseline = year_before(current, years=years) if years else previous(current)
    now = current or (shown[0] if shown else None)
    before = baseline or (shown[1] if shown else None)
    return PeriodChoice(
        current, baseline, _offer_currents(view, covers, now, shown), _offer_baselines(view, now, before)
    )


def _read(view: View, name: str, problems: list[Problem]) -> Period | None:
    text = view.asked(name)
    if not text:
        return None
    try:
        return parse_period(text, where=name)
    except InvalidRequest as error:
        problems.extend(error.problems)
        return None


def _offer_currents(
    view: View, covers: Period | None, now: Period | None, shown: tuple[Period, Period] | None
) -> tuple[Option, ...]:
    offered = [shown[0]] if shown else []
    if covers is not None:
        offered += [twelve_months(covers.end)] if _ends_month(covers.end) else []
        years = [calendar_year(year) for year in range(covers.end.year, covers.end.year - KEPT_YEARS, -1)]
        offered += [year for year in years if covers.contains(year)]
    if now is not None and now not in offered:
        offered.insert(0, now)
    unique = dict.fromkeys(offered)
    return tuple(Option(str(one), view.language.period(one), one == now) for one in unique)


def _offer_baselines(view: View, now: Period | None, before: Period | None) -> tuple[Option, ...]:
    """Offer baselines that follow the current period, so that both selects can be changed at once."""
    if now is None:
        return ()
    _ = view.language.gettext
    offered = {
        BEFORE: (previous(now), _("the same length of time before")),
        "year-before": (year_before(now), _("the same months a year earlier")),
        "2-years-before": (year_before(now, years=2), _("two years earlier")),
        "3-years-before": (year_before(now, years=3), _("three years earlier")),
    }
    if offered[BEFORE][0] == offered["year-before"][0]:
        del offered["year-before"]
    if before is not None and before not in [period for period, _title in offered.values()]:
        offered[str(before)] = (before, view.language.period(before))
    return tuple(Option(value, title, period == before) for value, (period, title) in offered.items())


def _ends_month(day: date) -> bool:
    return Period(day.replace(day=1), day).whole_months == 1
