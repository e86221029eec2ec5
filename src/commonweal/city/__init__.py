"""The city as data: one folder, loaded and checked.

Public names
------------
load_city, check_city : load a pack that is in order; list every problem of one that is not
locate_points : the area of each of many points
find_area_by_name, prepare_area_names : an area by any spelling of its name
"""

from __future__ import annotations

from commonweal.city.area_names import AreaNames, find_area_by_name, normalize_name, prepare_area_names
from commonweal.city.loading import check_city, load_city
from commonweal.city.locate import locate_points
from commonweal.city.pack import City

__all__ = [
    "AreaNames",
    "City",
    "check_city",
    "find_area_by_name",
    "load_city",
    "locate_points",
    "normalize_name",
    "prepare_area_names",
]
