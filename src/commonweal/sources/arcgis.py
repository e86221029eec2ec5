"""ArcGIS feature services: ``<layer>/query`` with ``f=json``.

https://developers.arcgis.com/rest/services-reference/enterprise/query-feature-service-layer/
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from commonweal.city.knowledge import Source
from commonweal.errors import SourceChanged, SourceError, SourceUnreachable
from commonweal.sources.portal_client import Answer, PortalClient
from commonweal.sources.portal_page import Page, PageRequest

BUSY_CODES = frozenset({"429", "500", "502", "503", "504"})


@dataclass(frozen=True, slots=True)
class FeatureLayer:
    """One layer of a feature service, read in the order of a stable key.

    Attributes
    ----------
    client : PortalClient
        The server.
    source : Source
        Layer (``…/FeatureServer/0``), key, filter, and the column that says when a row changed.
    """

    client: PortalClient
    source: Source

    @property
    def key(self) -> str:
        """Column that identifies a row; ``OBJECTID`` where the pack names none."""
        return self.source.order_by or "OBJECTID"

    @property
    def can_ask_since(self) -> bool:
        """Whether the pack names the column that says when a row changed."""
        return bool(self.source.updated_column)

    @property
    def query(self) -> str:
        """Layer, filter and key in one text."""
        return f"arcgis {self.source.domain} {self.source.dataset} {self.source.where} {self.key}"

    def read_page(self, request: PageRequest) -> Page:
        """Read the rows after a key.

        ``resultRecordCount`` and ``orderByFields`` page; the server sends fewer rows than asked for where its own
        limit is smaller, and says so with ``exceededTransferLimit``.
        """
        conditions = [f"({self.source.where or '1=1'})"]
        if request.after is not None:
            conditions.append(f"{self.key} > {_quote(request.after)}")
        if request.since is not None:
            moment = datetime.fromisoformat(request.since).strftime("%Y-%m-%d %H:%M:%S")
            conditions.append(f"{self.source.updated_column} >= timestamp '{moment}'")
        answer = self._ask(
            {
                "where": " AND ".join(conditions),
                "outFields": "*",
                "orderByFields": f"{self.key} ASC",
                "resultOffset": "0",
                "resultRecordCount": str(request.rows),
                "returnGeometry": "true",
                "outSR": "4326",
            }
        )
        features = answer.content.get("features")
        if not isinstance(features, list) or not all(isinstance(one, dict) for one in features):
            raise SourceChanged(f"{self.source.id}: the server does not answer with a list of features.")
        fields = answer.content.get("fields") or []
        names = tuple(str(one["name"]) for one in fields if isinstance(one, dict) and "name" in one)
        more = answer.content.get("exceededTransferLimit") is True or len(features) >= request.rows
        return Page(
            rows=tuple(_flatten(feature) for feature in features),
            fields=(*names, "geometry") if names else (),
            last=not more,
            answered_at=answer.answered_at,
        )

    def count(self) -> int:
        """Ask how many rows the filter lets through."""
        answer = self._ask({"where": self.source.where or "1=1", "returnCountOnly": "true"})
        try:
            return int(answer.content["count"])
        except (LookupError, TypeError, ValueError) as error:
            raise SourceChanged(f"{self.source.id}: the server does not say how many rows it has.") from error

    def _ask(self, parameters: Mapping[str, str]) -> Answer:
        """Ask, and understand the errors that such servers send with status 200."""
        patience = self.client.patience
        for attempt in range(patience.tries):
            answer = self.client.get_json(f"{self.source.dataset}/query", {**parameters, "f": "json"})
            if not isinstance(answer.content, dict):
                raise SourceChanged(f"{self.source.id}: the server does not answer with an object.")
            error = answer.content.get("error")
            if not error:
                return answer
            code, text = _read_error(error)
            if code not in BUSY_CODES:
                raise SourceError(f"{self.source.id}: the server refuses with code {code}: {text}")
            if attempt + 1 < patience.tries:
                patience.sleep(patience.find_wait(attempt, None))
        raise SourceUnreachable(
            f"{self.source.id}: the server is busy (code {code}: {text}); try again later."
        )


def _read_error(error: Any) -> tuple[str, str]:
    if not isinstance(error, dict):
        return "", str(error)
    details = error.get("details") or []
    words = [str(error.get("message", "")), *(str(one) for one in details if isinstance(details, list))]
    return str(error.get("code", "")), " ".join(dict.fromkeys(word for word in words if word))[:300]


def _flatten(feature: Mapping[str, Any]) -> dict[str, Any]:
    """Join a feature's attributes with its point, or a point inside its polygon."""
    attributes = feature.get("attributes")
    row: dict[str, Any] = dict(attributes) if isinstance(attributes, dict) else {}
    geometry = feature.get("geometry")
    row["geometry.lon"] = row["geometry.lat"] = None
    if not isinstance(geometry, dict):
        return row
    if geometry.get("x") not in (None, "NaN"):
        row["geometry.lon"], row["geometry.lat"] = geometry.get("x"), geometry.get("y")
    elif geometry.get("rings"):
        row["geometry.lon"], row["geometry.lat"] = _find_inner_point(geometry["rings"]) or (None, None)
    return row


def _find_inner_point(rings: Any) -> tuple[str, str] | None:
    from shapely.geometry import Polygon

    try:
        outlines = [[(float(x), float(y)) for x, y, *_ in ring] for ring in rings]
        polygons = [Polygon(outline) for outline in outlines]  # type: ignore[no-untyped-call]
        largest = max(polygons, key=lambda one: float(one.area))
        point = largest.representative_point()  # type: ignore[no-untyped-call]
    except (ValueError, TypeError):
        return None
    return str(point.x), str(point.y)


def _quote(value: str) -> str:
    """Write a key for the ``where`` clause: whole numbers stand bare, texts in single quotes."""
    return value if value.lstrip("-").isdigit() else "'" + value.replace("'", "''") + "'"
