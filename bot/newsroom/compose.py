"""Compose: a reader's digest from the store, posted to the outbox once per edition."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.digest import Digest, pick
from bot.domain.schedule import Edition, current_edition, edition_due, next_slot
from bot.domain.subscriber import Subscriber
from bot.newsroom.ports import Outbox, Renderer, Stories, Subscribers
from summarizer.topic import Topic

#: A first digest reaches this far back.
FIRST_REACH = timedelta(hours=24)
#: Articles found late may have appeared before the last digest; the told stories are excluded anyway.
OVERLAP = timedelta(hours=6)
#: Quiet days and pauses are not caught up beyond this.
LONGEST_REACH = timedelta(hours=48)
_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Composing:
    """The ports composing needs."""

    stories: Stories
    subscribers: Subscribers
    outbox: Outbox
    render: Renderer


async def digest(  # noqa: PLR0913 - one keyword for each wish, as the command has one option for each
    stories: Stories,
    *,
    since: datetime,
    until: datetime,
    languages: Sequence[str],
    topics: Collection[Topic],
    told: Collection[int] = (),
) -> Digest:
    """The digest of anybody with these wishes."""
    cards = await stories.cards(since, until)
    items = pick(cards, languages=languages, topics=topics, told=told)
    return Digest(since, until, tuple(languages), frozenset(topics), items)


async def compose_due(ports: Composing, now: datetime) -> int:
    """Post the edition of every subscriber whose slot has begun; returns how many were posted."""
    count = 0
    while waiting := await ports.subscribers.due(now, _AT_ONCE):
        for subscriber in waiting:
            edition = edition_due(subscriber.id, subscriber.preferences, now)
            count += bool(edition and await _post(ports, subscriber, edition, now))
            current = await ports.subscribers.get(subscriber.id)
            if current:
                following = next_slot(current.preferences, now)
                await ports.subscribers.change(replace(current, next_at=following))
    return count


async def compose_current(ports: Composing, subscriber: Subscriber, now: datetime) -> bool:
    """Post the day's current edition, due or not; False where it was posted before or holds nothing."""
    return await _post(ports, subscriber, current_edition(subscriber.id, subscriber.preferences, now), now)


async def compose_now(ports: Composing, subscriber: Subscriber, request: str, now: datetime) -> bool:
    """Post a digest a reader asked for; `request` makes a repeated update harmless. False: nothing new."""
    return await _post(ports, subscriber, Edition(subscriber.id, now.date(), f"now-{request}"), now)


async def _post(ports: Composing, subscriber: Subscriber, edition: Edition, now: datetime) -> bool:
    wanted = subscriber.preferences
    found = await digest(
        ports.stories,
        since=_since(subscriber, now),
        until=now,
        languages=wanted.languages,
        topics=wanted.topics,
        told=await ports.subscribers.told(subscriber.id),
    )
    if not found.items:
        return False
    messages = ports.render(found, subscriber.lang, wanted.zone)
    posted = await ports.outbox.post(edition, found, messages, now)
    if posted:
        await ports.subscribers.change(replace(subscriber, told_until=now))
    return posted


def _since(subscriber: Subscriber, now: datetime) -> datetime:
    if subscriber.told_until is None:
        return now - FIRST_REACH
    return max(subscriber.told_until - OVERLAP, now - LONGEST_REACH)
