"""Read a text file of a pack: inside the pack, not too large, in UTF-8."""

from __future__ import annotations

from pathlib import Path

from commonweal.city.faults import Faults

BYTES_LIMIT = 50_000_000
"""A larger table belongs into the store, not into a pack."""


def read_pack_text(folder: Path, name: str, faults: Faults, *, required: bool) -> str | None:
    """Read a file of a pack as text; a byte-order mark is left out.

    Parameters
    ----------
    folder : Path
        The pack.
    name : str
        The file, relative to the pack.
    faults : Faults
        Where faults are written down.
    required : bool
        Whether a missing file is a fault.

    Returns
    -------
    str or None
        The text; none where the file is missing or cannot be read (the fault is then written down).
    """
    path = folder / name
    if not is_inside(folder, path):
        faults.add(name, "leads out of the pack's folder; a pack holds its own files")
        return None
    if not path.is_file():
        if path.exists():
            faults.add(name, "must be a file")
        elif required:
            faults.add(name, "is missing")
        return None
    return _decode(path, name, faults)


def is_inside(folder: Path, path: Path) -> bool:
    """Tell whether a path, with its links followed, lies inside a folder."""
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError, ValueError):
        return False


def _decode(path: Path, name: str, faults: Faults) -> str | None:
    try:
        if path.stat().st_size > BYTES_LIMIT:
            faults.add(
                name,
                f"is larger than {BYTES_LIMIT // 1_000_000} MB; records of that size belong into the store",
            )
            return None
        content = path.read_bytes()
    except OSError as error:
        faults.add(name, f"cannot be read: {error.strerror or error}")
        return None
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        faults.add(name, "is UTF-16; save it as UTF-8 (in a spreadsheet: CSV UTF-8)")
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        byte = content[error.start]
        faults.add(
            name,
            "is not UTF-8, it may be Latin-1 or Windows-1252; save it as UTF-8 (in a spreadsheet: CSV UTF-8)",
            row=line,
            value=f"byte 0x{byte:02x}",
        )
        return None
    if "\0" in text:
        faults.add(name, "holds a zero byte: not a text", row=text.count("\n", 0, text.index("\0")) + 1)
        return None
    return text
