"""The outbox: an edition's parts from the moment they are posted until Telegram confirms them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import (
    ColumnElement,
    RowMapping,
    Select,
    Update,
    case,
    delete,
    false,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.delivery import LEASE, Part, PartState, Settlement, UnknownPolicy
from bot.domain.digest import Digest
from bot.domain.schedule import Edition
from bot.domain.subscriber import Chat, State
from bot.store.engine import Database
from bot.store.tables import editions, parts, subscribers, told

#: No pause that Telegram asks for or that we take is longer than this.
LONGEST_WAIT = timedelta(days=1)

#: Of a head. (Said with IN, SQLite takes the index of states and sorts all that waits.)
_UNCLAIMED = parts.c.state != PartState.SENDING

_log = structlog.get_logger(__name__)


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
        async with self._database.write(durable=True) as connection:
            new = dialect.insert(editions).values(key).on_conflict_do_nothing().returning(editions.c.id)
            edition_id = (await connection.execute(new)).scalar_one_or_none()
            if edition_id is None:
                return False
            owner = {"subscriber_id": edition.subscriber, "edition_id": edition_id}
            if digest.items:
                rows = [{**owner, "story_id": item.story} for item in digest.items]
                again = {"index_elements": ["subscriber_id", "story_id"], "set_": {"edition_id": edition_id}}
                await connection.execute(dialect.insert(told).on_conflict_do_update(**again), rows)
            if edition.is_digest:
                reader = update(subscribers).where(subscribers.c.id == edition.subscriber)
                await connection.execute(reader.values(told_until=now))
            if messages:
                await connection.execute(insert(parts), [{**owner, **row} for row in _rows(messages)])
                await _advance(connection, edition.subscriber)
        return True

    async def ready(self, now: datetime, limit: int, but: Collection[int] = ()) -> Sequence[Part]:
        """The next part of each reader that may be sent now, without those; one a reader, in order.

        Parts that waited out a pause come before those never tried. One that can't be read fails.
        """
        queues = (
            _queue(parts.c.not_before <= now).order_by(parts.c.not_before, parts.c.id),
            _queue(parts.c.not_before.is_(None)).order_by(parts.c.id),
        )
        found: list[Part] = []
        for queue in queues:
            wanted = queue.where(parts.c.id.not_in(but)) if but else queue
            async with self._database.read() as connection:
                rows = (await connection.execute(wanted.limit(limit - len(found)))).mappings().all()
            for row in rows:
                try:
                    found.append(_part(row))
                except (LookupError, TypeError) as error:
                    await self._fail(row, f"unreadable: {error}", now)
        return found

    async def claim(self, part: Part, now: datetime) -> bool:
        """Mark a part `sending` for the length of a lease; False where it is not ready any more."""
        doubtful = or_(parts.c.doubtful, parts.c.state == PartState.UNKNOWN)
        mark = {"state": PartState.SENDING, "doubtful": doubtful, "attempts": parts.c.attempts + 1}
        claimed = _unclaimed(part).values(**mark, not_before=now + LEASE)
        async with self._database.write(durable=True) as connection:
            return (await connection.execute(claimed)).rowcount == 1

    async def postpone(self, part: Part, until: datetime) -> None:
        """Leave a part that is not claimed alone until then."""
        async with self._database.write(durable=True) as connection:
            await connection.execute(_unclaimed(part).values(not_before=until))

    async def settle(self, part: Part, settlement: Settlement, now: datetime) -> bool:
        """Store what an attempt made of a part, and what it taught about the chat; False: too late.

        An attempt whose lease ran out has nothing to say when somebody else has the part. Only a
        confirmation is news even then.
        """
        values = {
            "state": settlement.state,
            "message_id": settlement.message_id,
            "reason": settlement.reason,
            "not_before": settlement.not_before,
            "settled_at": now,
            "head": settlement.is_open,
        } | ({} if settlement.counts else {"attempts": part.attempts})
        async with self._database.write(durable=True) as connection:
            settled = update(parts).where(parts.c.id == part.id, _holds(part, settlement)).values(values)
            if not (await connection.execute(settled)).rowcount:
                return False
            if settlement.moved_to is not None:
                await _move(connection, part, settlement.moved_to)
            if settlement.gone:
                await _lose(connection, part.subscriber, settlement.reason)
            if settlement.gives_up:
                await _give_up(connection, part.edition, part.subscriber, settlement.reason)
            if not settlement.is_open:
                await _advance(connection, part.subscriber)
        return True

    async def recover(self, now: datetime, policy: UnknownPolicy) -> int:
        """Turn parts whose lease ran out (a crash) into `unknown`; returns how many.

        They are due at once, once, where the policy says so: the process that sent them is dead. A lease
        that ends later than any can, or a pause, was counted from a clock that has been put back since.
        """
        held = parts.c.state == PartState.SENDING
        late = or_(parts.c.not_before <= now, parts.c.not_before > now + LEASE)
        again = ~parts.c.doubtful if policy is UnknownPolicy.RESEND else false()
        values = {
            "state": PartState.UNKNOWN,
            "reason": "interrupted",
            "not_before": case((again, now)),
            "head": again,
            "settled_at": now,
        }
        far = update(parts).where(parts.c.head, ~held, parts.c.not_before > now + LONGEST_WAIT)
        stuck = update(parts).where(held, late).values(values).returning(parts.c.subscriber_id)
        async with self._database.write(durable=True) as connection:
            readers = (await connection.execute(stuck)).scalars().all()
            for reader in readers:
                await _advance(connection, reader)
            await connection.execute(far.values(not_before=now))
        return len(readers)

    async def next_at(self) -> datetime | None:
        """When the earliest part that is not done may be looked at again; None: all are done."""
        heads = select(parts.c.not_before).where(parts.c.head)
        first = heads.order_by(parts.c.not_before.nulls_first()).limit(1)
        async with self._database.read() as connection:
            row = (await connection.execute(first)).first()
        return None if row is None else row.not_before or datetime.min.replace(tzinfo=UTC)

    async def counts(self) -> Mapping[str, int]:
        """Parts by state."""
        query = select(parts.c.state, func.count().label("number")).group_by(parts.c.state)
        async with self._database.read() as connection:
            return {row.state: row.number for row in await connection.execute(query)}

    async def _fail(self, row: RowMapping, reason: str, now: datetime) -> None:
        _log.warning("part can't be read", part=row["id"], subscriber=row["subscriber_id"], reason=reason)
        failed = {"state": PartState.FAILED, "reason": reason, "settled_at": now, "head": False}
        async with self._database.write(durable=True) as connection:
            await connection.execute(update(parts).where(parts.c.id == row["id"]).values(failed))
            await _give_up(connection, row["edition_id"], row["subscriber_id"], reason)
            await _advance(connection, row["subscriber_id"])


def _queue(when: ColumnElement[bool]) -> Select[Any]:
    """Heads only: a reader's later parts wait for the first."""
    reader = [subscribers.c.chat_id, subscribers.c.thread_id, subscribers.c.languages]
    posted = editions.c.created_at.label("posted")
    joined = select(parts, *reader, posted).join_from(parts, subscribers)
    joined = joined.join(editions, editions.c.id == parts.c.edition_id)
    return joined.where(parts.c.head, when, _UNCLAIMED)


def _unclaimed(part: Part) -> Update:
    seen = parts.c.attempts == part.attempts
    return update(parts).where(parts.c.id == part.id, parts.c.head, _UNCLAIMED, seen)


def _holds(part: Part, settlement: Settlement) -> ColumnElement[bool]:
    if settlement.state is PartState.SENT:
        return parts.c.state != PartState.SENT
    return (parts.c.state == PartState.SENDING) & (parts.c.attempts == part.attempts + 1)


def _rows(messages: Sequence[str]) -> list[dict[str, Any]]:
    last = len(messages) - 1
    return [
        {"ordinal": ordinal, "last": ordinal == last, "html": html, "state": PartState.PENDING}
        for ordinal, html in enumerate(messages)
    ]


async def _advance(connection: AsyncConnection, reader: int) -> None:
    """Make the reader's first pending part the head, where nothing else is."""
    if connection.dialect.name != "sqlite":
        # Whoever posts to this reader or settles a part of theirs waits here for the other.
        one = select(subscribers.c.id).where(subscribers.c.id == reader)
        await connection.execute(one.with_for_update())
    theirs = parts.c.subscriber_id == reader
    head = select(parts.c.id).where(theirs, parts.c.head).exists()
    first = select(func.min(parts.c.id)).where(theirs, parts.c.state == PartState.PENDING)
    following = update(parts).where(parts.c.id == first.scalar_subquery(), ~head)
    await connection.execute(following.values(head=True))


async def _move(connection: AsyncConnection, part: Part, chat_id: int) -> None:
    there = select(subscribers.c.id).where(
        subscribers.c.chat_id == chat_id, subscribers.c.thread_id == (part.chat.thread or 0)
    )
    if (await connection.execute(there)).first():
        # Somebody said /start in the supergroup first: one chat is one subscriber.
        await _lose(connection, part.subscriber, "migrated")
        return
    moved = update(subscribers).where(subscribers.c.id == part.subscriber)
    await connection.execute(moved.values(chat_id=chat_id))


async def _lose(connection: AsyncConnection, reader: int, reason: str) -> None:
    lost = update(subscribers).where(subscribers.c.id == reader)
    await connection.execute(lost.values(state=State.GONE, next_at=None))
    undone = or_(parts.c.state == PartState.PENDING, parts.c.head)
    rest = update(parts).where(parts.c.subscriber_id == reader, undone)
    failed = rest.values(state=PartState.FAILED, reason=reason, not_before=None, head=False)
    await connection.execute(failed)


async def _give_up(connection: AsyncConnection, edition: int, reader: int, reason: str) -> None:
    """Fail what is left of an edition; the next one may tell its stories."""
    rest = update(parts).where(parts.c.edition_id == edition, parts.c.state == PartState.PENDING)
    await connection.execute(rest.values(state=PartState.FAILED, reason=reason))
    await connection.execute(delete(told).where(told.c.edition_id == edition))
    await connection.execute(update(subscribers).where(subscribers.c.id == reader).values(told_until=None))


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
        posted=row["posted"],
        attempts=row["attempts"],
        doubtful=row["doubtful"] or row["state"] == PartState.UNKNOWN,
    )
