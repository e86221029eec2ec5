"""Short notices for the person at the terminal, from work that goes on in the background."""

from __future__ import annotations

import sys


def leave_notice(text: str) -> None:
    """Write one notice on standard error.

    Parameters
    ----------
    text : str
        A sentence.
    """
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()
