"""The outbox: an edition's parts from the moment they are posted until Telegram confirms them."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Select, case, func, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.delivery import LEASE, Part, PartState, Settlement, UnknownPolicy
from bot.domain.digest import Digest
from bot.domain.schedule import Edition
from bot.domain.subscriber import Chat, State
from bot.store.engine import Database
from bot.store.tables import editions, parts, subscribers, told


class OutboxStore:
    """Satisfies newsroom.ports.Outbox."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def post(self, edition: Edition, digest: Digest, messages: Sequence[str], now: datetime) -> bool:
        """Store edition, told stories, `told_until` and parts in one transaction; False if it exists."""
        dialect = sqlite if self._database.is_sqlite else postgresql
        key = {
            "subscriber_id": edition.subscriber,
            "day": edition.day,
            "slot": edition.slot,
            "created_at": now,
        }
        async with self._database.write() as connection:
            new = dialect.insert(editions).values(key).on_conflict_do_nothing().returning(editions.c.id)
            edition_id = (await connection.execute(new)).scalar_one_or_none()
            if edition_id is None:
                return False
            owner = {"subscriber_id": edition.subscriber, "edition_id": edition_id}
            if digest.items:
                rows = [{**owner, "story_id": item.story} for item in digest.items]
                again = {"index_elements": ["subscriber_id", "story_id"], "set_": {"edition_id": edition_id}}
                await connection.execute(dialect.insert(told).on_conflict_do_update(**again), rows)
            reader = update(subscribers).where(subscribers.c.id == edition.subscriber)
            await connection.execute(reader.values(told_until=now))
            if messages:
                await connection.execute(insert(parts), [{**owner, **row} for row in _rows(messages)])
        return True

    async def claim(self, now: datetime, limit: int) -> Sequence[Part]:
        """The next part of each reader that may be sent now, marked `sending`; one a reader, in order."""
        ready = or_(parts.c.not_before.is_(None), parts.c.not_before <= now)
        waiting = parts.c.state.in_([PartState.PENDING, PartState.UNKNOWN])
        chosen = (
            select(parts.c.id)
            .where(parts.c.id.in_(_heads()), waiting, ready)
            .order_by(parts.c.id)
            .limit(limit)
        )
        async with self._database.write() as connection:
            ids = (await connection.execute(chosen.with_for_update(skip_locked=True))).scalars().all()
            rows = (await connection.execute(_claimed(ids))).mappings().all()
            await connection.execute(
                update(parts)
                .where(parts.c.id.in_(ids))
                .values(
                    doubtful=or_(parts.c.doubtful, parts.c.state == PartState.UNKNOWN),
                    state=PartState.SENDING,
                    attempts=parts.c.attempts + 1,
                    not_before=now + LEASE,
                )
            )
        return [_part(row) for row in rows]

    async def settle(self, part: Part, settlement: Settlement, now: datetime) -> None:
        """Store what an attempt made of a part, and what it taught about the chat.

        Nothing where the attempt is over: its lease ran out and somebody else has the part. Only a
        confirmation is news even then.
        """
        values = {
            "state": settlement.state,
            "message_id": settlement.message_id,
            "reason": settlement.reason,
            "not_before": settlement.not_before,
            "settled_at": now,
        }
        async with self._database.write() as connection:
            settled = update(parts).where(parts.c.id == part.id, _holds(part, settlement)).values(values)
            if not (await connection.execute(settled)).rowcount:
                return
            if settlement.moved_to is not None:
                await _move(connection, part, settlement.moved_to)
            if settlement.gone:
                await _lose(connection, part, settlement.reason)

    async def recover(self, now: datetime, policy: UnknownPolicy) -> int:
        """Turn parts whose lease ran out (a crash) into `unknown`; returns how many.

        They are due at once, once, where the policy says so: the process that sent them is dead.
        """
        stuck = update(parts).where(parts.c.state == PartState.SENDING, parts.c.not_before <= now)
        due = case((parts.c.doubtful, None), else_=now) if policy is UnknownPolicy.RESEND else None
        async with self._database.write() as connection:
            values = {
                "state": PartState.UNKNOWN,
                "reason": "interrupted",
                "not_before": due,
                "settled_at": now,
            }
            return (await connection.execute(stuck.values(values))).rowcount

    async def next_at(self) -> datetime | None:
        """When the earliest part that is not done may be looked at again; None: all are done."""
        heads = select(parts.c.not_before).where(parts.c.id.in_(_heads()))
        first = heads.order_by(parts.c.not_before.nulls_first()).limit(1)
        async with self._database.read() as connection:
            row = (await connection.execute(first)).first()
        return None if row is None else row.not_before or datetime.min.replace(tzinfo=UTC)

    async def counts(self) -> Mapping[str, int]:
        """Parts by state."""
        query = select(parts.c.state, func.count().label("number")).group_by(parts.c.state)
        async with self._database.read() as connection:
            return {row.state: row.number for row in await connection.execute(query)}


def _open() -> ColumnElement[bool]:
    undecided = (parts.c.state == PartState.UNKNOWN) & parts.c.not_before.is_not(None)
    return or_(parts.c.state.in_([PartState.PENDING, PartState.SENDING]), undecided)


def _holds(part: Part, settlement: Settlement) -> ColumnElement[bool]:
    if settlement.state is PartState.SENT:
        return parts.c.state != PartState.SENT
    return (parts.c.state == PartState.SENDING) & (parts.c.attempts == part.attempts + 1)


def _heads() -> Select[Any]:
    # A reader's later parts wait for the first: what they say of their own time says nothing.
    return select(func.min(parts.c.id)).where(_open()).group_by(parts.c.subscriber_id)


def _rows(messages: Sequence[str]) -> list[dict[str, Any]]:
    last = len(messages) - 1
    return [
        {"ordinal": ordinal, "last": ordinal == last, "html": html, "state": PartState.PENDING}
        for ordinal, html in enumerate(messages)
    ]


def _claimed(ids: Sequence[int]) -> Select[Any]:
    reader = [subscribers.c.chat_id, subscribers.c.thread_id, subscribers.c.languages]
    return (
        select(parts, *reader).join_from(parts, subscribers).where(parts.c.id.in_(ids)).order_by(parts.c.id)
    )


async def _move(connection: AsyncConnection, part: Part, chat_id: int) -> None:
    there = select(subscribers.c.id).where(
        subscribers.c.chat_id == chat_id, subscribers.c.thread_id == (part.chat.thread or 0)
    )
    if (await connection.execute(there)).first():
        # Somebody said /start in the supergroup first: one chat is one subscriber.
        await _lose(connection, part, "migrated")
        return
    moved = update(subscribers).where(subscribers.c.id == part.subscriber)
    await connection.execute(moved.values(chat_id=chat_id))


async def _lose(connection: AsyncConnection, part: Part, reason: str) -> None:
    lost = update(subscribers).where(subscribers.c.id == part.subscriber)
    await connection.execute(lost.values(state=State.GONE, next_at=None))
    rest = update(parts).where(parts.c.subscriber_id == part.subscriber, _open())
    await connection.execute(rest.values(state=PartState.FAILED, reason=reason, not_before=None))


def _part(row: RowMapping) -> Part:
    return Part(
        id=row["id"],
        edition=row["edition_id"],
        subscriber=row["subscriber_id"],
        chat=Chat(row["chat_id"], row["thread_id"] or None),
        ordinal=row["ordinal"],
        lang=row["languages"][0],
        html=row["html"],
        last=row["last"],
        attempts=row["attempts"],
        doubtful=row["doubtful"] or row["state"] == PartState.UNKNOWN,
    )
