"""Reaches administrators outside of any conversation."""

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError
from aiogram.types import LinkPreviewOptions

from bot.chat.admin_broadcast import language
from bot.newsroom.desk import Desk

_LONGEST = 4000

_log = structlog.get_logger(__name__)


class TelegramPager:
    """Satisfies newsroom.watch.Pager, with the client that answers readers: paced, and patient."""

    def __init__(self, bot: Bot, desk: Desk) -> None:
        self._bot = bot
        self._desk = desk

    async def lang(self, admin: int) -> str:
        """The language they chose in the bot; else Kazakh."""
        return await language(self._desk, admin)

    async def tell(self, admin: int, text: str) -> bool:
        """Send plain text; False where it did not arrive."""
        off = LinkPreviewOptions(is_disabled=True)
        try:
            await self._bot.send_message(admin, text[:_LONGEST], link_preview_options=off)
        except AiogramError as error:
            _log.warning("administrator not reached", reason=type(error).__name__)
            return False
        return True
