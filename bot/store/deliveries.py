"""The outbox: an edition's parts from the moment they are posted until Telegram confirms them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import (
    ColumnElement,
    RowMapping,
    Select,
    case,
    false,
    func,
    insert,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from bot.domain.delivery import LEASE, Part, PartState, Settlement, UnknownPolicy
from bot.domain.digest import Digest
from bot.domain.schedule import Edition
from bot.domain.subscriber import Chat
from bot.store.engine import Database
from bot.store.settling import advance, give_up, settle_all, unclaimed
from bot.store.tables import editions, parts, subscribers, told

#: No pause that Telegram asks for or that we take is longer than this.
LONGEST_WAIT = timedelta(days=1)

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
                await advance(connection, {edition.subscriber})
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

    async def claim(self, ready: Sequence[Part], now: datetime) -> Sequence[Part]:
        """Mark parts `sending` for the length of a lease; returns those that were still ready, in order.

        One that another process is claiming at this moment is left to it.
        """
        doubtful = or_(parts.c.doubtful, parts.c.state == PartState.UNKNOWN)
        mark = {"state": PartState.SENDING, "doubtful": doubtful, "attempts": parts.c.attempts + 1}
        free = _unclaimed(ready).with_for_update(skip_locked=True)
        claimed = update(parts).where(parts.c.id.in_(free)).values(**mark, not_before=now + LEASE)
        async with self._database.write(durable=True) as connection:
            mine = set((await connection.execute(claimed.returning(parts.c.id))).scalars())
        return [part for part in ready if part.id in mine]

    async def postpone(self, part: Part, until: datetime) -> None:
        """Leave a part that is not claimed alone until then."""
        later = update(parts).where(parts.c.id.in_(_unclaimed([part]))).values(not_before=until)
        async with self._database.write(durable=True) as connection:
            await connection.execute(later)

    async def settle(self, settled: Sequence[tuple[Part, Settlement]], now: datetime) -> Collection[int]:
        """Store what attempts made of parts, and what they taught about chats, all or none.

        An attempt whose lease ran out has nothing to say when somebody else has the part. Only a
        confirmation is news even then. Returns the parts for which it came too late.
        """
        async with self._database.write(durable=True) as connection:
            return await settle_all(connection, settled, now)

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
            await advance(connection, set(readers))
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
            await give_up(connection, row["edition_id"], row["subscriber_id"], reason)
            await advance(connection, {row["subscriber_id"]})


def _queue(when: ColumnElement[bool]) -> Select[Any]:
    """Heads only: a reader's later parts wait for the first."""
    reader = [subscribers.c.chat_id, subscribers.c.thread_id, subscribers.c.languages]
    posted = editions.c.created_at.label("posted")
    joined = select(parts, *reader, posted).join_from(parts, subscribers)
    joined = joined.join(editions, editions.c.id == parts.c.edition_id)
    return joined.where(parts.c.head, when, unclaimed())


def _unclaimed(ready: Sequence[Part]) -> Select[Any]:
    """Those of these parts that are as they were when they were found ready."""
    ids = parts.c.id.in_([part.id for part in ready])
    seen = tuple_(parts.c.id, parts.c.attempts).in_([(part.id, part.attempts) for part in ready])
    return select(parts.c.id).where(ids, seen, parts.c.head, unclaimed()).order_by(parts.c.id)


def _rows(messages: Sequence[str]) -> list[dict[str, Any]]:
    last = len(messages) - 1
    return [
        {"ordinal": ordinal, "last": ordinal == last, "html": html, "state": PartState.PENDING}
        for ordinal, html in enumerate(messages)
    ]


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
