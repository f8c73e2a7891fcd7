"""Sends one part to its chat, at Telegram's pace."""

from collections.abc import Callable
from datetime import timedelta

from aiogram import Bot
from aiogram.enums import ParseMode
from aiogram.exceptions import AiogramError, TelegramBadRequest
from aiogram.types import InlineKeyboardMarkup, LinkPreviewOptions, Message

from bot.delivery.outcomes import outcome
from bot.delivery.pacing import Pace
from bot.domain.delivery import Flooded, Outcome, Part, Sent

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
            return await self._failed(part, outcome(error))
        finally:
            self._pacing.answered(part.chat.id)
        return Sent(message.message_id)

    async def _with_buttons(self, part: Part) -> Message:
        try:
            return await self._message(part, self._buttons(part))
        except TelegramBadRequest as error:
            # The stories matter more than what stands below them: an address that Telegram won't link to.
            if "BUTTON" not in error.message.upper():
                raise
            return await self._message(part, None)

    async def _message(self, part: Part, buttons: InlineKeyboardMarkup | None) -> Message:
        return await self._bot.send_message(
            part.chat.id,
            part.html,
            message_thread_id=part.chat.thread,
            parse_mode=ParseMode.HTML,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
            allow_paid_broadcast=self._paid or None,
            reply_markup=buttons,
        )

    async def _failed(self, part: Part, found: Outcome) -> Outcome:
        if isinstance(found, Flooded):
            await self._pacing.flooded(part.chat.id, found.retry_after)
        return found
