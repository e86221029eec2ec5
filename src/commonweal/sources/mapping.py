"""Mapping files: how a city's file becomes records, as data.

A mapping file is TOML. Only ``kind``, ``source`` and ``[columns]`` are needed; the rest has sensible defaults.
This one reads incidents that carry a day, an hour, a point and the name of a neighborhood::

    kind = "crimes"               # record type
    source = "tps_crime"          # source of the city's pack

    [file]
    format = "csv"                # auto (by file name; .gz too) | csv | tsv | json | jsonl | geojson | parquet
    delimiter = ","               # found from the header when left out
    encoding = "utf-8"            # utf-8 | latin-1 | windows-1252 | utf-16; a byte-order mark is understood
    null = ["", "NSA"]            # texts that mean: nothing was recorded (a blank always does)
    # skip_lines = 2              # lines before the header
    # list = "result.records"     # JSON: where the list of rows is
    # decimal = ","               # numbers as 1.234,5
    # thousands = "."

    [columns]                     # record column = column of the file
    category = "MCI"
    occurred_at = { from = "occurrencedate", format = "%Y/%m/%d", time = "occurrencehour", time_format = "%H" }
    offense = { from = ["MCI", "premises_type"], join = ": " }
    clearance = { value = "unknown" }                            # the same in every row

    [point]
    lon = "Long"
    lat = "Lat"
    missing = "keep_without_area"                # no point, or 0,0:              keep_without_area | reject
    outside = "keep_without_area"                # in no area, or off the map:    keep_without_area | reject

    [area]
    by = "point_then_name"                       # name | point | point_then_name | name_then_point | none
    name = { from = "Neighbourhood", codes = { "NSA" = "" } }    # names and aliases of the pack
    unknown = "reject"                           # a name the pack does not know: reject | keep_without_area
    blank = "keep_without_area"                  # no name:                       reject | keep_without_area

    [times]
    zone = "America/Toronto"                     # the city's own when left out
    nonexistent = "forward"                      # an hour that clocks skip:      forward | reject
    ambiguous = "earliest"                       # an hour that comes twice:      earliest | latest | reject

    [drop]                                       # rows to leave out; [keep] is the contrary
    Neighbourhood = ["All Districts"]
    # title = { matches = "^Traffic" }           # or a regular expression

    [allowed]
    earliest = 2014-01-01                        # days, in the city's calendar; later than now is never allowed
    latest = 2021-12-31

    [duplicates]
    exact = "drop"                               # rows equal in every column:    drop | keep
    same_id = "reject"                           # different rows, one id:        reject | first | last

Aggregates name a period, and turn columns into rows::

    kind = "counts"
    source = "lapd_crime_monthly"
    [columns]
    category = "category"
    [period]
    from = "period"                              # or several: from = ["Year", "Month"], join = "-"
    format = "%Y-%m"                             # length: day, month or year, as the format is fine; or
    # length = "week"                            # day | week | month | quarter | year
    [area]
    name = "area"                                # without [area] the numbers are for the whole city
    [unpivot]                                    # column of the file = quantity
    crimes = "incidents"
    cleared = "clearances"

Rules
-----
A column in ``[columns]`` is the name of a column of the file, or a table with these keys:

``from``, ``join``
    One column of the file, or several, joined (with one space unless ``join`` says otherwise; blanks are left out).
``value``
    A constant, in place of ``from``.
``extract``
    A regular expression; its first group is taken, and nothing where it does not match.
``codes``, ``codes_file``, ``unknown``
    Values by code, compared without regard to case and outer spaces; in a CSV file (columns ``code,value``)
    beside the mapping where they are many. A code that is not listed is rejected; ``unknown = "keep"`` keeps it as
    it is; any other text takes its place. The value ``""`` means: nothing was recorded.
``blank``
    What a blank becomes.
``format``
    For dates and times: one format or several, tried in order. ``iso`` (the default), ``epoch_s``, ``epoch_ms``,
    or a pattern of %Y %y %m %d %b %B %H %I %M %S %f %p %z %j. Leading zeros may be missing; hour 24 is the next
    day's midnight; a time zone in the value (%z, or iso with Z or +hh:mm) goes before ``[times] zone``.
``time``, ``time_format``
    A column with the time of day, where the date stands alone: ``%H``, ``%H%M`` (``130`` is 01:30), ``%H:%M``, …
``zone``, ``offset``
    Time zone of this one column. ``offset = "ignore"`` for sources that write Z and mean the clock on the wall.
``scale``
    Factor of a number: ``scale = 60`` makes seconds of minutes.

Names of columns are compared exactly first, then without regard to case and signs, so that ``DATE OCC`` of a
downloaded file and ``date_occ`` of the same portal are one. A JSON object within a row is flat with dots:
``location.latitude``. A GeoJSON file adds ``geometry.lon`` and ``geometry.lat`` (the point, or a point inside the
polygon).

``record_id`` in ``[columns]`` names what identifies a row (several columns are joined). Without it, the identifier
is made from the content of the whole row, so that the same file gives the same identifiers.

Rows that ``[keep]`` and ``[drop]`` leave out are not counted as read; a note says how many. Of the rows read, each
is kept, rejected, or a duplicate. With ``[unpivot]`` one row makes several records: rows are counted, not records,
a row with one bad value is rejected whole, and a blank value makes no record.
"""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import replace
from pathlib import Path

from commonweal.city.pack import City
from commonweal.errors import InvalidMapping, NotFound, Problem
from commonweal.sources.mapping_checks import check_against_record_type
from commonweal.sources.mapping_tables import read_tables
from commonweal.sources.mapping_types import FileMapping

MAPPING_BYTES_LIMIT = 10_000_000


def read_mapping(path: Path) -> FileMapping:
    """Read and check a mapping file.

    Parameters
    ----------
    path : Path
        The TOML file; code files are found beside it.

    Raises
    ------
    InvalidMapping
        With every problem at once.
    NotFound
        There is no such file.
    """
    if not path.is_file():
        raise NotFound(f"There is no mapping file {path}.")
    content = path.read_bytes()
    try:
        if len(content) > MAPPING_BYTES_LIMIT:
            raise InvalidMapping(f"{path.name} is larger than {MAPPING_BYTES_LIMIT:,} bytes.")
        document = tomllib.loads(content.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise InvalidMapping(
            f"{path.name} is not readable as TOML.", [Problem(path.name, str(error))]
        ) from error
    tables = read_tables(path, document)
    problems = [*tables.problems, *check_against_record_type(tables.mapping)]
    if problems:
        raise InvalidMapping(f"{path.name} does not describe a file completely.", problems)
    digest = hashlib.sha256(content)
    for extra in tables.code_files:
        digest.update(b"\0" + extra.read_bytes())
    return replace(tables.mapping, hash=digest.hexdigest())


def list_mappings(city: City) -> tuple[str, ...]:
    """List the names of the mapping files that the city's pack carries."""
    return tuple(sorted(path.stem for path in (city.folder / "maps").glob("*.toml")))


def find_mapping(city: City, name_or_path: str | Path) -> Path:
    """Find a mapping file: by path, or by name in the pack's ``maps/``.

    Parameters
    ----------
    city : City
        The city whose pack is searched.
    name_or_path : str or Path
        ``crime_incidents``, ``crime_incidents.toml`` or a path.

    Raises
    ------
    NotFound
        There is none; the message names close ones.
    """
    given = Path(name_or_path)
    if given.is_file():
        return given
    in_pack = city.folder / "maps" / f"{given.name.removesuffix('.toml')}.toml"
    if given.parent == Path() and in_pack.is_file():
        return in_pack
    raise NotFound.named("mapping file", str(name_or_path), list_mappings(city))
