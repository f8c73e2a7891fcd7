"""Telegram's updates by webhook: refused without the secret that Telegram was told."""

import hmac
from typing import Any
from urllib.parse import urlsplit

from aiogram import Bot, Dispatcher
from aiogram.methods import TelegramMethod
from aiogram.types import Update
from pydantic import ValidationError
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

_HEADER = "X-Telegram-Bot-Api-Secret-Token"


def webhook(dispatcher: Dispatcher, bot: Bot, url: str, secret: str) -> Route:
    """Take updates on the path of `url`, and answer before they are dealt with.

    A request without `secret` gets 401, one that is no update 400. Repeated updates are the dispatcher's
    to drop (bot.chat.passage).
    """

    async def post(request: Request) -> JSONResponse:
        given = request.headers.get(_HEADER, "")
        # As bytes: compare_digest refuses strings with letters outside ASCII.
        if not hmac.compare_digest(given.encode(), secret.encode()):
            return JSONResponse({}, 401)
        try:
            update = Update.model_validate_json(await request.body(), context={"bot": bot})
        except ValidationError:
            return JSONResponse({}, 400)
        return JSONResponse({}, background=BackgroundTask(_deal_with, dispatcher, bot, update))

    return Route(urlsplit(url).path or "/", post, methods=["POST"], name="webhook", include_in_schema=False)


async def _deal_with(dispatcher: Dispatcher, bot: Bot, update: Update) -> None:
    result: Any = await dispatcher.feed_update(bot, update)
    if isinstance(result, TelegramMethod):
        await dispatcher.silent_call_request(bot=bot, result=result)


async def announce_webhook(bot: Bot, dispatcher: Dispatcher, url: str, secret: str) -> None:
    """Tell Telegram where to post updates; what came while we were down is kept."""
    await bot.set_webhook(
        url,
        secret_token=secret,
        allowed_updates=dispatcher.resolve_used_update_types(),
        drop_pending_updates=False,
    )
