"""Which rows of a kind of record answer: source, place, time, filter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import dataframely as dy
from sqlglot import exp

from commonweal.city.measure_values import MeasureValue
from commonweal.city.measures import Measure, Scalar
from commonweal.errors import InvalidRequest, Problem
from commonweal.records import RecordType, get_record_type
from commonweal.results.compiler.clock import within_days
from commonweal.results.compiler.scope import Scope
from commonweal.results.compiler.values import check_columns, check_measure
from commonweal.results.periods import Period


@dataclass(frozen=True, slots=True)
class Asked:
    """A measure and a scope, checked and ready to be compiled.

    Attributes
    ----------
    measure : Measure
        The measure.
    value : MeasureValue
        Its value, read.
    record_type : RecordType
        What it counts.
    scope : Scope
        Which records.
    """

    measure: Measure
    value: MeasureValue
    record_type: RecordType
    scope: Scope

    @property
    def is_published_counts(self) -> bool:
        """Whether the rows are numbers that a source added up itself."""
        return self.record_type.kind == "counts"

    @property
    def time(self) -> exp.Column:
        """Column that places a row in time."""
        return exp.column(self.record_type.time_column)

    @property
    def has_instants(self) -> bool:
        """Whether that column holds UTC times, not days."""
        return isinstance(self.record_type.columns[self.record_type.time_column], dy.Datetime)

    @property
    def groups(self) -> list[exp.Column]:
        """Columns grouped by."""
        return [exp.column(name) for name in self.scope.by]


def ask(measure: Measure, scope: Scope) -> Asked:
    """Check a measure against its record type, and the scope against both.

    Raises
    ------
    InvalidRequest
        The measure names what does not exist, the source holds another kind of record, or the records have no
        such column to group or to choose by.
    """
    form = check_measure(measure)
    record_type = get_record_type(measure.kind)
    if scope.source.kind != measure.kind:
        message = (
            f"the source {scope.source.id} holds {scope.source.kind}; name one that holds {measure.kind}"
        )
        raise InvalidRequest(
            f"The measure {measure.id} cannot be computed.",
            [Problem("measure", message, field="sources", value=scope.source.id)],
        )
    check_columns((*scope.by, *(("area",) if scope.area is not None else ())), record_type)
    return Asked(measure, form, record_type, scope)


def scope_conditions(asked: Asked) -> list[exp.Expr]:
    """Return source and place: of published counts, either the rows of areas or those of the whole city."""
    scope = asked.scope
    source: exp.Expr = exp.column("source").eq(scope.source.id)
    if scope.area is not None:
        return [source, exp.column("area").eq(scope.area)]
    if not asked.is_published_counts:
        return [source]
    city = exp.column("area").is_(exp.null())
    return [source, city if scope.source.grain_area == "city" else city.not_()]


def time_conditions(asked: Asked, period: Period) -> list[exp.Expr]:
    """Return the rows of a period; of published counts, every row that touches it."""
    if asked.is_published_counts:
        touches_start = exp.column("period_end") >= exp.convert(period.start)
        return [exp.column("period_start") <= exp.convert(period.end), touches_start]
    if asked.has_instants:
        return within_days(asked.time, period, asked.scope.zone)
    return [asked.time >= exp.convert(period.start), asked.time <= exp.convert(period.end)]


def lies_inside(period: Period, *more: exp.Expr) -> exp.Paren:
    """Return whether a published count lies wholly in a period, and whatever else must hold."""
    from_start = exp.column("period_start") >= exp.convert(period.start)
    return exp.paren(exp.and_(from_start, exp.column("period_end") <= exp.convert(period.end), *more))


def select_rows(asked: Asked, period: Period, where: exp.Expr | None) -> exp.Select:
    """Select the rows of a period that a measure may use."""
    conditions = [*scope_conditions(asked), *time_conditions(asked, period), where]
    return exp.select(exp.Star()).from_(asked.record_type.kind).where(all_of(conditions))


def filter_condition(where: Mapping[str, tuple[Scalar, ...]]) -> exp.Expr | None:
    """Return a measure's filter; None where it takes every row."""
    return all_of([_one_of(name, allowed) for name, allowed in where.items()])


def all_of(parts: Iterable[exp.Expr | None]) -> exp.Expr | None:
    """Join conditions that must all hold, without needless parentheses; None where there is none."""
    flat = [piece.copy() for part in parts if part is not None for piece in _flat(part, exp.And)]
    return exp.and_(*flat) if flat else None


def any_of(parts: Iterable[exp.Expr | None]) -> exp.Expr | None:
    """Join conditions of which one must hold, each once; None where one of them is always true."""
    given = list(parts)
    flat = [piece.copy() for part in given if part is not None for piece in _flat(part, exp.Or)]
    unique = {piece.sql(): piece for piece in flat}
    return exp.or_(*unique.values()) if unique and None not in given else None


def _flat(part: exp.Expr, kind: type[exp.Connector]) -> Iterable[exp.Expr]:
    return part.flatten() if isinstance(part, kind) else [part]


def _one_of(name: str, allowed: tuple[Scalar, ...]) -> exp.Expr:
    column = exp.column(name)
    return column.eq(allowed[0]) if len(allowed) == 1 else column.isin(*allowed)
