"""A bot with administrators, its dashboard on loopback, and news in the store."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from aiogram import Bot
from aiohttp import ClientSession, CookieJar

from bot.app.newsroom import Newsroom, open_newsroom
from bot.app.operating import Operation
from bot.app.serving import delivering
from bot.app.tracing import no_span
from bot.app.website import website
from bot.chat.dispatcher import build_dispatcher, finish
from bot.chat.footer import Footer
from bot.delivery.pacing import Pacing
from bot.domain.digest import Digest
from bot.domain.schedule import Edition
from bot.domain.source import Source
from bot.domain.subscriber import Chat, Preferences
from bot.metrics.hearing import Hearing
from bot.metrics.meter import Meter
from bot.newsroom.deliver import Delivering
from bot.newsroom.ports import Filing
from bot.settings import Settings
from bot.web.server import serving
from summarizer.article import Article, Classification, Summary
from summarizer.topic import Topic
from tests.e2e.botapi import TOKEN, BotApi

ADMIN, READER = 7001, 1001
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
SOURCES = (Source("Құс жолы", "https://qus.example/rss"), Source("Меридиан", "https://meridian.example/rss"))


@dataclass
class Clock:
    """Stands still until it is moved."""

    at: datetime = NOW

    def __call__(self) -> datetime:
        return self.at


@dataclass
class Operated:
    """The running bot, and what a test may do to it."""

    newsroom: Newsroom
    operation: Operation
    ports: Delivering
    api: BotApi
    clock: Clock
    #: Address of the web server.
    web: str
    #: The jobs of the bot's role, by name.
    jobs: dict
    #: The client that answers.
    bot: Bot

    async def subscribe(self, *chats: int) -> list:
        """Readers with the defaults."""
        return [(await self.newsroom.subscribers.join(Chat(one), Preferences(), NOW))[0] for one in chats]

    async def publish(self, title: str, source: Source, story: int | None = None, **more) -> tuple[int, int]:
        """An article in its story, with a summary; returns both numbers."""
        url = f"{source.url.removesuffix('rss')}{abs(hash(title))}"
        body = more.get("text", f"{title}. Бұл туралы баспасөз қызметі хабарлады.")
        article = Article(url, title, body, more.get("lang", "kk"), url=url, source=source.name)
        await self.newsroom.articles.add(source, [article], more.get("at", NOW))
        (waiting,) = await self.newsroom.articles.ungrouped(1)
        filing = Filing(
            int(waiting.id),
            story,
            Classification((Topic.ECONOMY,)),
            None,
            "none",
            because=more.get("because"),
        )
        number = await self.newsroom.stories.file(filing, more.get("at", NOW))
        summary = Summary(f"{title}.", article.lang, "extractive", title, (0,), more.get("rejected", ()))
        await self.newsroom.stories.condense(number, int(waiting.id), summary)
        return number, int(waiting.id)

    async def post(self, reader, *messages: str, slot: str = "09:00") -> None:
        """A digest in the outbox."""
        digest = Digest(NOW, NOW, ("kk",), frozenset(Topic), ())
        await self.newsroom.outbox.post(Edition(reader.id, NOW.date(), slot), digest, messages, self.clock())


@pytest.fixture
async def operated(empty_store, api, bot, tmp_path) -> AsyncIterator[Operated]:
    """A bot with one administrator and its web server; the clock's jobs are the test's to run."""
    path = shutil.copy(empty_store, tmp_path / "habarshy.db")
    settings = Settings(
        bot_token=TOKEN,
        telegram_api=api.address,
        database_url=f"sqlite+aiosqlite:///{path}",
        admins=(ADMIN,),
        web_port=0,
        public_url="http://127.0.0.1",
    )
    clock, meter = Clock(), Meter()
    async with open_newsroom(settings, sources=SOURCES, now=clock, hear=Hearing(meter)) as newsroom:
        operation = Operation(newsroom, meter, no_span, NOW - timedelta(days=1))
        ports = delivering(newsroom, operation.count(bot), Pacing(1000))
        application = website(newsroom, {"web"}, operation.routes({"web"}))
        async with serving(application, "127.0.0.1", 0) as port:
            jobs = {name: job for name, (job, _) in operation.jobs(bot).items()}
            yield Operated(newsroom, operation, ports, api, clock, f"http://127.0.0.1:{port}", jobs, bot)


@pytest.fixture
async def chatting(operated) -> AsyncIterator[Operated]:
    """The same, polling for what people write."""
    dispatcher = build_dispatcher(operated.newsroom.desk, Footer(), operated.operation.control)
    polling = asyncio.create_task(
        dispatcher.start_polling(
            operated.bot, polling_timeout=1, handle_signals=False, close_bot_session=False
        )
    )
    yield operated
    await dispatcher.stop_polling()
    await polling
    await finish(dispatcher)
    await asyncio.gather(*dispatcher._handle_update_tasks, return_exceptions=True)


@pytest.fixture
async def visitor(operated) -> AsyncIterator[ClientSession]:
    """A browser without scripts: it keeps cookies and follows nothing by itself."""
    async with ClientSession(operated.web, cookie_jar=CookieJar(unsafe=True)) as session:
        yield session


@pytest.fixture
def link(operated):
    """A link's path and query, as the bot would send it to the administrator."""

    async def ask() -> str:
        address = await operated.operation.control.invite(ADMIN)
        return "/operator/" + address.partition("/operator/")[2]

    return ask


@pytest.fixture
def enter(link, visitor):
    """Logs the browser in by such a link."""

    async def come_in() -> None:
        token = (await link()).partition("pass=")[2]
        async with visitor.post("/operator/login", data={"pass": token}, allow_redirects=False) as answer:
            assert answer.status == 303

    return come_in
