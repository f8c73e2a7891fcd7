"""Each reader's own hour, by their own clock, through a change of daylight saving time."""

from datetime import UTC, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest

from bot.delivery.pacing import Pacing
from bot.delivery.render import render
from bot.delivery.sender import TelegramMessenger
from bot.domain.delivery import UnknownPolicy
from bot.domain.source import Source
from bot.newsroom.compose import Composing, compose_due
from bot.newsroom.deliver import Delivering, deliver
from bot.newsroom.ports import Filing
from bot.store.articles import ArticleStore
from bot.store.deliveries import OutboxStore
from bot.store.sources import SourceStore
from bot.store.stories import StoryStore
from summarizer.article import Article, Classification, Summary
from summarizer.topic import Topic

AIDA, BORIS = 1001, 1002
#: The day before Berlin puts its clocks back: 25 October 2026, 03:00 → 02:00.
BEGINNING = datetime(2026, 10, 24, 0, 0, tzinfo=UTC)


@pytest.fixture
def publish(database):
    """Publish a story in Russian and in Kazakh."""
    source = Source("Outlet", "https://outlet.example/feed")
    stories = StoryStore(database)

    async def publish(number: int, now: datetime) -> None:
        await SourceStore(database).follow([source])
        for lang in ("kk", "ru"):
            url = f"https://outlet.example/{lang}/{number}"
            article = Article("", f"{lang} {number}", f"{lang} {number}.", lang, now, url)
            await ArticleStore(database).add(source, [article], now)
        story = None
        for article in await ArticleStore(database).ungrouped(10):
            topics = Classification((Topic.WORLD,))
            story = await stories.file(
                Filing(int(article.id), story, topics, None, "", lang=article.lang), now
            )
            summary = Summary(article.text, article.lang, "test", article.title)
            await stories.condense(story, int(article.id), summary)

    return publish


@pytest.fixture
def office(bot, database, newsroom):
    """Delivering by the test's clock."""
    messenger = TelegramMessenger(bot, Pacing(1000))
    return Delivering(OutboxStore(database), messenger, UnknownPolicy.RESEND, lambda: newsroom.now)


async def test_a_slot_keeps_its_local_hour_when_clocks_change(
    chat, database, subscribers, newsroom, publish, office
):
    """08:30 stays 08:30 in Berlin before and after the change; Almaty has none and stays at 09:00."""
    newsroom.now = BEGINNING
    chat.user_sends(AIDA, "/start", lang="kk")
    await chat.wait_for_message(AIDA)
    chat.user_sends(BORIS, "/start", lang="ru")
    await chat.wait_for_message(BORIS)
    for words in ("/zone Берлин", "/time 08:30"):
        chat.user_sends(BORIS, words)
        await chat.wait_for_message(BORIS)
    ports = Composing(StoryStore(database), subscribers, OutboxStore(database), render)
    arrived = {AIDA: [], BORIS: []}
    for step in range(4 * 24 * 2):
        newsroom.now = BEGINNING + timedelta(minutes=30 * step)
        if newsroom.now.hour == 0 and newsroom.now.minute == 0:
            await publish(step, newsroom.now)
        before = {reader: len(chat.sent_to(reader)) for reader in arrived}
        await compose_due(ports, newsroom.now)
        await deliver(office)
        for reader, times in arrived.items():
            times.extend([newsroom.now] * (len(chat.sent_to(reader)) - before[reader]))
    local = partial(_local, arrived)
    assert local(AIDA, "Asia/Almaty") == [f"{day} 09:00" for day in (24, 25, 26, 27)]
    assert local(BORIS, "Europe/Berlin") == [f"{day} 08:30" for day in (24, 25, 26, 27)]
    assert {moment.hour for moment in arrived[AIDA]} == {4}
    assert {moment.hour for moment in arrived[BORIS]} == {6, 7}
    assert "kk 0" in chat.sent_to(AIDA)[-4].text
    assert "ru 0" in chat.sent_to(BORIS)[-4].text


def _local(arrived, reader, zone):
    return [f"{moment.astimezone(ZoneInfo(zone)):%d %H:%M}" for moment in arrived[reader]]
