"""`habarshy run`."""

import click

from bot import app
from bot.cli.options import Words, asynchronous, read_settings

_ROLES = ("bot", "clock", "worker", "web")


@click.command(epilog="Example: HABARSHY_BOT_TOKEN=… habarshy run")
@click.option("--roles", type=Words(("all", *_ROLES)), default="all", help="bot,clock,worker,web by comma.")
@asynchronous
async def run(*, roles: tuple[str, ...]) -> None:
    """Serve subscribers until stopped."""
    await app.run(read_settings(), frozenset(_ROLES if "all" in roles else roles))
