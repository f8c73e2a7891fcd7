"""A reader looks around: a sample, the latest, the saved, an edition again. Nothing of it counts as told."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from bot.domain.digest import Digest, Item, Wishes, pick
from bot.domain.story import StoryCard
from bot.domain.subscriber import Subscriber
from bot.newsroom.desk import Desk
from summarizer.topic import Topic

#: How far back "the latest" reaches.
REACH = timedelta(hours=48)
#: Stories in a sample, in a look at the latest, among the saved.
SAMPLE, LATEST, MOST_SAVED = 3, 10, 15


async def sample(desk: Desk, reader: Subscriber, title: str) -> list[str]:
    """A few stories as a digest would tell them; empty while there are none."""
    return await _recent(desk, reader, title, reader.preferences.topics, SAMPLE)


async def latest(desk: Desk, reader: Subscriber, title: str, topic: Topic | None = None) -> list[str]:
    """The reader's best stories of the last two days, told or not; of one topic, if named."""
    return await _recent(desk, reader, title, [topic] if topic else reader.preferences.topics, LATEST)


async def saved(desk: Desk, reader: Subscriber, title: str) -> list[str]:
    """What the reader kept."""
    cards = await desk.stories.cards_of(await desk.shelf.saved(reader.id, MOST_SAVED))
    return _shown(desk, reader, title, _items(reader, cards, tuple(Topic), desk.now(), MOST_SAVED))


async def told_in(desk: Desk, reader: Subscriber, edition: int) -> Sequence[Item]:
    """The stories of one of the reader's editions; none of anybody else's."""
    cards = await desk.stories.cards_of(await desk.shelf.told_in(reader.id, edition))
    return _items(reader, cards, tuple(Topic), desk.now(), len(cards))


async def _recent(
    desk: Desk, reader: Subscriber, title: str, topics: Collection[Topic], most: int
) -> list[str]:
    now = desk.now()
    cards = await desk.stories.cards(now - REACH, now)
    return _shown(desk, reader, title, _items(reader, cards, topics, now, most))


def _items(
    reader: Subscriber, cards: Sequence[StoryCard], topics: Collection[Topic], now: datetime, most: int
) -> Sequence[Item]:
    return pick(cards, Wishes(reader.preferences.languages, frozenset(topics), {}), now, most)


def _shown(desk: Desk, reader: Subscriber, title: str, items: Sequence[Item]) -> list[str]:
    now, wanted = desk.now(), reader.preferences
    found = Digest(now - REACH, now, wanted.languages, wanted.topics, tuple(items))
    return desk.render(found, reader.lang, wanted.zone, title)
