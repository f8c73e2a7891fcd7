"""Compose: a reader's digest from the store, posted to the outbox once per edition."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.domain.digest import Digest, Wishes, pick
from bot.domain.hearing import hearing
from bot.domain.schedule import (
    GRACE,
    LATEST,
    Edition,
    current_edition,
    edition_due,
    is_late,
    next_slot,
    weekly_due,
)
from bot.domain.story import StoryCard
from bot.domain.subscriber import State, Subscriber
from bot.domain.tastes import Vote, tastes
from bot.newsroom.clippings import Clippings
from bot.newsroom.ports import Outbox, Renderer, Stories, Subscribers
from bot.newsroom.weekly import post_weekly
from bot.words.translator import long_date, translate

#: A first digest reaches this far back.
FIRST_REACH = timedelta(hours=24)
#: Articles found late may have appeared before the last digest; the told stories are excluded anyway.
OVERLAP = timedelta(hours=6)
#: Quiet days and pauses are not caught up beyond this.
LONGEST_REACH = timedelta(hours=48)
#: A reader whose digest could not be composed is tried again after this long.
AGAIN = timedelta(minutes=10)
_AT_ONCE = 100

_log = structlog.get_logger(__name__)


async def no_votes(_: int) -> Sequence[Vote]:
    """Of readers who can't vote."""
    return ()


@dataclass(frozen=True, slots=True)
class Composing:
    """The ports composing needs."""

    stories: Stories
    subscribers: Subscribers
    outbox: Outbox
    render: Renderer
    #: Votes by subscriber, the latest first.
    votes: Callable[[int], Awaitable[Sequence[Vote]]] = no_votes
    #: How old a missed slot may be to be made up for: GRACE leaves it to the next one.
    late: timedelta = LATEST


async def digest(stories: Stories, wishes: Wishes, since: datetime, until: datetime) -> Digest:
    """The digest of anybody with these wishes."""
    return _digest(await stories.cards(since, until), wishes, since, until)


def _digest(cards: Sequence[StoryCard], wishes: Wishes, since: datetime, until: datetime) -> Digest:
    items = pick((card for card in cards if card.latest >= since), wishes, until)
    return Digest(since, until, tuple(wishes.languages), frozenset(wishes.topics), items)


async def compose_due(ports: Composing, now: datetime) -> int:
    """Post the edition of every subscriber whose slot has begun; returns how many were posted."""
    count = 0
    # One look at the stories serves every reader of this pass.
    clippings = Clippings(ports.stories, now)
    while waiting := await ports.subscribers.due(now, _AT_ONCE):
        for subscriber in waiting:
            count += await _compose_one(ports, clippings, subscriber, now)
    return count


async def _compose_one(ports: Composing, clippings: Clippings, subscriber: Subscriber, now: datetime) -> bool:
    try:
        edition = edition_due(subscriber.id, subscriber.preferences, now, _within(ports, subscriber, now))
        title = _apology(edition, subscriber, now) if edition else ""
        posted = bool(edition and await _post(ports, clippings, subscriber, edition, now, title))
        if weekly := weekly_due(subscriber, now):
            posted |= await post_weekly(ports, clippings, subscriber, weekly, now)
        following = next_slot(subscriber.preferences, now)
    except Exception:  # noqa: BLE001 - one reader's trouble must not cost the others their digest
        _log.exception("digest not composed", subscriber=subscriber.id, again_in=AGAIN.total_seconds())
        posted, following = False, now + AGAIN
    await ports.subscribers.reschedule(subscriber, following)
    return posted


def _within(ports: Composing, subscriber: Subscriber, now: datetime) -> timedelta:
    """How old a slot may be: what was looked at when it was due, or passed during a pause, was not missed."""
    if subscriber.state is not State.ACTIVE:
        return GRACE
    return min(ports.late, max(GRACE, now - (subscriber.next_at or now)))


async def compose_current(ports: Composing, subscriber: Subscriber, now: datetime) -> bool:
    """Post the day's current edition, due or not; False where it was posted before or holds nothing."""
    edition = current_edition(subscriber.id, subscriber.preferences, now)
    return await _post(ports, Clippings(ports.stories, now), subscriber, edition, now)


async def compose_now(ports: Composing, subscriber: Subscriber, request: str, now: datetime) -> bool:
    """Post a digest a reader asked for; `request` makes a repeated update harmless. False: nothing new."""
    edition = Edition(subscriber.id, now.date(), f"now-{request}")
    return await _post(ports, Clippings(ports.stories, now), subscriber, edition, now)


def _apology(edition: Edition, subscriber: Subscriber, now: datetime) -> str:
    """The header of a digest that is late; empty for one in time."""
    zone, lang = subscriber.preferences.zone, subscriber.lang
    if not is_late(edition, zone, now):
        return ""
    return translate(lang, "digest-late", date=long_date(lang, edition.day), time=edition.slot)


async def _post(  # noqa: PLR0913, PLR0917 - what a digest is made of
    ports: Composing,
    clippings: Clippings,
    subscriber: Subscriber,
    edition: Edition,
    now: datetime,
    title: str = "",
) -> bool:
    wanted = subscriber.preferences
    liked = tastes(wanted, await ports.votes(subscriber.id))
    told = await ports.subscribers.told(subscriber.id)
    wishes = Wishes(wanted.languages, wanted.topics, told, liked, hearing(subscriber))
    cards = await clippings.reaching(LONGEST_REACH, subscriber)
    found = _digest(cards, wishes, _since(subscriber, now), now)
    if not found.items:
        return False
    messages = ports.render(found, subscriber.lang, wanted.zone, title)
    return await ports.outbox.post(edition, found, messages, now)


def _since(subscriber: Subscriber, now: datetime) -> datetime:
    if subscriber.told_until is None:
        return now - FIRST_REACH
    return max(subscriber.told_until - OVERLAP, now - LONGEST_REACH)
