"""Who is speaking: each update gets its chat, its reader and a language, one update of a chat at a time."""

from asyncio import Lock
from collections.abc import Awaitable, Callable
from typing import Any
from weakref import WeakValueDictionary

from aiogram import BaseMiddleware, Bot
from aiogram.dispatcher.middlewares.user_context import EventContext
from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.exceptions import ClientDecodeError
from aiogram.types import CallbackQuery, Message, TelegramObject

from bot.domain.subscriber import Chat, Subscriber, interface_language
from bot.newsroom.desk import Desk

_ADMINS = {ChatMemberStatus.CREATOR, ChatMemberStatus.ADMINISTRATOR}


class Readers(BaseMiddleware):
    """Adds `chat`, `reader` (None for a stranger) and `lang` to what handlers can ask for.

    Two taps of one reader read and write the same settings: they take turns.
    """

    def __init__(self) -> None:
        self._turns: WeakValueDictionary[int, Lock] = WeakValueDictionary()

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        context: EventContext = data["event_context"]
        desk: Desk = data["desk"]
        if context.chat is None:
            if context.user:  # an inline query: it comes from a person, in no chat of ours
                data |= await _who(desk, Chat(context.user.id), context)
            return await handler(event, data)
        chat = chat_of(context)
        turn = self._turns.setdefault(chat.id, Lock())
        async with turn:
            data |= await _who(desk, chat, context)
            return await handler(event, data)


def chat_of(context: EventContext) -> Chat:
    """The subscriber's address: the chat, and in a forum the topic."""
    assert context.chat is not None
    return Chat(context.chat.id, context.thread_id if context.chat.type == ChatType.SUPERGROUP else None)


async def _who(desk: Desk, chat: Chat, context: EventContext) -> dict[str, Any]:
    reader = await desk.subscribers.find(chat)
    lang = reader.lang if reader else interface_language(context.user.language_code if context.user else None)
    return {"chat": chat, "reader": reader, "lang": lang}


async def subscribed(_: TelegramObject, reader: Subscriber | None) -> bool:
    """Filter: the chat is subscribed."""
    return reader is not None


async def may_change(event: Message | CallbackQuery, bot: Bot) -> bool:
    """Filter: in a private chat everyone, elsewhere administrators, asked for afresh each time."""
    message = event.message if isinstance(event, CallbackQuery) else event
    if message is None or message.chat.type == ChatType.PRIVATE:
        return True
    if isinstance(event, Message) and event.sender_chat:  # a channel's post, or an anonymous administrator
        return event.sender_chat.id == event.chat.id
    if event.from_user is None:
        return False
    return await _standing(bot, message.chat.id, event.from_user.id) in _ADMINS


async def _standing(bot: Bot, chat: int, user: int) -> str | None:
    try:
        return (await bot.get_chat_member(chat, user)).status
    except ClientDecodeError as error:
        # A Bot API server of another version than the library: it leaves out rights that we never ask about.
        result = error.data.get("result") if isinstance(error.data, dict) else None
        return result.get("status") if isinstance(result, dict) else None
