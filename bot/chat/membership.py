"""The bot is blocked, kicked, let in again; a group becomes a supergroup."""

from contextlib import suppress

from aiogram import Bot, F, Router
from aiogram.enums import ChatType
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError
from aiogram.filters import IS_MEMBER, IS_NOT_MEMBER, ChatMemberUpdatedFilter
from aiogram.types import ChatMemberUpdated, Message

from bot.newsroom import subscribe
from bot.newsroom.desk import Desk
from bot.words.translator import translate


def router() -> Router:
    """What Telegram tells about the bot's own place in a chat."""
    membership = Router(name="membership")
    membership.my_chat_member.register(closed, ChatMemberUpdatedFilter(IS_NOT_MEMBER))
    membership.my_chat_member.register(opened, ChatMemberUpdatedFilter(IS_MEMBER))
    membership.message.register(moved, F.migrate_to_chat_id)
    return membership


async def closed(event: ChatMemberUpdated, desk: Desk) -> None:
    """Blocked or kicked: keep the settings, send nothing."""
    await subscribe.leave(desk, event.chat.id)


async def opened(event: ChatMemberUpdated, bot: Bot, desk: Desk, lang: str) -> None:
    """Unblocked or added again: go on with the settings kept. A new group is told how to begin.

    So is who added the bot to a channel, if they let it write to them: its readers need not know.
    """
    known = await subscribe.come_back(desk, event.chat.id)
    joined = event.old_chat_member.status in {"left", "kicked"}
    if joined and not known and event.chat.type in {ChatType.GROUP, ChatType.SUPERGROUP}:
        await bot.send_message(event.chat.id, translate(lang, "added-to-chat"))
    if joined and not known and event.chat.type == ChatType.CHANNEL:
        with suppress(TelegramForbiddenError, TelegramBadRequest):
            text = translate(lang, "added-to-channel", channel=event.chat.title or "")
            await bot.send_message(event.from_user.id, text)


async def moved(message: Message, desk: Desk) -> None:
    """The group has a new id; the old one is dead."""
    assert message.migrate_to_chat_id
    await subscribe.move(desk, message.chat.id, message.migrate_to_chat_id)
