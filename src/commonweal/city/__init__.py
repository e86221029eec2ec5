"""The city as data: one folder, loaded and checked.

Public names
------------
load_city, check_city : load a pack that is in order; list every problem of one that is not
locate_points : the area of each of many points
find_area_by_name, prepare_area_names : an area by any spelling of its name
find_pack, list_packs, copy_pack : packs that ship with the program
scaffold_city : start a pack for another city
write_areas : replace approximate areas by official polygons
"""

from __future__ import annotations

from commonweal.city.area_names import AreaNames, find_area_by_name, normalize_name, prepare_area_names
from commonweal.city.loading import check_city, load_city
from commonweal.city.locate import locate_points
from commonweal.city.pack import City
from commonweal.city.scaffold import scaffold_city
from commonweal.city.shipped import copy_pack, find_pack, list_packs
from commonweal.city.write_areas import AreasReplaced, write_areas

__all__ = [
    "AreaNames",
    "AreasReplaced",
    "City",
    "check_city",
    "copy_pack",
    "find_area_by_name",
    "find_pack",
    "list_packs",
    "load_city",
    "locate_points",
    "normalize_name",
    "prepare_area_names",
    "scaffold_city",
    "write_areas",
]
