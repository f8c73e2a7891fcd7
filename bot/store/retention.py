"""The archive's end: rows that are past their time, a batch in a transaction."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, Table, delete, exists, func, select, update

from bot.domain.delivery import PartState
from bot.store.engine import Database
from bot.store.tables import articles, editions, parts, passed_over, saved, stories, vectors

#: Rows in one transaction: some milliseconds of the writer's lock.
BATCH = 500
#: Parts that nobody will send any more; one in doubt that may be sent again is its reader's head.
_DONE = parts.c.state.in_([PartState.SENT, PartState.FAILED]) | (
    (parts.c.state == PartState.UNKNOWN) & ~parts.c.head
)


class RetentionStore:
    """newsroom.retain.Archive over the database."""

    def __init__(self, database: Database, batch: int = BATCH) -> None:
        self._database = database
        self._batch = batch

    async def forget_articles(self, before: datetime) -> int:
        """Articles found before then, but none of a story that a reader saved."""
        kept = exists().where(saved.c.story_id == articles.c.story_id)
        return await self._forget(articles, _past(before) & ~kept)

    async def forget_stories(self, before: datetime) -> int:
        """Stories without an article, unchanged since then and saved by nobody."""
        told = exists().where(articles.c.story_id == stories.c.id)
        kept = exists().where(saved.c.story_id == stories.c.id)
        return await self._forget(stories, (stories.c.updated_at < before) & ~told & ~kept)

    async def forget_editions(self, before: datetime) -> int:
        """Editions of before then with what was told in them, unless a message of theirs is not settled."""
        waiting = exists().where((parts.c.edition_id == editions.c.id) & ~_DONE)
        old = editions.c.created_at < before
        return await self._forget_first(
            editions, select(editions.c.id, old.label("old"), (~waiting).label("done"))
        )

    async def forget_messages(self, before: datetime) -> int:
        """Messages settled before then, or posted before then and given up untried."""
        settled = func.coalesce(parts.c.settled_at, editions.c.created_at) < before
        old = editions.c.created_at < before
        rows = select(parts.c.id, old.label("old"), (_DONE & settled).label("done"))
        posted = rows.join_from(parts, editions, editions.c.id == parts.c.edition_id)
        return await self._forget_first(parts, posted)

    async def forget_texts(self, before: datetime) -> int:
        """Bodies of grouped articles found before then; their hashes still tell a reprint."""
        whole = (articles.c.text != "") & articles.c.story_id.is_not(None)
        found = await self._ids(articles, _past(before) & whole)
        async with self._database.write() as connection:
            await connection.execute(update(articles).where(articles.c.id.in_(found)).values(text=""))
        return len(found)

    async def forget_vectors(self, before: datetime) -> int:
        """Vectors of articles that are older than every one that appeared since then."""
        # Numbers grow with time: this reads the recent articles only, not the archive.
        recent = select(func.min(articles.c.id)).where(articles.c.appeared_at >= before)
        newest = select(func.max(articles.c.id) + 1)
        async with self._database.read() as connection:
            bound = (await connection.execute(recent)).scalar() or (await connection.execute(newest)).scalar()
            query = select(vectors.c.article_id).where(vectors.c.article_id < (bound or 0))
            found = (await connection.execute(query.limit(self._batch))).scalars().all()
        async with self._database.write() as connection:
            await connection.execute(delete(vectors).where(vectors.c.article_id.in_(found)))
        return len(found)

    async def forget_addresses(self, before: datetime) -> int:
        """Addresses passed over before then."""
        query = select(passed_over.c.url).where(passed_over.c.found_at < before).limit(self._batch)
        async with self._database.write() as connection:
            found = (await connection.execute(query)).scalars().all()
            await connection.execute(delete(passed_over).where(passed_over.c.url.in_(found)))
        return len(found)

    async def _forget(self, table: Table, past: ColumnElement[bool]) -> int:
        return await self._delete(table, await self._ids(table, past))

    async def _forget_first(self, table: Table, rows: Select[tuple[int, bool, bool]]) -> int:
        """The oldest batch of those that are old and done, past all that are old and kept.

        Numbers grow with time, so no row after a page of young ones is looked at: without an index on the
        time, "none is left" would read the whole table.
        """
        found: list[int] = []
        last = 0
        while len(found) < self._batch:
            async with self._database.read() as connection:
                page = rows.where(table.c.id > last).order_by(table.c.id).limit(self._batch)
                seen = (await connection.execute(page)).all()
            found += [one.id for one in seen if one.old and one.done]
            if not any(one.old for one in seen):
                break
            last = seen[-1].id
        return await self._delete(table, found[: self._batch])

    async def _delete(self, table: Table, found: Sequence[int]) -> int:
        async with self._database.write() as connection:
            await connection.execute(delete(table).where(table.c.id.in_(found)))
        return len(found)

    async def _ids(self, table: Table, past: ColumnElement[bool]) -> Sequence[int]:
        # Read outside the writer's lock.
        async with self._database.read() as connection:
            found = await connection.execute(select(table.c.id).where(past).limit(self._batch))
            return found.scalars().all()


def _past(before: datetime) -> ColumnElement[bool]:
    # The first has the index. An old text found today is no old find: its source would bring it again.
    return (articles.c.appeared_at < before) & (articles.c.found_at < before)
