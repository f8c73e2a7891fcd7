"""What is said when a wish can't be met: never a traceback, never silence."""

from collections.abc import Sequence
from typing import Any

import structlog
from aiogram import Bot, F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command, CommandObject, ExceptionTypeFilter
from aiogram.types import CallbackQuery, ErrorEvent, Message

from bot.chat.readers import may_change
from bot.domain.errors import NotUnderstood
from bot.domain.subscriber import LANGUAGES, Breaking, Subscriber
from bot.words.translator import topic_name, translate
from summarizer.topic import Topic

_log = structlog.get_logger(__name__)

#: Examples of what would be understood, by what the domain calls them.
_EXAMPLES = {
    "word": "word",
    '"two words"': "phrase",
    "!word": "exception",
    "08:30 weekdays": "weekdays",
    "08:30 weekends": "weekends",
    "08:30 daily": "daily",
    "on": "on",
    "sunday": "day",
    "friday 19:00": "day-and-time",
    "quiet 22:00-07:00": "quiet",
    "quiet off": "quiet-off",
    "mute NAME": "mute-source",
    "unmute NAME": "unmute-source",
    "remove NAME": "remove-source",
}


def router(commands: Sequence[str]) -> Router:
    """Comes last: takes what nobody else took, and what went wrong."""
    troubles = Router(name="troubles")
    for posts in (troubles.message, troubles.channel_post):
        posts.register(not_allowed, Command(*commands, ignore_case=True))
    troubles.message.register(unknown_words, F.chat.type == ChatType.PRIVATE, F.text)
    troubles.callback_query.register(admins_only, outsider)
    troubles.callback_query.register(stale)
    troubles.error.register(not_understood, ExceptionTypeFilter(NotUnderstood))
    troubles.error.register(failed)
    return troubles


async def not_allowed(message: Message, command: CommandObject, reader: Subscriber | None, lang: str) -> None:
    """One of our commands that no other router took: from a stranger, or not from an administrator."""
    known = reader or command.command.casefold() == "start"
    await message.answer(translate(lang, "admins-only" if known else "not-subscribed"))


async def unknown_words(message: Message, lang: str) -> None:
    """Text that is no command; in groups it is not meant for us."""
    await message.answer(translate(lang, "unknown-words"))


async def outsider(callback: CallbackQuery, bot: Bot) -> bool:
    """Filter: somebody who may change nothing here."""
    return not await may_change(callback, bot)


async def admins_only(callback: CallbackQuery, lang: str = "kk") -> None:
    """A button for administrators, tapped by somebody else."""
    await callback.answer(translate(lang, "admins-only"))


async def stale(callback: CallbackQuery, lang: str = "kk") -> None:
    """A button that is old or forged."""
    await callback.answer(translate(lang, "stale-button"))


async def not_understood(event: ErrorEvent, lang: str) -> None:
    """Say what would be understood; nothing has changed."""
    error = event.exception
    assert isinstance(error, NotUnderstood)
    expected = ", ".join(_explained(lang, word) for word in error.expected)
    key = "not-understood" if error.word.strip() else "nothing-said"
    await _say(event, translate(lang, key, word=error.word[:60], expected=expected))


async def failed(event: ErrorEvent, **data: Any) -> None:
    """Anything else: an apology for the reader, the details for the log."""
    _log.error("update failed", update=event.update.update_id, exc_info=event.exception)
    await _say(event, translate(data.get("lang", "kk"), "failed"))


def _explained(lang: str, word: str) -> str:
    """A word as it may be written, with what it means where it is a key; an example in the reader's words."""
    if word in _EXAMPLES:
        return translate(lang, f"example-{_EXAMPLES[word]}")
    if word in set(Topic):
        return f"{word} ({topic_name(lang, Topic(word))})"
    if word in set(Breaking) and (named := translate(lang, f"breaking-{word}")) != word:
        return f"{word} ({named})"
    return f"{word} ({translate(lang, f'language-{word}')})" if word in LANGUAGES else word


async def _say(event: ErrorEvent, text: str) -> None:
    if message := event.update.message or event.update.channel_post:
        await message.answer(text)
    elif event.update.callback_query:
        await event.update.callback_query.answer(text[:200])
