"""Alerts sent before, among the editions."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import bindparam, func, select, update

from bot.domain.alerts import MOST_REVISIONS
from bot.domain.delivery import PartState
from bot.domain.schedule import ALERT
from bot.newsroom.alert import Sounded
from bot.store.engine import Database
from bot.store.tables import editions, parts


class AlertStore:
    """Satisfies newsroom.alert.Alerts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def counts(self, readers: Collection[int], since: date) -> Mapping[tuple[int, date], int]:
        """Alerts by reader and their local day, of that day and later ones; nothing where there was none."""
        alerts = (
            select(editions.c.subscriber_id, editions.c.day, func.count().label("number"))
            .where(editions.c.subscriber_id.in_(readers), editions.c.day >= since)
            .where(editions.c.slot.startswith(ALERT, autoescape=True))
            .group_by(editions.c.subscriber_id, editions.c.day)
        )
        async with self._database.read() as connection:
            rows = await connection.execute(alerts)
            return {(row.subscriber_id, row.day): row.number for row in rows}

    async def growing(self, since: datetime, stories: Collection[int]) -> Sequence[Sounded]:
        """Alerts of these stories that were posted since then and may still be changed."""
        alerts = (
            select(parts.c.id, parts.c.subscriber_id, parts.c.stories, parts.c.settled_at)
            .join_from(parts, editions)
            .where(editions.c.created_at > since, editions.c.slot.startswith(ALERT, autoescape=True))
            .where(parts.c.state == PartState.SENT, parts.c.revision.is_(None))
            .where(parts.c.revised < MOST_REVISIONS)
            .order_by(parts.c.id)
        )
        async with self._database.read() as connection:
            rows = (await connection.execute(alerts)).all()
        return [
            Sounded(row.id, row.subscriber_id, row.stories[0], row.settled_at)
            for row in rows
            if len(row.stories) == 1 and row.stories[0] in stories
        ]

    async def revise(self, changes: Sequence[tuple[Sounded, str]]) -> None:
        """Have messages changed into this HTML."""
        change = update(parts).where(parts.c.id == bindparam("part"))
        rows = [{"part": sounded.part, "wanted": html} for sounded, html in changes]
        async with self._database.write() as connection:
            await connection.execute(change.values(revision=bindparam("wanted")), rows)
