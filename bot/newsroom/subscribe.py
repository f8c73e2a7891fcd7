"""A reader joins, changes what they want, pauses, leaves and comes back."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.schedule import replanned
from bot.domain.subscriber import Chat, Preferences, State, Subscriber
from bot.newsroom.desk import Desk


async def start(desk: Desk, chat: Chat, wished: Preferences) -> tuple[Subscriber, bool]:
    """Subscribe at once, or resume with the settings kept; True when new."""
    return await desk.subscribers.join(chat, wished, desk.now())


async def revise(desk: Desk, subscriber: Subscriber, preferences: Preferences) -> Subscriber:
    """Change what a reader wants; a pause goes on."""
    return await _store(desk, subscriber, replace(subscriber, preferences=preferences), desk.now())


async def pause(desk: Desk, subscriber: Subscriber, days: int | None) -> Subscriber:
    """Send nothing for some days, or (None) until the reader resumes."""
    until = desk.now() + timedelta(days=days) if days else None
    paused = replace(subscriber, state=State.PAUSED, next_at=until)
    return await desk.subscribers.change(paused, before=subscriber)


async def leave(desk: Desk, chat: int) -> None:
    """A chat is closed to us: keep the settings of everyone in it until it opens again."""
    for subscriber in await desk.subscribers.in_chat(chat):
        if subscriber.state is not State.GONE:
            gone = replace(subscriber, state=State.GONE, next_at=None)
            await desk.subscribers.change(gone, before=subscriber)


async def come_back(desk: Desk, chat: int) -> bool:
    """A chat is open again: resume what `leave` ended, and only that; False where nobody was known."""
    known = await desk.subscribers.in_chat(chat)
    for subscriber in known:
        if subscriber.state is State.GONE:
            await _store(desk, subscriber, replace(subscriber, state=State.ACTIVE), desk.now())
    return bool(known)


async def move(desk: Desk, old: int, new: int) -> None:
    """A group became a supergroup: its subscribers live at the new id, unless it has its own already."""
    if await desk.subscribers.in_chat(new):
        return
    for subscriber in await desk.subscribers.in_chat(old):
        moved = replace(subscriber, chat=replace(subscriber.chat, id=new))
        await desk.subscribers.change(moved, before=subscriber)


async def _store(desk: Desk, before: Subscriber, after: Subscriber, now: datetime) -> Subscriber:
    if after.state is State.ACTIVE:
        after = replace(after, next_at=replanned(before, after.preferences, now))
    return after if after == before else await desk.subscribers.change(after, before)
