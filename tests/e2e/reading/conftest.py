"""Four English stories, a reader who was told none of them, and their digest."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from bot.chat.footer import Footer
from bot.delivery.pacing import Pacing
from bot.delivery.render import messages
from bot.delivery.sender import TelegramMessenger
from bot.domain.delivery import UnknownPolicy
from bot.domain.source import Source
from bot.domain.subscriber import Chat, Preferences
from bot.newsroom.compose import Composing, compose_now
from bot.newsroom.deliver import Delivering, deliver
from bot.newsroom.ports import Filing
from bot.newsroom.weekly import weekly_now
from bot.store.articles import ArticleStore
from bot.store.deliveries import OutboxStore
from bot.store.search import SearchStore
from bot.store.sources import SourceStore
from bot.store.stories import StoryStore
from summarizer.article import Article, Classification, Summary
from summarizer.topic import Topic

#: The reader's chat.
READER = 1001
NEWS = (
    ("Heating <season> begins & prices hold", "The city turned the heating on.", Topic.ENERGY),
    ("Kairat wins the football cup", "The final ended three to one.", Topic.SPORT),
    ("A football school opens", "Four hundred children will train there.", Topic.EDUCATION),
    ("The bank keeps its rate", "The rate stays where it was.", Topic.ECONOMY),
)


@pytest.fixture
async def stories(database, newsroom):
    """Four English stories of an hour ago; gives their ids by headline."""
    source = Source("Outlet", "https://outlet.example/feed")
    await SourceStore(database).follow([source])
    found = newsroom.now - timedelta(hours=1)
    written = [
        Article(id="", title=title, text=text, url=f"https://outlet.example/{n}", lang="en", published=found)
        for n, (title, text, _) in enumerate(NEWS)
    ]
    articles, store = ArticleStore(database), StoryStore(database)
    await articles.add(source, written, found)
    ids = {}
    for article in await articles.ungrouped(10):
        topic = next(topic for title, _, topic in NEWS if title == article.title)
        filing = Filing(int(article.id), None, Classification((topic,)), None, "none", lang="en")
        ids[article.title] = await store.file(filing, found)
        summary = Summary(article.text, "en", "test", article.title)
        await store.condense(ids[article.title], int(article.id), summary)
    await SearchStore(database).index()
    return ids


@pytest.fixture
def desk(desk, database, subscribers, stories):
    """The desk with the real composing behind it."""
    ports = Composing(StoryStore(database), subscribers, OutboxStore(database), messages, desk.shelf.votes_of)
    return replace(desk, compose_now=partial(compose_now, ports), compose_week=partial(weekly_now, ports))


@pytest.fixture
async def reader(chat, subscribers, newsroom):
    """An English reader who joined before these stories and was told none of them."""
    await subscribers.join(Chat(READER), Preferences(languages=("en",)), newsroom.now - timedelta(hours=2))


@pytest.fixture
def asked(chat, bot, database, newsroom):
    """Ask for what goes through the outbox and get its last message."""
    messenger = TelegramMessenger(bot, Pacing(1000), buttons=Footer("https://news.example"))
    office = Delivering(OutboxStore(database), messenger, UnknownPolicy.RESEND, lambda: newsroom.now)

    async def asked(command):
        before = len(chat.sent_to(READER))
        chat.user_sends(READER, command)
        async with asyncio.timeout(10):
            while len(chat.sent_to(READER)) == before:
                await deliver(office)
        return await chat.wait_for_message(READER)

    return asked


@pytest.fixture
def digest(asked):
    """Ask for a digest and get its last message."""
    return lambda: asked("/digest")
