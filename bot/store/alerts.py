"""Alerts sent before, among the editions."""

from datetime import date

from sqlalchemy import func, select

from bot.domain.schedule import ALERT
from bot.store.engine import Database
from bot.store.tables import editions


class AlertStore:
    """Satisfies newsroom.alert.Alerts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def count(self, subscriber: int, day: date) -> int:
        """Alerts of one reader on their local day."""
        alerts = select(func.count()).where(
            editions.c.subscriber_id == subscriber,
            editions.c.day == day,
            editions.c.slot.startswith(ALERT, autoescape=True),
        )
        async with self._database.read() as connection:
            return int((await connection.execute(alerts)).scalar_one())
