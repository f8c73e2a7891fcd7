"""What public pages look up, on each database."""

from datetime import timedelta

import pytest

from bot.domain.pages import Candidate
from bot.domain.source import Source
from bot.newsroom.ports import Filing
from bot.newsroom.publishing import Told
from bot.store.articles import ArticleStore
from bot.store.merging import merge
from bot.store.pages import PageStore
from bot.store.sources import SourceStore
from bot.store.stories import StoryStore
from bot.store.tables import summaries
from summarizer.article import Article, Classification, Summary
from summarizer.topic import Topic

HOUR = timedelta(hours=1)
OUTLETS = [Source(name, f"https://{name}.example/rss") for name in ("first", "second")]


@pytest.fixture
def pages(database):
    """The index of pages."""
    return PageStore(database)


@pytest.fixture
async def tell(database):
    """Files one article under a story, with a summary in its language; returns the story."""
    await SourceStore(database).follow(OUTLETS)
    articles, stories = ArticleStore(database), StoryStore(database)

    async def told(number, at, *, story=None, outlet=0, lang="ru", topics=(Topic.ECONOMY,)):
        url = f"https://example.org/{number}"
        await articles.add(OUTLETS[outlet], [Article(url, f"T{number}", f"B{number}", lang, url=url)], at)
        (waiting,) = await articles.ungrouped(1)
        filing = Filing(int(waiting.id), story, Classification(topics), None, "none", lang=lang)
        filed = await stories.file(filing, at)
        await stories.condense(filed, int(waiting.id), Summary(f"S{number}.", lang, "test", f"T{number}"))
        return filed

    return told


async def test_candidates_are_the_stories_of_a_span_in_a_language(pages, tell, now):
    """Outlets are counted once each, within the span; its end is not in it."""
    story = await tell(1, now - 2 * HOUR, topics=(Topic.SPORT, Topic.WORLD))
    await tell(2, now - HOUR, story=story, outlet=1)
    await tell(3, now - HOUR, story=story, outlet=1)
    await tell(4, now)
    await tell(5, now - HOUR, lang="en")
    found = await pages.candidates(now - 2 * HOUR, now, "ru")
    assert found == [Candidate(story, (Topic.SPORT, Topic.WORLD), 2, now - HOUR)]


async def test_the_nearest_news_before_and_after(pages, tell, now):
    """In a language, of a topic or any."""
    await tell(1, now - 5 * HOUR, topics=(Topic.SPORT,))
    await tell(2, now - 2 * HOUR)
    await tell(3, now + 2 * HOUR, topics=(Topic.WORLD, Topic.SPORT))
    assert await pages.around(now, now, Told("ru")) == (now - 2 * HOUR, now + 2 * HOUR)
    assert await pages.around(now, now, Told("ru", Topic.SPORT)) == (now - 5 * HOUR, now + 2 * HOUR)
    assert await pages.around(now, now, Told("kk")) == (None, None)
    assert await pages.first() == now - 5 * HOUR


async def test_a_story_is_followed_to_what_it_became(pages, tell, database, now):
    """However often it was merged, in one step; an id that nobody had is told apart."""
    first, second, third = [await tell(number, now) for number in (1, 2, 3)]
    async with database.write() as connection:
        await merge(connection, second, first)
        await merge(connection, third, second)
    assert [await pages.became(story) for story in (first, second, third)] == [third] * 3
    assert await pages.became(third + 1) is None
    assert [await pages.assigned(story) for story in (0, first, third, third + 1)] == [
        False,
        True,
        True,
        False,
    ]


async def test_the_version_tells_of_every_change_that_pages_show(pages, tell, database, now):
    """A new article, a summary, a correction, a merger, a removal: each makes another version."""
    stories = StoryStore(database)
    versions = [await pages.version()]
    story = await tell(1, now)
    versions.append(await pages.version())
    await tell(2, now + HOUR, story=story, outlet=1)
    versions.append(await pages.version())
    await stories.condense(story, 1, Summary("Қысқаша.", "kk", "test", "Т"))
    versions.append(await pages.version())
    await stories.correct(story, 2, Summary("Иначе.", "ru", "test", "Т"), now)
    versions.append(await pages.version())
    async with database.write() as connection:
        await connection.execute(summaries.delete())
    versions.append(await pages.version())
    assert len(set(versions)) == len(versions)
