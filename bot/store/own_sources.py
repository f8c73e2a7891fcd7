"""Feeds that readers added for themselves."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, Select, delete, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.own_sources import Adoption, adoption, own_name
from bot.domain.source import FetchState, Source
from bot.store.engine import Database
from bot.store.sources import READERS, new_row, source_of, state_of
from bot.store.tables import articles, own_sources, sources


class OwnSourceStore:
    """Satisfies newsroom.desk.OwnSources."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def public(self) -> Sequence[str]:
        """Names of the sources everybody hears, in order."""
        names = select(sources.c.name).where(sources.c.enabled, sources.c.origin != READERS)
        async with self._database.read() as connection:
            return (await connection.execute(names.order_by(sources.c.name))).scalars().all()

    async def own(self, subscriber: int) -> Sequence[tuple[Source, FetchState]]:
        """A reader's own feeds that are on, the oldest first."""
        async with self._database.read() as connection:
            rows = (await connection.execute(_owned(subscriber).where(sources.c.enabled))).mappings()
            return [(source_of(row), state_of(row)) for row in rows]

    async def adopt(self, subscriber: int, source: Source, now: datetime) -> tuple[Adoption, str]:
        """Add a feed to a reader's own unless there is a reason not to; with its name, whatever became of it.

        Readers who add one address share one source.
        """
        async with self._database.write() as connection:
            there = select(sources).where(sources.c.url == source.url)
            row = (await connection.execute(there)).mappings().first()
            mine = {one["id"] for one in (await connection.execute(_owned(subscriber))).mappings()}
            became = _adoption(row, mine)
            if became is not Adoption.ADDED:
                return became, row["name"] if row else ""
            number, name = (row["id"], row["name"]) if row else await _start(connection, source)
            link = {"subscriber_id": subscriber, "source_id": number, "added_at": now}
            await connection.execute(insert(own_sources).values(link))
        return became, name

    async def disown(self, subscriber: int, name: str) -> bool:
        """Take a feed off a reader's own; nobody's is forgotten with its articles. False: not theirs."""
        named = select(sources.c.id).where(sources.c.name == name).scalar_subquery()
        link = delete(own_sources).where(
            own_sources.c.subscriber_id == subscriber, own_sources.c.source_id == named
        )
        async with self._database.write() as connection:
            gone = bool((await connection.execute(link)).rowcount)
            await drop_orphans(connection)
        return gone


async def drop_orphans(connection: AsyncConnection) -> None:
    """Forget readers' feeds that no reader has any more; one the operator switched off stays off."""
    owned = select(own_sources.c.source_id)
    alone = sources.c.origin == READERS, sources.c.enabled, sources.c.id.not_in(owned)
    await connection.execute(delete(sources).where(*alone))


async def give_way(connection: AsyncConnection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Forget what readers' feeds brought of these articles: whoever adds them now tells them to everybody."""
    private = (
        (await connection.execute(select(sources.c.id).where(sources.c.origin == READERS))).scalars().all()
    )
    for row in rows if private else ():
        same = or_(articles.c.url == row["url"], articles.c.content_hash == row["content_hash"])
        await connection.execute(delete(articles).where(articles.c.source_id.in_(private), same))


def _owned(subscriber: int) -> Select[tuple[object, ...]]:
    mine = select(sources).join_from(sources, own_sources).where(own_sources.c.subscriber_id == subscriber)
    return mine.order_by(own_sources.c.added_at, sources.c.id)


def _adoption(row: RowMapping | None, mine: set[int]) -> Adoption:
    if row is None:
        return adoption(None, enabled=True, yours=False, owned=len(mine))
    return adoption(row["origin"], enabled=row["enabled"], yours=row["id"] in mine, owned=len(mine))


async def _start(connection: AsyncConnection, source: Source) -> tuple[int, str]:
    taken = (await connection.execute(select(sources.c.name))).scalars().all()
    named = replace(source, name=own_name(source.name, source.url, set(taken)))
    new = insert(sources).values(new_row(named, READERS)).returning(sources.c.id)
    return int((await connection.execute(new)).scalar_one()), named.name
