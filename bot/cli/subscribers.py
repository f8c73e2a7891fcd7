"""`habarshy subscribers`: list, show, export, delete."""

import json
from typing import Any

import click

from bot.app.newsroom import Newsroom, open_newsroom
from bot.cli.options import AS_JSON, asynchronous, read_settings
from bot.domain.errors import JobFailed
from bot.domain.subscriber import Subscriber
from bot.newsroom.belongings import belongings


@click.group(epilog="Example: habarshy subscribers list")
def subscribers() -> None:
    """Who reads."""


@subscribers.command("list", epilog="Example: habarshy subscribers list")
@AS_JSON
@asynchronous
async def list_(*, as_json: bool) -> None:
    """Every subscriber, a line each."""
    async with open_newsroom(read_settings(), follow=False) as newsroom:
        for reader in await newsroom.subscribers.all():
            click.echo(json.dumps(_fields(reader)) if as_json else _line(reader))


def _fields(reader: Subscriber) -> dict[str, Any]:
    following = reader.next_at.isoformat() if reader.next_at else None
    languages = list(reader.preferences.languages)
    return {"id": reader.id, "chat": reader.chat.id, "state": reader.state} | {
        "languages": languages,
        "next": following,
    }


def _line(reader: Subscriber) -> str:
    following = f"{reader.next_at:%Y-%m-%d %H:%M}Z" if reader.next_at else "-"
    languages = ",".join(reader.preferences.languages)
    return f"{reader.id}  chat {reader.chat.id}  {reader.state}  {languages}  next {following}"


@subscribers.command(epilog="Example: habarshy subscribers show 1")
@click.argument("number", type=int)
@asynchronous
async def show(*, number: int) -> None:
    """All that is stored of subscriber NUMBER."""
    async with open_newsroom(read_settings(), follow=False) as newsroom:
        click.echo(
            json.dumps(await _all(newsroom, await _get(newsroom, number)), ensure_ascii=False, indent=2)
        )


@subscribers.command(epilog="Example: habarshy subscribers export > readers.jsonl")
@asynchronous
async def export() -> None:
    """All subscribers as JSON Lines."""
    async with open_newsroom(read_settings(), follow=False) as newsroom:
        for reader in await newsroom.subscribers.all():
            click.echo(json.dumps(await _all(newsroom, reader), ensure_ascii=False))


@subscribers.command(epilog="Example: habarshy subscribers delete 1")
@click.argument("number", type=int)
@asynchronous
async def delete(*, number: int) -> None:
    """Forget subscriber NUMBER and all that is theirs."""
    async with open_newsroom(read_settings(), follow=False) as newsroom:
        await newsroom.subscribers.delete((await _get(newsroom, number)).id)
    click.echo(f"subscriber {number} deleted")


async def _get(newsroom: Newsroom, number: int) -> Subscriber:
    found = await newsroom.subscribers.get(number)
    if found is None:
        raise JobFailed(f"no subscriber {number}; see `habarshy subscribers list`")
    return found


async def _all(newsroom: Newsroom, reader: Subscriber) -> dict[str, Any]:
    return {"id": reader.id, **await belongings(newsroom.desk, reader)}
