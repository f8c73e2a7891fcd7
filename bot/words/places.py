"""Cities a reader may name to say which clock they live by, in all three languages."""

from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from zoneinfo import available_timezones

from babel import Locale
from tzfpy import get_tz

from bot.domain.subscriber import LANGUAGES


@lru_cache(maxsize=1)
def zones_by_name() -> dict[str, str]:
    """Zone by its IANA name or by a city's name, lower case. Figures: CLDR's cities, and cities.txt."""
    known = available_timezones()
    names = {city.casefold(): zone for city, zone in _cities() if zone in known}
    return names | {zone.casefold(): zone for zone in known}


def city_name(lang: str, zone: str) -> str:
    """The city a zone is named after, as the language calls it."""
    return Locale(lang).time_zones.get(zone, {}).get("city") or _last(zone)


def zone_at(latitude: float, longitude: float) -> str | None:
    """The zone of a place on the map (degrees); None at sea, where no clock is anybody's."""
    zone = get_tz(longitude, latitude)
    return zone if zone in available_timezones() and not zone.startswith("Etc/") else None


def _cities() -> Iterator[tuple[str, str]]:
    for zone in sorted(available_timezones()):
        yield _last(zone), zone
    for lang in LANGUAGES:
        for zone, names in Locale(lang).time_zones.items():
            if names.get("city"):
                yield names["city"], zone
    text = (files("bot.words") / "cities.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            zone, cities = line.split(" ", 1)
            yield from ((city.strip(), zone) for city in cities.split(","))


def _last(zone: str) -> str:
    return zone.rsplit("/", 1)[-1].replace("_", " ")
