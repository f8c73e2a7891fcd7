"""Subscribers: chats with their preferences."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, String, bindparam, cast, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.demand import Wish
from bot.domain.schedule import FARTHEST, next_slot, replanned
from bot.domain.subscriber import Breaking, Chat, Preferences, State, Subscriber, Weekly, reconciled
from bot.store.engine import Database
from bot.store.own_sources import drop_orphans
from bot.store.tables import editions, own_sources, sources, subscribers, told
from summarizer.topic import Topic

#: A clock that took readers and died leaves them to another after this long.
CLAIM = timedelta(minutes=1)
#: Readers who are named in one statement; more of them are nearly everybody.
_BATCH = 1000


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
            values = {"chat_id": chat.id, "thread_id": chat.thread or 0, "created_at": now}
            active = {"state": State.ACTIVE, "next_at": next_slot(preferences, now)}
            new = self._database.insert(subscribers).values({**values, **active, **_columns(preferences)})
            new = new.on_conflict_do_nothing().returning(subscribers)
            if row := (await connection.execute(new)).mappings().first():
                return _subscriber(row), True
            there = select(subscribers).where(_is(chat)).with_for_update()
            (known,) = await _whole(connection, (await connection.execute(there)).mappings().all())
            planned = replanned(known, known.preferences, now)
            back = replace(known, state=State.ACTIVE, next_at=planned)
            resumed = update(subscribers).where(_is(chat))
            await connection.execute(resumed.values(state=back.state, next_at=back.next_at))
            return back, False

    async def change(self, after: Subscriber, before: Subscriber | None = None) -> Subscriber:
        """Store a reader; with `before`, only what changed since, into what is stored now. Returns that."""
        this = subscribers.c.id == after.id
        async with self._database.write() as connection:
            stored = select(subscribers).where(this).with_for_update()
            row = (await connection.execute(stored)).mappings().first()
            if row and before:
                after = reconciled(before, after, *await _whole(connection, [row]))
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

    async def delete(self, subscriber: int) -> None:
        """Forget a subscriber and all that is theirs."""
        async with self._database.write() as connection:
            await connection.execute(delete(subscribers).where(subscribers.c.id == subscriber))
            await drop_orphans(connection)

    async def due(self, now: datetime, limit: int) -> Sequence[Subscriber]:
        """Subscribers whose next slot has begun or whose pause is over, earliest first.

        So are those whose slot no clock can have planned that was right: theirs is planned again. On
        PostgreSQL they are this caller's until they are rescheduled, for CLAIM at most, so that several
        clocks share the work; elsewhere clocks meet at the edition, which exists once.
        """
        reachable = subscribers.c.state.in_([State.ACTIVE, State.PAUSED])
        put_back = (subscribers.c.state == State.ACTIVE) & (subscribers.c.next_at > now + FARTHEST)
        waiting = (reachable, or_(subscribers.c.next_at <= now, put_back))
        if self._database.is_sqlite:
            return await self._select(*waiting, limit=limit)
        return await self._claim(*waiting, _is_free(now), until=now + CLAIM, limit=limit)

    async def several(self, readers: Collection[int]) -> Mapping[int, Subscriber]:
        """Those of these subscribers that there are, by id."""
        return {one.id: one for one in await self._select(subscribers.c.id.in_(readers))}

    async def active(self) -> Sequence[Subscriber]:
        """Everyone who gets digests."""
        return await self._select(subscribers.c.state == State.ACTIVE)

    async def wishes(self) -> Sequence[Wish]:
        """What those who get digests read, each wish once: there are far fewer than readers."""
        stored = subscribers.c
        words = cast(stored.followed, String) != "[]"
        query = select(cast(stored.languages, String), cast(stored.topics, String), words).distinct()
        async with self._database.read() as connection:
            return [
                Wish(frozenset(json.loads(languages)), frozenset(map(Topic, json.loads(topics))), words)
                for languages, topics, words in await connection.execute(
                    query.where(stored.state == State.ACTIVE)
                )
            ]

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

    async def told_to(
        self, readers: Collection[int], since_story: int = 0
    ) -> Mapping[int, Mapping[int, datetime]]:
        """The same for many, by reader, for stories with this number and later ones."""
        theirs = (told.c.subscriber_id.in_(readers), told.c.story_id >= since_story)
        known = select(told.c.subscriber_id, told.c.story_id, told.c.edition_id).where(*theirs)
        when = select(editions.c.id, editions.c.created_at).where(
            editions.c.id.in_(select(told.c.edition_id).where(*theirs))
        )
        found: dict[int, dict[int, datetime]] = {}
        async with self._database.snapshot() as connection:
            moments = {row.id: row.created_at for row in await connection.execute(when)}
            for reader, story, edition in await connection.execute(known):
                found.setdefault(reader, {})[story] = moments[edition]
        return found

    async def reschedule_all(self, moves: Sequence[tuple[Subscriber, datetime | None]]) -> None:
        """Move these readers' next slots, but those moved meanwhile; a pause that ran out ends."""
        if not moves:
            return
        unmoved = subscribers.c.next_at.is_not_distinct_from(bindparam("before"))
        moved = update(subscribers).where(subscribers.c.id == bindparam("reader"), unmoved)
        rows = [{"reader": one.id, "before": one.next_at, "after": next_at} for one, next_at in moves]
        # In the order in which settling holds readers (bot.store.settling.hold).
        rows.sort(key=itemgetter("reader"))
        async with self._database.write() as connection:
            values = {"next_at": bindparam("after"), "state": State.ACTIVE, "claimed_until": None}
            await connection.execute(moved.values(values), rows)

    async def _claim(self, *where: ColumnElement[bool], until: datetime, limit: int) -> list[Subscriber]:
        first = select(subscribers.c.id).where(*where).order_by(subscribers.c.next_at, subscribers.c.id)
        free = first.limit(limit).with_for_update(skip_locked=True)
        mine = update(subscribers).where(subscribers.c.id.in_(free)).values(claimed_until=until)
        async with self._database.write() as connection:
            rows = (await connection.execute(mine.returning(subscribers))).mappings().all()
            return await _whole(connection, sorted(rows, key=lambda row: (row["next_at"], row["id"])))

    async def _select(self, *where: ColumnElement[bool], limit: int | None = None) -> list[Subscriber]:
        query = (
            select(subscribers).where(*where).order_by(subscribers.c.next_at, subscribers.c.id).limit(limit)
        )
        async with self._database.read() as connection:
            return await _whole(connection, (await connection.execute(query)).mappings().all())


async def _whole(connection: AsyncConnection, rows: Sequence[RowMapping]) -> list[Subscriber]:
    """Readers with the names of the feeds they added, found in one look for all of them."""
    owned = select(own_sources.c.subscriber_id, sources.c.name).join_from(own_sources, sources)
    if len(rows) <= _BATCH:
        owned = owned.where(own_sources.c.subscriber_id.in_([row["id"] for row in rows]))
    names: dict[int, set[str]] = {}
    if rows:
        for reader, name in await connection.execute(owned.where(sources.c.enabled)):
            names.setdefault(reader, set()).add(name)
    return [replace(_subscriber(row), own=frozenset(names.get(row["id"], ()))) for row in rows]


def _is_free(now: datetime) -> ColumnElement[bool]:
    # A claim that ends later than any can was made by a clock that has been put back since.
    until = subscribers.c.claimed_until
    return or_(until.is_(None), until <= now, until > now + CLAIM)


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
        "quiet": "-".join(f"{moment:%H:%M}" for moment in preferences.quiet or ()),
        "muted_sources": sorted(preferences.muted_sources),
        "weekly": f"{preferences.weekly.day} {preferences.weekly.slot:%H:%M}" if preferences.weekly else "",
        "rich": preferences.rich,
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
        quiet=_quiet(row["quiet"]),
        muted_sources=frozenset(row["muted_sources"]),
        weekly=_weekly(row["weekly"]),
        rich=row["rich"],
    )
    return Subscriber(
        id=row["id"],
        chat=Chat(row["chat_id"], row["thread_id"] or None),
        preferences=preferences,
        state=State(row["state"]),
        next_at=row["next_at"],
        told_until=row["told_until"],
    )


def _quiet(stored: str) -> tuple[time, time] | None:
    if not stored:
        return None
    begin, end = stored.split("-")
    return time.fromisoformat(begin), time.fromisoformat(end)


def _weekly(stored: str) -> Weekly | None:
    if not stored:
        return None
    day, slot = stored.split()
    return Weekly(int(day), time.fromisoformat(slot))
