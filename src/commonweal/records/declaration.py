"""How a record type is declared: once, as a schema whose columns say what they mean.

Validation, the data dictionary, the API schema and the rejected-rows report are all made from this one
declaration. A column carries its meaning (``description``), its unit, its sensitivity and an example in
dataframely's own metadata.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypedDict

import dataframely as dy

Sensitivity = Literal["public", "restricted", "personal"]
"""``public``: may be published. ``restricted``: only suppressed counts leave. ``personal``: never leaves."""


class ColumnMetadata(TypedDict):
    """What a column says about itself beyond type and nullability."""

    unit: str
    sensitivity: Sensitivity
    example: str


def about(unit: str = "", sensitivity: Sensitivity = "public", example: str = "") -> dict[str, str]:
    """Build the metadata of a column.

    Parameters
    ----------
    unit : str
        Unit of the value, as it is written beside a number.
    sensitivity : {'public', 'restricted', 'personal'}
        How far the value may travel.
    example : str
        A value as it looks in the store.
    """
    return {"unit": unit, "sensitivity": sensitivity, "example": example}


class RecordSchema(dy.Schema):
    """Columns that every record has."""

    source = dy.String(
        primary_key=True,
        min_length=1,
        description="Source the record came from, as named in the city's pack.",
        metadata=about(example="lapd_crime"),
    )
    record_id = dy.String(
        primary_key=True,
        min_length=1,
        description="Identifier of the record within its source; made from its content where the source has none.",
        metadata=about(example="190326475"),
    )
    simulated = dy.Bool(
        description="True where a generator made the record; shown wherever the record is used.",
        metadata=about(example="false"),
    )


@dataclass(frozen=True, slots=True)
class RecordType:
    """One kind of record.

    Attributes
    ----------
    kind : str
        Name of the table, in the plural: ``calls``.
    title : str
        Name in words.
    meaning : str
        What one row is.
    schema : type of RecordSchema
        The declaration.
    time_column : str
        Column that places the record in time (a UTC time or a date).
    count_rule : str
        What counting the rows counts, and what it does not.
    """

    kind: str
    title: str
    meaning: str
    schema: type[RecordSchema]
    time_column: str
    count_rule: str

    @property
    def columns(self) -> Mapping[str, dy.Column]:
        """Columns in the order of the table."""
        return self.schema.columns()

    @property
    def required(self) -> tuple[str, ...]:
        """Columns that may not be empty, without the three the program fills in."""
        filled = set(RecordSchema.columns())
        return tuple(n for n, c in self.columns.items() if not c.nullable and n not in filled)
