"""Troubles that administrators were told of."""

from collections.abc import Sequence

from sqlalchemy import delete, insert, select

from bot.domain.watch import Kind, Known
from bot.store.engine import Database
from bot.store.tables import troubles


class TroubleStore:
    """Satisfies newsroom.watch.Memory."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def known(self) -> Sequence[Known]:
        """Every trouble remembered, the oldest first."""
        query = select(troubles).order_by(troubles.c.since, troubles.c.kind, troubles.c.subject)
        async with self._database.read() as connection:
            return [
                Known(Kind(row.kind), row.subject, row.since, row.well_at)
                for row in await connection.execute(query)
            ]

    async def remember(self, known: Sequence[Known]) -> None:
        """These, and no others."""
        if list(known) == list(await self.known()):
            return
        rows = [
            {
                "kind": one.kind,
                "subject": one.subject,
                "since": one.since,
                "well_at": one.well_at,
            }
            for one in known
        ]
        async with self._database.write() as connection:
            await connection.execute(delete(troubles))
            if rows:
                await connection.execute(insert(troubles), rows)
