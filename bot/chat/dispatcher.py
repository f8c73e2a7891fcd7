"""All routers on one dispatcher."""

import asyncio
from contextlib import suppress

from aiogram import Bot, Dispatcher

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
from bot.chat.menus import MENU
from bot.chat.passage import Once, Underway
from bot.chat.readers import Readers
from bot.newsroom.adopt import Adopting
from bot.newsroom.control import Control
from bot.newsroom.desk import Desk
from bot.newsroom.showcase import Showcase

#: Seconds for answers under way when the process ends.
PATIENCE = 2.0


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
