"""Wiring: the only file that knows everything. Plain functions whose arguments can be replaced."""

import asyncio
import signal
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from importlib.metadata import version
from typing import Any

import structlog
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.utils.token import TokenValidationError

from bot.chat.dispatcher import build_dispatcher, set_commands
from bot.chat.webhook import announce_webhook, mount_webhook
from bot.delivery.pacing import Pacing
from bot.delivery.render import render
from bot.delivery.sender import TelegramMessenger
from bot.domain.errors import SettingsError
from bot.domain.source import Source
from bot.jobs.clock import COLLECT_EVERY, COMPOSE_EVERY, DELIVER_EVERY, Job, build_clock
from bot.newsroom.collect import Collected, Collecting, collect
from bot.newsroom.compose import Composing, compose_due, compose_now
from bot.newsroom.deliver import Delivering, deliver
from bot.newsroom.desk import Desk
from bot.newsroom.group import group
from bot.newsroom.summarize import summarize
from bot.settings import Settings
from bot.sources.catalogue import load
from bot.sources.http import PoliteClient
from bot.sources.reader import WebReader
from bot.store.articles import ArticleStore
from bot.store.deliveries import OutboxStore
from bot.store.engine import Database, open_database
from bot.store.sources import SourceStore
from bot.store.stories import StoryStore
from bot.store.subscribers import SubscriberStore
from bot.web.server import build_web, serving
from summarizer.grouping.embeddings import Encoder, default_encoder
from summarizer.pipeline import Grouper, Writer
from summarizer.writing.extractive import ExtractiveWriter

_log = structlog.get_logger(__name__)

Clock = Callable[[], datetime]


def wall_clock() -> datetime:
    """The present moment, aware."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Newsroom:
    """The store's repositories and what the verbs need beside them."""

    settings: Settings
    database: Database
    sources: SourceStore
    articles: ArticleStore
    stories: StoryStore
    subscribers: SubscriberStore
    outbox: OutboxStore
    encoder: Callable[[], Encoder]
    writer: Callable[[], Writer]
    now: Clock
    #: Least seconds between two requests to one host.
    gap: float

    async def collect(self, *, everything: bool = False) -> AsyncIterator[Collected]:
        """One pass over the due (or all) sources, a report for each."""
        settings = self.settings
        client = PoliteClient(
            agent=user_agent(settings), allow_private=settings.allow_private_addresses, gap=self.gap
        )
        async with client:
            ports = Collecting(WebReader(client, settings.timezone), self.sources, self.articles)
            async for report in collect(ports, self.now(), everything=everything):
                yield report

    async def condense(self) -> tuple[int, int]:
        """Group and summarize what is new; returns articles filed and summaries written."""
        filed = await group(self.articles, self.stories, self.sources, Grouper(self.encoder()), self.now())
        return filed, await summarize(self.stories, self.writer())

    @property
    def composing(self) -> Composing:
        """The ports of composing."""
        return Composing(self.stories, self.subscribers, self.outbox, render)


@asynccontextmanager
async def open_newsroom(
    settings: Settings, *, sources: Sequence[Source] | None = None, now: Clock = wall_clock, gap: float = 1.0
) -> AsyncIterator[Newsroom]:
    """A newsroom on the configured database that follows the configured sources (or those given).

    Raises:
        StoreError: the database can't be opened.
        SettingsError: the source file can't be read.
    """
    catalogue = load(settings.sources) if sources is None else sources
    async with open_database(settings.database_url) as database:
        newsroom = Newsroom(
            settings=settings,
            database=database,
            sources=SourceStore(database),
            articles=ArticleStore(database),
            stories=StoryStore(database),
            subscribers=SubscriberStore(database),
            outbox=OutboxStore(database),
            encoder=default_encoder,
            writer=partial(build_writer, settings),
            now=now,
            gap=gap,
        )
        await newsroom.sources.follow(catalogue)
        yield newsroom


def user_agent(settings: Settings) -> str:
    """Who asks, and where the operator can be reached."""
    contact = f"+{settings.public_url}" if settings.public_url else "operator gave no address"
    return f"Habarshy/{version('habarshy')} (news digest for Telegram; {contact})"


def build_writer(settings: Settings) -> Writer:
    """The summary writer that the settings ask for; models are imported only when they are."""
    match settings.summary_backend:
        case "transformers":
            from summarizer.neural.writer import TransformersWriter  # noqa: PLC0415 - costs seconds and the extra

            return TransformersWriter(settings.summary_model)
        case "endpoint":
            from summarizer.writing.endpoint import EndpointWriter  # noqa: PLC0415 - needs its extra

            key = settings.endpoint_key.get_secret_value()
            return EndpointWriter(settings.endpoint_url, key, settings.summary_model)
        case _:
            return ExtractiveWriter()


@asynccontextmanager
async def open_bot(settings: Settings) -> AsyncIterator[Bot]:
    """The Telegram client. Raises SettingsError without a usable token."""
    server = TelegramAPIServer.from_base(settings.telegram_api)
    try:
        bot = Bot(settings.token(), session=AiohttpSession(api=server))
    except TokenValidationError as error:
        raise SettingsError("HABARSHY_BOT_TOKEN is not a bot token: copy it whole from @BotFather") from error
    async with bot:
        yield bot


def delivering(newsroom: Newsroom, bot: Bot) -> Delivering:
    """The ports of delivering through this bot."""
    settings = newsroom.settings
    messenger = TelegramMessenger(bot, Pacing(settings.send_rate), paid=settings.paid_broadcast)
    return Delivering(newsroom.outbox, messenger, settings.unknown_policy, newsroom.now)


async def run(settings: Settings, roles: frozenset[str]) -> None:
    """Serve in these roles until SIGTERM or SIGINT."""
    async with AsyncExitStack() as stack:
        newsroom = await stack.enter_async_context(open_newsroom(settings))
        bot = await stack.enter_async_context(open_bot(settings))
        dispatcher = build_dispatcher(
            Desk(newsroom.subscribers, partial(compose_now, newsroom.composing), newsroom.now)
        )
        if roles & {"web", "bot"}:
            await stack.enter_async_context(_web(newsroom, bot, dispatcher, roles))
        clock = build_clock(_jobs(newsroom, bot, roles))
        clock.start()
        stack.callback(clock.shutdown, wait=False)
        _log.info("habarshy is running", roles=sorted(roles))
        await _until_stopped(_updates(settings, bot, dispatcher) if "bot" in roles else None)


@asynccontextmanager
async def _web(
    newsroom: Newsroom, bot: Bot, dispatcher: Dispatcher, roles: frozenset[str]
) -> AsyncIterator[None]:
    settings = newsroom.settings
    application = build_web(newsroom.database.ping)
    if settings.webhook_url and "bot" in roles:
        secret = settings.webhook_secret.get_secret_value()
        mount_webhook(application, dispatcher, bot, settings.webhook_url, secret)
    async with serving(application, settings.web_host, settings.web_port):
        yield


async def _updates(settings: Settings, bot: Bot, dispatcher: Dispatcher) -> None:
    """Take updates for ever: by webhook where configured, else by long polling."""
    await set_commands(bot)
    if settings.webhook_url:
        secret = settings.webhook_secret.get_secret_value()
        await announce_webhook(bot, dispatcher, settings.webhook_url, secret)
        await asyncio.Event().wait()
    await bot.delete_webhook()
    await dispatcher.start_polling(bot, handle_signals=False, close_bot_session=False)


async def _until_stopped(work: Coroutine[Any, Any, None] | None) -> None:
    """Run `work` until it fails or a signal comes."""
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stopping.set)
    async with asyncio.TaskGroup() as tasks:
        working = tasks.create_task(work) if work else None
        stopped = tasks.create_task(stopping.wait())
        await asyncio.wait({stopped, working} if working else {stopped}, return_when=asyncio.FIRST_COMPLETED)
        _log.info("stopping")
        for task in (stopped, working):
            if task:
                task.cancel()


def _jobs(newsroom: Newsroom, bot: Bot, roles: frozenset[str]) -> dict[str, tuple[Job, timedelta]]:
    """What the clock starts, by the roles of this process."""
    ports = delivering(newsroom, bot)

    async def collect_and_condense() -> None:
        async for report in newsroom.collect():
            _log.info("collected", source=report.source, new=report.new, failed=report.failed)
        await newsroom.condense()

    async def compose() -> None:
        await compose_due(newsroom.composing, newsroom.now())

    jobs: dict[str, tuple[str, Job, timedelta]] = {
        "collect": ("worker", collect_and_condense, COLLECT_EVERY),
        "compose": ("clock", compose, COMPOSE_EVERY),
        "deliver": ("bot", partial(deliver, ports), DELIVER_EVERY),
    }
    return {name: (job, every) for name, (role, job, every) in jobs.items() if role in roles}
