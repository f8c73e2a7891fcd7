"""The dashboard's questions: each reads the newest rows by an index and stops.

What readers' own feeds brought is theirs alone: no administrator reads it here.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, RowMapping, exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.newsroom.dashboard import (
    Member,
    StoryFile,
    StoryLine,
    Written,
)
from bot.store.engine import Database
from bot.store.hours import hour_of, read_hour
from bot.store.sources import READERS
from bot.store.tables import (
    articles,
    developments,
    placements,
    sources,
    stories,
    summaries,
)
from summarizer.topic import Topic

#: Stories whose summaries are looked at for doubts.
_DOUBTED = 600
_MEMBERS = 100


class BookStore:
    """Satisfies newsroom.dashboard.Books."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def by_hour(self, until: datetime, hours: int) -> Mapping[int, Sequence[int]]:
        """Articles that appeared in each of the last hours, the latest last, by source."""
        first = until.replace(minute=0, second=0, microsecond=0) - timedelta(hours=hours - 1)
        hour = hour_of(self._database, articles.c.appeared_at)
        counted = select(articles.c.source_id, hour.label("hour"), func.count().label("number"))
        lately = counted.where(articles.c.appeared_at >= first).group_by(hour, articles.c.source_id)
        found: dict[int, list[int]] = {}
        async with self._database.read() as connection:
            for row in await connection.execute(lately):
                place = int((read_hour(row.hour) - first) / timedelta(hours=1))
                if place < hours:
                    found.setdefault(row.source_id, [0] * hours)[place] = row.number
        return found

    async def stories(self, page: int, size: int) -> Sequence[StoryLine]:
        """A page (from 0) of the stories, the latest changed first."""
        own = select(stories.c.id, stories.c.topics, stories.c.updated_at).where(
            stories.c.merged_into.is_(None),
            exists().where(articles.c.story_id == stories.c.id, _of_everybody()),
        )
        latest = (
            own.order_by(stories.c.updated_at.desc(), stories.c.id.desc()).offset(page * size).limit(size)
        )
        async with self._database.read() as connection:
            rows = (await connection.execute(latest)).all()
            ids = [row.id for row in rows]
            told = await _told(connection, ids)
            heads = await _headlines(connection, ids)
        return [
            StoryLine(
                id=row.id,
                topics=tuple(map(Topic, row.topics)),
                headlines=heads.get(row.id, {}),
                articles=told[row.id][0],
                outlets=told[row.id][1],
                languages=told[row.id][2],
                updated=row.updated_at,
            )
            for row in rows
            if row.id in told
        ]

    async def story(self, story: int) -> StoryFile | None:
        """One story with its articles (the first hundred) and summaries."""
        async with self._database.snapshot() as connection:
            row = (await connection.execute(select(stories).where(stories.c.id == story))).mappings().first()
            if row is None:
                return None
            members = await _members(connection, story)
            if not members and row["merged_into"] is None:
                return None
            changed = select(developments).where(developments.c.story_id == story).order_by(developments.c.id)
            later = (await connection.execute(changed.limit(_MEMBERS))).all()
            return StoryFile(
                id=story,
                topics=tuple(map(Topic, row["topics"])),
                merged_into=row["merged_into"],
                members=members,
                summaries=await _written(connection, [story]),
                developments=tuple((one.kind, one.lang, one.text, one.found_at) for one in later),
            )

    async def written(self, limit: int, *, doubted: bool) -> Sequence[Written]:
        """The latest stories' summaries, or those of them that the guard had something to say about."""
        latest = (
            select(summaries.c.story_id, summaries.c.rejected)
            .join(articles, articles.c.id == summaries.c.article_id)
            .join(sources, _of_everybody())
            .order_by(summaries.c.story_id.desc())
        )
        async with self._database.read() as connection:
            rows = (await connection.execute(latest.limit(_DOUBTED if doubted else limit))).all()
            wanted = [row.story_id for row in rows if row.rejected or not doubted]
            found = await _written(connection, list(dict.fromkeys(wanted))[:limit])
        return [one for one in found if one.rejected or not doubted][:limit]


def _of_everybody() -> ColumnElement[bool]:
    """Joins articles to their sources, but for readers' own feeds."""
    return (sources.c.id == articles.c.source_id) & (sources.c.origin != READERS)


async def _told(
    connection: AsyncConnection, ids: Sequence[int]
) -> dict[int, tuple[int, int, tuple[str, ...]]]:
    """Articles, outlets and languages by story."""
    mine = select(articles.c.story_id, articles.c.source_id, articles.c.lang, func.count().label("number"))
    counted = (
        mine.join_from(articles, sources, _of_everybody())
        .where(articles.c.story_id.in_(ids))
        .group_by(articles.c.story_id, articles.c.source_id, articles.c.lang)
    )
    rows = (await connection.execute(counted)).all()
    found: dict[int, tuple[int, int, tuple[str, ...]]] = {}
    for story in {row.story_id for row in rows}:
        theirs = [row for row in rows if row.story_id == story]
        languages = tuple(sorted({row.lang for row in theirs}))
        found[story] = sum(row.number for row in theirs), len({row.source_id for row in theirs}), languages
    return found


async def _headlines(connection: AsyncConnection, ids: Sequence[int]) -> dict[int, dict[str, str]]:
    heads = select(summaries.c.story_id, summaries.c.lang, summaries.c.headline)
    heads = heads.join(articles, articles.c.id == summaries.c.article_id).join(sources, _of_everybody())
    found: dict[int, dict[str, str]] = {}
    for row in await connection.execute(heads.where(summaries.c.story_id.in_(ids))):
        if row.headline:
            found.setdefault(row.story_id, {})[row.lang] = row.headline
    return found


async def _members(connection: AsyncConnection, story: int) -> tuple[Member, ...]:
    columns = [articles.c[name] for name in ("id", "title", "lang", "url", "appeared_at", "duplicate_of")]
    why = [placements.c.beside_id, placements.c.score, placements.c.evidence]
    mine = (
        select(*columns, sources.c.name, *why)
        .join_from(articles, sources, _of_everybody())
        .outerjoin(placements, placements.c.article_id == articles.c.id)
        .where(articles.c.story_id == story)
        .order_by(articles.c.appeared_at, articles.c.id)
        .limit(_MEMBERS)
    )
    return tuple(
        Member(
            id=row.id,
            title=row.title,
            outlet=row.name,
            lang=row.lang,
            url=row.url,
            appeared=row.appeared_at,
            duplicate_of=row.duplicate_of,
            beside=row.beside_id,
            score=row.score,
            evidence=row.evidence or {},
        )
        for row in await connection.execute(mine)
    )


async def _written(connection: AsyncConnection, ids: Sequence[int]) -> tuple[Written, ...]:
    beside = [articles.c.title, articles.c.text.label("body"), articles.c.url, sources.c.name.label("outlet")]
    latest = (
        select(summaries, *beside)
        .join_from(summaries, articles, articles.c.id == summaries.c.article_id)
        .join(sources, _of_everybody())
        .where(summaries.c.story_id.in_(ids))
        .order_by(summaries.c.story_id.desc(), summaries.c.lang)
    )
    return tuple(_one(row) for row in (await connection.execute(latest)).mappings())


def _one(row: RowMapping) -> Written:
    return Written(
        story=row["story_id"],
        lang=row["lang"],
        backend=row["backend"],
        headline=row["headline"],
        text=row["text"],
        picked=None if row["picked"] is None else tuple(row["picked"]),
        rejected=tuple(row["rejected"]),
        article=row["article_id"],
        title=row["title"],
        body=row["body"],
        outlet=row["outlet"],
        url=row["url"],
    )
