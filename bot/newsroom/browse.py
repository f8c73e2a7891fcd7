"""A reader looks around: a sample, the latest, the saved, an edition again. Nothing of it counts as told."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from bot.domain.digest import Digest, Item, Wishes, pick
from bot.domain.filters import holds
from bot.domain.subscriber import Subscriber
from bot.domain.tastes import Tastes, tastes
from bot.newsroom.desk import Desk
from summarizer.topic import Topic

#: How far back "the latest" reaches.
REACH = timedelta(hours=48)
#: How far back a search goes.
SEARCHED = timedelta(days=14)
#: Stories in a sample, in a look at the latest, among the saved.
SAMPLE, LATEST, MOST_SAVED = 3, 10, 15


async def sample(desk: Desk, reader: Subscriber, title: str) -> list[str]:
    """A few stories as a digest would tell them; empty while there are none."""
    wanted = reader.preferences
    wishes = Wishes(wanted.languages, wanted.topics, tastes=tastes(wanted, ()))
    return await _recent(desk, reader, title, wishes, SAMPLE)


async def latest(desk: Desk, reader: Subscriber, title: str) -> list[str]:
    """The reader's best stories of the last two days, told or not."""
    wanted = reader.preferences
    liked = tastes(wanted, await desk.shelf.votes(reader.id))
    return await _recent(desk, reader, title, Wishes(wanted.languages, wanted.topics, tastes=liked), LATEST)


async def topic(desk: Desk, reader: Subscriber, title: str, named: Topic) -> list[str]:
    """The best stories of one topic in the last two days, told or not."""
    wanted = reader.preferences
    wishes = Wishes(wanted.languages, {named}, tastes=Tastes(muted=wanted.muted))
    return await _recent(desk, reader, title, wishes, LATEST)


async def search(desk: Desk, reader: Subscriber, title: str, terms: Sequence[str]) -> list[str]:
    """Stories of two weeks in which every term stands, in any topic and of the reader's languages."""
    now = desk.now()
    cards = await desk.stories.cards(now - SEARCHED, now)
    found = await asyncio.to_thread(lambda: [card for card in cards if holds(terms, card.texts)])
    return _shown(desk, reader, title, pick(found, _everything(reader), now, LATEST))


async def saved(desk: Desk, reader: Subscriber, title: str) -> list[str]:
    """What the reader kept."""
    cards = await desk.stories.cards_of(await desk.shelf.saved(reader.id, MOST_SAVED))
    return _shown(desk, reader, title, pick(cards, _everything(reader), desk.now(), MOST_SAVED))


async def told_in(desk: Desk, reader: Subscriber, edition: int) -> Sequence[Item]:
    """The stories of one of the reader's editions; none of anybody else's."""
    cards = await desk.stories.cards_of(await desk.shelf.told_in(reader.id, edition))
    return pick(cards, _everything(reader), desk.now(), len(cards))


def _everything(reader: Subscriber) -> Wishes:
    return Wishes(reader.preferences.languages, frozenset(Topic))


async def _recent(desk: Desk, reader: Subscriber, title: str, wishes: Wishes, most: int) -> list[str]:
    now = desk.now()
    cards = await desk.stories.cards(now - REACH, now)
    return _shown(desk, reader, title, pick(cards, wishes, now, most))


def _shown(desk: Desk, reader: Subscriber, title: str, items: Sequence[Item]) -> list[str]:
    now, wanted = desk.now(), reader.preferences
    found = Digest(now - REACH, now, wanted.languages, wanted.topics, tuple(items))
    return desk.render(found, reader.lang, wanted.zone, title)
