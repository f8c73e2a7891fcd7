"""When breaking news may come outside the slots: to whom, at what hour, how often."""

from collections.abc import Collection
from datetime import datetime, time
from zoneinfo import ZoneInfo

from bot.domain.schedule import ALERT, Edition
from bot.domain.subscriber import Breaking, Preferences
from summarizer.topic import Topic

#: Alerts a reader gets on one local day.
MOST_A_DAY = 3
#: Local hours in which nobody is woken: from the first to the second.
QUIET = (time(22), time(7))


def wanted_topics(preferences: Preferences) -> Collection[Topic]:
    """Topics of which a reader wants breaking news."""
    match preferences.breaking:
        case Breaking.OFF:
            return frozenset()
        case Breaking.TOPICS:
            return preferences.topics
        case Breaking.ALL:
            return frozenset(Topic)


def is_quiet(zone: str, now: datetime) -> bool:
    """Whether it is night where the reader lives; what breaks then is in the morning's digest."""
    clock = now.astimezone(ZoneInfo(zone)).time()
    return clock >= QUIET[0] or clock < QUIET[1]


def alert(subscriber: int, story: int, zone: str, now: datetime) -> Edition:
    """The edition of one story on the reader's local day."""
    return Edition(subscriber, now.astimezone(ZoneInfo(zone)).date(), f"{ALERT}{story}")
