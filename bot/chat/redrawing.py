"""How a tap is answered: once, and its message changed in place."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from typing import Any, TypeVar

from aiogram import BaseMiddleware
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import CallbackQuery, Message, TelegramObject

from bot.chat.buttons import View
from bot.chat.layout import Screen
from bot.chat.miniapp import with_app
from bot.chat.screens import screen
from bot.domain.subscriber import Preferences, Subscriber
from bot.newsroom import subscribe
from bot.newsroom.desk import Desk

T = TypeVar("T")


class Answers(BaseMiddleware):
    """Answers each tap with what its handler returns, or silently; a failed one is the error handlers'."""

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> None:
        assert isinstance(event, CallbackQuery)
        await event.answer(await handler(event, data))


def ticked(have: Iterable[T], named: Iterable[T], on: bool) -> list[T]:
    """What is had, with these or without."""
    named = list(named)
    rest = [value for value in have if value not in named]
    return [*rest, *named] if on else rest


async def change(callback: CallbackQuery, desk: Desk, reader: Subscriber, view: View, **chosen: Any) -> None:
    """Store what the reader wants now, and show it."""
    wished: Preferences = replace(reader.preferences, **chosen)
    await redraw(callback, view, await subscribe.revise(desk, reader, wished))


async def redraw(callback: CallbackQuery, view: View, reader: Subscriber, site: str = "") -> None:
    """Show a screen in the message tapped."""
    shown = screen(view, reader)
    await put(callback, with_app(shown, reader, site) if view is View.SETTINGS else shown)


async def put(callback: CallbackQuery, shown: Screen) -> None:
    """Put a screen in the place of the message tapped."""
    if not isinstance(callback.message, Message):
        return
    try:
        await callback.message.edit_text(shown.text, reply_markup=shown.keyboard)
    except TelegramBadRequest as error:
        if "message is not modified" not in error.message:
            raise
