"""/saved: what the reader kept, a page at a time in one message, each story with its way off the shelf."""

from contextlib import suppress

from aiogram import Router
from aiogram.enums import ParseMode
from aiogram.exceptions import TelegramBadRequest
from aiogram.filters import Command
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, LinkPreviewOptions, Message

from bot.chat.layout import button, keyboard, pages, short
from bot.chat.readers import may_change, subscribed
from bot.chat.redrawing import Answers
from bot.chat.story_buttons import SavedPage, Unsave
from bot.domain.subscriber import Subscriber
from bot.newsroom import browse
from bot.newsroom.desk import Desk
from bot.words.translator import translate

#: Characters of a headline on its button.
_SHOWN = 40
_OFF = LinkPreviewOptions(is_disabled=True)


def router() -> Router:
    """The command, and the buttons of its message."""
    shelf = Router(name="shelf")
    for posts in (shelf.message, shelf.channel_post):
        posts.register(saved, Command("saved", ignore_case=True), subscribed)
    shelf.callback_query.middleware(Answers())
    shelf.callback_query.register(turn, SavedPage.filter(), subscribed)
    shelf.callback_query.register(unsave, Unsave.filter(), subscribed, may_change)
    return shelf


async def saved(message: Message, desk: Desk, reader: Subscriber) -> None:
    """The first page."""
    text, buttons = await _page(desk, reader, 0)
    await message.answer(text, parse_mode=ParseMode.HTML, reply_markup=buttons, link_preview_options=_OFF)


async def turn(callback: CallbackQuery, callback_data: SavedPage, desk: Desk, reader: Subscriber) -> None:
    """Another page."""
    await _redraw(callback, desk, reader, callback_data.page)


async def unsave(callback: CallbackQuery, callback_data: Unsave, desk: Desk, reader: Subscriber) -> str:
    """Take a story off the shelf."""
    await desk.shelf.unsave(reader.id, callback_data.story)
    await _redraw(callback, desk, reader, callback_data.page)
    return translate(reader.lang, "unsaved-story")


async def _page(desk: Desk, reader: Subscriber, page: int) -> tuple[str, InlineKeyboardMarkup | None]:
    lang, found = reader.lang, await browse.saved(desk, reader, page)
    title = translate(lang, "title-saved")
    parts = desk.render(browse.digest(desk, reader, found.items), lang, reader.preferences.zone, title)
    if not parts:
        return translate(lang, "nothing-saved"), None
    offs = [
        button(f"✖ {short(item.headline, _SHOWN)}", Unsave(story=item.story, page=found.page))
        for item in found.items
    ]
    turns = pages(found.page, found.more, lambda number: SavedPage(page=number))
    return parts[0], keyboard(offs, 1, turns)


async def _redraw(callback: CallbackQuery, desk: Desk, reader: Subscriber, page: int) -> None:
    if not isinstance(callback.message, Message):
        return
    text, buttons = await _page(desk, reader, page)
    with suppress(TelegramBadRequest):  # not modified, or no longer there: the tap itself counts
        await callback.message.edit_text(
            text, parse_mode=ParseMode.HTML, reply_markup=buttons, link_preview_options=_OFF
        )
