"""Buttons in rows."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.chat.buttons import Open, View
from bot.words.translator import translate


@dataclass(frozen=True, slots=True)
class Screen:
    """One state of a message: plain text and its buttons."""

    text: str
    keyboard: InlineKeyboardMarkup


def button(text: str, data: CallbackData) -> InlineKeyboardButton:
    """A button that means `data`."""
    return InlineKeyboardButton(text=text, callback_data=data.pack())


def ticked(text: str, on: bool) -> str:
    """A choice as it stands."""
    return f"✅ {text}" if on else text


def short(text: str, most: int) -> str:
    """A text on one line of a button, at most `most` characters."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def pages(page: int, more: bool, leads: Callable[[int], CallbackData]) -> list[InlineKeyboardButton]:
    """The way to the page before and to the next, where there are such."""
    back = [button("‹", leads(page - 1))] if page else []
    return [*back, *([button("›", leads(page + 1))] if more else [])]


def keyboard(
    choices: Iterable[InlineKeyboardButton], width: int, *below: Sequence[InlineKeyboardButton]
) -> InlineKeyboardMarkup:
    """Choices in rows of `width`, and whole rows below them; an empty row is none."""
    row = list(choices)
    rows = [row[start : start + width] for start in range(0, len(row), width)]
    return InlineKeyboardMarkup(inline_keyboard=[*rows, *(list(last) for last in below if last)])


def rows(choices: Sequence[InlineKeyboardButton], width: int) -> list[list[InlineKeyboardButton]]:
    """Choices in rows of `width`."""
    return keyboard(choices, width).inline_keyboard


def way(lang: str, following: View | None = None) -> list[InlineKeyboardButton]:
    """Back to the overview, and on to the next screen."""
    back = button(translate(lang, "button-back"), Open(view=View.SETTINGS))
    if following is None:
        return [back]
    name = translate(lang, f"button-{following}")
    return [back, button(translate(lang, "button-next", screen=name), Open(view=following))]
