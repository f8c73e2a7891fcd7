"""Weekly: the week's most important stories, told before or not."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.domain.digest import Digest, Wishes, pick
from bot.domain.hearing import hearing
from bot.domain.ranking import importance
from bot.domain.schedule import WEEKLY, Edition
from bot.domain.story import StoryCard
from bot.domain.subscriber import Subscriber
from bot.domain.tastes import Tastes
from bot.newsroom.clippings import Clippings
from bot.newsroom.ports import Outbox, Renderer, Stories
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


async def weekly_now(press: Press, reader: Subscriber, request: str, now: datetime) -> bool:
    """Post the week as a reader asked for it; a repeated `request` posts nothing. False: nothing to tell."""
    edition = Edition(reader.id, now.date(), f"{WEEKLY}{request}")
    return await post_weekly(press, Clippings(press.stories, now), reader, edition, now)


async def post_weekly(
    press: Press, clippings: Clippings, reader: Subscriber, edition: Edition, now: datetime
) -> bool:
    """Post one weekly edition; False where it was posted before or holds nothing."""
    found = _digest(await clippings.reaching(WEEK, reader), reader, now)
    zone = reader.preferences.zone
    today = now.astimezone(ZoneInfo(zone)).date()
    span = date_span(reader.lang, today - timedelta(days=6), today)
    messages = press.render(found, reader.lang, zone, translate(reader.lang, "title-weekly", days=span))
    return bool(messages) and await press.outbox.post(edition, found, messages, now)


def _digest(cards: Sequence[StoryCard], reader: Subscriber, now: datetime) -> Digest:
    wanted = reader.preferences
    liked = Tastes(muted=wanted.muted)
    wishes = Wishes(wanted.languages, wanted.topics, tastes=liked, hearing=hearing(reader))
    items = pick(cards, wishes, now, MOST, importance)
    return Digest(now - WEEK, now, wanted.languages, wanted.topics, items)
