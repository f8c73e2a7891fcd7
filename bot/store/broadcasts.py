"""Messages to everyone: written into the outbox a little at a time, taken out again when cancelled."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, and_, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.broadcast import Broadcast, BroadcastState, Progress
from bot.domain.delivery import PartState
from bot.domain.subscriber import State
from bot.store.engine import Database
from bot.store.settling import advance, hold, unsent
from bot.store.tables import broadcast_editions, broadcasts, editions, parts, subscribers

#: Readers whose next part is looked up in one statement.
_BATCH = 500
#: Of a broadcast that may still reach somebody.
_ALIVE = (BroadcastState.DRAFT, BroadcastState.SENDING)


class BroadcastStore:
    """Satisfies newsroom.broadcast.Broadcasts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def draft(self, admin: int, html: str, now: datetime) -> Broadcast:
        """Keep a message; nobody gets it yet."""
        row = {"admin": admin, "html": html, "state": BroadcastState.DRAFT, "created_at": now}
        async with self._database.write() as connection:
            made = await connection.execute(insert(broadcasts).values(row).returning(broadcasts))
            return _broadcast(made.mappings().one())

    async def find(self, broadcast: int) -> Broadcast | None:
        """The one with this number."""
        async with self._database.read() as connection:
            query = select(broadcasts).where(broadcasts.c.id == broadcast)
            row = (await connection.execute(query)).mappings().first()
            return _broadcast(row) if row else None

    async def sending(self) -> Sequence[Broadcast]:
        """Those under way, the oldest first."""
        under_way = select(broadcasts).where(broadcasts.c.state == BroadcastState.SENDING)
        async with self._database.read() as connection:
            rows = await connection.execute(under_way.order_by(broadcasts.c.id))
            return [_broadcast(row) for row in rows.mappings()]

    async def begin(self, broadcast: int, message: int) -> bool:
        """Let a draft go out, its progress shown in that message; False where it is none any more."""
        going = {"state": BroadcastState.SENDING, "message_id": message}
        return await self._changed(broadcast, (BroadcastState.DRAFT,), going)

    async def finish(self, broadcast: int, now: datetime) -> bool:
        """Everyone was reached; False where it was cancelled meanwhile."""
        done = {"state": BroadcastState.DONE, "ended_at": now}
        return await self._changed(broadcast, (BroadcastState.SENDING,), done)

    async def cancel(self, broadcast: int, now: datetime) -> bool:
        """Stop it, and take out of the outbox what has not left; False where it has ended."""
        over = {"state": BroadcastState.CANCELLED, "ended_at": now}
        withdrawn = {"state": PartState.FAILED, "reason": "withdrawn", "settled_at": now, "head": False}
        mine = select(broadcast_editions.c.edition_id).where(broadcast_editions.c.broadcast_id == broadcast)
        waiting = parts.c.edition_id.in_(mine), unsent()
        async with self._database.write(durable=True) as connection:
            if not await _change(connection, broadcast, _ALIVE, over):
                return False
            await hold(connection, select(parts.c.subscriber_id).where(*waiting))
            stopped = update(parts).where(*waiting).values(**withdrawn, not_before=None)
            readers = (await connection.execute(stopped.returning(parts.c.subscriber_id))).scalars().all()
            for start in range(0, len(readers), _BATCH):
                await advance(connection, readers[start : start + _BATCH])
        return True

    async def post(self, broadcast: Broadcast, now: datetime, most: int) -> int:
        """Put it into the outbox for the next readers, in one transaction; returns how many there were."""
        async with self._database.write(durable=True) as connection:
            current = select(broadcasts.c.state, broadcasts.c.reached).where(broadcasts.c.id == broadcast.id)
            row = (await connection.execute(current.with_for_update())).one()
            if row.state != BroadcastState.SENDING:
                return 0
            following = select(subscribers.c.id).where(_after(row.reached)).order_by(subscribers.c.id)
            readers = list((await connection.execute(following.limit(most))).scalars())
            if readers:
                await _put(connection, broadcast, readers, now)
        return len(readers)

    async def progress(self, broadcast: Broadcast) -> Progress:
        """How far it is."""
        state = select(parts.c.state, parts.c.head, func.count().label("number"))
        mine = state.join_from(
            broadcast_editions, parts, parts.c.edition_id == broadcast_editions.c.edition_id
        ).where(broadcast_editions.c.broadcast_id == broadcast.id)
        reached = select(broadcasts.c.reached).where(broadcasts.c.id == broadcast.id).scalar_subquery()
        ahead = select(func.count()).select_from(subscribers).where(_after(reached))
        async with self._database.snapshot() as connection:
            rows = (await connection.execute(mine.group_by(parts.c.state, parts.c.head))).all()
            left = (await connection.execute(ahead)).scalar_one()
        return _progress([(row.state, row.head, row.number) for row in rows], left)

    async def _changed(
        self, broadcast: int, states: Sequence[BroadcastState], values: dict[str, Any]
    ) -> bool:
        async with self._database.write(durable=True) as connection:
            return await _change(connection, broadcast, states, values)


async def _change(
    connection: AsyncConnection,
    broadcast: int,
    states: Sequence[BroadcastState],
    values: dict[str, Any],
) -> bool:
    this = update(broadcasts).where(broadcasts.c.id == broadcast, broadcasts.c.state.in_(states))
    return bool((await connection.execute(this.values(values))).rowcount)


async def _put(
    connection: AsyncConnection, broadcast: Broadcast, readers: Sequence[int], now: datetime
) -> None:
    edition = {"day": now.date(), "slot": broadcast.slot, "created_at": now}
    posted = insert(editions).returning(editions.c.id, editions.c.subscriber_id)
    rows = (
        await connection.execute(posted, [{**edition, "subscriber_id": reader} for reader in readers])
    ).all()
    links = [{"edition_id": row.id, "broadcast_id": broadcast.id} for row in rows]
    await connection.execute(insert(broadcast_editions), links)
    # Not "last": the buttons of a digest mean nothing under it.
    part = {"ordinal": 0, "last": False, "html": broadcast.html, "state": PartState.PENDING}
    messages = [{**part, "edition_id": row.id, "subscriber_id": row.subscriber_id} for row in rows]
    await connection.execute(insert(parts), messages)
    await advance(connection, readers)
    this = update(broadcasts).where(broadcasts.c.id == broadcast.id)
    await connection.execute(this.values(reached=readers[-1]))


def _after(reached: Any) -> ColumnElement[bool]:
    return and_(subscribers.c.id > reached, subscribers.c.state == State.ACTIVE)


def _progress(rows: Sequence[tuple[str, bool, int]], ahead: int) -> Progress:
    by_state = {
        state: sum(number for name, head, number in rows if name == state and not head) for state in PartState
    }
    open_ = by_state[PartState.PENDING] + by_state[PartState.SENDING]
    return Progress(
        sent=by_state[PartState.SENT],
        unknown=by_state[PartState.UNKNOWN],
        failed=by_state[PartState.FAILED],
        open=open_ + sum(number for _, head, number in rows if head),
        ahead=ahead,
    )


def _broadcast(row: RowMapping) -> Broadcast:
    return Broadcast(
        id=row["id"],
        admin=row["admin"],
        html=row["html"],
        state=BroadcastState(row["state"]),
        reached=row["reached"],
        message=row["message_id"],
    )
