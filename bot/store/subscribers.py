"""Subscribers: chats with their preferences."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, delete, insert, or_, select, update

from bot.domain.schedule import FARTHEST, next_slot
from bot.domain.subscriber import Breaking, Chat, Preferences, State, Subscriber, reconciled
from bot.store.engine import Database
from bot.store.tables import editions, subscribers, told
from summarizer.topic import Topic


class SubscriberStore:
    """Satisfies newsroom.ports.Subscribers."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, chat: Chat) -> Subscriber | None:
        """The subscriber of this chat."""
        return next(iter(await self._select(_is(chat))), None)

    async def get(self, subscriber: int) -> Subscriber | None:
        """The subscriber with this id."""
        return next(iter(await self._select(subscribers.c.id == subscriber)), None)

    async def join(self, chat: Chat, preferences: Preferences, now: datetime) -> tuple[Subscriber, bool]:
        """Subscribe, or resume with the settings kept, the next slot set; True when new."""
        async with self._database.write() as connection:
            row = (await connection.execute(select(subscribers).where(_is(chat)))).mappings().first()
            if row is None:
                values = {"chat_id": chat.id, "thread_id": chat.thread or 0, "created_at": now}
                active = {"state": State.ACTIVE, "next_at": next_slot(preferences, now)}
                new = insert(subscribers).values({**values, **active, **_columns(preferences)})
                return _subscriber(
                    (await connection.execute(new.returning(subscribers))).mappings().one()
                ), True
            known = _subscriber(row)
            back = replace(known, state=State.ACTIVE, next_at=next_slot(known.preferences, now))
            resumed = update(subscribers).where(_is(chat))
            await connection.execute(resumed.values(state=back.state, next_at=back.next_at))
            return back, False

    async def change(self, after: Subscriber, before: Subscriber | None = None) -> Subscriber:
        """Store a reader; with `before`, only what changed since, into what is stored now. Returns that."""
        this = subscribers.c.id == after.id
        async with self._database.write() as connection:
            row = (await connection.execute(select(subscribers).where(this))).mappings().first()
            if row and before:
                after = reconciled(before, after, _subscriber(row))
            values = {
                **_columns(after.preferences),
                "chat_id": after.chat.id,
                "thread_id": after.chat.thread or 0,
                "state": after.state,
                "next_at": after.next_at,
                "told_until": after.told_until,
            }
            await connection.execute(update(subscribers).where(this).values(values))
        return after

    async def reschedule(self, subscriber: Subscriber, next_at: datetime | None) -> None:
        """Move an active reader's next slot, unless it was moved meanwhile; a pause that ran out ends."""
        unmoved = subscribers.c.next_at.is_not_distinct_from(subscriber.next_at)
        statement = update(subscribers).where(subscribers.c.id == subscriber.id, unmoved)
        async with self._database.write() as connection:
            await connection.execute(statement.values(next_at=next_at, state=State.ACTIVE))

    async def delete(self, subscriber: int) -> None:
        """Forget a subscriber and all that is theirs."""
        async with self._database.write() as connection:
            await connection.execute(delete(subscribers).where(subscribers.c.id == subscriber))

    async def due(self, now: datetime, limit: int) -> Sequence[Subscriber]:
        """Subscribers whose next slot has begun or whose pause is over, earliest first.

        So are those whose slot no clock can have planned that was right: theirs is planned again.
        """
        reachable = subscribers.c.state.in_([State.ACTIVE, State.PAUSED])
        put_back = (subscribers.c.state == State.ACTIVE) & (subscribers.c.next_at > now + FARTHEST)
        return await self._select(reachable, or_(subscribers.c.next_at <= now, put_back), limit=limit)

    async def active(self) -> Sequence[Subscriber]:
        """Everyone who gets digests."""
        return await self._select(subscribers.c.state == State.ACTIVE)

    async def all(self) -> Sequence[Subscriber]:
        """Everyone, the paused and the gone too."""
        return await self._select()

    async def in_chat(self, chat_id: int) -> Sequence[Subscriber]:
        """Everyone in this chat: a forum has one subscriber a topic."""
        return await self._select(subscribers.c.chat_id == chat_id)

    async def told(self, subscriber: int) -> Mapping[int, datetime]:
        """When each story was told to this subscriber last."""
        query = select(told.c.story_id, editions.c.created_at).join_from(told, editions)
        async with self._database.read() as connection:
            rows = await connection.execute(query.where(told.c.subscriber_id == subscriber))
            return {row.story_id: row.created_at for row in rows}

    async def _select(self, *where: ColumnElement[bool], limit: int | None = None) -> list[Subscriber]:
        query = (
            select(subscribers).where(*where).order_by(subscribers.c.next_at, subscribers.c.id).limit(limit)
        )
        async with self._database.read() as connection:
            return [_subscriber(row) for row in (await connection.execute(query)).mappings()]


def _is(chat: Chat) -> ColumnElement[bool]:
    return (subscribers.c.chat_id == chat.id) & (subscribers.c.thread_id == (chat.thread or 0))


def _columns(preferences: Preferences) -> dict[str, Any]:
    return {
        "languages": list(preferences.languages),
        "topics": sorted(preferences.topics),
        "slots": [f"{slot:%H:%M}" for slot in sorted(preferences.slots)],
        "days": sorted(preferences.days),
        "zone": preferences.zone,
        "muted": list(preferences.muted),
        "followed": list(preferences.followed),
        "breaking": preferences.breaking,
    }


def _subscriber(row: RowMapping) -> Subscriber:
    preferences = Preferences(
        languages=tuple(row["languages"]),
        topics=frozenset(Topic(topic) for topic in row["topics"]),
        slots=tuple(time.fromisoformat(slot) for slot in row["slots"]),
        days=frozenset(row["days"]),
        zone=row["zone"],
        muted=tuple(row["muted"]),
        followed=tuple(row["followed"]),
        breaking=Breaking(row["breaking"]),
    )
    return Subscriber(
        id=row["id"],
        chat=Chat(row["chat_id"], row["thread_id"] or None),
        preferences=preferences,
        state=State(row["state"]),
        next_at=row["next_at"],
        told_until=row["told_until"],
    )
