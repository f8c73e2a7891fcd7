"""What a reader writes. Each command takes its arguments as text; without any it shows its screen."""

from dataclasses import replace

from aiogram import Router
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.types import Message

from bot.chat.buttons import View
from bot.chat.readers import may_change, subscribed
from bot.chat.screens import screen, settings_keyboard, summary
from bot.domain import preferences
from bot.domain.subscriber import Chat, Preferences, Subscriber
from bot.newsroom import subscribe
from bot.newsroom.desk import Desk
from bot.words.translator import days_by_name, languages_by_name, topics_by_name, translate


def routers() -> tuple[Router, ...]:
    """The commands: for a stranger, for who may change settings, for every reader, for everyone."""
    joining, changing, reading, asking = (Router(name=name) for name in ("join", "change", "read", "ask"))
    joining.message.register(start, CommandStart(), may_change)
    changing.message.filter(subscribed, may_change)
    for handler in (settings, topics, languages, time, zone, pause):
        changing.message.register(handler, Command(handler.__name__))
    reading.message.register(digest, Command("digest"), subscribed)
    asking.message.register(help_, Command("help"))
    return joining, changing, reading, asking


async def start(message: Message, command: CommandObject, desk: Desk, chat: Chat, lang: str) -> None:
    """Subscribe at once; a deep link presets topics."""
    reader, new = await subscribe.start(desk, chat, Preferences(languages=(lang,)))
    if command.args:
        wished = replace(reader.preferences, topics=preferences.preset(command.args))
        reader = await subscribe.revise(desk, reader, wished)
    text = translate(reader.lang, "welcome" if new else "welcome-back", settings=summary(reader))
    await message.answer(text, reply_markup=settings_keyboard(reader.lang))


async def settings(message: Message, reader: Subscriber) -> None:
    """Everything in one place."""
    await _show(message, View.SETTINGS, reader)


async def topics(message: Message, command: CommandObject, desk: Desk, reader: Subscriber) -> None:
    """Choose topics."""
    if not command.args:
        return await _show(message, View.TOPICS, reader)
    chosen = preferences.topics(command.args, topics_by_name())
    return await _change(message, desk, reader, replace(reader.preferences, topics=chosen))


async def languages(message: Message, command: CommandObject, desk: Desk, reader: Subscriber) -> None:
    """Choose reading languages."""
    if not command.args:
        return await _show(message, View.LANGUAGES, reader)
    chosen = preferences.languages(command.args, languages_by_name())
    return await _change(message, desk, reader, replace(reader.preferences, languages=chosen))


async def time(message: Message, command: CommandObject, desk: Desk, reader: Subscriber) -> None:
    """Choose slots and days."""
    if not command.args:
        return await _show(message, View.TIME, reader)
    wished = preferences.times(command.args, days_by_name(), reader.preferences)
    return await _change(message, desk, reader, wished)


async def zone(message: Message, command: CommandObject, desk: Desk, reader: Subscriber) -> None:
    """Choose the time zone."""
    if not command.args:
        return await _show(message, View.ZONE, reader)
    chosen = preferences.zone(command.args)
    return await _change(message, desk, reader, replace(reader.preferences, zone=chosen))


async def pause(message: Message, command: CommandObject, desk: Desk, reader: Subscriber) -> None:
    """Stop for some days, or until /start."""
    days = preferences.pause(command.args or "")
    await subscribe.pause(desk, reader, days)
    text = translate(reader.lang, "paused-until", days=days) if days else translate(reader.lang, "paused")
    await message.answer(text)


async def digest(message: Message, desk: Desk, reader: Subscriber) -> None:
    """What happened since the last digest; it goes the way of every digest, through the outbox."""
    if not await desk.compose_now(reader, str(message.message_id), desk.now()):
        await message.answer(translate(reader.lang, "nothing-new"))


async def help_(message: Message, lang: str) -> None:
    """What the bot can do."""
    await message.answer(translate(lang, "help"))


async def _show(message: Message, view: View, reader: Subscriber) -> None:
    shown = screen(view, reader)
    await message.answer(shown.text, reply_markup=shown.keyboard)


async def _change(message: Message, desk: Desk, reader: Subscriber, wished: Preferences) -> None:
    await _show(message, View.SETTINGS, await subscribe.revise(desk, reader, wished))
