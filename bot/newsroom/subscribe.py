"""A reader joins, changes what they want, pauses, leaves and comes back."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.schedule import next_slot
from bot.domain.subscriber import Chat, Preferences, State, Subscriber
from bot.newsroom.desk import Desk


async def start(desk: Desk, chat: Chat, wished: Preferences) -> tuple[Subscriber, bool]:
    """Subscribe at once, or resume with the settings kept; True when new."""
    now = desk.now()
    subscriber, new = await desk.subscribers.join(chat, wished, now)
    return await _store(desk, subscriber, replace(subscriber, state=State.ACTIVE), now), new


async def revise(desk: Desk, subscriber: Subscriber, preferences: Preferences) -> Subscriber:
    """Change what a reader wants; a pause goes on."""
    return await _store(desk, subscriber, replace(subscriber, preferences=preferences), desk.now())


async def pause(desk: Desk, subscriber: Subscriber, days: int | None) -> Subscriber:
    """Send nothing for some days, or (None) until the reader resumes."""
    until = desk.now() + timedelta(days=days) if days else None
    paused = replace(subscriber, state=State.PAUSED, next_at=until)
    await desk.subscribers.change(paused)
    return paused


async def leave(desk: Desk, chat: Chat) -> None:
    """The chat is closed to us: keep its settings until it comes back."""
    subscriber = await desk.subscribers.find(chat)
    if subscriber and subscriber.state is not State.GONE:
        await desk.subscribers.change(replace(subscriber, state=State.GONE, next_at=None))


async def come_back(desk: Desk, chat: Chat) -> None:
    """The chat is open again: resume what `leave` ended, and only that."""
    subscriber = await desk.subscribers.find(chat)
    if subscriber and subscriber.state is State.GONE:
        await _store(desk, subscriber, replace(subscriber, state=State.ACTIVE), desk.now())


async def _store(desk: Desk, before: Subscriber, after: Subscriber, now: datetime) -> Subscriber:
    if after.state is State.ACTIVE:
        after = replace(after, next_at=next_slot(after.preferences, now))
    if after != before:
        await desk.subscribers.change(after)
    return after
