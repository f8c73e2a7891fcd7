"""A Bot API on loopback and a bot that lives in this process against it."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from bot.chat.dispatcher import build_dispatcher, finish
from bot.chat.footer import Footer
from bot.delivery.render import render
from bot.domain.subscriber import Subscriber
from bot.newsroom.desk import Desk
from bot.sources.discovery import Probe
from bot.store.deliveries import OutboxStore
from bot.store.engine import Database
from bot.store.own_sources import OwnSourceStore
from bot.store.search import SearchStore
from bot.store.shelf import ShelfStore
from bot.store.stories import StoryStore
from bot.store.subscribers import SubscriberStore
from bot.store.updates import UpdateStore
from tests.e2e.botapi import TOKEN, BotApi


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    """The server; a test in which the bot broke one of its rules fails."""
    server = BotApi()
    await server.start()
    yield server
    await server.stop()
    assert server.violations == []


@pytest.fixture
async def bot(api) -> AsyncIterator[Bot]:
    """The bot's client, pointed at loopback."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(api.address), timeout=30)
    client = Bot(TOKEN, session=session)
    yield client
    if session._session:
        await session._session.close()  # its own close() waits for the TLS connections it does not have here


class NewsroomDouble:
    """Answers demands for a digest as told, and keeps them; its clock stands still."""

    def __init__(self) -> None:
        self.demands: list[tuple[int, str]] = []
        self.weeks: list[tuple[int, str]] = []
        #: What addresses turn out to be; no source at all others.
        self.web: dict[str, Probe] = {}
        self.has_news = True
        self.now = datetime(2026, 11, 22, 4, 30, tzinfo=UTC)

    async def compose_now(self, subscriber: Subscriber, request: str, now: datetime) -> bool:
        """As desk.ComposeNow."""
        self.demands.append((subscriber.chat.id, request))
        assert now == self.now
        return self.has_news

    async def compose_week(self, subscriber: Subscriber, request: str, now: datetime) -> bool:
        """As desk.ComposeNow."""
        self.weeks.append((subscriber.chat.id, request))
        assert now == self.now
        return self.has_news

    async def discover(self, url: str) -> Probe:
        """As desk.Discover."""
        return self.web.get(url, Probe(url, None, "no source"))


@pytest.fixture
def newsroom() -> NewsroomDouble:
    """The newsroom behind the desk."""
    return NewsroomDouble()


@pytest.fixture
async def database(empty_store, tmp_path) -> AsyncIterator[Database]:
    """The real store, empty."""
    path = shutil.copy(empty_store, tmp_path / "habarshy.db")
    opened = Database(f"sqlite+aiosqlite:///{path}")
    yield opened
    await opened.close()


@pytest.fixture
def subscribers(database) -> SubscriberStore:
    """The real subscribers."""
    return SubscriberStore(database)


@pytest.fixture
async def desk(database, subscribers, newsroom) -> Desk:
    """The desk readers speak to."""
    return Desk(
        subscribers=subscribers,
        stories=StoryStore(database),
        shelf=ShelfStore(database),
        search=SearchStore(database),
        render=render,
        compose_now=newsroom.compose_now,
        compose_week=newsroom.compose_week,
        outlets=OwnSourceStore(database),
        discover=newsroom.discover,
        updates=UpdateStore(database),
        tell=OutboxStore(database).post,
        now=lambda: newsroom.now,
    )


@pytest.fixture
async def chat(api, bot, desk) -> AsyncIterator[BotApi]:
    """The server with a bot that polls it."""
    dispatcher = build_dispatcher(desk, Footer())
    polling = asyncio.create_task(
        dispatcher.start_polling(bot, polling_timeout=1, handle_signals=False, close_bot_session=False)
    )
    yield api
    await dispatcher.stop_polling()
    await polling
    await finish(dispatcher)
    # A test may end sooner than its last answer: nothing may hold the store when it is closed.
    await asyncio.gather(*dispatcher._handle_update_tasks, return_exceptions=True)
