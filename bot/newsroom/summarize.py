"""Summarize: one checked summary for each story and language it is told in."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from bot.domain.demand import Demand, demand
from bot.domain.share import WHOLE, Share
from bot.domain.subscriber import LANGUAGES
from bot.newsroom.events import Condensed, Hear, unheard
from bot.newsroom.ports import Stories
from summarizer.article import Article, Summary
from summarizer.pipeline import Writer
from summarizer.pipeline import summarize as write
from summarizer.writing.extractive import ExtractiveWriter

_AT_ONCE = 32


#: Asks what readers want, once something waits to be written.
Ask = Callable[[], Awaitable[Demand]]


async def summarize(
    stories: Stories,
    writer: Writer,
    ask: Ask | None = None,
    hear: Hear = unheard,
    share: Share = WHOLE,
) -> int:
    """Condense every story of the share that lacks a summary in a language of its articles; returns how many.

    What nobody could receive, if that is asked, gets the extractive summary, which costs next to nothing.
    """
    wanted: Demand | None = None
    count = 0
    while waiting := await stories.unsummarized(LANGUAGES, _AT_ONCE, share):
        wanted = wanted or (await ask() if ask else demand(()))
        topics = await stories.topics_of([story for story, _ in waiting])
        chosen = [(story, _fullest(articles)) for story, articles in waiting]
        dear = [wanted.covers(article.lang, topics[story]) for story, article in chosen]
        for by, asked in ((writer, True), (ExtractiveWriter(), False)):
            mine = [pair for pair, one in zip(chosen, dear, strict=True) if one is asked]
            await _write(stories, by, mine, hear)
        count += len(chosen)
    return count


async def _write(stories: Stories, writer: Writer, chosen: Sequence[tuple[int, Article]], hear: Hear) -> None:
    summaries = await asyncio.to_thread(write, [article for _, article in chosen], writer)
    for (story, article), summary in zip(chosen, summaries, strict=True):
        await stories.condense(story, int(article.id), _in_language(summary, article))
        hear(Condensed(story, int(article.id), article.lang, summary.backend, summary.rejected))


def _fullest(articles: Sequence[Article]) -> Article:
    """The article that says most, the earliest of equals: a teaser never stands for a full report."""
    return max(articles, key=lambda article: min(len(article.text), 4000))


def _in_language(summary: Summary, article: Article) -> Summary:
    # The store's key is the article's language; the writers promise to keep it.
    return summary if summary.lang == article.lang else Summary("", article.lang, summary.backend)
