"""What a reader taps to change settings: the message is edited in place, each tap is answered once."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.chat.buttons import (
    Filter,
    LanguageTick,
    LayoutPick,
    Open,
    TopicTick,
    Unlist,
    View,
    key_of,
)
from bot.chat.readers import may_change, subscribed
from bot.chat.redrawing import Answers, change, redraw, ticked
from bot.domain.subscriber import Subscriber
from bot.newsroom.desk import Desk
from bot.words.translator import translate
from summarizer.topic import Topic


def router() -> Router:
    """The buttons of the settings message."""
    taps = Router(name="taps")
    taps.callback_query.filter(subscribed, may_change)
    taps.callback_query.middleware(Answers())
    for data, handler in (
        (Open, open_view),
        (TopicTick, topic),
        (LanguageTick, language),
        (LayoutPick, layout),
        (Unlist, unlist),
    ):
        taps.callback_query.register(handler, data.filter())
    return taps


async def open_view(callback: CallbackQuery, callback_data: Open, desk: Desk, reader: Subscriber) -> None:
    """Go to a screen, or back."""
    await redraw(callback, callback_data.view, reader, desk.site)


async def topic(callback: CallbackQuery, callback_data: TopicTick, desk: Desk, reader: Subscriber) -> None:
    """Tick or untick a topic, or all."""
    named = Topic if callback_data.topic == "all" else [callback_data.topic]
    chosen = ticked(reader.preferences.topics, named, callback_data.on)
    await change(callback, desk, reader, View.TOPICS, topics=frozenset(chosen))


async def language(
    callback: CallbackQuery, callback_data: LanguageTick, desk: Desk, reader: Subscriber
) -> str | None:
    """Tick or untick a language; the last one stays."""
    chosen = ticked(reader.preferences.languages, [callback_data.lang], callback_data.on)
    if not chosen:
        return translate(reader.lang, "one-language-stays")
    await change(callback, desk, reader, View.LANGUAGES, languages=tuple(chosen))
    return None


async def layout(callback: CallbackQuery, callback_data: LayoutPick, desk: Desk, reader: Subscriber) -> None:
    """Get digests as rich messages, or plain ones."""
    await change(callback, desk, reader, View.LAYOUT, rich=callback_data.rich)


async def unlist(callback: CallbackQuery, callback_data: Unlist, desk: Desk, reader: Subscriber) -> None:
    """Take a term off a filter."""
    view = View.MUTE if callback_data.of is Filter.MUTED else View.FOLLOW
    terms = getattr(reader.preferences, callback_data.of)
    rest = tuple(term for term in terms if key_of(term) != callback_data.key)
    await change(callback, desk, reader, view, **{callback_data.of: rest})
