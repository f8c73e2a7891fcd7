"""Telegram's updates that were answered, so that a restart between two tries of one answers once."""

from datetime import datetime

from sqlalchemy import delete, select

from bot.store.engine import Database
from bot.store.tables import updates


class UpdateStore:
    """Satisfies newsroom.desk.Updates.

    Keeps the latest `most`, which is more than Telegram holds back at once, and forgets the others at
    every `every`th: a look through all of them at each update would cost more than the update.
    """

    def __init__(self, database: Database, *, most: int = 10_000, every: int = 500) -> None:
        self._database = database
        self._most = most
        self._every = every
        self._count = 0

    async def answered(self, update: int) -> bool:
        """Whether this update was answered before, by this process or an earlier one."""
        this = select(updates.c.update_id).where(updates.c.update_id == update)
        async with self._database.read() as connection:
            return (await connection.execute(this)).first() is not None

    async def remember(self, update: int, now: datetime) -> None:
        """This update has been answered."""
        row = {"update_id": update, "answered_at": now}
        new = self._database.insert(updates).values(row).on_conflict_do_nothing()
        self._count += 1
        async with self._database.write() as connection:
            await connection.execute(new)
            if self._count % self._every == 0:
                latest = select(updates.c.update_id).order_by(updates.c.answered_at.desc()).limit(self._most)
                old = updates.c.update_id.not_in(select(latest.subquery().c.update_id))
                await connection.execute(delete(updates).where(old))
