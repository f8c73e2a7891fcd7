"""What a reader writes to change settings. Each command takes its arguments as text, or shows its screen."""

from collections.abc import Callable
from dataclasses import replace

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.types import Message

from bot.chat.buttons import View
from bot.chat.miniapp import with_app
from bot.chat.overview import summary
from bot.chat.readers import may_change, subscribed
from bot.chat.reading import show
from bot.chat.screens import screen, welcome
from bot.domain import filters, preferences, timing
from bot.domain.errors import NotUnderstood
from bot.domain.subscriber import Chat, Preferences, Subscriber
from bot.newsroom import browse, subscribe
from bot.newsroom.desk import Desk
from bot.words.places import zone_at, zones_by_name
from bot.words.translator import (
    days_by_name,
    languages_by_name,
    topics_by_name,
    translate,
    weekday_meant,
    weekdays_by_name,
    words_for,
)
from summarizer.topic import Topic

#: What a command's text makes of the preferences, and the screen shown where there is no text.
SETTINGS: dict[str, tuple[View, Callable[[str, Preferences], Preferences]]] = {
    "topics": (
        View.TOPICS,
        lambda text, have: replace(have, topics=preferences.topics(text, topics_by_name())),
    ),
    "languages": (
        View.LANGUAGES,
        lambda text, have: replace(have, languages=preferences.languages(text, languages_by_name())),
    ),
    "time": (View.TIME, lambda text, have: timing.times(_terse(text), days_by_name(), have)),
    "zone": (View.ZONE, lambda text, have: replace(have, zone=preferences.zone(text, zones_by_name()))),
    "mute": (
        View.MUTE,
        lambda text, have: replace(have, muted=filters.added(have.muted, filters.terms(text))),
    ),
    "follow": (
        View.FOLLOW,
        lambda text, have: replace(have, followed=filters.added(have.followed, filters.terms(text))),
    ),
    "breaking": (
        View.BREAKING,
        lambda text, have: timing.breaking(text, have, words_for("off"), words_for("quiet")),
    ),
    "weekly": (
        View.WEEKLY,
        lambda text, have: timing.weekly(
            _terse(text), have, weekdays_by_name(), words_for("off"), words_for("on")
        ),
    ),
    "settings": (View.SETTINGS, lambda _, have: have),
}
_ALWAYS = tuple(name for name in SETTINGS if name != "weekly")


def routers() -> tuple[Router, Router]:
    """/start, which anybody may write; the settings, for readers who may change them."""
    joining, changing = Router(name="join"), Router(name="change")
    changing.message.filter(subscribed, may_change)
    changing.channel_post.filter(subscribed, may_change)
    for posts in (joining.message, joining.channel_post):
        posts.register(start, CommandStart(ignore_case=True), may_change)
    changing.message.register(located, F.location, F.chat.type == ChatType.PRIVATE)
    for posts in (changing.message, changing.channel_post):
        posts.register(pause, Command("pause", ignore_case=True))
        posts.register(change, Command(*_ALWAYS, ignore_case=True))
        # Without words it is a wish to read.
        posts.register(change, Command("weekly", ignore_case=True, magic=F.args))
    return joining, changing


async def start(message: Message, command: CommandObject, desk: Desk, chat: Chat, lang: str) -> None:
    """Subscribe at once; a deep link presets topics. A newcomer sees three screens and a sample."""
    topics, trouble = _preset(command.args)
    reader, new = await subscribe.start(desk, chat, Preferences(languages=(lang,), zone=desk.zone))
    if topics:
        reader = await subscribe.revise(desk, reader, replace(reader.preferences, topics=topics))
    await (_greet(message, desk, reader) if new else _greet_again(message, reader))
    if trouble:
        raise trouble


async def pause(message: Message, command: CommandObject, desk: Desk, reader: Subscriber) -> None:
    """Stop for some days, or until /start."""
    days = preferences.pause(command.args or "")
    await subscribe.pause(desk, reader, days)
    text = translate(reader.lang, "paused-until", days=days) if days else translate(reader.lang, "paused")
    await message.answer(text)


async def change(message: Message, command: CommandObject, desk: Desk, reader: Subscriber) -> None:
    """Take the command's text, or show its screen."""
    view, understand = SETTINGS[command.command.casefold()]
    if command.args:
        reader = await subscribe.revise(desk, reader, understand(command.args, reader.preferences))
        view = View.SETTINGS
    shown = screen(view, reader)
    shown = with_app(shown, reader, desk.site) if view is View.SETTINGS else shown
    await message.answer(shown.text, reply_markup=shown.keyboard)


async def located(message: Message, desk: Desk, reader: Subscriber) -> None:
    """Live by the clock of the place shared; the place itself is not kept."""
    assert message.location
    if zone := zone_at(message.location.latitude, message.location.longitude):
        reader = await subscribe.revise(desk, reader, replace(reader.preferences, zone=zone))
    shown = screen(View.ZONE, reader)
    await message.answer(shown.text, reply_markup=shown.keyboard)


def _terse(text: str) -> str:
    """What was said without small words ("at", "days"), and with weekdays as they are called."""
    said = (word for word in text.split() if word.casefold() not in words_for("filler"))
    return " ".join(weekday_meant(word) or word for word in said)


def _preset(payload: str | None) -> tuple[frozenset[Topic], NotUnderstood | None]:
    """Topics of a deep link, and why there are none."""
    try:
        return preferences.preset(payload) if payload else frozenset(), None
    except NotUnderstood as trouble:
        return frozenset(), trouble


async def _greet(message: Message, desk: Desk, reader: Subscriber) -> None:
    shown = welcome(reader)
    await message.answer(shown.text, reply_markup=shown.keyboard)
    sample, title = await browse.sample(desk, reader), translate(reader.lang, "title-sample")
    await show(message, desk.render(sample, reader.lang, reader.preferences.zone, title))
    await browse.sampled(desk, reader, sample)


async def _greet_again(message: Message, reader: Subscriber) -> None:
    text = translate(reader.lang, "welcome-back", settings=summary(reader))
    await message.answer(text, reply_markup=screen(View.SETTINGS, reader).keyboard)
