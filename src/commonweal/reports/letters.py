"""Letters as they stand inside a sentence."""

from __future__ import annotations


def lower_first(text: str) -> str:
    """Write a title as it stands inside a sentence; names in capitals (``SMART teams``) keep theirs."""
    first_word = text.split(" ", maxsplit=1)[0]
    return text if sum(letter.isupper() for letter in first_word) > 1 else text[:1].lower() + text[1:]


def upper_first(text: str) -> str:
    """Write a sentence or clause as it stands at the beginning."""
    return text[:1].upper() + text[1:]
