"""Socrata Open Data API (SODA 2.1): ``/resource/<id>.json`` with SoQL parameters.

https://dev.socrata.com/docs/endpoints.html, https://dev.socrata.com/docs/paging.html,
https://dev.socrata.com/docs/system-fields.html, https://dev.socrata.com/docs/response-codes.html
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from commonweal.city.knowledge import Source
from commonweal.errors import SourceChanged
from commonweal.sources.portal_client import PortalClient
from commonweal.sources.portal_page import Page, PageRequest

TOKEN_HEADER = "X-App-Token"  # noqa: S105  a header's name
SYSTEM_FIELDS = (":id", ":created_at", ":updated_at", ":version")


@dataclass(slots=True)
class SocrataDataset:
    """One dataset of a Socrata portal, read in the order of a stable key.

    Attributes
    ----------
    client : PortalClient
        The portal.
    source : Source
        Dataset, key, filter, and the column that says when a row changed.
    """

    client: PortalClient
    source: Source
    _types: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Column that identifies a row; Socrata's own ``:id`` where the pack names none."""
        return self.source.order_by or ":id"

    @property
    def can_ask_since(self) -> bool:
        """Whether the pack names the column that says when a row changed."""
        return bool(self.source.updated_column)

    @property
    def query(self) -> str:
        """Dataset, filter and key in one text."""
        return f"socrata {self.source.domain} {self.source.dataset} {self.source.where} {self.key}"

    def read_page(self, request: PageRequest) -> Page:
        """Read the rows after a key.

        Raises
        ------
        SourceChanged
            The answer is not a list of rows.
        """
        conditions = [f"({self.source.where})"] if self.source.where else []
        if request.after is not None:
            self._learn_types()
            conditions.append(f"{self.key} > {self._quote(request.after)}")
        if request.since is not None:
            column = self.source.updated_column
            # System fields are points in time; a dataset's own times have no zone.
            moment = request.since if column.startswith(":") else request.since.removesuffix("Z")
            conditions.append(f"{column} >= '{moment}'")
        system = [name for name in (":id", self.key, self.source.updated_column) if name.startswith(":")]
        parameters = {
            "$select": ",".join([*dict.fromkeys(system), "*"]),
            "$order": self.key,
            "$limit": str(request.rows),
        }
        if conditions:
            parameters["$where"] = " AND ".join(conditions)
        answer = self.client.get_json(f"resource/{self.source.dataset}.json", parameters)
        rows = answer.content
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise SourceChanged(f"{self.source.id}: the portal does not answer with a list of rows.")
        fields = self._remember_types(answer.headers)
        return Page(tuple(rows), fields, len(rows) < request.rows, answer.answered_at)

    def count(self) -> int:
        """Ask how many rows the filter lets through."""
        parameters = {"$select": "count(*) AS rows"}
        if self.source.where:
            parameters["$where"] = self.source.where
        content = self.client.get_json(f"resource/{self.source.dataset}.json", parameters).content
        try:
            return int(content[0]["rows"])
        except (LookupError, TypeError, ValueError) as error:
            raise SourceChanged(f"{self.source.id}: the portal does not say how many rows it has.") from error

    def _learn_types(self) -> None:
        """Ask for one row where a reading goes on after a cut, to know whether the key is a number."""
        if not self._types and not self.key.startswith(":"):
            parameters = {"$select": self.key, "$limit": "1"}
            answer = self.client.get_json(f"resource/{self.source.dataset}.json", parameters)
            self._remember_types(answer.headers)

    def _remember_types(self, headers: Mapping[str, str]) -> tuple[str, ...]:
        fields = _read_list(headers, "x-soda2-fields")
        self._types.update(zip(fields, _read_list(headers, "x-soda2-types"), strict=False))
        return fields

    def _quote(self, value: str) -> str:
        """Write a key for SoQL: numbers stand bare, texts in single quotes."""
        if self._types.get(self.key) == "number":
            return value
        return "'" + value.replace("'", "''") + "'"


def _read_list(headers: Mapping[str, str], name: str) -> tuple[str, ...]:
    try:
        values: Any = json.loads(headers.get(name, "[]"))
    except ValueError:
        return ()
    return tuple(str(one) for one in values) if isinstance(values, list) else ()
