"""Every kind of fault of a pack is found, and named by file, line, field and value."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from broken_pack import BrokenPack, brief

from commonweal.city import check_city, load_city
from commonweal.errors import InvalidPack

SQUARE = "[[-90, 40], [-89, 40], [-89, 41], [-90, 41], [-90, 40]]"

# file, text that is there, text that takes its place, field, value, words of the message
EDITS = [
    # city.toml
    ("city.toml", "schema = 1", "schema = 2", "schema", "2", "must be 1"),
    ("city.toml", 'id = "toy"', 'id = "Toy"', "id", "Toy", "lower-case"),
    ("city.toml", 'name = "Toy City"', 'name = ""', "name", None, "must not be empty"),
    ("city.toml", "America/Chicago", "America/Chicgo", "time_zone", "America/Chicgo", "America/Chicago"),
    ("city.toml", '"en", "es", "ko"', '"en", "es", "ko", "kor_KR"', "languages", "kor_KR", "language code"),
    ("city.toml", "population = 100000", 'population = "many"', "population", "many", "whole number"),
    ("city.toml", "population_source =", "population_sorce =", "population_sorce", None, "population_source"),
    ("city.toml", 'es = "Ciudad', 'fr = "Ciudad', "[names] fr", None, "en, es, ko"),
    ("city.toml", "west = -90", "west = -87", "[map] west", "-87.0", "smaller than east"),
    ("city.toml", "north = 42", "north = 142", "[map] north", "142.0", "from -90 to 90"),
    ("city.toml", "east = -88", "east = 88", "[map] west", "-90.0", "spans 178 degrees"),
    ("city.toml", "south = 40", 'south = "40"', "[map] south", "40", "must be a number"),
    # what the city knows of its numbers
    ("city.toml", 'protocol = "pack"', 'protocol = "zip"', "[[sources]] counts_monthly protocol", "zip", "socrata"),
    ("city.toml", 'kind = "counts"', 'kind = "count"', "[[sources]] counts_monthly kind", "count", "counts"),
    ("city.toml", 'licence = "CC0-1.0"', "licence = 1", "[[sources]] counts_monthly licence", "1", "in quotes"),
    ("city.toml", 'publisher = "Toy City Police"', "", "[[sources]] counts_monthly publisher", None, "missing"),
    ("city.toml", "2024-06-30", '"2024-06-30"', "[[sources]] counts_monthly covers_to", "2024-06-30",
     "without quotes"),
    ("city.toml", "2024-06-30", "2020-06-30", "[[sources]] counts_monthly covers_to", "2020-06-30", "covers_from"),
    ("city.toml", 'grain_area = "area"', 'grain_area = "town"', "[[sources]] counts_monthly grain_area",
     "town", "city"),
    ("city.toml", '"https://data.example.org/counts"', '"data.example.org"', "[[sources]] counts_monthly url",
     "data.example.org", "https://"),
    ("city.toml", 'map = "counts_monthly"', 'map = "counts_montly"', "[[sources]] counts_monthly map",
     "counts_montly", "counts_monthly"),
    ("city.toml", 'map = "counts_citywide"', 'map = "unit_times"', "[[sources]] counts_citywide map", "unit_times",
     "makes responses, this source yields counts"),
    ("city.toml", "records/counts_monthly.csv", "records/count_monthly.csv", "[[sources]] counts_monthly dataset",
     "records/count_monthly.csv", "records/counts_monthly.csv"),
    ("city.toml", "records/counts_monthly.csv", "../toy/records/counts_monthly.csv",
     "[[sources]] counts_monthly dataset", "../toy/records/counts_monthly.csv", "inside the pack"),
    ("city.toml", "records/counts_monthly.csv", "/etc/hostname", "[[sources]] counts_monthly dataset",
     "/etc/hostname", "inside the pack"),
    ("city.toml", 'domain = "data.example.org"', 'domain = "https://data.example.org/"',
     "[[sources]] crime_portal domain", "https://data.example.org/", "a host alone"),
    ("city.toml", 'dataset = "abcd-1234"', 'dataset = "abcd1234"', "[[sources]] crime_portal dataset", "abcd1234",
     "four and four"),
    ("city.toml", 'order_by = "report"', "", "[[sources]] crime_portal order_by", None, "protocol socrata needs it"),
    ("city.toml", "on = 2024-01-01", "", "[[breaks]] new-rules-2024 on", None, "is missing"),
    ("city.toml", "on = 2024-01-01", "on = 2024-01-01\nuntil = 2023-01-01", "[[breaks]] new-rules-2024 until",
     "2023-01-01", "before on"),
    ("city.toml", 'kinds = ["counts"]', 'kinds = ["counts", "crime"]', "[[breaks]] new-rules-2024 kinds", "crime",
     "crimes"),
    ("city.toml", 'sources = ["counts_monthly", ', 'sources = ["crime_points", ',
     "[[breaks]] new-rules-2024 sources", "crime_points", "yields crimes"),
    ("city.toml", 'sources = ["counts_monthly", ', 'sources = ["counts", ', "[[breaks]] new-rules-2024 sources",
     "counts", "counts_monthly"),
    ("city.toml", "hide_from = 1", "hide_from = 11", "[[suppression]] default hide_to", "10", "below hide_from (11)"),
    ("city.toml", "hide_to = 10", "hide_to = -1", "[[suppression]] default hide_to", "-1", "whole number from 0"),
    ("city.toml", 'geography = "area"', 'geography = "areas"', "[[suppression]] default geography", "areas",
     "all, area"),
    # places
    ("areas.csv", "hilltop,Hilltop,", "riverside,Hilltop,", "id", "riverside", "the first is in line 2"),
    ("areas.csv", "hilltop,Hilltop,Hill-Top", "hilltop,Hilltop,RIVER-SIDE", "aliases", "RIVER-SIDE", "riverside"),
    ("areas.csv", "20000", "20,000", None, None, "6 cells where the header has 5"),
    ("areas.csv", "20000", "20 000", "population", "20 000", "whole number"),
    ("areas.csv", "20000,Made up", "20000,", "population_source", "", "where the population comes from"),
    ("areas.csv", ",aliases,", ",alias,", "alias", None, "aliases"),
    ("areas.csv", "id,name,", "id,id,", "name", None, "column is missing"),
    ("stations.csv", "police-2,", "police-1,", "id", "police-1", "twice"),
    ("stations.csv", "hilltop,-88.5", "hilltops,-88.5", "area", "hilltops", "hilltop"),
    ("stations.csv", "-89.5,40.5", "40.5,-89.5", "lon", "40.5", "swapped"),
    ("stations.csv", "-89.5,40.5", "-89.5,43.5", "lat", "43.5", "(lon -89.5, lat 43.5) lies outside the map"),
    ("stations.csv", "-89.5,40.5", "-89.5,", "lat", "", "a number is needed"),
    ("stations.csv", "-89.5,40.5", "-89.5,4O.5", "lat", "4O.5", "must be a number"),
    ("stations.csv", "-89.5,40.5", "-89.5,nan", "lat", "nan", "must be a number"),
    ("stations.csv", ",police,", ",polise,", "agency", "polise", "police, fire, ems"),
    ("fleet.csv", "police-2,", "police-9,", "station", "police-9", "police-2"),
    ("fleet.csv", ",1,published", ",one,published", "units", "one", "whole number"),
    ("fleet.csv", ",2,published", ",2,guessed", "basis", "guessed", "published, assumed"),
    ("fleet.csv", "fire-4,rescue_ambulance", "fire-4,engine", "unit_type", "engine", "already, in line 5"),
    # strategy
    ("programs.csv", "Foot patrol", "", "name", "", "must not be empty"),
    ("programs.csv", "night-games,", "Night Games,", "id", "Night Games", "lower-case"),
    ("figures.csv", "robberies-change,patrol", "robberies-change,patrols", "program", "patrols", "patrol"),
    ("figures.csv", "12-31,robberies,", "12-31,robbery,", "measure", "robbery", "robberies"),
    ("figures.csv", "2023-12-31,robberies", "2022-12-31,robberies", "period_end", "2022-12-31",
     "before period_start"),
    ("figures.csv", "2022-01-01,2022-12-31,Rob", "2022-01-01,,Rob", "baseline_end", "", "baseline_start is given"),
    ("figures.csv", "2023-12-31,robberies", "2023-02-30,robberies", "period_end", "2023-02-30",
     "day of the calendar"),
    ("figures.csv", "2023-12-31,robberies", "31.12.2023,robberies", "period_end", "31.12.2023", "YYYY-MM-DD"),
    ("figures.csv", ",-25,percent", ",-125,percent", "value", "-125", "-100 percent or more"),
    ("figures.csv", ",-25,percent", ",−25,percent", "value", "−25", "must be a number"),
    ("figures.csv", ",33,percent", ",133,percent", "value", "133", "from 0 to 100"),
    ("figures.csv", ",equals,", ",is,", "relation", "is", "equals, more_than"),
    ("figures.csv", "108,robberies,equals,2023-01-01,2023-12-31,robberies,total",
     "108,robberies,equals,2023-01-01,2023-12-31,robberies,share", "form", "share", "denominator"),
    ("figures.csv", "robbery_clearance,share", "robbery_clearance,total", "form", "total", "is a share"),
    ("figures.csv", "https://example.org", "example.org", "url", "example.org/results-2023", "https://"),
    ("commitments.csv", "results,patrol,Fewer", "results,patroll,Fewer", "program", "patroll", "patrol"),
    ("commitments.csv", ",robberies,100", ",robbery,100", "measure", "robbery", "robberies"),
    ("commitments.csv", ",30,,,", ",130,,,", "target", "130", "from -100 to 100"),
    ("commitments.csv", "144,2022-12-31,2025-12-31", ",2022-12-31,2025-12-31", "baseline", "", "baseline_on"),
    ("commitments.csv", "144,2022-12-31,2025-12-31", "144,2022-12-31,2021-12-31", "deadline", "2021-12-31",
     "baseline_on"),
    ("commitments.csv", ",robberies,down,", ",robberies,less,", "direction", "less", "up, down"),
    ("events.csv", "2021-07-01,2021-08-31", "2021-07-01,2021-06-01", "end", "2021-06-01", "before start"),
    ("events.csv", "2022-06-01,", "2021-07-01,", "start", "2021-07-01", "already, in line 2"),
    # measures
    ("measures.toml", 'title = "Robberies"', "", "[robberies] title", None, "is missing"),
    ("measures.toml", 'direction = "down"', 'direction = "lower"', "[robberies] direction", "lower",
     "up, down, none"),
    ("measures.toml", '"counts_monthly", ', '"counts_month", ', "[robberies] sources", "counts_month",
     "counts_monthly"),
    ("measures.toml", '"counts_monthly", ', '"crime_points", ', "[robberies] sources", "crime_points",
     "yields crimes"),
    ("measures.toml", 'category = ["Robbery"], q', 'categry = ["Robbery"], q', "[robberies] where", "categry",
     "category"),
    ("measures.toml", 'quantity = ["incidents"]', 'quantity = ["incident"]', "[robberies] where", "incident",
     "incidents"),
    ("measures.toml", ', quantity = ["incidents"]', "", "[robberies] where", None, "one quantity"),
    ("measures.toml", 'category = ["Robbery"]', "category = [1]", "[robberies] where", "1", "texts in quotes"),
    ("measures.toml", 'category = ["Robbery"]', "category = []", "[robberies] where", "[]", "list of"),
    ("measures.toml", 'category = ["Robbery"]', 'area = ["riversid"], category = ["Robbery"]', "[robberies] where",
     "riversid", "riverside"),
    ("measures.toml", 'program = ["night-games"]', 'program = ["night-game"]', "[game_visits] where", "night-game",
     "night-games"),
    ("measures.toml", 'value = "sum:value"', 'value = "total:value"', "[robberies] value", "total:value",
     "p90:COLUMN"),
    ("measures.toml", 'value = "sum:value"', 'value = "sum:values"', "[robberies] value", "sum:values", "value"),
    ("measures.toml", 'value = "sum:value"', 'value = "sum:category"', "[robberies] value", "sum:category",
     "not a number"),
    ("measures.toml", 'value = "sum:value"', 'value = "count"', "[robberies] value", "count", "sum:value"),
    ("measures.toml", "median:arrived_at-dispatched_at", "median:arrived_at-unit", "[response_median] value",
     "median:arrived_at-unit", "must be times"),
    ("measures.toml", "median:arrived_at-dispatched_at", "median:arrived_at-arrived_at", "[response_median] value",
     "median:arrived_at-arrived_at", "from itself"),
    ("measures.toml", 'unit = "percent"', 'unit = "share"', "[robbery_clearance] unit", "share", "must be percent"),
    ("measures.toml", 'unit = "percent"', 'unit = "percent"\nper_population = true',
     "[robbery_clearance] per_population", None, "must be false"),
    ("measures.toml", "headline = 2", "headline = 1", "[burglaries] headline", "1", "taken by robberies"),
    ("measures.toml", "headline = 2", "headline = 0", "[burglaries] headline", "0", "from 1"),
    ("measures.toml", "per_population = true", "per_population = 1", "[robberies] per_population", "1",
     "true or false"),
    ("measures.toml", "headline = 2", 'sensitivity = "secret"', "[burglaries] sensitivity", "secret",
     "victim_traits"),
    ("measures.toml", "[burglaries]", '[burglaries]\nid = "x"', "[burglaries] id", None, "no such key"),
    ("measures.toml", "[burglaries]", "[Burglaries]", "[Burglaries]", None, "lower-case"),
    # other files
    ("maps/unit_times.toml", 'kind = "responses"', 'kind = "response"', "kind", "response", "responses"),
    ("maps/unit_times.toml", 'source = "unit_times"', 'source = "unit_time"', "source", "unit_time", "unit_times"),
    ("texts/es.csv", "measures,robberies,title", "measures,robbery,title", "id", "robbery", "robberies"),
    ("texts/es.csv", "measures,robberies,title", "measure,robberies,title", "table", "measure", "measures"),
    ("texts/es.csv", "measures,robberies,title", "measures,robberies,titel", "field", "titel", "title"),
    ("texts/es.csv", "measures,robberies,note", "measures,robberies,title", "field", "title", "translated twice"),
    ("texts/es.csv", "Robos con violencia\n", "\n", "text", "", "must not be empty"),
    ("texts/es.csv", "events,2021-07-01", "events,2021-07-02", "id", "2021-07-02", "2021-07-01"),
    ("areas.geojson", '"id": "hilltop"', '"id": "hilltops"', "id", "hilltops", "hilltop"),
    ("areas.geojson", '"approximate": false', '"approximate": "no"', "approximate", "no", "true or false"),
    ("areas.geojson", '"Polygon"', '"Point"', "geometry", "riverside", "Polygon or a MultiPolygon, not Point"),
    ("areas.geojson", SQUARE, SQUARE.replace("-90", "-90.5"), "geometry", "riverside",
     "west = -90.5, south = 40, east = -88, north = 42"),
    ("areas.geojson", SQUARE, SQUARE.replace("-90", "-9000"), "geometry", "riverside", "in degrees"),
    ("areas.geojson", "[-90, 40]", "[-90, 40.5]", "geometry", "riverside", "closed"),
    ("areas.geojson", '"features"', '"feature"', None, None, "FeatureCollection"),
    ("areas.geojson", '"FeatureCollection",', '"FeatureCollection", "crs": {"properties": {"name": "EPSG:2229"}},',
     "crs", "EPSG:2229", "WGS 84"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "field", "value", "words"), EDITS)
def test_one_fault_is_found(
    pack: BrokenPack, file: str, old: str, new: str, field: str | None, value: str | None, words: str
) -> None:
    """One edit that breaks a pack is named by file, field and value, with what is allowed, on the right line."""
    line = pack.line_of(file, old.split("\n", maxsplit=1)[0])
    pack.replace(file, old, new)
    problems = check_city(pack.folder)
    found = [
        one
        for one in problems
        if one.where.split(" ")[0] == file and (one.field, one.value) == (field, value)
    ]
    assert found, f"expected {field} = {value}, found {brief(problems)}"
    assert any(words in one.message for one in found), [one.message for one in found]
    if file.endswith(".csv"):
        assert found[0].row in (1, line)
    elif file.endswith(".toml"):
        assert found[0].row in pack.table_around(file, line)
    with pytest.raises(InvalidPack) as caught:
        load_city(pack.folder)
    assert caught.value.problems == problems


def test_toml_faults_name_the_line_of_the_key(pack: BrokenPack) -> None:
    """In TOML, a fault of a key stands on the key's line, even in the third table of an array."""
    line = pack.line_of("city.toml", 'dataset = "records/unit_times.csv"')
    pack.replace("city.toml", "records/unit_times.csv", "records/nothing.csv")
    assert brief(check_city(pack.folder)) == [
        ("city.toml", line, "[[sources]] unit_times dataset", "records/nothing.csv")
    ]
    pack.replace("city.toml", "records/nothing.csv", "records/unit_times.csv")
    line = pack.line_of("measures.toml", "headline = 3")
    pack.replace("measures.toml", "headline = 3", "headline = 3\ncolor = 1")
    assert brief(check_city(pack.folder)) == [("measures.toml", line + 1, "[homicides] color", None)]


def test_every_fault_is_reported_at_once(pack: BrokenPack) -> None:
    """Faults of many files come together, file by file and line by line, and nothing else is blamed."""
    pack.replace("stations.csv", "-88.5,41.5", "-8.85,41.5")
    pack.replace("figures.csv", ",108,robberies,", ",about 108,robberies,")
    pack.replace("stations.csv", ",police,", ",polise,")
    pack.replace("measures.toml", '"crime_portal"', '"crime_portl"')
    assert sorted(brief(check_city(pack.folder))) == [
        ("figures.csv", 3, "value", "about 108"),
        ("measures.toml", pack.line_of("measures.toml", "crime_portl"), "[thefts] sources", "crime_portl"),
        ("stations.csv", 2, "agency", "polise"),
        ("stations.csv", 5, "lon", "-8.85"),
    ]
    with pytest.raises(InvalidPack, match="has 4 problems"):
        load_city(pack.folder)


@pytest.mark.parametrize(
    "file", ["city.toml", "areas.csv", "measures.toml", "texts/ko.csv", "records/unit_times.csv"]
)
def test_a_missing_file_is_named(pack: BrokenPack, file: str) -> None:
    """A file that a pack needs is named where it is missing."""
    (pack.folder / file).unlink()
    assert any(file in str(one) for one in check_city(pack.folder))


@pytest.mark.parametrize("file", ["stations.csv", "fleet.csv", "programs.csv", "events.csv", "areas.geojson"])
def test_other_files_may_be_missing(pack: BrokenPack, file: str) -> None:
    """Without an optional file, only what refers to it is a fault."""
    (pack.folder / file).unlink()
    wheres = {one.where.split(" ")[0] for one in check_city(pack.folder)}
    assert file not in wheres


def test_a_folder_that_is_none() -> None:
    """A pack that is not there is one problem, not an error of Python."""
    with pytest.raises(InvalidPack, match="is not a folder"):
        load_city(Path("no-such-folder"))


def test_files_that_nothing_reads_are_named(pack: BrokenPack) -> None:
    """A table, folder or language that would be silently ignored is a fault, with the close name."""
    (pack.folder / "station.csv").write_text("id\n")
    (pack.folder / "record").mkdir()
    (pack.folder / "texts" / "fr.csv").write_text("table,id,field,text\n")
    (pack.folder / "notes.txt").write_text("Anything may stand in a note.")
    problems = {one.where: one.message for one in check_city(pack.folder)}
    assert set(problems) == {"station.csv", "record", "texts/fr.csv"}
    assert "stations.csv" in problems["station.csv"]
    assert "records" in problems["record"]


def test_links_out_of_the_pack_are_refused(pack: BrokenPack, tmp_path: Path) -> None:
    """A file or folder that is a link out of the pack is refused, and one inside it is not."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "areas.csv").write_bytes((pack.folder / "areas.csv").read_bytes())
    (pack.folder / "records" / "inside.csv").symlink_to(pack.folder / "records" / "unit_times.csv")
    assert check_city(pack.folder) == ()
    (pack.folder / "areas.csv").unlink()
    (pack.folder / "areas.csv").symlink_to(outside / "areas.csv")
    (pack.folder / "maps" / "elsewhere").symlink_to(outside)
    found = {one.where for one in check_city(pack.folder) if "out of the pack's folder" in one.message}
    assert found == {"areas.csv", "maps/elsewhere"}


@pytest.mark.parametrize(
    ("content", "words", "row"),
    [
        (b"\xff\xfei\x00d\x00", "UTF-16", None),
        (b"id,name\nriverside,Ribera\nn,Pe\xf1a\n", "not UTF-8", 3),
        (b"id,name\nriverside,River\x00side\n", "zero byte", 2),
        (b"", "is empty", 1),
        (b"id;name;aliases\nriverside;Riverside;\n", "separated by commas", 1),
        (b'id,name\nriverside,"Riverside\nhilltop,Hilltop\n', "not readable as CSV", 2),
        (b'id,name\nriverside,"River"side\n', "not readable as CSV", 2),
        (b"id,name,name\nriverside,Riverside,R\n", "stands in the header twice", 1),
    ],
)
def test_bytes_that_are_no_table(pack: BrokenPack, content: bytes, words: str, row: int | None) -> None:
    """A table in another encoding, or that is no CSV, is one clear fault with its line."""
    (pack.folder / "areas.csv").write_bytes(content)
    found = [one for one in check_city(pack.folder) if one.where == "areas.csv"]
    assert [(words in one.message, one.row) for one in found] == [(True, row)]


def test_a_byte_order_mark_and_foreign_line_ends_are_read(pack: BrokenPack) -> None:
    """A spreadsheet's byte-order mark, CRLF line ends and blank lines at the end change nothing."""
    for file in ("areas.csv", "stations.csv", "figures.csv", "city.toml"):
        text = (pack.folder / file).read_text(encoding="utf-8")
        content = b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode() + b"\r\n\r\n"
        (pack.folder / file).write_bytes(content)
    assert check_city(pack.folder) == ()


def test_a_quoted_line_break_does_not_shift_lines(pack: BrokenPack) -> None:
    """A fault after a cell with a line break is named by the line an editor shows."""
    pack.replace(
        "events.csv", '"People stayed home for two months."', '"People stayed home\nfor two months."'
    )
    pack.replace("events.csv", "2022-06-01", "2022-06-31")
    assert brief(check_city(pack.folder)) == [("events.csv", 4, "start", "2022-06-31")]


@pytest.mark.parametrize(
    ("text", "row"),
    [("schema = 1\nname = 'x\n", 2), ("schema = 1\nschema = 1\n", 2), ("[[sources]]\nid = \n", 2)],
)
def test_bad_toml_names_its_line(pack: BrokenPack, text: str, row: int) -> None:
    """A document that is not TOML is one fault with its line."""
    (pack.folder / "city.toml").write_text(text)
    found = [one for one in check_city(pack.folder) if one.where == "city.toml"]
    assert [one.row for one in found] == [row]
    assert found[0].message.startswith("is not readable as TOML")


def test_deep_nesting_is_a_fault(pack: BrokenPack) -> None:
    """A document nested ten thousand times is refused, not a crash."""
    (pack.folder / "measures.toml").write_text("a = " + "[" * 10_000 + "]" * 10_000)
    (pack.folder / "areas.geojson").write_text("[" * 100_000)
    wheres = [one.where for one in check_city(pack.folder)]
    assert {"measures.toml", "areas.geojson"} <= set(wheres)


def test_long_values_are_shortened(pack: BrokenPack) -> None:
    """A value of a thousand signs does not fill the terminal."""
    pack.replace("stations.csv", ",police,", f",{'p' * 1000},")
    (problem,) = check_city(pack.folder)
    assert problem.value is not None
    assert len(problem.value) == 120


@pytest.mark.parametrize("name", ["los-angeles", "toronto", "chicago", "seattle", "san-francisco", "toy"])
def test_shipped_packs_are_in_order(packs: Path, name: str) -> None:
    """Every pack that ships with the program passes the check."""
    assert check_city(packs / name) == ()


def test_messages_are_plain(pack: BrokenPack) -> None:
    """A problem reads as one line: file, line, field, value, what is allowed."""
    pack.replace("stations.csv", "-89.5,40.5", "40.5,-89.5")
    (problem,) = check_city(pack.folder)
    assert re.fullmatch(
        r"stations\.csv:2: lon = '40\.5': the point \(lon 40\.5, lat -89\.5\) lies outside the map "
        r"\(lon -90 to -88, lat 40 to 42\); lon and lat are swapped",
        str(problem),
    )
