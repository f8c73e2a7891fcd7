"""Correct: when a source changes an article, what was told from it must still stand there."""

import asyncio

from bot.newsroom.ports import Articles, Clock, Stories
from summarizer.article import Article
from summarizer.pipeline import Writer, check, summarize


async def correct(articles: Articles, stories: Stories, writer: Writer, clock: Clock) -> int:
    """Redo every summary that its changed article no longer supports; returns how many.

    A change that leaves the summary true (a photo, a spelling) is nobody's news.
    """
    count = 0
    revised = await articles.revised()
    for article in revised:
        for story, lang, text in await stories.told_from(int(article.id)):
            told = lang == article.lang and text
            broken = await asyncio.to_thread(check, text, article) if told else ()
            count += await _redo(stories, story, article, writer, clock) if broken else False
    await articles.reviewed([int(article.id) for article in revised])
    return count


async def _redo(stories: Stories, story: int, article: Article, writer: Writer, clock: Clock) -> bool:
    (summary,) = await asyncio.to_thread(summarize, [article], writer)
    if summary.text:
        await stories.correct(story, int(article.id), summary, clock())
    return bool(summary.text)
