"""Cities as readers name them."""

from zoneinfo import available_timezones

import pytest

from bot.words.places import city_name, zone_at, zones_by_name


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("Берлин", "Europe/Berlin"),
        ("berlin", "Europe/Berlin"),
        ("Лондон", "Europe/London"),
        ("астана", "Asia/Almaty"),
        ("Шымкент", "Asia/Almaty"),
        ("Ақтау", "Asia/Aqtau"),
        ("Уральск", "Asia/Oral"),
        ("Мәскеу", "Europe/Moscow"),
        ("New York", "America/New_York"),
        ("asia/qostanay", "Asia/Qostanay"),
    ],
)
def test_a_city_is_known_in_each_language(name, zone):
    """By CLDR's names, and by our own for cities of Kazakhstan without a zone of their own."""
    assert zones_by_name()[name.casefold()] == zone


@pytest.mark.parametrize(
    ("latitude", "longitude", "zone"),
    [
        (51.17, 71.43, "Asia/Almaty"),
        (43.65, 51.17, "Asia/Aqtau"),
        (52.5, 13.4, "Europe/Berlin"),
        (0, -30, None),
    ],
)
def test_a_place_on_the_map_has_a_clock(latitude, longitude, zone):
    """Astana lives by Almaty's; the middle of the Atlantic by nobody's."""
    assert zone_at(latitude, longitude) == zone


def test_a_zone_is_called_by_its_city_in_each_language():
    """Buttons speak the reader's language."""
    assert [city_name(lang, "Europe/Berlin") for lang in ("kk", "ru", "en")] == ["Берлин", "Берлин", "Berlin"]
    assert city_name("en", "America/New_York") == "New York"
    assert city_name("kk", "Asia/Almaty") == "Алматы"


def test_every_name_leads_to_a_zone():
    """No entry can make a digest fail."""
    assert set(zones_by_name().values()) <= available_timezones()
