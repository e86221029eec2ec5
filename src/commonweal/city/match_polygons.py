"""Match the features of an official file of polygons to the areas of a pack, by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from shapely.geometry.base import BaseGeometry

from commonweal.city.area_names import AreaNames, normalize_name, prepare_area_names
from commonweal.city.faults import Faults, name_known
from commonweal.city.identifiers import make_identifier
from commonweal.city.places import Area
from commonweal.city.polygons import Feature


@dataclass(frozen=True, slots=True)
class PolygonMatcher:
    """Takes features one by one, and remembers what they matched.

    Attributes
    ----------
    areas : mapping of str to Area
        Areas of the pack.
    where : str
        Name of the file, for messages.
    name_property : str
        Property that names the area.
    create : bool
        Whether names that the pack does not know become new areas.
    faults : Faults
        Where faults are written down.
    parts : dict
        Polygons by area; several where several features have one name.
    created : dict
        Name by identifier of the new areas.
    """

    areas: Mapping[str, Area]
    where: str
    name_property: str
    create: bool
    faults: Faults
    parts: dict[str, list[BaseGeometry]] = field(default_factory=dict)
    created: dict[str, str] = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)

    def match(self, features: tuple[Feature, ...]) -> None:
        """Match every feature, and write down areas that are left without a polygon."""
        known = prepare_area_names(self.areas)
        for feature in features:
            self._take(feature, known)
        for area in self.areas:
            if area not in self.parts:
                message = "no polygon for this area of areas.csv; remove the area, or add its polygon"
                self.faults.add(self.where, message, field=self.name_property, value=area)

    def _take(self, feature: Feature, known: AreaNames) -> None:
        place = f"{self.where} feature {feature.place}"
        given = feature.properties.get(self.name_property)
        name = str(given).strip() if isinstance(given, str | int) and not isinstance(given, bool) else ""
        if not normalize_name(name):
            self.faults.add(place, "must name its area", field=self.name_property, value=given)
            return
        area = known.find(name) or self._find_created(name) or (self._create(name) if self.create else None)
        if area is None:
            self.faults.add(place, self._explain_unknown(name), field=self.name_property, value=name)
            return
        parts = self.parts.setdefault(area, [])
        if feature.geometry is None:
            self.faults.add(place, feature.problem, field="geometry", value=name)
            return
        first = self._names.setdefault(area, name)
        if normalize_name(first) != normalize_name(name):
            message = f"this area has the polygon of {first!r} already"
            self.faults.add(place, message, field=self.name_property, value=name)
        parts.append(feature.geometry)

    def _explain_unknown(self, name: str) -> str:
        hint = name_known(name, tuple(area.name for area in self.areas.values()))
        if self.create:
            return (
                "this name has no Latin letter or digit to make an identifier of; add it to areas.csv by hand"
            )
        return f"no area of areas.csv goes by this name; {hint}"

    def _find_created(self, name: str) -> str | None:
        plain = normalize_name(name)
        return next((area for area, given in self.created.items() if normalize_name(given) == plain), None)

    def _create(self, name: str) -> str | None:
        stem = make_identifier(name)
        if not stem:
            return None
        area, number = stem, 1
        while area in self.areas or area in self.created:
            number += 1
            area = f"{stem}-{number}"
        self.created[area] = name
        return area
