"""Answers to readers: sent ahead of all digests, counted against the rate, not lost to a passing trouble."""

import asyncio
from typing import Any

from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import AiogramError
from aiogram.methods import EditMessageText, GetUpdates, Response, SendDocument, SendMessage, TelegramMethod
from aiogram.methods.base import TelegramType

from bot.delivery.outcomes import outcome
from bot.delivery.pacing import Pace
from bot.domain.delivery import Flooded, Unsent

#: A reader who waits longer than this for an answer has gone; then the error is raised.
LONGEST_WAIT = 15.0
#: Seconds before what certainly did not arrive is tried again, and how often.
PAUSES = (0.5, 2.0)

_COUNTED = (SendMessage, SendDocument, EditMessageText)


class Patience(BaseRequestMiddleware):
    """For the client that answers readers; digests have the outbox instead."""

    def __init__(self, pacing: Pace) -> None:
        self._pacing = pacing

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        """The answer; waits out a flood and repeats what certainly did not arrive."""
        if method.__api_method__ == GetUpdates.__api_method__:
            return await make_request(bot, method)
        for pause in PAUSES:
            try:
                await self._count(method)
                return await make_request(bot, method)
            except AiogramError as error:
                await asyncio.sleep(_wait(error, pause))
        await self._count(method)
        return await make_request(bot, method)

    async def _count(self, method: TelegramMethod[Any]) -> None:
        if isinstance(method, _COUNTED):
            await self._pacing.spend()


def _wait(error: AiogramError, pause: float) -> float:
    """Seconds until another try; raises the error again where none is allowed."""
    match outcome(error):
        case Flooded(retry_after) if retry_after.total_seconds() <= LONGEST_WAIT:
            return retry_after.total_seconds()
        case Unsent():
            return pause
        case _:
            raise error
