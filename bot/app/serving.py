"""The process that serves: Telegram's updates, the clock, the web server."""

import asyncio
import signal
from collections.abc import AsyncIterator, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from functools import partial
from typing import Any

import structlog
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import AiogramError, TelegramNotFound, TelegramUnauthorizedError
from aiogram.utils.token import TokenValidationError

from bot.app.newsroom import Newsroom, open_newsroom
from bot.chat.dispatcher import build_dispatcher, finish, set_commands
from bot.chat.footer import Footer
from bot.chat.webhook import announce_webhook, mount_webhook
from bot.delivery.pacing import Pacing
from bot.delivery.patience import Patience
from bot.delivery.sender import TelegramMessenger
from bot.domain.errors import JobFailed, SettingsError
from bot.jobs.clock import COLLECT_EVERY, COMPOSE_EVERY, DELIVER_EVERY, Job, build_clock
from bot.newsroom.compose import compose_due
from bot.newsroom.deliver import Delivering, deliver
from bot.settings import Settings
from bot.web.server import build_web, serving

_log = structlog.get_logger(__name__)


@asynccontextmanager
async def open_bot(settings: Settings, patience: Patience | None = None) -> AsyncIterator[Bot]:
    """A Telegram client with connections of its own.

    Raises:
        SettingsError: there is no token, or none that Telegram takes.
        JobFailed: Telegram does not answer.
    """
    server = TelegramAPIServer.from_base(settings.telegram_api)
    try:
        bot = Bot(settings.token(), session=AiohttpSession(api=server))
    except TokenValidationError as error:
        raise SettingsError("HABARSHY_BOT_TOKEN is not a bot token: copy it whole from @BotFather") from error
    if patience:
        bot.session.middleware(patience)
    async with bot:
        await _introduce(bot, settings.telegram_api)
        yield bot


async def _introduce(bot: Bot, address: str) -> None:
    # Now, not at the first digest: a wrong token would use up the attempts of every part.
    try:
        await bot.me()
    except (TelegramUnauthorizedError, TelegramNotFound) as error:
        raise SettingsError("Telegram refuses HABARSHY_BOT_TOKEN: copy it whole from @BotFather") from error
    except AiogramError as error:
        remedy = "check the network and HABARSHY_TELEGRAM_API"
        raise JobFailed(f"{address} does not answer ({type(error).__name__}); {remedy}") from error


def delivering(newsroom: Newsroom, bot: Bot, pacing: Pacing | None = None) -> Delivering:
    """The ports of delivering through this bot."""
    settings = newsroom.settings
    footer = Footer(settings.public_url)
    pacing = pacing or Pacing(settings.send_rate)
    messenger = TelegramMessenger(bot, pacing, paid=settings.paid_broadcast, buttons=footer)
    return Delivering(newsroom.outbox, messenger, settings.unknown_policy, newsroom.now)


async def run(settings: Settings, roles: frozenset[str]) -> None:
    """Serve in these roles until SIGTERM or SIGINT."""
    async with AsyncExitStack() as stack:
        newsroom = await stack.enter_async_context(open_newsroom(settings))
        pacing = Pacing(settings.send_rate)
        bot = await stack.enter_async_context(open_bot(settings, Patience(pacing)))
        # Digests have connections of their own: a broadcast must not keep answers waiting.
        courier = await stack.enter_async_context(open_bot(settings))
        dispatcher = build_dispatcher(newsroom.desk, Footer(settings.public_url))
        if roles & {"web", "bot"}:
            await stack.enter_async_context(_web(newsroom, bot, dispatcher, roles))
        clock = build_clock(_jobs(newsroom, delivering(newsroom, courier, pacing), roles))
        clock.start()
        stack.callback(clock.shutdown, wait=False)
        stack.push_async_callback(finish, dispatcher)
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
    try:
        async with asyncio.TaskGroup() as tasks:
            waiting = [tasks.create_task(stopping.wait()), *([tasks.create_task(work)] if work else [])]
            await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            _log.info("stopping")
            for task in waiting:
                task.cancel()
    except BaseExceptionGroup as failed:
        # Only `work` can fail, and its error is what an operator can read.
        raise failed.exceptions[0] from failed


def _jobs(newsroom: Newsroom, ports: Delivering, roles: frozenset[str]) -> dict[str, tuple[Job, timedelta]]:
    """What the clock starts, by the roles of this process."""

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
