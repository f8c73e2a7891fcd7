"""All routers on one dispatcher, and the command menu."""

import asyncio
from contextlib import suppress

import structlog
from aiogram import Bot, Dispatcher
from aiogram.exceptions import AiogramError
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeDefault,
    BotCommandScopeUnion,
)

from bot.chat import (
    admin,
    clock_taps,
    commands,
    digest_taps,
    membership,
    outlets,
    reading,
    sharing,
    shelf,
    taps,
    troubles,
)
from bot.chat.bans import Banned
from bot.chat.footer import Footer
from bot.chat.passage import Once, Underway
from bot.chat.readers import Readers
from bot.domain.subscriber import LANGUAGES
from bot.newsroom.adopt import Adopting
from bot.newsroom.control import Control
from bot.newsroom.desk import Desk
from bot.newsroom.showcase import Showcase
from bot.words.translator import translate

_log = structlog.get_logger(__name__)

#: Seconds for answers under way when the process ends.
PATIENCE = 2.0
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
GROUP_MENU = ("digest", "latest", "weekly", "search", "saved", "about", "help")
#: Telegram shows the menu of the narrowest scope; channels have the default one.
_SCOPES: tuple[tuple[BotCommandScopeUnion, tuple[str, ...]], ...] = (
    (BotCommandScopeDefault(), MENU),
    (BotCommandScopeAllPrivateChats(), MENU),
    (BotCommandScopeAllGroupChats(), GROUP_MENU),
    (BotCommandScopeAllChatAdministrators(), MENU),
)


def build_dispatcher(desk: Desk, footer: Footer, control: Control | None = None) -> Dispatcher:
    """A dispatcher that serves readers at this desk."""
    underway = Underway()
    dispatcher = Dispatcher(
        desk=desk, footer=footer, underway=underway, adopting=Adopting(desk), showcase=Showcase(desk)
    )
    dispatcher.update.outer_middleware(underway)
    dispatcher.update.outer_middleware(Once(desk.updates, desk.now))
    if control:
        dispatcher["control"] = control
        dispatcher.update.outer_middleware(Banned(control))
    dispatcher.update.outer_middleware(Readers())
    dispatcher.include_routers(
        admin.router(),
        outlets.router(),
        *commands.routers(),
        reading.router(),
        shelf.router(),
        sharing.router(),
        taps.router(),
        clock_taps.router(),
        digest_taps.router(),
        membership.router(),
        troubles.router(MENU),
    )
    return dispatcher


async def poll(dispatcher: Dispatcher, bot: Bot) -> None:
    """Take updates by long polling until cancelled."""
    async with asyncio.TaskGroup() as tasks:
        polling = tasks.create_task(
            dispatcher.start_polling(bot, handle_signals=False, close_bot_session=False)
        )
        try:
            await asyncio.shield(polling)
        except asyncio.CancelledError:
            # Cancelled itself, aiogram would leave its request to fail when the connection is closed.
            with suppress(RuntimeError):  # it has not begun, or has ended
                await dispatcher.stop_polling()
            raise


async def finish(dispatcher: Dispatcher) -> None:
    """Let what was begun be answered, for a moment, before its connections are closed."""
    await asyncio.sleep(0)  # what was fetched last begins at the next turn of the loop
    await dispatcher["underway"].ended(PATIENCE)


async def set_commands(bot: Bot) -> None:
    """Register the command menus in each language; Kazakh for clients in any other.

    A menu is a convenience: where Telegram won't take it now, the bot serves without.
    """
    try:
        await _set_menus(bot)
    except AiogramError as error:
        _log.warning("the command menu was not set", reason=type(error).__name__)


async def _set_menus(bot: Bot) -> None:
    for lang, code in ((LANGUAGES[0], None), *((lang, lang) for lang in LANGUAGES)):
        for scope, names in _SCOPES:
            await bot.set_my_commands(_menu(lang, names), scope=scope, language_code=code)


def _menu(lang: str, names: tuple[str, ...]) -> list[BotCommand]:
    return [BotCommand(command=name, description=translate(lang, f"command-{name}")) for name in names]
