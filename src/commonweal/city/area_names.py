"""Find an area by any spelling of its name."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from commonweal.city.pack import City
from commonweal.city.places import Area


@dataclass(frozen=True, slots=True)
class AreaNames:
    """Identifiers, names and aliases of the areas of a city, prepared for many look-ups.

    Attributes
    ----------
    by_name : mapping of str to str
        Area identifier by normalized spelling.
    """

    by_name: Mapping[str, str]

    def find(self, name: str) -> str | None:
        """Return the identifier of the area that goes by this name, or none."""
        return self.by_name.get(normalize_name(name))


def normalize_name(name: str) -> str:
    """Reduce a name to what tells it apart: no case, accents, spaces or punctuation.

    ``77th Street``, ``77Th  Street`` and ``77TH-STREET`` become one.
    """
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold())
    return "".join(sign for sign in plain if sign.isalnum())


def prepare_area_names(areas: Mapping[str, Area]) -> AreaNames:
    """Index every spelling of the areas; where a faulty pack uses one twice, the first area stays.

    Parameters
    ----------
    areas : mapping of str to Area
        Areas by identifier, for example ``city.areas``.
    """
    by_name: dict[str, str] = {}
    for area in areas.values():
        for name in (area.id, area.name, *area.aliases):
            if plain := normalize_name(name):
                by_name.setdefault(plain, area.id)
    return AreaNames(by_name)


def find_area_by_name(city: City, name: str) -> Area | None:
    """Return the area that goes by a name, or none; for many names, prepare them with `prepare_area_names`."""
    found = prepare_area_names(city.areas).find(name)
    return None if found is None else city.areas[found]
