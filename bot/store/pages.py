"""What public pages look up before they read a story whole."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, String, cast, func, select

from bot.domain.pages import Candidate
from bot.newsroom.publish import Around, Told
from bot.store.engine import Database
from bot.store.sources import READERS
from bot.store.tables import articles, developments, sources, stories, summaries
from summarizer.topic import Topic


class PageStore:
    """Satisfies newsroom.publish.Index."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def candidates(self, since: datetime, until: datetime, lang: str) -> Sequence[Candidate]:
        """Public stories with an article in [since, until) and a summary in that language."""
        outlets, latest = func.count(articles.c.source_id.distinct()), func.max(articles.c.appeared_at)
        query = (
            _told(lang)
            .add_columns(stories.c.id, stories.c.topics, outlets.label("outlets"), latest.label("latest"))
            .where(articles.c.appeared_at >= since, articles.c.appeared_at < until)
            .group_by(stories.c.id)
        )
        async with self._database.read() as connection:
            return [
                Candidate(row.id, tuple(map(Topic, row.topics)), row.outlets, row.latest)
                for row in await connection.execute(query)
            ]

    async def around(self, since: datetime, until: datetime, told: Told) -> Around:
        """The latest public article before `since` and the earliest from `until` on, of stories `told`."""
        moment = articles.c.appeared_at
        fitting = _told(told.lang).add_columns(moment)
        if told.topic:
            # A topic's name is in no other's; what engines know of JSON differs more than their text of it.
            fitting = fitting.where(cast(stories.c.topics, String).contains(f'"{told.topic}"'))
        before = fitting.where(moment < since).order_by(moment.desc()).limit(1)
        after = fitting.where(moment >= until).order_by(moment).limit(1)
        async with self._database.read() as connection:
            return (await connection.execute(before)).scalar(), (await connection.execute(after)).scalar()

    async def first(self) -> datetime | None:
        """When the oldest article appeared."""
        async with self._database.read() as connection:
            found: datetime | None = (
                await connection.execute(select(func.min(articles.c.appeared_at)))
            ).scalar()
        return found

    async def became(self, story: int) -> int | None:
        """The story that this one was found to be, itself where it stands; None: there is none of that id."""
        # One step is enough: merging moves what pointed to the merged one (bot.store.merging).
        query = select(func.coalesce(stories.c.merged_into, stories.c.id)).where(stories.c.id == story)
        async with self._database.read() as connection:
            found: int | None = (await connection.execute(query)).scalar()
        return found

    async def assigned(self, story: int) -> bool:
        """Whether a story ever had this id."""
        async with self._database.read() as connection:
            return 0 < story <= ((await connection.execute(select(func.max(stories.c.id)))).scalar() or 0)

    async def version(self) -> str:
        """Another text whenever something that pages show has changed."""
        seen = (
            select(func.max(stories.c.updated_at)),
            select(func.max(developments.c.id)),
            # Summaries have no number of their own, and come after their story was filed.
            select(func.count()).select_from(summaries),
            select(func.max(summaries.c.article_id)),
        )
        async with self._database.read() as connection:
            return ",".join(
                map(str, (await connection.execute(select(*(one.scalar_subquery() for one in seen)))).one())
            )


def _told(lang: str) -> Select[Any]:
    """Articles that anybody may read, of stories with a summary in a language."""
    return (
        select()
        .select_from(articles)
        .join(sources, (sources.c.id == articles.c.source_id) & (sources.c.origin != READERS))
        .join(stories, stories.c.id == articles.c.story_id)
        .join(
            summaries,
            (summaries.c.story_id == stories.c.id) & (summaries.c.lang == lang) & (summaries.c.text != ""),
        )
    )
