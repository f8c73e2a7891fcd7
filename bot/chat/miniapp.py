"""The button that opens the Mini App."""

from dataclasses import replace

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, WebAppInfo

from bot.chat.layout import Screen
from bot.domain.pages import APP
from bot.domain.subscriber import Subscriber
from bot.words.translator import translate


def with_app(shown: Screen, reader: Subscriber, site: str) -> Screen:
    """The settings with a way to the Mini App, where there is one.

    Telegram opens https addresses only, and takes such buttons in private chats only (their ids are
    positive).
    """
    if not site.startswith("https://") or reader.chat.id < 0:
        return shown
    app = WebAppInfo(url=site + APP)
    row = [InlineKeyboardButton(text=translate(reader.lang, "app-open"), web_app=app)]
    return replace(
        shown, keyboard=InlineKeyboardMarkup(inline_keyboard=[row, *shown.keyboard.inline_keyboard])
    )
