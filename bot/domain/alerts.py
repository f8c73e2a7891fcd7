"""When breaking news may come outside the slots: to whom, at what hour, how often."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.digest import Item
from bot.domain.memory import news_since
from bot.domain.schedule import ALERT, Edition
from bot.domain.story import Change, StoryCard
from bot.domain.subscriber import Breaking, Preferences
from summarizer.topic import Topic

#: Alerts a reader gets on one local day.
MOST_A_DAY = 3


#: An alert is changed as its story grows for so long after it was sent, and so often at most.
GROWS_FOR = timedelta(hours=6)
MOST_REVISIONS = 3


def grown(item: Item, card: StoryCard, known: datetime) -> Item | None:
    """The alert's item with what is new since `known`; None where nothing material is.

    The summary stays, and what is new stands below it: whoever reads the alert later reads all of it.
    """
    news = news_since(card, item.lang, known)
    if news is None:
        return None
    change, said = news
    if change is Change.CORRECTION:
        return replace(item, summary=said, change=change)
    more = "" if said in item.summary else f" {said}"
    return replace(item, summary=item.summary + more, change=change)


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
