"""Every word that a reader sees is there in every language."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from commonweal.reports.catalogs import (
    LANGUAGES,
    check_catalog,
    find_catalog,
    list_messages,
    read_catalog,
    update_catalog,
    write_catalog,
)


@pytest.fixture(scope="module")
def messages() -> Catalog:
    return list_messages()


def test_messages_are_found_in_code_and_templates(messages: Catalog) -> None:
    """Sentences of the code, labels of the report and texts of the pages are all read."""
    places = {location[0] for message in messages for location in message.locations}
    assert any(place.startswith("commonweal/reports/sentences/") for place in places)
    assert any(place.startswith("commonweal/web/templates/") for place in places)
    assert messages.get("%(measure)s fell by %(much)s", "count") is not None


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogs_are_complete(language: str, messages: Catalog) -> None:
    """No message is missing, unsure, or has other places than the English one."""
    path = find_catalog(language)
    assert path is not None
    assert check_catalog(read_catalog(path), messages, language) == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogs_hold_nothing_that_is_no_longer_used(language: str, messages: Catalog) -> None:
    """Every message of a catalog is still in the code or a template."""
    path = find_catalog(language)
    assert path is not None
    known = {(message.id, message.context) for message in messages}
    stale = [m.id for m in read_catalog(path) if m.id and (m.id, m.context) not in known]
    assert stale == []


@pytest.mark.parametrize(
    ("translation", "fault"),
    [
        ("", "missing"),
        ("%(x)s bajó", "places"),
        ("%(measure)s bajó", "places"),
        ("%(measure)s bajó %(much)s en 5 %", "percent"),
    ],
)
def test_faults_of_a_translation_are_found(translation: str, fault: str) -> None:
    """A missing text, a wrong place and a lone percent sign are each found."""
    messages, catalog = Catalog(), Catalog(locale="es")
    messages.add("%(measure)s fell by %(much)s")
    catalog.add("%(measure)s fell by %(much)s", translation)
    assert [found.fault for found in check_catalog(catalog, messages, "es")] == [fault]


def test_an_update_keeps_translations_and_guesses_nothing(tmp_path: Path) -> None:
    """After an update old translations are there, new messages are empty, dropped ones are gone."""
    messages, catalog = Catalog(), Catalog(locale="es")
    messages.add("Kept")
    messages.add("Kept too")
    catalog.add("Kept", "Cumplido")
    catalog.add("Gone", "Ido")
    path = tmp_path / "es" / "LC_MESSAGES" / "commonweal.po"
    write_catalog(path, update_catalog(catalog, messages, "es"))
    again = read_catalog(path)
    assert {message.id: message.string for message in again if message.id} == {
        "Kept": "Cumplido",
        "Kept too": "",
    }
    assert "Date" not in path.read_text(encoding="utf-8")
