"""When news comes, as a command says it; what means nothing raises NotUnderstood, nothing is half taken."""

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import time

from bot.domain.errors import NotUnderstood
from bot.domain.spoken import known, words_of
from bot.domain.subscriber import EVERY_DAY, WEEKDAYS, Breaking, Preferences, Weekly

#: Hours offered as a tap; others are typed.
OFFERED_SLOTS = tuple(map(time, (7, 8, 9, 12, 18, 19, 20, 21)))
#: Digests a day; more is a feed, not a digest.
MOST_SLOTS = 6
#: Words for days that mean the same in every language; readers' own words are passed in.
DAYS = {"weekdays": WEEKDAYS, "weekends": EVERY_DAY - WEEKDAYS, "daily": EVERY_DAY}
#: Where a reader wants a weekly and says no more: Sunday evening.
DEFAULT_WEEKLY = Weekly(7, time(18))
#: The word of /breaking before the hours in which it waits.
QUIET = "quiet"
_QUIET = ("22:00-07:00", "23-8", "off")
_BREAKING = (*Breaking, *(f"{QUIET} {hours}" for hours in _QUIET[::2]))
_WEEKLY = ("on", "off", "sunday", "friday 19:00")
_TIMES = ("08:30", "08:30 20:00", "08:30 weekdays", "08:30 weekends", "08:30 daily")
_CLOCK = re.compile(r"([0-9]{1,2})(?:[:.]?([0-9]{2}))?")


def times(text: str, names: Mapping[str, frozenset[int]], preferences: Preferences) -> Preferences:
    """The same preferences with the slots and days named: "08:30 20:00", "8 20", "08:30 weekdays"."""
    words = words_of(text, _TIMES)
    slots = tuple(sorted({_slot(word) for word in words if word not in names}))
    if len(slots) > MOST_SLOTS:
        raise NotUnderstood(text, _TIMES)
    days: frozenset[int] = frozenset().union(*(names[word] for word in words if word in names))
    return replace(
        preferences,
        slots=slots or preferences.slots,
        days=days or (EVERY_DAY if slots else preferences.days),
    )


def breaking(
    text: str, preferences: Preferences, off: Collection[str] = (), quiet: Collection[str] = ()
) -> Preferences:
    """The same preferences with which breaking news to get: "off", "topics", "all", "quiet 22:00-07:00".

    `off` and `quiet` hold readers' own words for these, lower case.
    """
    first, *rest = words_of(text, _BREAKING)
    if first in {QUIET, *quiet}:
        return replace(preferences, quiet=quiet_hours(" ".join(rest), off))
    modes = {mode.value: mode for mode in Breaking} | dict.fromkeys(off, Breaking.OFF)
    return replace(preferences, breaking=known(text.strip(), modes, _BREAKING))


def quiet_hours(text: str, off: Collection[str] = ()) -> tuple[time, time] | None:
    """Hours from one time of day to another, over midnight too: "22:00-07:00", "23 7"; None for none."""
    words = words_of(text.replace("–", "-").replace("—", "-").replace("-", " "), _QUIET)
    if len(words) == 1 and words[0] in {"off", *off}:
        return None
    if len(words) != 2 or _slot(words[0]) == _slot(words[1]):
        raise NotUnderstood(text, _QUIET)
    return _slot(words[0]), _slot(words[1])


def weekly(
    text: str,
    preferences: Preferences,
    days: Mapping[str, int],
    off: Collection[str] = (),
    on: Collection[str] = (),
) -> Preferences:
    """The same preferences with when the weekly comes: "on", "off", "sunday", "friday 19:00".

    `off` and `on` hold readers' own words for these, lower case.
    """
    words = words_of(text, _WEEKLY)
    if words in ([word] for word in ("off", *off)):
        return replace(preferences, weekly=None)
    have = preferences.weekly or DEFAULT_WEEKLY
    named = [days[word] for word in words if word in days]
    slots = [_slot(word, _WEEKLY) for word in words if word not in days and word not in {"on", *on}]
    if len(named) > 1 or len(slots) > 1:
        raise NotUnderstood(text, _WEEKLY)
    return replace(preferences, weekly=Weekly((named or [have.day])[0], (slots or [have.slot])[0]))


def _slot(word: str, expected: tuple[str, ...] = _TIMES) -> time:
    found = _CLOCK.fullmatch(word)
    if not found or int(found[1]) > 23 or int(found[2] or 0) > 59:
        raise NotUnderstood(word, expected)
    return time(int(found[1]), int(found[2] or 0))
