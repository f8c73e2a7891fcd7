"""Summarize: one checked summary for each story and language it is told in."""

import asyncio
from collections.abc import Sequence

from bot.domain.subscriber import LANGUAGES
from bot.newsroom.ports import Stories
from summarizer.article import Article, Summary
from summarizer.pipeline import Writer
from summarizer.pipeline import summarize as write

_AT_ONCE = 32


async def summarize(stories: Stories, writer: Writer) -> int:
    """Condense every story that lacks a summary in a language of its articles; returns how many."""
    count = 0
    while waiting := await stories.unsummarized(LANGUAGES, _AT_ONCE):
        chosen = [(story, _fullest(articles)) for story, articles in waiting]
        summaries = await asyncio.to_thread(write, [article for _, article in chosen], writer)
        for (story, article), summary in zip(chosen, summaries, strict=True):
            await stories.condense(story, int(article.id), _in_language(summary, article))
        count += len(chosen)
    return count


def _fullest(articles: Sequence[Article]) -> Article:
    """The article that says most, the earliest of equals: a teaser never stands for a full report."""
    return max(articles, key=lambda article: min(len(article.text), 4000))


def _in_language(summary: Summary, article: Article) -> Summary:
    # The store's key is the article's language; the writers promise to keep it.
    return summary if summary.lang == article.lang else Summary("", article.lang, summary.backend)
