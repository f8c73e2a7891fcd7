"""Feeds that readers added for themselves."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Select, delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.own_sources import Adoption, adoption, own_name
from bot.domain.source import FetchState, Source
from bot.store.engine import Database
from bot.store.merging import inherit
from bot.store.sources import READERS, new_row, source_of, state_of
from bot.store.tables import articles, own_sources, placements, revisions, sources, summaries, vectors

#: Articles looked up at a time: two bound values each.
_LOOKED_UP = 500


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

    async def refused(self, subscriber: int) -> Sequence[Source]:
        """A reader's own feeds that the operator switched off, the oldest first."""
        async with self._database.read() as connection:
            rows = (await connection.execute(_owned(subscriber).where(~sources.c.enabled))).mappings()
            return [source_of(row) for row in rows]

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


async def give_way(connection: AsyncConnection, rows: Sequence[Mapping[str, Any]]) -> int:
    """Put articles that everybody may read in the place of the same ones that readers' feeds brought.

    They are to be filed anew, and whoever saved or was told the private one's story has theirs then
    (merging.inherit). Returns how many came into a place.
    """
    count = 0
    for start in range(0, len(rows), _LOOKED_UP):
        batch = rows[start : start + _LOOKED_UP]
        same = _same({row["url"] for row in batch}, {row["content_hash"] for row in batch})
        query = select(articles.c.url, articles.c.content_hash).join(sources)
        found = (await connection.execute(query.where(sources.c.origin == READERS, same))).all()
        theirs = {value for one in found for value in one}
        # Most articles are in nobody's own feed: only those that are get a look of their own.
        told = [row for row in batch if not theirs.isdisjoint((row["url"], row["content_hash"]))]
        count += sum([await _replaced(connection, row) for row in told])
    return count


def _same(urls: Collection[str], hashes: Collection[str]) -> ColumnElement[bool]:
    return or_(articles.c.url.in_(urls), articles.c.content_hash.in_(hashes))


async def _replaced(connection: AsyncConnection, row: Mapping[str, Any]) -> bool:
    query = select(articles.c.id, articles.c.story_id, sources.c.origin).join(sources)
    same = query.where(_same([row["url"]], [row["content_hash"]])).order_by(articles.c.id)
    there = (await connection.execute(same.with_for_update(of=articles))).all()
    theirs = [one for one in there if one.origin == READERS]
    if not theirs:
        return False
    heir = next((one for one in there if one.origin != READERS), None)
    kept = heir or theirs.pop()
    gone = [one.id for one in theirs]
    made = update(summaries).where(summaries.c.article_id.in_(gone))
    await connection.execute(made.values(article_id=kept.id))
    await connection.execute(delete(articles).where(articles.c.id.in_(gone)))
    if heir is None:
        await _start_over(connection, kept.id, row)
    elif heir.story_id is not None:
        await inherit(connection, heir.id, heir.story_id)
    return heir is None


async def _start_over(connection: AsyncConnection, article: int, row: Mapping[str, Any]) -> None:
    """Nothing that was made of the private text counts for the public one."""
    fresh = dict.fromkeys(("story_id", "duplicate_of", "revised_at", "corrected_at"))
    await connection.execute(update(articles).where(articles.c.id == article).values({**row, **fresh}))
    copies = update(articles).where(articles.c.duplicate_of == article)
    await connection.execute(copies.values(duplicate_of=None))
    for table in (vectors, placements, revisions):
        await connection.execute(delete(table).where(table.c.article_id == article))


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
