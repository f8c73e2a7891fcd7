"""Who is shut out is not answered: their updates end here."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.dispatcher.middlewares.user_context import EventContext
from aiogram.types import TelegramObject

from bot.newsroom.control import Control


class Banned(BaseMiddleware):
    """Drops updates of chats and people that an administrator shut out; never an administrator's own."""

    def __init__(self, control: Control) -> None:
        self._control = control

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        context: EventContext = data["event_context"]
        ids = [one.id for one in (context.chat, context.user) if one]
        trusted = context.user is not None and context.user.id in self._control.admins
        if ids and not trusted and await self._control.bans.any_banned(ids):
            return None
        return await handler(event, data)
