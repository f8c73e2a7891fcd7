"""Chats and people that are shut out."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete, select, update

from bot.domain.delivery import PartState
from bot.domain.subscriber import State
from bot.store.engine import Database
from bot.store.settling import hold, unsent
from bot.store.tables import banned, parts, subscribers


class BanStore:
    """Who is neither answered nor sent to."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def ban(self, chat: int, now: datetime) -> bool:
        """Shut a chat out, with all that waits for it; False where it was already."""
        row = {"chat_id": chat, "banned_at": now}
        insert = self._database.insert(banned).values(row)
        new = insert.on_conflict_do_nothing().returning(banned.c.chat_id)
        readers = select(subscribers.c.id).where(subscribers.c.chat_id == chat)
        waiting = update(parts).where(parts.c.subscriber_id.in_(readers), unsent())
        gone = update(subscribers).where(subscribers.c.chat_id == chat)
        async with self._database.write(durable=True) as connection:
            fresh = (await connection.execute(new)).scalar_one_or_none() is not None
            await hold(connection, readers)
            refused = {"state": PartState.FAILED, "reason": "banned", "settled_at": now}
            await connection.execute(waiting.values(**refused, not_before=None, head=False))
            await connection.execute(gone.values(state=State.GONE, next_at=None))
        return fresh

    async def unban(self, chat: int) -> bool:
        """Let a chat in again; False where it was not shut out."""
        async with self._database.write() as connection:
            return bool((await connection.execute(delete(banned).where(banned.c.chat_id == chat))).rowcount)

    async def any_banned(self, ids: Collection[int]) -> bool:
        """Whether one of these chats or people is shut out."""
        async with self._database.read() as connection:
            found = select(banned.c.chat_id).where(banned.c.chat_id.in_(ids)).limit(1)
            return (await connection.execute(found)).first() is not None

    async def all(self) -> Sequence[int]:
        """Everyone shut out, the latest first."""
        async with self._database.read() as connection:
            query = select(banned.c.chat_id).order_by(banned.c.banned_at.desc(), banned.c.chat_id)
            return list((await connection.execute(query)).scalars())
