"""Proofs: digests and their messages as one pass makes them, once for all readers who get the same.

Readers differ by what they wish and by what they were told. Many wish the same and were told the same: a
hundred thousand readers with five hundred sets of preferences get a few thousand different digests a day.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from bot.domain.delivery import Message
from bot.domain.digest import Digest, Offer, Wishes, choose, rank
from bot.domain.hearing import hearing
from bot.domain.subscriber import Subscriber
from bot.domain.tastes import Vote, tastes
from bot.newsroom.clippings import Clippings
from bot.newsroom.ports import Renderer

#: A first digest reaches this far back.
FIRST_REACH = timedelta(hours=24)
#: Articles found late may have appeared before the last digest; the told stories are excluded anyway.
OVERLAP = timedelta(hours=6)
#: Quiet days and pauses are not caught up beyond this.
LONGEST_REACH = timedelta(hours=48)
#: Results kept of each kind: readers come in order of their slots, so that equals follow each other closely.
MOST_KEPT = 1000

T = TypeVar("T")


class Kept(Generic[T]):
    """Results by what they were made from; the one not asked for longest makes room."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, T] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """The result of this key, made where it is not kept."""
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        self._kept[key] = made = make()
        if len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        return made


class _Ranked:
    """What there is for readers with the same wishes."""

    def __init__(self, wishes: Wishes, offers: tuple[Offer, ...]) -> None:
        self.wishes = wishes
        self.offers = offers
        self.stories = frozenset(offer.card.id for offer in offers)


class Proofs:
    """The digests of one pass at `now`."""

    def __init__(self, clippings: Clippings, render: Renderer, now: datetime) -> None:
        self._clippings = clippings
        self._render = render
        self._now = now
        self._ranked: Kept[_Ranked] = Kept()
        self._digests: Kept[Digest] = Kept()
        self._messages: Kept[tuple[Digest, Sequence[Message | str]]] = Kept()

    async def oldest_story(self, reader: Subscriber) -> int:
        """The lowest number of a story that any digest of the pass may tell to such a reader."""
        cards = await self._clippings.reaching(LONGEST_REACH, reader)
        return min((card.id for card in cards), default=0)

    async def digest(self, reader: Subscriber, told: Mapping[int, datetime], votes: Sequence[Vote]) -> Digest:
        """What this reader gets, who was told this and voted so."""
        wanted = reader.preferences
        wishes = Wishes(wanted.languages, wanted.topics, {}, tastes(wanted, votes), hearing(reader))
        key = (wanted.languages, wanted.topics, wishes.tastes, wishes.hearing)
        cards = await self._clippings.reaching(LONGEST_REACH, reader)
        ranked = self._ranked.get(key, lambda: _Ranked(wishes, rank(cards, wishes, self._now)))
        known = {story: when for story, when in told.items() if story in ranked.stories}
        since = _since(reader, self._now)
        same = (key, since, frozenset(known.items()))
        return self._digests.get(same, lambda: self._made(ranked, known, since))

    def messages(self, digest: Digest, lang: str, zone: str, title: str = "") -> Sequence[Message | str]:
        """The digest's messages in a language; its times are those of the zone."""
        # Digests are kept by what they were made from, so that one is equal to itself only.
        key = (id(digest), lang, zone, title)
        _, messages = self._messages.get(key, lambda: (digest, self._render(digest, lang, zone, title)))
        return messages

    def _made(self, ranked: _Ranked, told: Mapping[int, datetime], since: datetime) -> Digest:
        wishes, items = ranked.wishes, choose(ranked.offers, told, since=since)
        return Digest(since, self._now, tuple(wishes.languages), frozenset(wishes.topics), items)


def _since(reader: Subscriber, now: datetime) -> datetime:
    if reader.told_until is None:
        return now - FIRST_REACH
    return max(reader.told_until - OVERLAP, now - LONGEST_REACH)
