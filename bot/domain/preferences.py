"""Words of a command as preferences; what means nothing raises NotUnderstood, and nothing is half taken."""

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import time
from typing import TypeVar

from bot.domain.errors import NotUnderstood
from bot.domain.subscriber import EVERY_DAY, LANGUAGES, WEEKDAYS, Breaking, Preferences, Weekly
from summarizer.topic import Topic

#: Digests a day; more is a feed, not a digest.
MOST_SLOTS = 6
#: The longest pause; who wants a longer one pauses without an end.
LONGEST_PAUSE = 365

T = TypeVar("T")

_CLOCK = re.compile(r"([0-9]{1,2})(?:[:.]?([0-9]{2}))?")
#: Words for days that mean the same in every language; readers' own words are passed in.
DAYS = {"weekdays": WEEKDAYS, "weekends": EVERY_DAY - WEEKDAYS, "daily": EVERY_DAY}
#: Where a reader wants a weekly and says no more: Sunday evening.
DEFAULT_WEEKLY = Weekly(7, time(18))
#: The word of /breaking before the hours in which it waits.
QUIET = "quiet"
_QUIET = ("22:00-07:00", "23-8", "off")
_BREAKING = (*Breaking, *(f"{QUIET} {hours}" for hours in _QUIET[::2]))
_WEEKLY = ("on", "off", "sunday", "friday 19:00")
_TOPICS = (*(topic.value for topic in Topic), "all")
_TIMES = ("08:30", "08:30 20:00", "08:30 weekdays", "08:30 weekends", "08:30 daily")


def topics(text: str, names: Mapping[str, Topic]) -> frozenset[Topic]:
    """Topics named in any order, by comma or space; "all" for all of them. `names` is lower case."""
    words = _words(text, _TOPICS)
    if words == ["all"]:
        return frozenset(Topic)
    return frozenset(_known(word, names, _TOPICS) for word in words)


def languages(text: str, names: Mapping[str, str]) -> tuple[str, ...]:
    """Languages in the order named, each once. `names` is lower case."""
    return tuple(dict.fromkeys(_known(word, names, LANGUAGES) for word in _words(text, LANGUAGES)))


def times(text: str, names: Mapping[str, frozenset[int]], preferences: Preferences) -> Preferences:
    """The same preferences with the slots and days named: "08:30 20:00", "8 20", "08:30 weekdays"."""
    words = _words(text, _TIMES)
    slots = tuple(sorted({_slot(word) for word in words if word not in names}))
    if len(slots) > MOST_SLOTS:
        raise NotUnderstood(text, _TIMES)
    days: frozenset[int] = frozenset().union(*(names[word] for word in words if word in names))
    return replace(
        preferences,
        slots=slots or preferences.slots,
        days=days or (EVERY_DAY if slots else preferences.days),
    )


def zone(text: str, names: Mapping[str, str]) -> str:
    """A zone by its IANA name or a city's. `names` is lower case."""
    return _known(" ".join(text.split()), names, ("Asia/Almaty", "Europe/Berlin", "Berlin", "Берлин"))


def breaking(text: str, preferences: Preferences, off: Collection[str] = ()) -> Preferences:
    """The same preferences with which breaking news to get: "off", "topics", "all", "quiet 22:00-07:00".

    `off` holds readers' own words for it, lower case.
    """
    first, *rest = _words(text, _BREAKING)
    if first == QUIET:
        return replace(preferences, quiet=quiet_hours(" ".join(rest), off))
    modes = {mode.value: mode for mode in Breaking} | dict.fromkeys(off, Breaking.OFF)
    return replace(preferences, breaking=_known(text.strip(), modes, _BREAKING))


def quiet_hours(text: str, off: Collection[str] = ()) -> tuple[time, time] | None:
    """Hours from one time of day to another, over midnight too: "22:00-07:00", "23 7"; None for none."""
    words = _words(text.replace("–", "-").replace("—", "-").replace("-", " "), _QUIET)
    if len(words) == 1 and words[0] in {"off", *off}:
        return None
    if len(words) != 2 or _slot(words[0]) == _slot(words[1]):
        raise NotUnderstood(text, _QUIET)
    return _slot(words[0]), _slot(words[1])


def weekly(
    text: str, preferences: Preferences, days: Mapping[str, int], off: Collection[str] = ()
) -> Preferences:
    """The same preferences with when the weekly comes: "on", "off", "sunday", "friday 19:00"."""
    words = _words(text, _WEEKLY)
    if words in ([word] for word in ("off", *off)):
        return replace(preferences, weekly=None)
    have = preferences.weekly or DEFAULT_WEEKLY
    named = [days[word] for word in words if word in days]
    slots = [_slot(word, _WEEKLY) for word in words if word not in days and word != "on"]
    if len(named) > 1 or len(slots) > 1:
        raise NotUnderstood(text, _WEEKLY)
    return replace(preferences, weekly=Weekly((named or [have.day])[0], (slots or [have.slot])[0]))


def pause(text: str) -> int | None:
    """Whole days of a pause; None for one without an end."""
    if not text.strip():
        return None
    if not (re.fullmatch(r"[0-9]{1,3}", text.strip()) and 1 <= int(text) <= LONGEST_PAUSE):
        raise NotUnderstood(text.strip(), ("1", "7", "30"))
    return int(text)


def preset(payload: str) -> frozenset[Topic]:
    """Topics of a deep link ("t_economy_energy")."""
    kind, *names = payload.split("_")
    if kind != "t" or not names:
        raise NotUnderstood(payload, ("t_economy_energy",))
    return frozenset(_known(name, {topic.value: topic for topic in Topic}, tuple(Topic)) for name in names)


def _words(text: str, expected: tuple[str, ...]) -> list[str]:
    words = text.casefold().replace(",", " ").split()
    if not words:
        raise NotUnderstood(text, expected)
    return words


def _known(word: str, names: Mapping[str, T], expected: tuple[str, ...]) -> T:
    found = names.get(word.casefold())
    if found is None:
        raise NotUnderstood(word, expected)
    return found


def _slot(word: str, expected: tuple[str, ...] = _TIMES) -> time:
    found = _CLOCK.fullmatch(word)
    if not found or int(found[1]) > 23 or int(found[2] or 0) > 59:
        raise NotUnderstood(word, expected)
    return time(int(found[1]), int(found[2] or 0))
