"""What a reader taps to change settings: the message is edited in place, each tap is answered once."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from datetime import time
from typing import Any, TypeVar

from aiogram import BaseMiddleware, Router
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import CallbackQuery, Message, TelegramObject

from bot.chat.buttons import (
    BreakingPick,
    DaysTick,
    Filter,
    LanguageTick,
    LayoutPick,
    Open,
    QuietPick,
    SlotTick,
    TopicTick,
    Unlist,
    View,
    WeeklyPick,
    ZonePick,
    key_of,
)
from bot.chat.miniapp import with_app
from bot.chat.readers import may_change, subscribed
from bot.chat.screens import screen
from bot.domain import preferences
from bot.domain.subscriber import EVERY_DAY, WEEKDAYS, Preferences, Subscriber, Weekly
from bot.newsroom import subscribe
from bot.newsroom.desk import Desk
from bot.words.places import zones_by_name
from bot.words.translator import translate
from summarizer.topic import Topic

T = TypeVar("T")


class Answers(BaseMiddleware):
    """Answers each tap with what its handler returns, or silently; a failed one is the error handlers'."""

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> None:
        assert isinstance(event, CallbackQuery)
        await event.answer(await handler(event, data))


def router() -> Router:
    """The buttons of the settings message."""
    taps = Router(name="taps")
    taps.callback_query.filter(subscribed, may_change)
    taps.callback_query.middleware(Answers())
    for data, handler in (
        (Open, open_view),
        (TopicTick, topic),
        (LanguageTick, language),
        (SlotTick, slot),
        (DaysTick, days),
        (ZonePick, zone),
        (BreakingPick, breaking),
        (QuietPick, quiet),
        (WeeklyPick, weekly),
        (LayoutPick, layout),
        (Unlist, unlist),
    ):
        taps.callback_query.register(handler, data.filter())
    return taps


async def open_view(callback: CallbackQuery, callback_data: Open, desk: Desk, reader: Subscriber) -> None:
    """Go to a screen, or back."""
    await _redraw(callback, callback_data.view, reader, desk.site)


async def topic(callback: CallbackQuery, callback_data: TopicTick, desk: Desk, reader: Subscriber) -> None:
    """Tick or untick a topic, or all."""
    named = Topic if callback_data.topic == "all" else [callback_data.topic]
    chosen = _ticked(reader.preferences.topics, named, callback_data.on)
    await _change(callback, desk, reader, View.TOPICS, topics=frozenset(chosen))


async def language(
    callback: CallbackQuery, callback_data: LanguageTick, desk: Desk, reader: Subscriber
) -> str | None:
    """Tick or untick a language; the last one stays."""
    chosen = _ticked(reader.preferences.languages, [callback_data.lang], callback_data.on)
    if not chosen:
        return translate(reader.lang, "one-language-stays")
    await _change(callback, desk, reader, View.LANGUAGES, languages=tuple(chosen))
    return None


async def slot(callback: CallbackQuery, callback_data: SlotTick, desk: Desk, reader: Subscriber) -> None:
    """Tick or untick an hour, up to the number of slots a day."""
    moment = time.fromisoformat(callback_data.slot)
    chosen = _ticked(reader.preferences.slots, [moment], callback_data.on)[-preferences.MOST_SLOTS :]
    await _change(callback, desk, reader, View.TIME, slots=tuple(sorted(chosen)))


async def days(callback: CallbackQuery, callback_data: DaysTick, desk: Desk, reader: Subscriber) -> None:
    """Weekdays only, or every day."""
    chosen = WEEKDAYS if callback_data.weekdays else EVERY_DAY
    await _change(callback, desk, reader, View.TIME, days=chosen)


async def zone(callback: CallbackQuery, callback_data: ZonePick, desk: Desk, reader: Subscriber) -> None:
    """Live by another clock."""
    chosen = preferences.zone(callback_data.zone, zones_by_name())
    await _change(callback, desk, reader, View.ZONE, zone=chosen)


async def breaking(
    callback: CallbackQuery, callback_data: BreakingPick, desk: Desk, reader: Subscriber
) -> None:
    """Get breaking news, or not."""
    await _change(callback, desk, reader, View.BREAKING, breaking=callback_data.mode)


async def quiet(callback: CallbackQuery, callback_data: QuietPick, desk: Desk, reader: Subscriber) -> None:
    """Let breaking news wait in these hours, or never."""
    await _change(callback, desk, reader, View.BREAKING, quiet=preferences.quiet_hours(callback_data.hours))


async def weekly(callback: CallbackQuery, callback_data: WeeklyPick, desk: Desk, reader: Subscriber) -> None:
    """Get the weekly on this day at this hour, or never."""
    slot = time.fromisoformat(callback_data.slot)
    chosen = Weekly(callback_data.day, slot) if callback_data.day else None
    await _change(callback, desk, reader, View.WEEKLY, weekly=chosen)


async def layout(callback: CallbackQuery, callback_data: LayoutPick, desk: Desk, reader: Subscriber) -> None:
    """Get digests as rich messages, or plain ones."""
    await _change(callback, desk, reader, View.LAYOUT, rich=callback_data.rich)


async def unlist(callback: CallbackQuery, callback_data: Unlist, desk: Desk, reader: Subscriber) -> None:
    """Take a term off a filter."""
    view = View.MUTE if callback_data.of is Filter.MUTED else View.FOLLOW
    terms = getattr(reader.preferences, callback_data.of)
    rest = tuple(term for term in terms if key_of(term) != callback_data.key)
    await _change(callback, desk, reader, view, **{callback_data.of: rest})


def _ticked(have: Iterable[T], named: Iterable[T], on: bool) -> list[T]:
    named = list(named)
    rest = [value for value in have if value not in named]
    return [*rest, *named] if on else rest


async def _change(callback: CallbackQuery, desk: Desk, reader: Subscriber, view: View, **chosen: Any) -> None:
    wished: Preferences = replace(reader.preferences, **chosen)
    await _redraw(callback, view, await subscribe.revise(desk, reader, wished))


async def _redraw(callback: CallbackQuery, view: View, reader: Subscriber, site: str = "") -> None:
    shown = screen(view, reader)
    shown = with_app(shown, reader, site) if view is View.SETTINGS else shown
    if not isinstance(callback.message, Message):
        return
    try:
        await callback.message.edit_text(shown.text, reply_markup=shown.keyboard)
    except TelegramBadRequest as error:
        if "message is not modified" not in error.message:
            raise
