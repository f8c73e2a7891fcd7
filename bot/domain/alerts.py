"""When breaking news may come outside the slots: to whom, at what hour, how often."""

from collections.abc import Collection
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.schedule import ALERT, Edition
from bot.domain.subscriber import Breaking, Preferences
from summarizer.topic import Topic

#: Alerts a reader gets on one local day.
MOST_A_DAY = 3


def wanted_topics(preferences: Preferences) -> Collection[Topic]:
    """Topics of which a reader wants breaking news."""
    match preferences.breaking:
        case Breaking.OFF:
            return frozenset()
        case Breaking.TOPICS:
            return preferences.topics
        case Breaking.ALL:
            return frozenset(Topic)


def is_quiet(preferences: Preferences, now: datetime) -> bool:
    """Whether nothing may wake the reader where they live; what breaks then is in the next digest."""
    if preferences.quiet is None:
        return False
    begin, end = preferences.quiet
    clock = now.astimezone(ZoneInfo(preferences.zone)).time()
    return begin <= clock < end if begin < end else clock >= begin or clock < end


def alert(subscriber: int, story: int, zone: str, now: datetime) -> Edition:
    """The edition of one story on the reader's local day."""
    return Edition(subscriber, now.astimezone(ZoneInfo(zone)).date(), f"{ALERT}{story}")
