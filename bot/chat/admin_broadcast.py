"""A message to every reader: shown to its author first, sent when they say so, stopped when they say so."""

import re
from contextlib import suppress

import structlog
from aiogram import Bot
from aiogram.enums import ParseMode
from aiogram.exceptions import AiogramError, TelegramBadRequest
from aiogram.filters import CommandObject
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, LinkPreviewOptions, Message

from bot.chat.admin_buttons import Run, Step
from bot.chat.layout import button
from bot.domain.broadcast import Broadcast, Progress
from bot.domain.subscriber import Chat, interface_language
from bot.newsroom.control import Control
from bot.newsroom.desk import Desk
from bot.words.translator import translate

_COMMAND = re.compile(r"^/\w+(@\w+)?\s*")

_log = structlog.get_logger(__name__)


async def offer(message: Message, command: CommandObject, control: Control, lang: str) -> None:
    """Show how it will look and how many will get it, and wait for the word."""
    assert message.from_user
    html = _COMMAND.sub("", message.html_text or "")
    if not command.args:
        await message.answer(translate(lang, "broadcast-usage"))
        return
    try:
        off = LinkPreviewOptions(is_disabled=True)
        await message.answer(html, parse_mode=ParseMode.HTML, link_preview_options=off)
    except TelegramBadRequest as error:
        await message.answer(translate(lang, "broadcast-bad", reason=error.message))
        return
    draft = await control.drafts.draft(message.from_user.id, html, control.now())
    count = (await control.drafts.progress(draft)).total
    await message.answer(
        translate(lang, "broadcast-preview", count=count),
        reply_markup=_buttons(lang, draft.id, Step.SEND, Step.CANCEL),
    )


async def run(callback: CallbackQuery, callback_data: Run, control: Control, lang: str) -> None:
    """Send it, or stop it; a second tap changes nothing."""
    draft = await control.drafts.find(callback_data.broadcast)
    if draft is None or not isinstance(callback.message, Message):
        await callback.answer(translate(lang, "broadcast-over"))
        return
    if callback_data.step is Step.SEND:
        done = await control.drafts.begin(draft.id, callback.message.message_id)
    else:
        done = await control.drafts.cancel(draft.id, control.now())
    reached = await control.drafts.progress(draft)
    if done and callback_data.step is Step.SEND:
        buttons = _buttons(lang, draft.id, Step.CANCEL)
        await callback.message.edit_text(_progress(lang, reached), reply_markup=buttons)
    elif done:
        said = translate(lang, "broadcast-cancelled", sent=reached.sent, total=reached.total)
        await callback.message.edit_text(said)
    await callback.answer("" if done else translate(lang, "broadcast-over"))


class ProgressBoard:
    """Satisfies newsroom.broadcast.Board: edits the message under which it was sent."""

    def __init__(self, bot: Bot, desk: Desk) -> None:
        self._bot = bot
        self._desk = desk

    async def show(self, broadcast: Broadcast, progress: Progress, *, over: bool) -> None:
        """Show it; a failure to do so costs nobody the message."""
        lang = await language(self._desk, broadcast.admin)
        text = _done(lang, progress) if over else _progress(lang, progress)
        buttons = None if over else _buttons(lang, broadcast.id, Step.CANCEL)
        try:
            with suppress(TelegramBadRequest):  # not modified, or deleted by its author
                await self._bot.edit_message_text(
                    text, chat_id=broadcast.admin, message_id=broadcast.message, reply_markup=buttons
                )
        except AiogramError as error:
            _log.info("progress not shown", broadcast=broadcast.id, reason=type(error).__name__)


async def language(desk: Desk, admin: int) -> str:
    """The language an administrator chose in the bot; else Kazakh."""
    reader = await desk.subscribers.find(Chat(admin))
    return reader.lang if reader else interface_language(None)


def _progress(lang: str, reached: Progress) -> str:
    done = reached.total - reached.open - reached.ahead
    return translate(
        lang,
        "broadcast-progress",
        done=done,
        total=reached.total,
        unknown=reached.unknown,
        failed=reached.failed,
    )


def _done(lang: str, reached: Progress) -> str:
    return translate(
        lang,
        "broadcast-done",
        sent=reached.sent,
        total=reached.total,
        unknown=reached.unknown,
        failed=reached.failed,
    )


def _buttons(lang: str, broadcast: int, *steps: Step) -> InlineKeyboardMarkup:
    row = [button(translate(lang, f"button-{step}"), Run(step=step, broadcast=broadcast)) for step in steps]
    return InlineKeyboardMarkup(inline_keyboard=[row])
