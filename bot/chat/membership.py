"""The bot is blocked, kicked, let in again; a group becomes a supergroup."""

from aiogram import Router
from aiogram.filters import IS_MEMBER, IS_NOT_MEMBER, ChatMemberUpdatedFilter
from aiogram.types import ChatMemberUpdated

from bot.domain.subscriber import Chat
from bot.newsroom import subscribe
from bot.newsroom.desk import Desk


def router() -> Router:
    """What Telegram tells about the bot's own place in a chat."""
    membership = Router(name="membership")
    membership.my_chat_member.register(closed, ChatMemberUpdatedFilter(IS_NOT_MEMBER))
    membership.my_chat_member.register(opened, ChatMemberUpdatedFilter(IS_MEMBER))
    return membership


async def closed(_: ChatMemberUpdated, desk: Desk, chat: Chat) -> None:
    """Blocked or kicked: keep the settings, send nothing."""
    await subscribe.leave(desk, chat)


async def opened(_: ChatMemberUpdated, desk: Desk, chat: Chat) -> None:
    """Unblocked or added again: go on with the settings kept."""
    await subscribe.come_back(desk, chat)
