"""One documented tree of errors.

::

    CommonwealError                 everything the program says on purpose
    ├── InvalidInput                what was given does not fit; lists every problem at once
    │   ├── InvalidPack             a city's folder
    │   ├── InvalidMapping          a mapping file
    │   └── InvalidRequest          an option, a query parameter, a period
    ├── NotFound                    no such measure, area, snapshot, city …
    ├── SourceError                 records could not be had from outside
    │   ├── SourceUnreachable       no network, or the portal does not answer
    │   └── SourceChanged           the portal answers with another shape than the pack says
    ├── ComparisonRefused           the two periods were not counted in the same way
    ├── PublicationBlocked          a hidden number could be worked out from what would be published
    ├── StoreError                  the store could not do it
    │   ├── StoreBusy               another load is running
    │   └── StoreDamaged            a snapshot is not what its name says
    ├── ServerBusy                  too many new questions at once
    └── WorkspaceError              there is no workspace here, or one is in the way

Every error carries an ``exit_code`` for the command line and a ``status`` for the web, where it is sent in the
one JSON shape of RFC 9457.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with what was given.

    Attributes
    ----------
    where : str
        File or part of the request, for example ``stations.csv`` or ``--from``.
    message : str
        What is wrong and what is allowed, in plain words.
    row : int or None
        Line of the file, counted as an editor counts (the header is line 1).
    field : str or None
        Column or key.
    value : str or None
        The value as it was given.
    """

    where: str
    message: str
    row: int | None = None
    field: str | None = None
    value: str | None = None

    def __str__(self) -> str:
        """Render as one line: ``file:row: field = 'value': message``."""
        place = self.where if self.row is None else f"{self.where}:{self.row}"
        if self.field is None:
            return f"{place}: {self.message}"
        given = "" if self.value is None else f" = {self.value!r}"
        return f"{place}: {self.field}{given}: {self.message}"

    def as_dict(self) -> dict[str, str | int | None]:
        """Return the problem as plain values for JSON."""
        return asdict(self)


class CommonwealError(Exception):
    """Base of every error the program raises on purpose.

    Parameters
    ----------
    message : str
        What happened and what to do, one or two sentences.
    problems : iterable of Problem, optional
        The single faults behind it.
    """

    exit_code: ClassVar[int] = 1
    status: ClassVar[int] = 500
    slug: ClassVar[str] = "error"

    def __init__(self, message: str, problems: Iterable[Problem] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.problems: tuple[Problem, ...] = tuple(problems)

    def __str__(self) -> str:
        """Render the message, then one problem a line."""
        return "\n".join([self.message, *(f"  {problem}" for problem in self.problems)])


class InvalidInput(CommonwealError):
    """What was given does not fit; every problem is listed."""

    exit_code = 2
    status = 422
    slug = "invalid-input"


class InvalidPack(InvalidInput):
    """A city's folder has problems."""

    slug = "invalid-pack"


class InvalidMapping(InvalidInput):
    """A mapping file has problems, or does not fit the file it is used on."""

    slug = "invalid-mapping"


class InvalidRequest(InvalidInput):
    """An option or query parameter has problems."""

    slug = "invalid-request"


class NotFound(CommonwealError):
    """Something asked for by name does not exist."""

    exit_code = 3
    status = 404
    slug = "not-found"

    @classmethod
    def named(cls, what: str, name: str, known: Sequence[str]) -> NotFound:
        """Say which name is unknown and which ones are close, or exist.

        Parameters
        ----------
        what : str
            Kind of thing, in the singular: ``measure``.
        name : str
            The name that was asked for.
        known : sequence of str
            Names that exist.
        """
        import difflib

        close = difflib.get_close_matches(name, known, n=3)
        hint = f"Did you mean {', '.join(close)}?" if close else f"Known: {', '.join(known) or 'none yet'}."
        return cls(f"There is no {what} named {name!r}. {hint}")


class SourceError(CommonwealError):
    """Records could not be had from outside."""

    exit_code = 4
    status = 502
    slug = "source-error"


class SourceUnreachable(SourceError):
    """No network, or the portal does not answer."""

    slug = "source-unreachable"


class SourceChanged(SourceError):
    """The portal answers, with another shape than the pack describes."""

    slug = "source-changed"


class ComparisonRefused(CommonwealError):
    """The two periods cannot be compared; the message says why and what can be said instead."""

    exit_code = 5
    status = 409
    slug = "comparison-refused"


class PublicationBlocked(CommonwealError):
    """A hidden number could be worked out from what would be published."""

    exit_code = 6
    status = 409
    slug = "publication-blocked"


class StoreError(CommonwealError):
    """The store could not do what was asked."""

    exit_code = 7
    slug = "store-error"


class StoreBusy(StoreError):
    """Another load is running in this workspace."""

    status = 503
    slug = "store-busy"


class StoreDamaged(StoreError):
    """A snapshot is not what its name says."""

    slug = "store-damaged"


class ServerBusy(CommonwealError):
    """Too many questions that were never asked before are being computed."""

    status = 503
    slug = "server-busy"


class WorkspaceError(CommonwealError):
    """There is no workspace here, or something is in the way of a new one."""

    exit_code = 8
    status = 503
    slug = "workspace-error"
