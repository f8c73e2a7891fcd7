"""`habarshy deliver`."""

import json
from datetime import timedelta

import click

from bot.app.newsroom import open_newsroom
from bot.app.roster import open_pace
from bot.app.serving import delivering, open_bot
from bot.cli.options import AS_JSON, asynchronous, read_settings
from bot.domain.errors import JobFailed
from bot.newsroom.compose import compose_current, compose_due
from bot.newsroom.deliver import deliver_patiently

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
        if current:
            readers = await newsroom.subscribers.active()
            posted = sum(
                [await compose_current(newsroom.composing, reader, newsroom.now()) for reader in readers]
            )
        else:
            posted = await compose_due(newsroom.composing, newsroom.now())
        results = await deliver_patiently(delivering(newsroom, bot, pace), _PATIENCE)
        waiting = await newsroom.outbox.next_at()
    if as_json:
        click.echo(json.dumps({"digests": posted, "parts": dict(results), "waiting": waiting is not None}))
    else:
        done = ", ".join(f"{count} {state}" for state, count in sorted(results.items()))
        click.echo(f"{posted} digests composed; parts: {done or 'none to send'}")
    if waiting:
        raise JobFailed("some parts still wait for Telegram; run `habarshy deliver` again later")
