"""The command menus that Telegram shows: everybody's, groups', administrators'.

A menu is a convenience: where Telegram won't take one now, the bot serves without.
"""

from collections.abc import Iterable

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeDefault,
    BotCommandScopeUnion,
)

from bot.domain.subscriber import LANGUAGES
from bot.words.translator import translate

_log = structlog.get_logger(__name__)

#: Commands of the menu, in its order.
MENU = (
    "digest",
    "latest",
    "weekly",
    "search",
    "saved",
    "topics",
    "languages",
    "time",
    "zone",
    "mute",
    "follow",
    "sources",
    "breaking",
    "pause",
    "settings",
    "about",
    "export",
    "delete",
    "help",
    "start",
)
#: In groups: what anybody there may ask for. Their administrators see all of it.
_GROUP_MENU = ("digest", "latest", "weekly", "search", "saved", "about", "help")
#: Before everybody's, for ADMINS in their own chats.
_ADMIN_MENU = ("admin", "stats", "health", "broadcast", "ban", "unban", *MENU)
#: Telegram shows the menu of the narrowest scope; channels have the default one.
_SCOPES: tuple[tuple[BotCommandScopeUnion, tuple[str, ...]], ...] = (
    (BotCommandScopeDefault(), MENU),
    (BotCommandScopeAllPrivateChats(), MENU),
    (BotCommandScopeAllGroupChats(), _GROUP_MENU),
    (BotCommandScopeAllChatAdministrators(), MENU),
)


async def set_menus(bot: Bot, admins: Iterable[int] = ()) -> None:
    """Register the menus in each language; Kazakh for clients in any other."""
    try:
        for scope, names in _SCOPES:
            await _set(bot, scope, names)
    except AiogramError as error:
        _log.warning("the command menu was not set", reason=type(error).__name__)
    for admin in admins:
        try:
            await _set(bot, BotCommandScopeChat(chat_id=admin), _ADMIN_MENU)
        except AiogramError as error:
            _log.info("an administrator has no menu; have they written to the bot?", reason=str(error))


async def _set(bot: Bot, scope: BotCommandScopeUnion, names: Iterable[str]) -> None:
    for lang, code in ((LANGUAGES[0], None), *((lang, lang) for lang in LANGUAGES)):
        menu = [BotCommand(command=name, description=translate(lang, f"command-{name}")) for name in names]
        await bot.set_my_commands(menu, scope=scope, language_code=code)
