"""The pack of Los Angeles: complete, in three languages, and in tally with the tables it was made from."""

from __future__ import annotations

import csv
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from pathlib import Path

import pytest

from commonweal.city.loading import load_city
from commonweal.city.pack import City
from commonweal.city.text_tables import TEXT_FIELDS

HOMICIDES_BY_YEAR = {"2020": 356, "2021": 402, "2022": 393, "2023": 331}
"""As counted from the City's open data; the note on measurement of the reference city has the same numbers."""

NAMES_THAT_STAY = {"Just Home", "Metro", "Commonweal"}
"""Proper names that a translation may leave as they are."""


@pytest.fixture(scope="module")
def city(packs: Path) -> City:
    """Load the pack."""
    return load_city(packs / "los-angeles")


def read_records(city: City, name: str) -> list[dict[str, str]]:
    """Read one table of facts that the pack carries."""
    with (city.folder / "records" / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def add_up(rows: Iterable[dict[str, str]], *keys: str, column: str = "crimes") -> Counter[tuple[str, ...]]:
    """Add up a column by keys; ``period`` is cut to its year."""
    totals: Counter[tuple[str, ...]] = Counter()
    for row in rows:
        totals[tuple(row[key][:4] if key == "period" else row[key] for key in keys)] += int(row[column])
    return totals


def list_public_texts(city: City) -> dict[tuple[str, str, str], str]:
    """List every text of the pack that can be translated and is not empty."""
    tables: dict[str, dict[str, object]] = {
        "city": {city.id: city},
        "areas": dict(city.areas),
        "programs": dict(city.programs),
        "figures": dict(city.figures),
        "commitments": dict(city.commitments),
        "measures": dict(city.measures),
        "sources": dict(city.sources),
        "breaks": dict(city.breaks),
        "events": {one.start.isoformat(): one for one in city.events},
        "suppression": dict(city.suppression),
    }
    assert set(tables) == set(TEXT_FIELDS)
    found = {}
    for table, rows in tables.items():
        for identifier, row in rows.items():
            for field in TEXT_FIELDS[table]:
                if text := getattr(row, field):
                    found[table, identifier, field] = text
    return found


def test_every_fact_of_the_reference_is_there(city: City) -> None:
    """The pack holds 21 areas, 21 police and 106 fire stations, 48 programs, 51 figures and 42 commitments."""
    stations = Counter(one.agency for one in city.stations.values())
    assert stations == {"police": 21, "fire": 106}
    assert len(city.areas) == 21
    assert (len(city.programs), len(city.figures), len(city.commitments)) == (48, 51, 42)


def test_each_area_has_its_police_station(city: City) -> None:
    """Every area is named by exactly one police station, and no fire station claims one."""
    areas = [one.area for one in city.stations.values() if one.area]
    assert sorted(areas) == sorted(city.areas)
    assert {one.agency for one in city.stations.values() if one.area} == {"police"}


@pytest.mark.parametrize("language", ["es", "ko"])
def test_no_public_text_is_left_untranslated(city: City, language: str) -> None:
    """Every text of the pack that a reader can see has a translation that differs from the English."""
    texts = list_public_texts(city)
    missing = [key for key in texts if not city.texts.get((language, *key))]
    assert missing == []
    same = {
        text
        for key, text in texts.items()
        if key[0] != "areas" and not text.isdigit() and city.texts[language, *key] == text
    }
    assert same <= NAMES_THAT_STAY


def test_nothing_is_translated_that_is_not_there(city: City) -> None:
    """No translation stands for a text that the pack has left empty."""
    texts = list_public_texts(city)
    assert [key for key in city.texts if key[1:] not in texts] == []


def test_korean_is_written_in_korean(city: City) -> None:
    """Every Korean text holds Hangul, and every whole sentence ends in the polite form."""
    texts = {key[1:]: text for key, text in city.texts.items() if key[0] == "ko"}
    assert {text for text in texts.values() if not re.search("[가-힣]", text)} <= NAMES_THAT_STAY
    sentences = [text for key, text in texts.items() if key[2] in {"statement", "narrative", "note", "why"}]
    assert [text for text in sentences if not text.endswith("니다.")] == []


def test_translations_keep_the_numbers(city: City) -> None:
    """Every number of an English text stands in the Spanish one, and in the Korean one but for millions."""
    number = re.compile(r"\d[\d,.]*\d|\d")
    wrong = []
    for key, text in list_public_texts(city).items():
        for language in ("es", "ko"):
            if language == "ko" and "million" in text:
                continue  # 66 million is written as 6,600 times ten thousand
            lost = set(number.findall(text)) - set(number.findall(city.texts[language, *key]))
            if lost and key[0] != "areas":
                wrong.append((language, key, lost))
    assert wrong == []


def test_homicides_by_year_are_those_counted_from_the_open_data(city: City) -> None:
    """The monthly table of the city and the yearly table of the areas add up to 356, 402, 393 and 331."""
    for name, year in (("crime_monthly_citywide.csv", "period"), ("crime_yearly_by_area.csv", "year")):
        rows = [row for row in read_records(city, name) if row["category"] == "Violent - Homicide"]
        totals = {key[0]: total for key, total in add_up(rows, year).items() if key[0] < "2024"}
        assert totals == HOMICIDES_BY_YEAR


@pytest.mark.parametrize("column", ["crimes", "cleared"])
def test_the_two_tables_of_crime_agree(city: City, column: str) -> None:
    """For every year and category, the months of the city and the areas of the year have the same total."""
    monthly = add_up(read_records(city, "crime_monthly_citywide.csv"), "period", "category", column=column)
    yearly = add_up(read_records(city, "crime_yearly_by_area.csv"), "year", "category", column=column)
    assert {key: n for key, n in monthly.items() if key[0] < "2024" and n} == {
        k: n for k, n in yearly.items() if n
    }


def test_twelve_months_from_december(city: City) -> None:
    """Homicides from December 2021 to November 2022 are 401, and 337 in the twelve months after."""
    rows = [
        r for r in read_records(city, "crime_monthly_citywide.csv") if r["category"] == "Violent - Homicide"
    ]
    by_month = {row["period"]: int(row["crimes"]) for row in rows}
    before = sum(n for month, n in by_month.items() if "2021-12" <= month <= "2022-11")
    after = sum(n for month, n in by_month.items() if "2022-12" <= month <= "2023-11")
    assert (before, after) == (401, 337)


def test_homicides_solved_in_2020(city: City) -> None:
    """The records say that 223 of the 356 homicides of 2020 were solved, against a published 55 percent."""
    rows = [
        r for r in read_records(city, "crime_monthly_citywide.csv") if r["category"] == "Violent - Homicide"
    ]
    assert add_up(rows, "period", column="cleared")[("2020",)] == 223
    figure = city.figures["homicide-clearance"]
    assert (figure.value, figure.form, figure.measure) == (55, "share", "homicide_clearance")


def test_categories_of_measures_are_those_of_the_records(city: City) -> None:
    """Every category that a measure of counts asks for is in the records, and every one of them is asked for once."""
    known = {row["category"] for row in read_records(city, "crime_monthly_citywide.csv")}
    asked = {
        str(one)
        for measure in city.measures.values()
        if measure.kind == "counts"
        for one in measure.where.get("category", ())
    }
    assert asked <= known
    codes = (city.folder / "maps" / "lapd_crime_codes.csv").read_text(encoding="utf-8").splitlines()
    grouped = dict(line.split(",", 1) for line in codes[1:])
    assert len(grouped) == len(codes) - 1
    assert set(grouped.values()) | {"Other"} == known


def test_the_homicide_claim_crosses_the_break(city: City) -> None:
    """The claim of −28.1 percent names a measure, a baseline of twelve months, and a span that holds the break."""
    claim = city.figures["homicide-change"]
    assert (claim.value, claim.form, claim.measure) == (-28.1, "change", "homicides")
    assert (claim.baseline_start, claim.baseline_end) == (date(2021, 12, 12), date(2022, 12, 11))
    changed = city.breaks["nibrs-2024"]
    assert claim.period_start is not None
    assert claim.period_end is not None
    assert claim.period_start < changed.on <= claim.period_end
    assert set(city.measures["homicides"].sources) <= set(changed.sources)


def test_no_number_and_no_day_is_invented(city: City) -> None:
    """No commitment has a deadline or a baseline: the sources name none."""
    for promise in city.commitments.values():
        assert (promise.deadline, promise.baseline, promise.baseline_on) == (None, None, None)
    targets = {name: one.target for name, one in city.commitments.items() if one.target is not None}
    assert targets["full-force"] == 9700
    assert len(targets) == 13


def test_units_that_nobody_published_say_so(city: City) -> None:
    """No row of the fleet pretends to be published."""
    assert {one.basis for one in city.fleet} == {"assumed"}
    assert all(one.source for one in city.fleet)


def test_overview_has_six_cards(city: City) -> None:
    """Six measures are headlines, in places one to six."""
    places = sorted(one.headline for one in city.measures.values() if one.headline)
    assert places == [1, 2, 3, 4, 5, 6]


def test_harm_that_hides_is_suppressed_more_strictly(city: City) -> None:
    """Sexual assault, violence at home and trafficking have a stricter threshold than the default."""
    default, strict = city.suppression["default"], city.suppression["intimate_violence"]
    assert strict.hide_to > default.hide_to >= 10
    for name in ("sexual_assaults", "domestic_violence", "human_trafficking"):
        assert city.measures[name].sensitivity == "intimate_violence"
        assert city.measures[name].direction == "none"


def test_no_source_pretends_to_be_verified(city: City) -> None:
    """Nothing here was tried against a live portal."""
    assert not any(one.verified for one in city.sources.values())


def test_names_of_areas_in_public_files_are_known(city: City) -> None:
    """Spellings of the monthly file, of official polygons and of older tables lead to one area each."""
    names: defaultdict[str, set[str]] = defaultdict(set)
    for area in city.areas.values():
        for name in (area.id, area.name, *area.aliases):
            names[name.lower()].add(area.id)
    for spelling, expected in {
        "N Hollywood": "n-hollywood", "NORTH HOLLYWOOD": "n-hollywood", "77Th Street": "77th-street",
        "77TH STREET": "77th-street", "West La": "west-la", "West LA": "west-la", "WEST LOS ANGELES": "west-la",
        "15": "n-hollywood", "08": "west-la",
    }.items():  # fmt: skip
        assert names[spelling.lower()] == {expected}


@pytest.mark.parametrize("name", ["los-angeles", "toronto", "chicago", "seattle", "san-francisco"])
def test_packs_hold_no_path_of_a_machine(packs: Path, name: str) -> None:
    """No file of a pack names a folder of the machine it was written on."""
    for path in (packs / name).rglob("*"):
        if path.is_file():
            assert not re.search(r"(?<![\w.])/(work|tmp|root|home)/", path.read_text(encoding="utf-8")), path


@pytest.mark.parametrize(
    ("name", "areas", "dataset"),
    [
        ("chicago", 22, "ijzp-q8t2"),
        ("seattle", 5, "tazs-3rd5"),
        ("san-francisco", 10, "wg3w-h783"),
        ("toronto", 140, ""),
    ],
)
def test_small_packs_are_in_order(packs: Path, name: str, areas: int, dataset: str) -> None:
    """Each small pack loads, names one source that is not verified, and says so in its README."""
    city = load_city(packs / name)
    (source,) = city.sources.values()
    assert len(city.areas) == areas
    assert source.dataset == dataset
    assert not source.verified
    assert (city.folder / "README.md").is_file()
    assert all(measure.sources == (source.id,) for measure in city.measures.values())


def test_the_los_angeles_datasets_are_named(city: City) -> None:
    """The two public data sets of crime reports are fetched from data.lacity.org, by a stable key."""
    fetched = {one.dataset: one for one in city.sources.values() if one.protocol == "socrata"}
    assert set(fetched) == {"63jg-8b9z", "2nrs-mtv8"}
    for source in fetched.values():
        assert (source.domain, source.order_by) == ("data.lacity.org", "dr_no")
        mapping = tomllib.loads((city.folder / "maps" / f"{source.map}.toml").read_text(encoding="utf-8"))
        assert mapping["source"] == source.id


def test_the_frame_holds_every_station(city: City) -> None:
    """Every station lies in the frame of the map."""
    frame = asdict(city.frame)
    for one in city.stations.values():
        assert frame["west"] <= one.lon <= frame["east"]
        assert frame["south"] <= one.lat <= frame["north"]
