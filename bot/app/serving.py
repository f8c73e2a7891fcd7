"""The process that serves: Telegram's updates, the clock, the web server."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any

import structlog
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import AiogramError, TelegramNotFound, TelegramUnauthorizedError
from aiogram.utils.token import TokenValidationError
from starlette.routing import BaseRoute
from starlette.types import ASGIApp

from bot.app.newsroom import Newsroom, open_newsroom
from bot.app.operating import Operation
from bot.app.roster import on_duty, open_broker, open_pace, verbs_of
from bot.app.settled import settle
from bot.app.tracing import tracing
from bot.app.website import website
from bot.chat.dispatcher import build_dispatcher, finish, poll
from bot.chat.footer import Footer
from bot.chat.menus import set_menus
from bot.chat.webhook import announce_webhook, webhook
from bot.delivery.pacing import Pace
from bot.delivery.patience import Patience
from bot.delivery.sender import TelegramMessenger
from bot.domain.errors import JobFailed, SettingsError
from bot.domain.window import Window
from bot.jobs.clock import Clock
from bot.metrics.hearing import Hearing
from bot.metrics.meter import Meter
from bot.newsroom.deliver import Delivering
from bot.settings import Settings
from bot.web.server import serving

#: Seconds that messages on their way have to be confirmed when the process is asked to stop.
GRACE = 3.0

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


def delivering(newsroom: Newsroom, bot: Bot, pacing: Pace) -> Delivering:
    """The ports of delivering through this bot."""
    settings = newsroom.settings
    footer = Footer(settings.public_url)
    messenger = TelegramMessenger(bot, pacing, paid=settings.paid_broadcast, buttons=footer)
    window = Window(settings.send_at_once)
    policy, hear = settings.unknown_policy, newsroom.hear
    return Delivering(newsroom.outbox, messenger, policy, newsroom.now, hear=hear, window=window)


async def run(settings: Settings, roles: frozenset[str]) -> None:
    """Serve in these roles until SIGTERM or SIGINT; only the bot's and the sender's need a token.

    Raises:
        HabarshyError: a setting or the network keeps it from starting.
    """
    stopping = _stop_signal()
    async with AsyncExitStack() as stack:
        span = stack.enter_context(tracing(os.environ))
        meter = Meter()
        newsroom = await stack.enter_async_context(open_newsroom(settings, hear=Hearing(meter)))
        operation = Operation(newsroom, meter, span, newsroom.now())
        broker = await stack.enter_async_context(open_broker(settings))
        pace = await stack.enter_async_context(open_pace(settings))
        office = await _open_office(stack, operation, pace) if "bot" in roles else None
        ports = office.ports if office else None
        if "sender" in roles and not office:
            ports = await _open_courier(stack, operation, pace)
        routes = [*(office.routes if office else ()), *operation.routes(roles)]
        await _serve(stack, website(newsroom, roles, routes), settings, roles)
        verbs = operation.observe(verbs_of(roles, newsroom, ports, broker), ports)
        await stack.enter_async_context(on_duty(verbs, roles, broker))
        if ports:
            stack.push_async_callback(_wind_down, ports, office)
        if office:
            beside = Clock(operation.jobs(office.bot))
            beside.start()
            stack.callback(beside.stop)
        settle()
        _log.info("habarshy is running", roles=sorted(roles))
        updates = _updates(settings, office.bot, office.dispatcher) if office else None
        await _until_stopped(stopping, updates)


@dataclass(frozen=True, slots=True)
class _Office:
    """What the bot's role needs: a client for answers, another for digests, and the way to both."""

    bot: Bot
    dispatcher: Dispatcher
    ports: Delivering
    #: Telegram's webhook, where one is configured.
    routes: tuple[BaseRoute, ...]


async def _wind_down(ports: Delivering, office: _Office | None) -> None:
    """Begin nothing more, and wait a moment for answers and messages that are on their way."""
    await asyncio.gather(ports.exit.shut(GRACE), *([finish(office.dispatcher)] if office else []))


async def _open_courier(stack: AsyncExitStack, operation: Operation, pace: Pace) -> Delivering:
    # Digests have connections of their own: a broadcast must not keep answers waiting.
    bot = await stack.enter_async_context(open_bot(operation.newsroom.settings))
    return delivering(operation.newsroom, operation.count(bot), pace)


async def _open_office(stack: AsyncExitStack, operation: Operation, pace: Pace) -> _Office:
    settings = operation.newsroom.settings
    bot = operation.count(await stack.enter_async_context(open_bot(settings, Patience(pace))))
    dispatcher = build_dispatcher(operation.newsroom.desk, Footer(settings.public_url), operation.control)
    secret = settings.webhook_secret.get_secret_value()
    routes = (webhook(dispatcher, bot, settings.webhook_url, secret),) if settings.webhook_url else ()
    return _Office(bot, dispatcher, await _open_courier(stack, operation, pace), routes)


async def _serve(
    stack: AsyncExitStack, application: ASGIApp, settings: Settings, roles: frozenset[str]
) -> None:
    try:
        proxies = settings.trusted_proxies
        await stack.enter_async_context(serving(application, settings.web_host, settings.web_port, proxies))
    except SettingsError as error:
        if roles & {"bot", "web"}:
            raise
        # Its work needs no port: a process beside it on this machine has taken the common one.
        _log.warning("no /healthz for this process", reason=str(error))


async def _updates(settings: Settings, bot: Bot, dispatcher: Dispatcher) -> None:
    """Take updates for ever: by webhook where configured, else by long polling."""
    await set_menus(bot, settings.admins)
    if settings.webhook_url:
        secret = settings.webhook_secret.get_secret_value()
        await announce_webhook(bot, dispatcher, settings.webhook_url, secret)
        await asyncio.Event().wait()
    await bot.delete_webhook()
    await poll(dispatcher, bot)


def _stop_signal() -> asyncio.Event:
    """Set by SIGTERM or SIGINT, from the first moment on."""
    stopping = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stopping.set)
    return stopping


async def _until_stopped(stopping: asyncio.Event, work: Coroutine[Any, Any, None] | None) -> None:
    """Run `work` until it fails or a signal comes."""
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
