"""What the watch looks at, read without scanning: each question ends at an index's edge."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Select, func, select, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.subscriber import State
from bot.domain.watch import Habit, Vitals
from bot.store.engine import Database
from bot.store.sources import READERS
from bot.store.tables import articles, editions, parts, sources, subscribers, summaries

#: Articles of a source that make its habit, and summaries that tell how a model does.
_ARTICLES, _SUMMARIES = 50, 60
#: Sources asked for in one statement; SQLite joins at most 500.
_AT_ONCE = 100
#: Habits are asked for again after this long.
_FRESH = timedelta(minutes=1)
_EXTRACTIVE = "extractive"


class VitalStore:
    """Satisfies newsroom.watch.Looks; `model` says whether summaries are asked of one."""

    def __init__(self, database: Database, *, model: bool) -> None:
        self._database = database
        self._model = model
        self._habits: tuple[Habit, ...] = ()
        self._known_at: datetime | None = None

    async def __call__(self, now: datetime) -> Vitals:
        """As they are now; only slots that began before `now` are overdue."""
        async with self._database.read() as connection:
            overdue = await _first_slot(connection)
            habits = await self._lately(connection, now)
            return Vitals(
                habits=habits,
                newest=max((habit.found[0] for habit in habits if habit.found), default=None),
                waiting=await _waiting(connection),
                overdue=overdue if overdue and overdue < now else None,
                disk=free_disk(self._database),
                fallen=await _fallen(connection) if self._model else (),
            )

    async def _lately(self, connection: AsyncConnection, now: datetime) -> tuple[Habit, ...]:
        """Habits as they were at most a minute ago: they change by the hour, and are the dearest to ask."""
        if self._known_at is None or not timedelta(0) <= now - self._known_at < _FRESH:
            self._habits, self._known_at = await _habits(connection), now
        return self._habits


def free_disk(database: Database) -> int:
    """Bytes left where the database is; for a database elsewhere, where this process works."""
    path = Path(database.url.database or ".") if database.is_sqlite else Path()
    return shutil.disk_usage(path.parent if path.parent.is_dir() else ".").free


async def _habits(connection: AsyncConnection) -> tuple[Habit, ...]:
    """Of what everybody hears: a reader's own feed is no administrator's trouble."""
    asked = select(sources.c.id, sources.c.name, sources.c.message)
    asked = asked.where(sources.c.enabled, sources.c.origin != READERS)
    rows = (await connection.execute(asked)).all()
    found: dict[int, list[datetime]] = {row.id: [] for row in rows}
    for start in range(0, len(rows), _AT_ONCE):
        each = [_latest(row.id) for row in rows[start : start + _AT_ONCE]]
        for source, moment in await connection.execute(union_all(*each)):
            found[source].append(moment)
    return tuple(Habit(row.name, tuple(sorted(found[row.id], reverse=True)), row.message) for row in rows)


def _latest(source: int) -> Select[Any]:
    """A source's newest articles: its index is read from the end, and no further."""
    mine = select(articles.c.source_id, articles.c.found_at).where(articles.c.source_id == source)
    return select(mine.order_by(articles.c.id.desc()).limit(_ARTICLES).subquery())


async def _waiting(connection: AsyncConnection) -> datetime | None:
    # Of a sum, which has no index: else SQLite walks the index of editions through all that was ever sent.
    oldest = select(func.min(parts.c.edition_id + 0)).where(parts.c.head)
    posted = select(editions.c.created_at).where(editions.c.id == oldest.scalar_subquery())
    return (await connection.execute(posted)).scalar()


async def _first_slot(connection: AsyncConnection) -> datetime | None:
    active = select(subscribers.c.next_at).where(subscribers.c.state == State.ACTIVE)
    planned = active.where(subscribers.c.next_at.is_not(None)).order_by(subscribers.c.next_at).limit(1)
    return (await connection.execute(planned)).scalar()


async def _fallen(connection: AsyncConnection) -> tuple[bool, ...]:
    """Of the latest summaries that a model was asked for; what nobody reads never is."""
    written = select(summaries.c.backend, summaries.c.rejected).order_by(summaries.c.story_id.desc())
    rows = (await connection.execute(written.limit(_SUMMARIES))).all()
    return tuple(row.backend == _EXTRACTIVE for row in rows if row.backend != _EXTRACTIVE or row.rejected)
