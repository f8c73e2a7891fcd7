"""Weekly: the week's most important stories, told before or not."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.domain.delivery import Message
from bot.domain.digest import Digest, Wishes, pick
from bot.domain.hearing import hearing
from bot.domain.ranking import importance
from bot.domain.schedule import WEEKLY, Edition
from bot.domain.story import StoryCard
from bot.domain.subscriber import Subscriber
from bot.domain.tastes import Tastes
from bot.newsroom.clippings import Clippings
from bot.newsroom.ports import Outbox, Posting, Renderer, Stories
from bot.newsroom.proofs import Kept
from bot.words.translator import date_span, translate

#: How far back the weekly reaches.
WEEK = timedelta(days=7)
#: Stories in it.
MOST = 10


class Press(Protocol):
    """The ports the weekly needs, of those of composing."""

    @property
    def stories(self) -> Stories:
        """Stories with their place in time."""

    @property
    def outbox(self) -> Outbox:
        """Where it is posted."""

    @property
    def render(self) -> Renderer:
        """How it looks."""


class Weeklies:
    """The weeklies of one pass at `now`, each made once for all readers who get the same."""

    def __init__(self, clippings: Clippings, render: Renderer, now: datetime) -> None:
        self._clippings = clippings
        self._render = render
        self._now = now
        self._digests: Kept[Digest] = Kept()
        self._messages: Kept[Sequence[Message | str]] = Kept()

    async def posting(self, reader: Subscriber, edition: Edition) -> Posting | None:
        """This edition for its reader; None where it would hold nothing."""
        cards = await self._clippings.reaching(WEEK, reader)
        wanted, zone = reader.preferences, reader.preferences.zone
        # Votes have no say: the week is what mattered to everybody.
        tastes, hears = Tastes(muted=wanted.muted), hearing(reader)
        key = (wanted.languages, wanted.topics, tastes, hears)
        wishes = Wishes(wanted.languages, wanted.topics, tastes=tastes, hearing=hears)
        found = self._digests.get(key, lambda: self._digest(cards, wishes))
        title = self._title(reader.lang, zone)
        whole = (key, zone, title)
        messages = self._messages.get(whole, lambda: self._render(found, reader.lang, zone, title))
        return Posting(edition, found, messages) if messages else None

    def _digest(self, cards: Sequence[StoryCard], wishes: Wishes) -> Digest:
        items = pick(cards, wishes, self._now, MOST, importance)
        return Digest(self._now - WEEK, self._now, tuple(wishes.languages), frozenset(wishes.topics), items)

    def _title(self, lang: str, zone: str) -> str:
        today = self._now.astimezone(ZoneInfo(zone)).date()
        return translate(lang, "title-weekly", days=date_span(lang, today - timedelta(days=6), today))


async def weekly_now(press: Press, reader: Subscriber, request: str, now: datetime) -> bool:
    """Post the week as a reader asked for it; a repeated `request` posts nothing. False: nothing to tell."""
    edition = Edition(reader.id, now.date(), f"{WEEKLY}{request}")
    posting = await Weeklies(Clippings(press.stories, now), press.render, now).posting(reader, edition)
    return posting is not None and bool(await press.outbox.post_all([posting], now))
