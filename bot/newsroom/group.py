"""Group: file every new article under its story, and say what it is about."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.newsroom.ports import Articles, Filing, Grouped, Sources, Stories
from summarizer.article import Article, Classification
from summarizer.pipeline import Grouper, classify
from summarizer.topic import Topic

#: Articles further apart than this are not one event; nyan's living posts end after hours, agencies'
#: follow-ups come within three days.
WINDOW = timedelta(days=3)
_AT_ONCE = 200


async def group(
    articles: Articles, stories: Stories, sources: Sources, grouper: Grouper, now: datetime
) -> int:
    """File all articles without a story; returns how many. `grouper` starts empty."""
    fixed = {source.name: source.topics for source, _ in await sources.all()}
    waiting = await articles.ungrouped(_AT_ONCE)
    if not waiting:
        return 0
    oldest = min(article.published or now for article in waiting)
    filed = _restored(grouper, await articles.grouped_since(oldest - WINDOW, grouper.encoder.name))
    count = 0
    while waiting:
        for article in waiting:
            filing = await asyncio.to_thread(_place, grouper, article, filed, fixed.get(article.source, ()))
            story = await stories.file(filing, now)
            filed.setdefault(article.id, story)
        count += len(waiting)
        waiting = await articles.ungrouped(_AT_ONCE)
    return count


def _restored(grouper: Grouper, known: Sequence[Grouped]) -> dict[str, int]:
    """Load what was filed before; maps the grouper's story ids to the store's."""
    first: dict[int, str] = {}
    for row in known:
        story = first.setdefault(row.story, row.article.id)
        vector = grouper.vector(row.article) if row.vector is None else row.vector
        grouper.restore(row.article, vector, story)
    return {article: story for story, article in first.items()}


def _place(grouper: Grouper, article: Article, filed: dict[str, int], fixed: tuple[Topic, ...]) -> Filing:
    vector = grouper.vector(article)
    placement = grouper.add(article, vector)
    return Filing(
        article=int(article.id),
        story=None if placement.new else filed[placement.story],
        topics=_with(classify(article), fixed),
        vector=vector,
        model=grouper.encoder.name,
        duplicate_of=int(placement.duplicate_of) if placement.duplicate_of else None,
    )


def _with(found: Classification, fixed: tuple[Topic, ...]) -> Classification:
    """A source's fixed topics are always added; the found ones come first."""
    return Classification(tuple(dict.fromkeys((*found.topics, *fixed))), found.scores)
