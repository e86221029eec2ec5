"""Read a file into columns of text: CSV, TSV, JSON, JSON lines, GeoJSON, Parquet; each also as ``.gz``.

Nothing is understood here: that is the work of `commonweal.sources.parse`. A row that cannot be split into columns
is kept aside with its text; a file that cannot be read at all is one clear error.
"""

from __future__ import annotations

import hashlib
import zlib
from pathlib import Path

from commonweal.errors import NotFound
from commonweal.sources.mapping_types import FileShape
from commonweal.sources.raw_table import RawTable, make_file_error

BYTES_LIMIT = 16 * 2**30
"""Largest file that is read, unpacked."""

PACKED_RATIO_LIMIT = 200
"""Largest ratio of unpacked to packed size beyond `SMALL_BYTES`; a table packs at most about 50 times."""

SMALL_BYTES = 256 * 2**20

FORMAT_OF_ENDING = {
    ".csv": "csv",
    ".txt": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".geojson": "geojson",
    ".parquet": "parquet",
    ".pq": "parquet",
}


def read_file(path: Path, shape: FileShape) -> RawTable:
    """Read a file as columns of text.

    Parameters
    ----------
    path : Path
        The file; its ending tells the format unless the mapping does.
    shape : FileShape
        Format, delimiter, encoding and the rest of ``[file]`` of a mapping.

    Raises
    ------
    NotFound
        There is no such file.
    InvalidInput
        The file cannot be read at all: empty, not text, not what its ending says, too large unpacked.
    """
    if not path.is_file():
        raise NotFound(f"There is no file {path}.")
    format_name = shape.format if shape.format != "auto" else find_format(path)
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    if content[:2] == b"\x1f\x8b":
        content = unpack(content, path.name)
    elif content[:4] == b"PK\x03\x04":
        raise make_file_error(path.name, "is a ZIP archive or a spreadsheet; unpack it, or save it as CSV")
    if not content.strip():
        raise make_file_error(path.name, "is empty")
    return parse_bytes(content, format_name, shape, file_name=path.name, content_hash=digest)


def parse_bytes(
    content: bytes, format_name: str, shape: FileShape, *, file_name: str, content_hash: str
) -> RawTable:
    """Parse the bytes of a file, already unpacked, as columns of text."""
    if format_name in {"csv", "tsv"}:
        from commonweal.sources.csv_file import parse_csv

        delimiter = "\t" if format_name == "tsv" else shape.delimiter
        return parse_csv(content, shape, delimiter=delimiter, file_name=file_name, content_hash=content_hash)
    if format_name == "parquet":
        from commonweal.sources.parquet_file import parse_parquet

        return parse_parquet(content, file_name=file_name, content_hash=content_hash)
    from commonweal.sources.json_file import parse_json

    return parse_json(content, format_name, shape, file_name=file_name, content_hash=content_hash)


def find_format(path: Path) -> str:
    """Return the format that a file's name tells.

    Raises
    ------
    InvalidInput
        It tells none.
    """
    ending = Path(path.name.lower().removesuffix(".gz")).suffix
    if ending not in FORMAT_OF_ENDING:
        known = ", ".join(FORMAT_OF_ENDING)
        message = (
            f"the ending {ending!r} tells no format (known: {known}); say it in [file] format of the mapping"
        )
        raise make_file_error(path.name, message)
    return FORMAT_OF_ENDING[ending]


def unpack(content: bytes, name: str, *, limit: int | None = None) -> bytes:
    """Unpack gzip, and stop before a small file has filled the memory.

    Parameters
    ----------
    content : bytes
        The packed file; several members one after another are one file.
    name : str
        For messages.
    limit : int, optional
        Most bytes to unpack.

    Raises
    ------
    InvalidInput
        The file is damaged, cut, or unpacks to far more than a table would.
    """
    if limit is None:
        limit = min(BYTES_LIMIT, max(SMALL_BYTES, PACKED_RATIO_LIMIT * len(content)))
    pieces: list[bytes] = []
    total, rest = 0, content
    while rest:
        member = zlib.decompressobj(wbits=31)
        try:
            piece = member.decompress(rest, limit - total + 1)
        except zlib.error as error:
            if pieces and rest.strip(b"\0") == b"":
                break
            raise make_file_error(name, f"is damaged: {error}") from error
        total += len(piece)
        pieces.append(piece)
        if total > limit:
            raise make_file_error(
                name, f"unpacks to more than {limit:,} bytes from {len(content):,}; not read"
            )
        if not member.eof:
            raise make_file_error(name, "is cut: the end of the packed file is missing")
        rest = member.unused_data
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)
