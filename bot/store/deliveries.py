"""The outbox: an edition's parts from the moment they are posted until Telegram confirms them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
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
    or_,
    select,
    tuple_,
    update,
)

from bot.domain.delivery import LEASE, Message, Part, PartState, Revision, Settlement, UnknownPolicy
from bot.domain.digest import Digest
from bot.domain.schedule import NOTE, Edition
from bot.domain.share import WHOLE, Share
from bot.domain.subscriber import Chat, State
from bot.newsroom.ports import Posting
from bot.store.engine import Database
from bot.store.posting import post_all
from bot.store.settling import advance, give_up, hold, settle_all, unclaimed
from bot.store.sources import READERS
from bot.store.tables import articles, editions, parts, sources, subscribers

#: No pause that Telegram asks for or that we take is longer than this.
LONGEST_WAIT = timedelta(days=1)

_log = structlog.get_logger(__name__)


class OutboxStore:
    """Satisfies newsroom.ports.Outbox."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def post(
        self, edition: Edition, digest: Digest, messages: Sequence[Message | str], now: datetime
    ) -> bool:
        """Store edition, told stories, `told_until` and parts in one transaction; False if it exists."""
        return bool(await self.post_all([Posting(edition, digest, messages)], now))

    async def post_all(self, postings: Sequence[Posting], now: datetime) -> Collection[Edition]:
        """The same for many readers, in one transaction for all; returns the editions that were new."""
        if not postings:
            return ()
        async with self._database.write(durable=True) as connection:
            return await post_all(self._database, connection, postings, now)

    async def noted(self, readers: Collection[int], since: datetime) -> Collection[int]:
        """Those of these readers who were told since then that there is nothing new."""
        notes = select(editions.c.subscriber_id).where(
            editions.c.subscriber_id.in_(readers), editions.c.slot == NOTE, editions.c.created_at > since
        )
        async with self._database.read() as connection:
            return (await connection.execute(notes)).scalars().all()

    async def ready(
        self, now: datetime, limit: int, but: Collection[int] = (), share: Share = WHOLE
    ) -> Sequence[Part]:
        """The next part of each reader of the share that may be sent now, without those; in order.

        Parts that waited out a pause come before those never tried. One that can't be read fails.
        """
        queues = (
            _queue(parts.c.not_before <= now).order_by(parts.c.not_before, parts.c.id),
            _queue(parts.c.not_before.is_(None)).order_by(parts.c.id),
        )
        found: list[Part] = []
        for queue in queues:
            wanted = queue.where(parts.c.id.not_in(but)) if but else queue
            if share.of > 1:
                wanted = wanted.where(parts.c.subscriber_id % share.of == share.index)
            async with self._database.read() as connection:
                rows = (await connection.execute(wanted.limit(limit - len(found)))).mappings().all()
            for row in rows:
                try:
                    found.append(_part(row))
                except (LookupError, TypeError) as error:
                    await self._fail(row, f"unreadable: {error}", now)
        return await self._marked(found)

    async def _marked(self, found: Sequence[Part]) -> list[Part]:
        """The same parts, with what of theirs has no public page; only those of one story lead to one."""
        alone = {part.stories[0] for part in found if part.last and len(part.stories) == 1}
        if not alone:
            return list(found)
        public = func.max(case((sources.c.origin != READERS, 1), else_=0))
        told = select(articles.c.story_id).join_from(articles, sources)
        private = told.where(articles.c.story_id.in_(alone)).group_by(articles.c.story_id).having(public == 0)
        async with self._database.read() as connection:
            hidden = frozenset((await connection.execute(private)).scalars())
        return [replace(part, hidden=hidden & {*part.stories}) for part in found] if hidden else list(found)

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

    async def revisions(self, limit: int) -> Sequence[Revision]:
        """Messages that are to be changed, the oldest first; of readers who can still be reached."""
        waiting = _whole().where(parts.c.revision.is_not(None), subscribers.c.state != State.GONE)
        async with self._database.read() as connection:
            rows = (await connection.execute(waiting.order_by(parts.c.id).limit(limit))).mappings().all()
        marked = await self._marked([_part(row) for row in rows])
        return [
            Revision(part, row["message_id"], row["revision"]) for part, row in zip(marked, rows, strict=True)
        ]

    async def revised(self, revision: Revision, now: datetime) -> None:
        """A message was changed, or never will be; what was asked for meanwhile is still to be done."""
        this = (parts.c.id == revision.part.id) & (parts.c.revision == revision.html)
        values = {"revision": None, "html": revision.html, "revised": parts.c.revised + 1, "settled_at": now}
        async with self._database.write(durable=True) as connection:
            await connection.execute(update(parts).where(this).values(values))

    async def recover(self, now: datetime, policy: UnknownPolicy) -> int:
        """Turn parts whose lease ran out (a crash) into `unknown`; returns how many.

        They are due at once, once, where the policy says so: the process that sent them is dead. A lease
        that ends later than any can, or a pause, was counted from a clock that has been put back since.
        """
        held = parts.c.state == PartState.SENDING
        late = held & or_(parts.c.not_before <= now, parts.c.not_before > now + 2 * LEASE)
        again = ~parts.c.doubtful if policy is UnknownPolicy.RESEND else false()
        values = {
            "state": PartState.UNKNOWN,
            "reason": "interrupted",
            "not_before": case((again, now)),
            "head": again,
            "settled_at": now,
        }
        far = parts.c.head & ~held & (parts.c.not_before > now + LONGEST_WAIT)
        stuck = update(parts).where(late).values(values).returning(parts.c.subscriber_id)
        async with self._database.write(durable=True) as connection:
            await hold(connection, select(parts.c.subscriber_id).where(late | far))
            readers = (await connection.execute(stuck)).scalars().all()
            await advance(connection, set(readers))
            await connection.execute(update(parts).where(far).values(not_before=now))
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
            await hold(connection, [row["subscriber_id"]])
            await connection.execute(update(parts).where(parts.c.id == row["id"]).values(failed))
            await give_up(connection, row["edition_id"], row["subscriber_id"], reason)
            await advance(connection, {row["subscriber_id"]})


def _whole() -> Select[Any]:
    """Parts with what is needed of their readers and editions."""
    reader = [subscribers.c[name] for name in ("chat_id", "thread_id", "languages", "rich")]
    posted = editions.c.created_at.label("posted")
    joined = select(parts, *reader, posted).join_from(parts, subscribers)
    return joined.join(editions, editions.c.id == parts.c.edition_id)


def _queue(when: ColumnElement[bool]) -> Select[Any]:
    """Heads only: a reader's later parts wait for the first."""
    return _whole().where(parts.c.head, when, unclaimed())


def _unclaimed(ready: Sequence[Part]) -> Select[Any]:
    """Those of these parts that are as they were when they were found ready."""
    ids = parts.c.id.in_([part.id for part in ready])
    seen = tuple_(parts.c.id, parts.c.attempts).in_([(part.id, part.attempts) for part in ready])
    return select(parts.c.id).where(ids, seen, parts.c.head, unclaimed()).order_by(parts.c.id)


def _part(row: RowMapping) -> Part:
    return Part(
        id=row["id"],
        edition=row["edition_id"],
        subscriber=row["subscriber_id"],
        chat=Chat(row["chat_id"], row["thread_id"] or None),
        ordinal=row["ordinal"],
        lang=row["languages"][0],
        html=row["html"],
        rich=row["rich"],
        stories=tuple(row["stories"]),
        answers=row["answers"],
        last=row["last"],
        posted=row["posted"],
        attempts=row["attempts"],
        doubtful=row["doubtful"] or row["state"] == PartState.UNKNOWN,
    )
