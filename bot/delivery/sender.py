"""Sends one part to its chat, at Telegram's pace."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import structlog
from aiogram import Bot
from aiogram.enums import ParseMode
from aiogram.exceptions import AiogramError, TelegramBadRequest, TelegramNotFound
from aiogram.types import InlineKeyboardMarkup, LinkPreviewOptions, Message, ReplyParameters

from bot.delivery.outcomes import closes_chat, outcome
from bot.delivery.pacing import Pace
from bot.delivery.rich import as_rich
from bot.domain.delivery import Flooded, Outcome, Part, Revision, Sent

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

_log = structlog.get_logger(__name__)

#: The buttons under a part; None for none.
Buttons = Callable[[Part], InlineKeyboardMarkup | None]


def no_buttons(_: Part) -> InlineKeyboardMarkup | None:
    """Nothing under a message."""
    return None


class TelegramMessenger:
    """newsroom.ports.Messenger over the Bot API."""

    def __init__(self, bot: Bot, pacing: Pace, *, paid: bool = False, buttons: Buttons = no_buttons) -> None:
        self._bot = bot
        self._pacing = pacing
        self._paid = paid
        self._buttons = buttons
        #: Until the server refuses one.
        self._takes_rich = True

    @property
    def rate(self) -> float:
        """Messages a second over all chats."""
        return self._pacing.rate

    def pause(self, part: Part) -> timedelta:
        """How long the part's chat must be left alone, as far as this process knows."""
        return self._pacing.pause(part.chat.id)

    def halt(self) -> timedelta:
        """How long everybody must be left alone, as far as this process knows."""
        return self._pacing.halt()

    async def turn(self, part: Part) -> timedelta:
        """Wait until the part may leave; or return at once how long its chat must be left alone."""
        return await self._pacing.turn(part.chat.id)

    async def send(self, part: Part) -> Outcome:
        """Try once, without waiting; every failure is an outcome, never an exception."""
        try:
            message = await self._with_buttons(part)
        except AiogramError as error:
            return await self._failed(part.chat.id, outcome(error))
        finally:
            self._pacing.answered(part.chat.id)
        return Sent(message.message_id)

    async def edit(self, revision: Revision) -> Outcome:
        """Change a message that was sent, once; Telegram's "not modified" is as good as a change."""
        chat, message = revision.chat.id, revision.message
        try:
            await self._bot.edit_message_text(
                text=revision.html,
                chat_id=chat,
                message_id=message,
                parse_mode=ParseMode.HTML,
                link_preview_options=_NO_PREVIEW,
                reply_markup=self._buttons(revision.part),
            )
        except AiogramError as error:
            unchanged = isinstance(error, TelegramBadRequest) and "not modified" in error.message
            return Sent(message) if unchanged else await self._failed(chat, outcome(error))
        finally:
            self._pacing.answered(chat)
        return Sent(message)

    async def _with_buttons(self, part: Part) -> Message:
        try:
            return await self._message(part, self._buttons(part))
        except TelegramBadRequest as error:
            # The stories matter more than what stands below them: an address that Telegram won't link to.
            if "BUTTON" not in error.message.upper():
                raise
            return await self._message(part, None)

    async def _message(self, part: Part, buttons: InlineKeyboardMarkup | None) -> Message:
        common: dict[str, Any] = {
            "message_thread_id": part.chat.thread,
            "allow_paid_broadcast": self._paid or None,
            "reply_markup": buttons,
            "reply_parameters": _reply(part),
        }
        if part.rich and self._takes_rich and (sent := await self._rich(part, common)):
            return sent
        plain: dict[str, Any] = {"parse_mode": ParseMode.HTML, "link_preview_options": _NO_PREVIEW}
        return await self._bot.send_message(part.chat.id, part.html, **plain, **common)

    async def _rich(self, part: Part, common: dict[str, Any]) -> Message | None:
        """The part as a rich message; None where the server will have none."""
        try:
            return await self._bot.send_rich_message(part.chat.id, as_rich(part.html), **common)
        except (TelegramBadRequest, TelegramNotFound) as error:
            if closes_chat(error.message) or "BUTTON" in error.message.upper():
                raise
            self._takes_rich = False
            _log.warning("rich messages are refused; plain ones from now on", reason=error.message)
            return None

    async def _failed(self, chat: int, found: Outcome) -> Outcome:
        if isinstance(found, Flooded):
            await self._pacing.flooded(chat, found.retry_after)
        return found


def _reply(part: Part) -> ReplyParameters | None:
    """What a message answers; where a reader deleted that, it comes by itself."""
    if part.answers is None:
        return None
    return ReplyParameters(message_id=part.answers, allow_sending_without_reply=True)
