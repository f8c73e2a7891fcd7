"""Telegram's updates by webhook: refused without the secret that Telegram was told."""

from aiogram import Bot, Dispatcher
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web
from yarl import URL


def mount_webhook(
    application: web.Application, dispatcher: Dispatcher, bot: Bot, url: str, secret: str
) -> None:
    """Take updates on the path of `url`; a request without `secret` gets 401."""
    SimpleRequestHandler(dispatcher, bot, secret_token=secret).register(application, path=URL(url).path)


async def announce_webhook(bot: Bot, dispatcher: Dispatcher, url: str, secret: str) -> None:
    """Tell Telegram where to post updates; what came while we were down is kept."""
    await bot.set_webhook(
        url,
        secret_token=secret,
        allowed_updates=dispatcher.resolve_used_update_types(),
        drop_pending_updates=False,
    )
