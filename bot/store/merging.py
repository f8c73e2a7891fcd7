"""Two stories that turn out to be one."""

from sqlalchemy import Column, Table, Update, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.tables import articles, developments, saved, stories, summaries, told, votes

#: What points to a story with one row a reader (or language): the kept story's own row has priority.
_UNIQUE: tuple[tuple[Table, Column[object]], ...] = (
    (summaries, summaries.c.lang),
    (told, told.c.subscriber_id),
    (saved, saved.c.subscriber_id),
    (votes, votes.c.subscriber_id),
)


async def merge(connection: AsyncConnection, kept: int, merged: int) -> None:
    """Move all that belongs to `merged` to `kept`; the empty story stays, pointing there.

    Who was told either of them was told the event. Nothing happens where both are one already.
    """
    if kept == merged:
        return
    for table in (articles, developments):
        await connection.execute(_moved(table, kept, merged))
    for table, key in _UNIQUE:
        already = select(key).where(table.c.story_id == kept)
        await connection.execute(delete(table).where(table.c.story_id == merged, key.in_(already)))
        await connection.execute(_moved(table, kept, merged))
    points = update(stories).where((stories.c.id == merged) | (stories.c.merged_into == merged))
    await connection.execute(points.values(merged_into=kept))


async def inherit(connection: AsyncConnection, article: int, story: int) -> None:
    """Give an article's story what hangs on those it told before, from some reader's own feed.

    A summary made from it then is what remembers them; one that others tell too stays a story.
    """
    made = summaries.c.article_id == article, summaries.c.story_id != story
    before = (await connection.execute(select(summaries.c.story_id).where(*made).distinct())).scalars().all()
    if not before:
        return
    await connection.execute(delete(summaries).where(*made))
    told_by_others = select(articles.c.story_id).where(articles.c.story_id.in_(before))
    others = set((await connection.execute(told_by_others)).scalars())
    for one in before:
        if one not in others:
            await merge(connection, story, one)


def _moved(table: Table, kept: int, merged: int) -> Update:
    return update(table).where(table.c.story_id == merged).values(story_id=kept)
