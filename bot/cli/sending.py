"""`habarshy deliver`."""

import asyncio
import json
import signal
from collections import Counter
from contextlib import AsyncExitStack
from datetime import timedelta

import click

from bot.app.deferral import load_aiogram

# What follows has to find aiogram as it is after this.
load_aiogram()

from bot.app.newsroom import open_newsroom  # noqa: E402 - as above
from bot.app.roster import open_pace  # noqa: E402 - as above
from bot.app.serving import GRACE, delivering, open_bot  # noqa: E402 - as above
from bot.cli.options import AS_JSON, asynchronous, read_settings  # noqa: E402 - as above
from bot.domain.delivery import PartState  # noqa: E402 - as above
from bot.domain.errors import JobFailed  # noqa: E402 - as above
from bot.newsroom.compose import compose_current, compose_due  # noqa: E402 - as above
from bot.newsroom.deliver import Delivering, deliver_patiently  # noqa: E402 - as above

#: `deliver` waits for floods and doubts shorter than this; longer ones are left to the next run.
_PATIENCE = timedelta(seconds=120)


@click.command(epilog="Example: habarshy deliver --now")
@click.option(
    "--now", "current", is_flag=True, help="The day's current edition to everyone active, due or not."
)
@AS_JSON
@asynchronous
async def deliver(*, current: bool, as_json: bool) -> None:
    """Send what is due and exit; run again, it continues with what is unsent."""
    settings = read_settings()
    async with (
        open_newsroom(settings, follow=False) as newsroom,
        open_pace(settings) as pace,
        open_bot(settings) as bot,
    ):
        compose = compose_current if current else compose_due
        posted = await compose(newsroom.composing, newsroom.now())
        results = await _until_asked_to_stop(delivering(newsroom, bot, pace))
        waiting = await newsroom.outbox.next_at()
    if as_json:
        click.echo(json.dumps({"digests": posted, "parts": dict(results), "waiting": waiting is not None}))
    else:
        done = ", ".join(f"{count} {state}" for state, count in sorted(results.items()))
        click.echo(f"{posted} digests composed; parts: {done or 'none to send'}")
    if waiting:
        raise JobFailed("some parts still wait for Telegram; run `habarshy deliver` again later")


async def _until_asked_to_stop(ports: Delivering) -> Counter[PartState]:
    """Deliver; after SIGTERM or SIGINT nothing more leaves, and what is on its way has GRACE to end."""
    loop, delivery = asyncio.get_running_loop(), asyncio.current_task()
    assert delivery

    async with AsyncExitStack() as stack:

        def stop() -> None:
            ports.exit.lock()
            stack.callback(loop.call_later(GRACE, delivery.cancel).cancel)

        for name in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(name, stop)
        try:
            return await deliver_patiently(ports, _PATIENCE)
        except asyncio.CancelledError:
            raise JobFailed("stopped before Telegram answered all; run `habarshy deliver` again") from None
