"""Fetching from portals that misbehave: what arrives is what the portal holds, row by row, or a clear error."""

from __future__ import annotations

import json
import random
import textwrap
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest
from fake_portals import FakePortal, FakeTable, Row, serve
from make_city import make_city, make_source

from commonweal.city.pack import City
from commonweal.errors import InvalidRequest, NotFound, SourceChanged, SourceError, SourceUnreachable
from commonweal.sources.fetch import TOKEN_VARIABLE, FetchSettings, fetch_source
from commonweal.sources.parse import Parsed
from commonweal.sources.portal_client import Patience

NOW = datetime(2026, 1, 1, tzinfo=UTC)
OLD, NEW = "2024-01-01T00:00:00.000Z", "2100-01-01T00:00:00.000Z"

SODA_MAP = """
    kind = "crimes"
    source = "soda"
    [columns]
    record_id = "DR NO"
    category = "Crm Desc"
    occurred_at = { from = "date_occ", time = "time_occ", time_format = "%H%M" }
    [point]
    lon = "location.longitude"
    lat = "location.latitude"
"""
ARCGIS_MAP = """
    kind = "crimes"
    source = "arcgis"
    [columns]
    record_id = "OBJECTID"
    category = "Type"
    occurred_at = { from = "Occurred", format = "epoch_ms" }
    [point]
    lon = "geometry.lon"
    lat = "geometry.lat"
"""


@pytest.fixture
def city(tmp_path: Path) -> City:
    """Make a city with one source of each protocol, and their mapping files."""
    maps = tmp_path / "pack" / "maps"
    maps.mkdir(parents=True)
    (maps / "soda_map.toml").write_text(textwrap.dedent(SODA_MAP), encoding="utf-8")
    (maps / "arcgis.toml").write_text(textwrap.dedent(ARCGIS_MAP), encoding="utf-8")
    sources = (
        make_source("soda", "crimes", protocol="socrata", domain="data.example.org", dataset="abcd-1234",
                    map="soda_map", order_by="dr_no", updated_column=":updated_at", where="crm_desc != 'TEST'"),
        make_source("arcgis", "crimes", protocol="arcgis", domain="gis.example.org",
                    dataset="org/arcgis/rest/services/Crime/FeatureServer/0", updated_column="EditDate"),
        make_source("by_hand", "crimes"),
    )  # fmt: skip
    return make_city(sources, folder=tmp_path / "pack")


def make_soda(rows: int = 25) -> FakePortal:
    table = FakeTable(
        {":id": "text", ":updated_at": "fixed_timestamp", "dr_no": "number", "crm_desc": "text",
         "date_occ": "floating_timestamp", "time_occ": "text", "location": "location", "weapon": "text"}
    )  # fmt: skip
    table.rows = [make_row(number) for number in range(1, rows + 1)]
    table.rows.append({**make_row(9_999), "crm_desc": "TEST"})
    return FakePortal(table)


def make_row(number: int, crime: str = "ROBBERY") -> Row:
    return {
        ":id": f"row-{number * 7919 % 1000}",
        ":updated_at": OLD,
        "dr_no": str(number),
        "crm_desc": f"{crime} {number % 3}",
        "date_occ": f"2023-05-{1 + number % 28:02d}T00:00:00.000",
        "time_occ": f"{number % 24:02d}30",
    }


def truth_of(portal: FakePortal) -> list[tuple[str, str]]:
    rows = portal.table.rows
    return sorted((r["dr_no"], r["crm_desc"]) for r in rows if r["crm_desc"] != "TEST")


def rows_of(parsed: Parsed) -> list[tuple[str, str]]:
    assert parsed.rejected.is_empty()
    return sorted(parsed.table.select("record_id", "category").iter_rows())


class Waits:
    """Sleeps without sleeping, and remembers for how long."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    def patience(self, **changes: float) -> Patience:
        options = {"timeout_s": 0.4, **changes}
        return Patience(sleep=self.seconds.append, draw=lambda: 1.0, **options)  # type: ignore[arg-type]


Fetch = Callable[..., Parsed]


@pytest.fixture
def fetch(city: City, tmp_path: Path) -> Fetch:
    """Fetch from a portal that is served for the time of one call."""

    def run(
        portal: FakePortal, source: str = "soda", *, page_rows: int = 10, waits: Waits | None = None
    ) -> Parsed:
        with serve(portal) as address:
            settings = FetchSettings(
                base_url=address, page_rows=page_rows, patience=(waits or Waits()).patience()
            )
            return fetch_source(city, source, state_dir=tmp_path / "state", now=NOW, settings=settings)

    return run


def test_a_dataset_arrives_whole(fetch: Fetch) -> None:
    """Every row the filter lets through becomes a record; a column that no row has a value in is no change."""
    portal = make_soda()
    parsed = fetch(portal)
    assert rows_of(parsed) == truth_of(portal)
    assert len(portal.page_requests()) == 3
    told = parsed.provenance
    assert (told.rows_read, told.rows_kept, told.file_name) == (25, 25, "data.example.org/abcd-1234")
    assert parsed.table.get_column("occurred_at").min() == datetime(2023, 5, 2, 8, 30, tzinfo=UTC)
    assert portal.page_requests()[1]["$where"] == "(crm_desc != 'TEST') AND dr_no > 10"


def test_numbers_are_compared_as_numbers(fetch: Fetch) -> None:
    """Keys 9 and 10 follow each other: pages by a number do not go by its text."""
    portal = make_soda(120)
    assert rows_of(fetch(portal, page_rows=9)) == truth_of(portal)


def test_a_busy_portal_is_asked_again_after_as_long_as_it_says(fetch: Fetch) -> None:
    """429, 500, a cut line, a wrong answer and silence are each followed by a longer wait, and then by the rows."""
    portal = make_soda()
    portal.script = {1: "429", 2: "500", 3: "cut", 4: "html", 5: "slow"}
    waits = Waits()
    assert rows_of(fetch(portal, waits=waits)) == truth_of(portal)
    assert waits.seconds == [7.0, 2.0, 4.0, 8.0, 16.0]


def test_a_wait_is_never_longer_than_patience_and_drawn_by_chance() -> None:
    """The wait doubles, is drawn between half and all of that, and a portal's wish is kept up to the longest wait."""
    patience = Patience(draw=lambda: 0.0, longest_wait_s=30.0)
    assert [patience.find_wait(n, None) for n in (0, 1, 5, 9)] == [0.5, 1.0, 15.0, 15.0]
    assert patience.find_wait(0, 12.0) == 12.0
    assert patience.find_wait(0, 9_999.0) == 30.0


def test_retry_after_may_be_a_date(fetch: Fetch) -> None:
    """A date in Retry-After is counted from the portal's own clock."""
    portal = make_soda()
    portal.script = {0: "429"}
    portal.retry_after = (datetime.now(UTC) + timedelta(seconds=20)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    waits = Waits()
    fetch(portal, waits=waits)
    assert 15 <= waits.seconds[0] <= 21


@pytest.mark.parametrize("seed", range(8))
def test_whatever_goes_wrong_nothing_is_lost(fetch: Fetch, seed: int) -> None:
    """Under random trouble on nearly every page, with rows coming and going, the end is what the portal holds."""
    chance = random.Random(seed)  # noqa: S311
    portal = make_soda(60)

    def change() -> None:
        gone = chance.randrange(len(portal.table.rows) - 1)
        if portal.table.rows[gone]["crm_desc"] != "TEST":
            del portal.table.rows[gone]
        number = chance.randrange(100, 9_000)
        portal.table.rows.append({**make_row(number), ":updated_at": NEW})
        portal.table.rows = list({row["dr_no"]: row for row in portal.table.rows}.values())

    troubles = ["", "", "", "429", "500", "cut", "html", "repeat", change]
    portal.script = {page: chance.choice(troubles) for page in range(40)}  # type: ignore[misc]
    portal.script |= dict.fromkeys(range(2, 40, 3), "")
    for _ in range(10):
        try:
            parsed = fetch(portal, page_rows=7)
        except SourceError:
            continue
        break
    portal.script = {}
    assert rows_of(parsed) == truth_of(portal) or rows_of(fetch(portal, page_rows=7)) == truth_of(portal)
    assert rows_of(fetch(portal, page_rows=7)) == truth_of(portal)


def test_a_cut_reading_goes_on_where_it_stopped(fetch: Fetch) -> None:
    """After three pages the portal dies; the next try asks only for what is missing."""
    portal = make_soda(50)

    def die() -> None:
        portal.dead = True

    portal.script = {3: die, 4: die}
    with pytest.raises(SourceUnreachable, match="cut the line or fell silent"):
        fetch(portal)
    portal.dead, portal.script = False, {}
    had = len(portal.page_requests())
    assert rows_of(fetch(portal)) == truth_of(portal)
    later = [one.get("$where", "") for one in portal.page_requests()[had:]]
    assert later
    assert all("dr_no > " in where for where in later), (had, portal.asked)
    assert int(later[0].rsplit("> ", 1)[1]) >= 30


def test_the_next_time_only_what_changed_is_asked_for(fetch: Fetch) -> None:
    """Two new rows and one changed row arrive in one small page, and take their places among the others."""
    portal = make_soda(50)
    fetch(portal)
    before = len(portal.page_requests())
    portal.table.rows[4] = {**make_row(5, "BURGLARY"), ":updated_at": NEW}
    portal.table.rows += [{**make_row(n), ":updated_at": NEW} for n in (60, 61)]
    parsed = fetch(portal)
    assert rows_of(parsed) == truth_of(portal)
    assert len(portal.page_requests()) == before + 1, portal.asked
    (request,) = portal.page_requests()[before:]
    assert ":updated_at >= '" in request["$where"]
    assert len(portal.last_rows) == 3


def test_rows_that_the_portal_deleted_go_away(fetch: Fetch) -> None:
    """When the portal has fewer rows than were had, all is read again."""
    portal = make_soda(30)
    fetch(portal)
    del portal.table.rows[3:9]
    assert rows_of(fetch(portal)) == truth_of(portal)


def test_rows_that_come_behind_the_reader_are_fetched_too(fetch: Fetch) -> None:
    """A row that appears at a key already passed is asked for as a change, at the end."""
    portal = make_soda(30)
    portal.table.rows = [row for row in portal.table.rows if row["dr_no"] != "2"]
    late = {**make_row(2), ":updated_at": NEW}
    portal.script = {2: lambda: portal.table.rows.append(late)}
    assert rows_of(fetch(portal)) == truth_of(portal)


def test_a_page_that_comes_twice_counts_once(fetch: Fetch) -> None:
    """The repeated rows are recognized by their key, and the reader is told."""
    portal = make_soda(30)
    portal.script = {1: "repeat", 2: "repeat"}
    parsed = fetch(portal)
    assert rows_of(parsed) == truth_of(portal)
    assert parsed.provenance.notes[0] == "20 rows came twice from the portal and were taken once."


def test_a_portal_that_never_goes_on_is_left(fetch: Fetch) -> None:
    """The same page again and again is an error, not an endless reading."""
    portal = make_soda(30)
    portal.script = dict.fromkeys(range(1, 99), "repeat")
    with pytest.raises(SourceError, match="the same page again and again"):
        fetch(portal)
    assert portal.pages == 4


def test_a_portal_that_keeps_rows_back_is_not_believed(fetch: Fetch) -> None:
    """When fewer rows come than the portal says it has, nothing is loaded."""
    portal = make_soda(30)
    portal.count_offset = 4
    with pytest.raises(SourceError, match="says that it has 34 rows and gives 30"):
        fetch(portal)


def test_a_changed_schema_names_what_is_missing(fetch: Fetch, tmp_path: Path) -> None:
    """All columns that are gone are named with close ones, and no row is kept."""
    portal = make_soda()
    renamed = {"date_occ": "date_occurred", "location": "geolocation"}
    portal.table.types = {
        renamed.get(name, name): kind for name, kind in portal.table.types.items() if name != "time_occ"
    }
    with pytest.raises(SourceChanged) as caught:
        fetch(portal)
    text = str(caught.value)
    assert "soda: date_occ: the portal no longer has this column; did you mean date_occurred" in text
    assert "soda: time_occ: the portal no longer has this column" in text
    assert "soda: location.longitude: the portal no longer has this column" in text
    assert "Change soda_map.toml to fit" in text
    assert not list((tmp_path / "state" / "soda").glob("*.parquet"))


def test_the_app_token_is_sent_and_may_come_from_the_environment(
    fetch: Fetch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Socrata gets the token in its header; ArcGIS never does."""
    monkeypatch.setenv(TOKEN_VARIABLE, "secret")
    portal = make_soda()
    fetch(portal)
    assert {one.get("X-App-Token") for one in portal.headers} == {"secret"}
    layer = make_layer()
    fetch(layer, "arcgis")
    assert {one.get("X-App-Token") for one in layer.headers} == {None}


def test_without_a_network_the_error_says_what_to_do(city: City, tmp_path: Path) -> None:
    """A port where nobody listens is tried twice, and the message names the way out."""
    waits = Waits()
    with serve(make_soda()) as address:
        pass
    settings = FetchSettings(base_url=address, patience=waits.patience())
    with pytest.raises(SourceUnreachable, match="Is there a network\\? Files that you have can be loaded"):
        fetch_source(city, "soda", state_dir=tmp_path, now=NOW, settings=settings)
    assert len(waits.seconds) == 1


def test_what_cannot_be_fetched_is_said(city: City, tmp_path: Path, fetch: Fetch) -> None:
    """An unknown source, one that is loaded by hand, plain HTTP to a stranger, and a refusal have their own words."""
    with pytest.raises(NotFound):
        fetch_source(city, "soba", state_dir=tmp_path, now=NOW)
    with pytest.raises(InvalidRequest, match="its protocol is file\\); known: soda, arcgis"):
        fetch_source(city, "by_hand", state_dir=tmp_path, now=NOW)
    settings = FetchSettings(base_url="http://data.example.org")
    with pytest.raises(InvalidRequest, match="over https only"):
        fetch_source(city, "soda", state_dir=tmp_path, now=NOW, settings=settings)
    portal = make_soda()
    portal.script = {0: "403"}
    with pytest.raises(SourceError, match="refuses with status 403: Status 403 it is"):
        fetch(portal)


def test_a_damaged_state_is_forgotten(fetch: Fetch, tmp_path: Path) -> None:
    """Whatever is in the folder of the state, the rows are right afterwards."""
    portal = make_soda(30)
    fetch(portal)
    state = tmp_path / "state" / "soda" / "state.json"
    for content in ("", "[]", '{"version": 1, "query": 5}', json.dumps({"version": 99})):
        state.write_text(content, encoding="utf-8")
        assert rows_of(fetch(portal)) == truth_of(portal)
    (tmp_path / "state" / "soda" / "rows.parquet").unlink()
    assert rows_of(fetch(portal)) == truth_of(portal)
    assert sorted(path.name for path in state.parent.iterdir()) == ["rows.parquet", "state.json"]


def test_the_same_rows_have_the_same_hash(fetch: Fetch, tmp_path: Path) -> None:
    """What was read in other pages, or later, has the same content hash when the rows are the same."""
    portal = make_soda(30)
    first = fetch(portal, page_rows=7)
    random.Random(1).shuffle(portal.table.rows)  # noqa: S311
    again = fetch(portal, page_rows=11)
    assert first.provenance.content_hash == again.provenance.content_hash
    assert first.table.equals(again.table)


def make_layer(rows: int = 12) -> FakePortal:
    table = FakeTable(
        {"OBJECTID": "number", "Type": "text", "Occurred": "number", "EditDate": "number", "shape": "s"}
    )
    square = [[[0.6, 0.2], [0.6, 0.4], [0.8, 0.4], [0.8, 0.2], [0.6, 0.2]]]
    for number in range(1, rows + 1):
        shape: Row | None = {"x": 0.01 * number, "y": 0.5}
        if number % 5 == 0:
            shape = {"rings": square}
        if number % 7 == 0:
            shape = None
        row = {
            "OBJECTID": number,
            "Type": f"T{number % 2}",
            "Occurred": 1_700_000_000_000 + number,
            "EditDate": 0,
        }
        table.rows.append({**row, "shape": shape})
    return FakePortal(table, page_limit=5)


def layer_truth(portal: FakePortal) -> list[tuple[str, str]]:
    return sorted((str(row["OBJECTID"]), row["Type"]) for row in portal.table.rows)


def test_a_feature_layer_arrives_whole(fetch: Fetch) -> None:
    """The server's own limit ends pages early and says so; points and points inside polygons find their areas."""
    portal = make_layer()
    parsed = fetch(portal, "arcgis", page_rows=100)
    assert rows_of(parsed) == layer_truth(portal)
    assert [one["where"] for one in portal.page_requests()] == [
        "(1=1)",
        "(1=1) AND OBJECTID > 5",
        "(1=1) AND OBJECTID > 10",
    ]
    assert {one["outSR"] for one in portal.page_requests()} == {"4326"}
    places = dict(parsed.table.select("record_id", "area").iter_rows())
    assert (places["1"], places["5"], places["7"]) == ("west-side", "east-side", None)
    moments = parsed.table.get_column("occurred_at").dt.epoch("ms").sort().to_list()
    assert moments == [row["Occurred"] for row in portal.table.rows]


def test_a_feature_layer_gives_what_changed(fetch: Fetch) -> None:
    """The second time only features edited since are asked for."""
    portal = make_layer()
    fetch(portal, "arcgis", page_rows=100)
    before = len(portal.page_requests())
    portal.table.rows[2] = {**portal.table.rows[2], "Type": "T9", "EditDate": 4_000_000_000_000}
    assert rows_of(fetch(portal, "arcgis", page_rows=100)) == layer_truth(portal)
    assert len(portal.page_requests()) == before + 1, portal.asked
    (request,) = portal.page_requests()[before:]
    assert "EditDate >= timestamp '" in request["where"]


def test_errors_inside_a_good_answer_are_errors(fetch: Fetch) -> None:
    """A busy server that says so with status 200 is asked again; a refusal is passed on with its words."""
    portal = make_layer()
    portal.script = {0: '{"error": {"code": 503, "message": "Service unavailable", "details": []}}', 1: "cut"}
    assert rows_of(fetch(portal, "arcgis")) == layer_truth(portal)
    refusing = make_layer()
    refusing.script = {
        0: '{"error": {"code": 400, "message": "Invalid query", "details": ["no such field"]}}'
    }
    refusing.table.rows.append({**refusing.table.rows[0], "OBJECTID": 99})
    with pytest.raises(SourceError, match="refuses with code 400: Invalid query no such field"):
        fetch(refusing, "arcgis")
    odd = make_layer()
    odd.script = {0: '{"features": [1]}'}
    with pytest.raises(SourceChanged, match="does not answer with a list of features"):
        fetch(odd, "arcgis")


def test_progress_is_told(city: City, tmp_path: Path) -> None:
    """After each page the rows had and the rows there are are told."""
    told: list[tuple[int, int]] = []
    with serve(make_soda()) as address:
        settings = FetchSettings(base_url=address, page_rows=10)
        fetch_source(
            city, "soda", state_dir=tmp_path, now=NOW, settings=settings, progress=lambda *n: told.append(n)
        )
    assert told == [(10, 25), (20, 25), (25, 25)]
    assert pl.read_parquet(tmp_path / "soda" / "rows.parquet").height == 25
