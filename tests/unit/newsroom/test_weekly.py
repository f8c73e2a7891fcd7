"""The weekly: what mattered in a week, told or not."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from bot.domain.source import Source
from bot.domain.subscriber import Weekly
from bot.newsroom.compose import compose_due
from bot.newsroom.ports import Filing
from bot.newsroom.weekly import MOST, weekly_now
from bot.store.own_sources import OwnSourceStore
from summarizer.article import Article, Classification, Summary
from summarizer.topic import Topic
from tests.unit.newsroom.conftest import NOW

DAY = timedelta(days=1)
#: 18:00 in Almaty on that Sunday.
EVENING = NOW + timedelta(hours=9)


@pytest.fixture
def own_feed(newsroom):
    """A reader adds a feed, which brings one story."""

    async def own_feed(reader, title):
        own = OwnSourceStore(newsroom.database)
        _, name = await own.adopt(reader.id, Source("Blog", "https://blog.example/feed"), NOW)
        article = Article("", title, f"{title} мәтіні", "kk", NOW, "https://blog.example/1", name)
        await newsroom.articles.add(Source(name, "https://blog.example/feed"), [article], NOW)
        (found,) = await newsroom.articles.ungrouped(1)
        filing = Filing(int(found.id), None, Classification((Topic.ECONOMY,)), None, "none")
        story = await newsroom.stories.file(filing, NOW)
        await newsroom.stories.condense(story, int(found.id), Summary(f"{title}.", "kk", "test", title))

    return own_feed


async def waiting(newsroom, now=NOW):
    return [part.html for part in await newsroom.outbox.ready(now + 9 * DAY, 100)]


async def test_the_week_is_told_again_and_is_no_digest(newsroom):
    """What was told on Monday stands in it; the next digest goes on from the last digest."""
    await newsroom.publish("Өткел", found_at=NOW - 5 * DAY)
    await newsroom.publish("Ескі", found_at=NOW - 8 * DAY)
    reader = await newsroom.reader()
    assert await weekly_now(newsroom.composing, reader, "1", NOW)
    assert await waiting(newsroom) == ["Өткел"]
    assert (await newsroom.subscribers.get(reader.id)).told_until is None


async def test_a_repeated_demand_is_one_week(newsroom):
    """Telegram repeats an update it is not sure about."""
    await newsroom.publish("Өткел")
    reader = await newsroom.reader()
    assert await weekly_now(newsroom.composing, reader, "1", NOW)
    assert not await weekly_now(newsroom.composing, reader, "1", NOW)
    assert len(await newsroom.outbox.ready(NOW, 10)) == 1


async def test_nothing_in_a_week_is_no_edition(newsroom):
    """And is said where it was asked for."""
    assert not await weekly_now(newsroom.composing, await newsroom.reader(), "1", NOW)


async def test_no_more_than_a_reader_reads(newsroom):
    """The most important ones of many."""
    for number in range(MOST + 3):
        await newsroom.publish(f"Оқиға {number}")
    await weekly_now(newsroom.composing, await newsroom.reader(), "1", NOW)
    assert (await newsroom.outbox.counts())["pending"] == MOST


async def test_the_weekly_comes_at_its_slot_beside_the_digests(newsroom):
    """The morning's digest, then in the evening the week, each once; the next slot is tomorrow's."""
    await newsroom.publish("Өткел")
    reader = await newsroom.reader(weekly=Weekly(7, time(18)))
    assert await compose_due(newsroom.composing, NOW) == 1
    assert (await newsroom.subscribers.get(reader.id)).next_at == EVENING
    assert await compose_due(newsroom.composing, EVENING) == 1
    assert await compose_due(newsroom.composing, EVENING + timedelta(minutes=1)) == 0
    assert (await newsroom.subscribers.get(reader.id)).next_at == NOW + DAY


async def test_the_weeklies_of_an_hour_are_made_once_for_equals_and_posted_together(newsroom):
    """Who wishes the same gets the same; all go into the outbox in one transaction, each to its reader."""
    await newsroom.publish("Өткел")
    wishes = ({}, {"languages": ("kk", "ru")})
    readers = [
        await newsroom.reader(chat, EVENING, weekly=Weekly(7, time(18)), slots=(), **wishes[chat % 2])
        for chat in range(1, 7)
    ]
    made, posted, post_all = [], [], newsroom.outbox.post_all

    def render(digest, lang, zone, title=""):
        made.append(digest.languages)
        return [f"{title}: {item.headline}" for item in digest.items]

    async def noting(postings, now):
        posted.append({one.edition.subscriber for one in postings})
        return await post_all(postings, now)

    newsroom.outbox.post_all = noting
    assert await compose_due(replace(newsroom.composing, render=render), EVENING) == 6
    assert len(made) == 2
    assert [group for group in posted if group] == [{reader.id for reader in readers}]
    assert len(set(await waiting(newsroom))) == 1


async def test_a_morning_without_news_is_not_made_up_for_in_the_evening(newsroom):
    """The weekly's slot brings the weekly only, whatever was published since."""
    reader = await newsroom.reader(weekly=Weekly(7, time(18)))
    assert await compose_due(newsroom.composing, NOW) == 0
    await newsroom.publish("Өткел", found_at=NOW + timedelta(hours=1))
    assert await compose_due(newsroom.composing, EVENING) == 1
    assert (await newsroom.subscribers.get(reader.id)).told_until is None


@pytest.mark.parametrize("chosen", [{"muted_sources": frozenset({"Құс жолы"})}, {"muted": ("өткел",)}])
async def test_what_a_reader_mutes_is_not_in_it(newsroom, chosen):
    """A source or a word."""
    await newsroom.publish("Өткел")
    assert not await weekly_now(newsroom.composing, await newsroom.reader(**chosen), "1", NOW)


async def test_a_digest_leaves_muted_sources_out(newsroom):
    """The daily one too, and only this reader's."""
    await newsroom.publish("Өткел")
    await newsroom.reader(1, muted_sources=frozenset({"Құс жолы"}))
    other = await newsroom.reader(2)
    assert await compose_due(newsroom.composing, NOW) == 1
    (part,) = await newsroom.outbox.ready(NOW, 10)
    assert part.subscriber == other.id


async def test_a_feed_of_ones_own_is_in_its_readers_digest_only(newsroom, own_feed):
    """Nobody else hears of it, nor of how many told a story with it."""
    mine, other = await newsroom.reader(1), await newsroom.reader(2)
    await own_feed(mine, "Бақ")
    await newsroom.subscribers.change(replace(mine, next_at=NOW))
    assert await compose_due(newsroom.composing, NOW) == 1
    (part,) = await newsroom.outbox.ready(NOW, 10)
    assert (part.subscriber, part.html) == (mine.id, "Бақ")
    assert await newsroom.subscribers.told(other.id) == {}
