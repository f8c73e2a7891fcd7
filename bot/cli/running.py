"""`habarshy run`."""

import click

from bot.app.deferral import load_aiogram
from bot.cli.options import Words, asynchronous, read_settings

_ROLES = ("bot", "clock", "worker", "web")


@click.command(epilog="Example: HABARSHY_BOT_TOKEN=… habarshy run")
@click.option(
    "--roles",
    type=Words(("all", *_ROLES, "sender")),
    default="all",
    help="bot,clock,worker,web,sender by comma.",
)
@asynchronous
async def run(*, roles: tuple[str, ...]) -> None:
    """Serve subscribers until stopped."""
    load_aiogram()
    from bot.app.serving import run as serve  # noqa: PLC0415 - what it loads has to find aiogram as it is now

    await serve(read_settings(), frozenset(_ROLES if "all" in roles else roles))
