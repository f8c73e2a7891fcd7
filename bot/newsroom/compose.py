"""Compose: a reader's digest from the store, posted to the outbox once per edition."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.digest import Digest, Wishes, pick
from bot.domain.schedule import Edition, current_edition, edition_due, next_slot
from bot.domain.subscriber import State, Subscriber
from bot.domain.tastes import Vote, tastes
from bot.newsroom.ports import Outbox, Renderer, Stories, Subscribers

#: A first digest reaches this far back.
FIRST_REACH = timedelta(hours=24)
#: Articles found late may have appeared before the last digest; the told stories are excluded anyway.
OVERLAP = timedelta(hours=6)
#: Quiet days and pauses are not caught up beyond this.
LONGEST_REACH = timedelta(hours=48)
_AT_ONCE = 100


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


async def digest(stories: Stories, wishes: Wishes, since: datetime, until: datetime) -> Digest:
    """The digest of anybody with these wishes."""
    items = pick(await stories.cards(since, until), wishes, until)
    return Digest(since, until, tuple(wishes.languages), frozenset(wishes.topics), items)


async def compose_due(ports: Composing, now: datetime) -> int:
    """Post the edition of every subscriber whose slot has begun; returns how many were posted."""
    count = 0
    while waiting := await ports.subscribers.due(now, _AT_ONCE):
        for subscriber in waiting:
            edition = edition_due(subscriber.id, subscriber.preferences, now)
            count += bool(edition and await _post(ports, subscriber, edition, now))
            current = await ports.subscribers.get(subscriber.id)
            # A reader who changed something meanwhile has their own next time already.
            if current and current.next_at == subscriber.next_at:
                following = next_slot(current.preferences, now)
                await ports.subscribers.change(replace(current, state=State.ACTIVE, next_at=following))
    return count


async def compose_current(ports: Composing, subscriber: Subscriber, now: datetime) -> bool:
    """Post the day's current edition, due or not; False where it was posted before or holds nothing."""
    return await _post(ports, subscriber, current_edition(subscriber.id, subscriber.preferences, now), now)


async def compose_now(ports: Composing, subscriber: Subscriber, request: str, now: datetime) -> bool:
    """Post a digest a reader asked for; `request` makes a repeated update harmless. False: nothing new."""
    return await _post(ports, subscriber, Edition(subscriber.id, now.date(), f"now-{request}"), now)


async def _post(ports: Composing, subscriber: Subscriber, edition: Edition, now: datetime) -> bool:
    wanted = subscriber.preferences
    liked = tastes(wanted, await ports.votes(subscriber.id))
    wishes = Wishes(wanted.languages, wanted.topics, await ports.subscribers.told(subscriber.id), liked)
    found = await digest(ports.stories, wishes, _since(subscriber, now), now)
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
