"""What may be shown in chats that are nobody's: the latest public stories, or those with some words."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.digest import Item, Wishes, pick
from bot.domain.story import StoryCard
from bot.newsroom.desk import Desk
from summarizer.topic import Topic

#: How far back it reaches without words, and with them.
REACH, SEARCHED = timedelta(days=2), timedelta(days=14)
#: How long one look at the store serves: people type several queries a second.
FRESH = timedelta(minutes=1)
#: Queries that may wait; whoever comes then finds nothing this time.
MOST_WAITING = 32


@dataclass(slots=True)
class _Stock:
    cards: Sequence[StoryCard]
    seen: datetime


class Showcase:
    """Finds stories for people who type: one search at a time, and only each person's latest."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._turn = asyncio.Lock()
        self._stock: _Stock | None = None
        #: By person: the number of their latest query among those under way.
        self._latest: dict[int, int] = {}
        self._waiting = 0

    async def find(
        self, asked: tuple[int, int], words: Sequence[str], languages: Sequence[str], most: int
    ) -> tuple[Item, ...] | None:
        """The best stories in which all words stand, of all without words; None: they typed on meanwhile.

        `asked` are the person and the number of their query, which grows as they type.
        """
        if self._waiting >= MOST_WAITING:
            return ()
        person, number = asked
        self._latest[person] = max(number, self._latest.get(person, number))
        self._waiting += 1
        try:
            async with self._turn:
                if self._latest.get(person, number) != number:
                    return None
                return await self._search(words, languages, most)
        finally:
            self._waiting -= 1
            if self._latest.get(person) == number:
                del self._latest[person]

    async def _search(self, words: Sequence[str], languages: Sequence[str], most: int) -> tuple[Item, ...]:
        now, wishes = self._desk.now(), Wishes(languages, frozenset(Topic))
        if not words:
            return await asyncio.to_thread(pick, await self._recent(now), wishes, now, most)
        since = now - SEARCHED
        hits = await self._desk.search.find(words, languages, now, since=since, own=(), limit=most)
        place = {hit.story: number for number, hit in enumerate(hits)}
        cards = await self._desk.stories.cards_of(place)
        return pick(cards, wishes, now, most, lambda card, *_: -place[card.id])

    async def _recent(self, now: datetime) -> Sequence[StoryCard]:
        if self._stock is None or now - self._stock.seen > FRESH:
            self._stock = _Stock(await self._desk.stories.cards(now - REACH, now), now)
        return self._stock.cards
