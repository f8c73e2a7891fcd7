"""Stories: articles filed under them, their summaries, and the cards digests are picked from."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Select, delete, exists, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.hearing import PUBLIC, heard
from bot.domain.share import WHOLE, Share
from bot.domain.story import Change, Condensed, Development, Publisher, StoryCard, Telling
from bot.newsroom.ports import Filing
from bot.store.articles import article, vector_row
from bot.store.engine import Database
from bot.store.merging import inherit, merge
from bot.store.sources import READERS
from bot.store.tables import (
    article_link,
    articles,
    developments,
    placements,
    sources,
    stories,
    summaries,
    vectors,
)
from summarizer.article import Article, Summary
from summarizer.topic import Topic

#: What a card needs of an article: its text stays where it is.
_TOLD = [
    *(articles.c[name] for name in ("id", "story_id", "title", "lang", "appeared_at", "found_at")),
    article_link,
]


class StoryStore:
    """Satisfies newsroom.ports.Stories."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def file(self, filing: Filing, now: datetime) -> int:
        """Put an article into its story (a new one if it starts one); returns the story's id.

        An article that another process filed meanwhile stays where it is.
        """
        async with self._database.write() as connection:
            filed = select(articles.c.story_id).where(articles.c.id == filing.article).with_for_update()
            if (there := (await connection.execute(filed)).scalar_one()) is not None:
                return int(there)
            story = filing.story or await _start(connection, filing, now)
            await connection.execute(update(stories).where(stories.c.id == story).values(updated_at=now))
            place = {"story_id": story, "duplicate_of": filing.duplicate_of}
            await connection.execute(update(articles).where(articles.c.id == filing.article).values(place))
            await _keep_vector(connection, filing)
            await _keep_reason(connection, filing)
            await inherit(connection, filing.article, story)
            for other in filing.merges:
                await merge(connection, story, other)
            if filing.development:
                news = Development(Change.NEWS, filing.lang, filing.development, now)
                await connection.execute(insert(developments).values(_developed(story, news)))
        return story

    async def unsummarized(
        self, languages: Sequence[str], limit: int, share: Share = WHOLE
    ) -> Sequence[tuple[int, Sequence[Article]]]:
        """Stories of the share that lack a summary in a language they are told in, with their articles in it.

        So do those that everybody may read by now, summarized from some readers' own feed.
        """
        waiting = (
            select(articles.c.story_id, articles.c.lang)
            .join_from(articles, sources)
            .where(articles.c.story_id.is_not(None), articles.c.lang.in_(languages), ~_condensed())
            .where(articles.c.story_id % share.of == share.index)
            .distinct()
            .order_by(articles.c.story_id, articles.c.lang)
            .limit(limit)
            .subquery()
        )
        query = (
            select(articles, sources.c.name.label("source"), sources.c.origin)
            .join_from(articles, sources)
            .join(waiting, (waiting.c.story_id == articles.c.story_id) & (waiting.c.lang == articles.c.lang))
            .order_by(articles.c.story_id, articles.c.lang, articles.c.appeared_at, articles.c.id)
        )
        async with self._database.read() as connection:
            rows = (await connection.execute(query)).mappings().all()
        told = groupby(rows, key=lambda row: (row["story_id"], row["lang"]))
        return [(story, _open_first(list(telling))) for (story, _), telling in told]

    async def topics_of(self, ids: Collection[int]) -> Mapping[int, Sequence[Topic]]:
        """What these stories are about, best first."""
        query = select(stories.c.id, stories.c.topics).where(stories.c.id.in_(ids))
        async with self._database.read() as connection:
            return {row.id: tuple(map(Topic, row.topics)) for row in await connection.execute(query)}

    async def condense(self, story: int, source: int, summary: Summary) -> None:
        """Store a story's summary, made from that article, in its language (the latest replaces)."""
        async with self._database.write() as connection:
            await _condense(connection, story, source, summary)

    async def told_from(self, article: int) -> Sequence[tuple[int, str, str]]:
        """Story, language and text of the summaries made from this article."""
        query = select(summaries.c.story_id, summaries.c.lang, summaries.c.text)
        async with self._database.read() as connection:
            rows = await connection.execute(query.where(summaries.c.article_id == article))
            return [(row.story_id, row.lang, row.text) for row in rows]

    async def correct(self, story: int, source: int, summary: Summary, now: datetime) -> None:
        """Replace a summary whose article changed, so that whoever read the old one is told."""
        change = Development(Change.CORRECTION, summary.lang, summary.text, now)
        async with self._database.write() as connection:
            await _condense(connection, story, source, summary)
            await connection.execute(insert(developments).values(_developed(story, change)))

    async def cards(self, since: datetime, until: datetime, *, private: bool = False) -> Sequence[StoryCard]:
        """Stories with an article that appeared in [since, until], with all their articles, oldest first.

        With `private`, readers' own feeds tell them too; what is shown to a reader then goes through
        bot.domain.hearing.
        """
        recent = select(articles.c.story_id).where(articles.c.appeared_at.between(since, until))
        return _open(await self._cards(recent), private=private)

    async def cards_of(self, ids: Collection[int], *, private: bool = False) -> Sequence[StoryCard]:
        """These stories, as far as they are stored, with all their articles; `private` as in `cards`."""
        return _open(await self._cards(select(stories.c.id).where(stories.c.id.in_(ids))), private=private)

    async def _cards(self, wanted: Select[Any]) -> list[StoryCard]:
        tellings = (
            select(*_TOLD, sources.c.name.label("source"), sources.c.origin)
            .join_from(articles, sources)
            .where(articles.c.story_id.in_(wanted))
            .order_by(articles.c.story_id, articles.c.appeared_at, articles.c.id)
        )
        async with self._database.snapshot() as connection:
            told = (await connection.execute(tellings)).mappings().all()
            texts = (
                (await connection.execute(select(summaries).where(summaries.c.story_id.in_(wanted))))
                .mappings()
                .all()
            )
            kept = select(stories.c.id, stories.c.topics).where(stories.c.id.in_(wanted))
            topics = {row.id: row.topics for row in await connection.execute(kept)}
            changes = select(developments).where(developments.c.story_id.in_(wanted))
            added = (await connection.execute(changes.order_by(developments.c.id))).mappings().all()
        return _cards(told, texts, topics, added)


def _condensed() -> ColumnElement[bool]:
    """Whether an article's story has a summary in its language that whoever reads the article may read."""
    origin, made = sources.alias(), articles.alias()
    return (
        exists()
        .where(summaries.c.story_id == articles.c.story_id, summaries.c.lang == articles.c.lang)
        .where(made.c.id == summaries.c.article_id, origin.c.id == made.c.source_id)
        .where(or_(origin.c.origin != READERS, sources.c.origin == READERS))
    )


def _open_first(rows: Sequence[RowMapping]) -> Sequence[Article]:
    """The articles that anybody may read; readers' own feeds' where there are no others."""
    public = [row for row in rows if row["origin"] != READERS]
    return [article(row) for row in public or rows]


def _open(cards: Sequence[StoryCard], *, private: bool) -> Sequence[StoryCard]:
    return cards if private else [found for card in cards if (found := heard(card, PUBLIC))]


async def _condense(connection: AsyncConnection, story: int, source: int, summary: Summary) -> None:
    # Where writers do not wait for each other anyway, a story's do here.
    await connection.execute(select(stories.c.id).where(stories.c.id == story).with_for_update())
    key = (summaries.c.story_id == story) & (summaries.c.lang == summary.lang)
    row = {
        "story_id": story,
        "lang": summary.lang,
        "article_id": source,
        "backend": summary.backend,
        "headline": summary.headline,
        "text": summary.text,
        "picked": None if summary.picked is None else list(summary.picked),
        "rejected": list(summary.rejected),
    }
    await connection.execute(delete(summaries).where(key))
    await connection.execute(insert(summaries).values(row))


async def _start(connection: AsyncConnection, filing: Filing, now: datetime) -> int:
    row = {"topics": [str(topic) for topic in filing.topics.topics], "created_at": now, "updated_at": now}
    started = await connection.execute(insert(stories).values(row).returning(stories.c.id))
    return int(started.scalar_one())


async def _keep_vector(connection: AsyncConnection, filing: Filing) -> None:
    if filing.vector is None:
        return
    await connection.execute(
        delete(vectors).where(vectors.c.article_id == filing.article, vectors.c.model == filing.model)
    )
    row = vector_row(filing.article, filing.model, filing.vector)
    await connection.execute(insert(vectors).values(row))


async def _keep_reason(connection: AsyncConnection, filing: Filing) -> None:
    if why := filing.because:
        row = {"beside_id": int(why.beside), "score": why.score, "evidence": dict(why.evidence)}
        await connection.execute(delete(placements).where(placements.c.article_id == filing.article))
        await connection.execute(insert(placements).values(article_id=filing.article, **row))


def _developed(story: int, change: Development) -> dict[str, Any]:
    return {
        "story_id": story,
        "kind": change.kind,
        "lang": change.lang,
        "text": change.text,
        "found_at": change.found,
    }


def _development(row: RowMapping) -> Development:
    return Development(Change(row["kind"]), row["lang"], row["text"], row["found_at"])


def _cards(
    told: Sequence[RowMapping],
    texts: Sequence[RowMapping],
    topics: dict[int, Any],
    added: Sequence[RowMapping],
) -> list[StoryCard]:
    later: dict[int, list[Development]] = {}
    for row in added:
        later.setdefault(row["story_id"], []).append(_development(row))
    condensed: dict[int, dict[str, Condensed]] = {}
    for row in texts:
        if row["text"]:
            condensed.setdefault(row["story_id"], {})[row["lang"]] = Condensed(
                article=row["article_id"], headline=row["headline"], text=row["text"]
            )
    return [
        StoryCard(
            id=story,
            topics=tuple(Topic(topic) for topic in topics[story]),
            tellings=tuple(_telling(row) for row in rows),
            summaries=condensed.get(story, {}),
            developments=tuple(later.get(story, ())),
        )
        for story, rows in groupby(told, key=lambda row: row["story_id"])
    ]


def _telling(row: RowMapping) -> Telling:
    publisher = Publisher(row["source"], row["url"], row["lang"], private=row["origin"] == READERS)
    return Telling(row["id"], publisher, row["title"], published=row["appeared_at"], found=row["found_at"])
