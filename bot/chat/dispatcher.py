"""All routers on one dispatcher, and the command menu."""

from aiogram import Bot, Dispatcher
from aiogram.types import BotCommand

from bot.chat import commands, membership, taps, troubles
from bot.chat.readers import Readers
from bot.domain.subscriber import LANGUAGES
from bot.newsroom.desk import Desk
from bot.words.translator import translate


def build_dispatcher(desk: Desk) -> Dispatcher:
    """A dispatcher that serves readers at this desk."""
    dispatcher = Dispatcher(desk=desk)
    dispatcher.update.outer_middleware(Readers())
    dispatcher.include_routers(
        *commands.routers(),
        taps.router(),
        membership.router(),
        troubles.router(),
    )
    return dispatcher


async def set_commands(bot: Bot) -> None:
    """Register the command menu in each language; Kazakh for clients in any other."""
    await bot.set_my_commands(_menu(LANGUAGES[0]))
    for lang in LANGUAGES:
        await bot.set_my_commands(_menu(lang), language_code=lang)


def _menu(lang: str) -> list[BotCommand]:
    return [
        BotCommand(command=name, description=translate(lang, f"command-{name}")) for name in troubles.COMMANDS
    ]
