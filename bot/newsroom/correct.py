"""Correct: when a source changes an article, what was told from it must still stand there."""

import asyncio

from bot.newsroom.events import Condensed, Hear, unheard
from bot.newsroom.ports import Articles, Clock, Stories
from summarizer.article import Article
from summarizer.pipeline import Writer, check, summarize


async def correct(
    articles: Articles, stories: Stories, writer: Writer, clock: Clock, hear: Hear = unheard
) -> int:
    """Redo every summary that its changed article no longer supports; returns how many.

    A change that leaves the summary true (a photo, a spelling) is nobody's news.
    """
    count = 0
    revised = await articles.revised()
    for article, _ in revised:
        for story, lang, text in await stories.told_from(int(article.id)):
            told = lang == article.lang and text
            broken = await asyncio.to_thread(check, text, article) if told else ()
            redone = broken and await _redo(stories, story, article, writer, clock)
            if redone:
                hear(redone)
            count += bool(redone)
    await articles.reviewed([(int(article.id), changed) for article, changed in revised])
    return count


async def _redo(
    stories: Stories, story: int, article: Article, writer: Writer, clock: Clock
) -> Condensed | None:
    (summary,) = await asyncio.to_thread(summarize, [article], writer)
    if not summary.text:
        return None
    number = int(article.id)
    await stories.correct(story, number, summary, clock())
    return Condensed(story, number, article.lang, summary.backend, summary.rejected, corrected=True)
