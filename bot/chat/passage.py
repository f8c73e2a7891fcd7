"""How updates pass through this process: each once, and none cut off at its end."""

from asyncio import Event, timeout
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import TelegramObject, Update

from bot.newsroom.desk import Updates

#: Updates of this process that are known without asking the store: more than Telegram holds back at once.
_REMEMBERED = 10_000


class Once(BaseMiddleware):
    """Lets each update pass once: a webhook that Telegram calls again changes nothing.

    What was answered is kept in the store, so that it holds over a restart. An update whose answer the
    end of a process cut off is not kept: the next process takes it again.
    """

    def __init__(self, updates: Updates, now: Callable[[], datetime]) -> None:
        self._updates = updates
        self._now = now
        self._seen: OrderedDict[int, None] = OrderedDict()

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        assert isinstance(event, Update)
        if event.update_id in self._seen:
            return None
        self._seen[event.update_id] = None
        if len(self._seen) > _REMEMBERED:
            self._seen.popitem(last=False)
        if event.inline_query:  # one for each letter typed; a second answer to it is refused by Telegram
            return await handler(event, data)
        if await self._updates.answered(event.update_id):
            return None
        answer = await handler(event, data)
        await self._updates.remember(event.update_id, self._now())
        return answer


class Underway(BaseMiddleware):
    """Knows whether updates are being answered, so that a process can end after them."""

    def __init__(self) -> None:
        self._count = 0
        self._idle = Event()
        self._idle.set()

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        self._count += 1
        self._idle.clear()
        try:
            return await handler(event, data)
        finally:
            self._count -= 1
            if not self._count:
                self._idle.set()

    async def ended(self, patience: float) -> None:
        """Return when nothing is being answered any more, or after `patience` seconds."""
        with suppress(TimeoutError):
            async with timeout(patience):
                await self._idle.wait()
