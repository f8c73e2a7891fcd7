"""What public pages look up before they read a story whole."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import CTE, Select, String, cast, func, select, true

from bot.domain.pages import Candidate, Scope, Span
from bot.newsroom.publishing import Around, Told
from bot.store.engine import Database
from bot.store.sources import READERS
from bot.store.tables import articles, developments, sources, stories, summaries
from summarizer.topic import Topic


class PageStore:
    """Satisfies newsroom.publishing.Index."""

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

    async def version(self, scope: Scope = None) -> str:
        """Another text whenever something in the scope has changed that pages show."""
        async with self._database.read() as connection:
            return ",".join(map(str, (await connection.execute(_version(scope))).one()))


def _version(scope: Scope) -> Select[Any]:
    """What differs after every change: a filing, a summary, a development, a merger, a removal."""
    looks = {
        stories.c.id: (func.max(stories.c.updated_at), func.max(stories.c.merged_into)),
        articles.c.story_id: (func.max(articles.c.id),),
        # Summaries have no number of their own, and come after their story was filed.
        summaries.c.story_id: (func.max(summaries.c.article_id), func.count()),
        developments.c.story_id: (func.max(developments.c.id),),
    }
    mine = _ids(scope)
    seen = [
        (select(*found) if mine is None else select(*found).where(key.in_(select(mine.c.id)))).subquery()
        for key, found in looks.items()
    ]
    together: Any = seen[0]
    for one in seen[1:]:
        together = together.join(one, true())
    return select(*(column for one in seen for column in one.c)).select_from(together)


def _ids(scope: Scope) -> CTE | None:
    """Ids of the stories in a scope; None for all."""
    if isinstance(scope, Span):
        moment = articles.c.appeared_at
        fitting = select(articles.c.story_id.label("id")).where(moment >= scope.since, moment < scope.until)
        return fitting.distinct().cte("mine")
    return None if scope is None else select(stories.c.id).where(stories.c.id == scope).cte("mine")


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
