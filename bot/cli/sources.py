"""`habarshy sources`: list, add, remove."""

import json
from dataclasses import asdict
from typing import Any

import click

from bot.app.newsroom import open_newsroom
from bot.cli.options import DURATION, LANGS, TOPICS, asynchronous, read_settings
from bot.domain.errors import JobFailed
from bot.domain.source import FetchState, Kind, Source
from summarizer.topic import Topic


@click.group(epilog="Example: habarshy sources list")
def sources() -> None:
    """Where articles come from."""


@sources.command("list", epilog="Example: habarshy sources list --json")
@click.option("--json", "as_json", is_flag=True, help="A JSON object a line.")
@asynchronous
async def list_(*, as_json: bool) -> None:
    """Every source with its state."""
    async with open_newsroom(read_settings()) as newsroom:
        for source, state in await newsroom.sources.all():
            click.echo(
                json.dumps(_fields(source, state), ensure_ascii=False) if as_json else _line(source, state)
            )


def _fields(source: Source, state: FetchState) -> dict[str, Any]:
    found = {**asdict(source), **asdict(state), "every": int(source.every.total_seconds())}
    times = {key: value.isoformat() for key, value in found.items() if hasattr(value, "isoformat")}
    return found | times


def _line(source: Source, state: FetchState) -> str:
    trouble = f" since {state.failing_since:%Y-%m-%d %H:%M}: {state.message}" if state.failing_since else ""
    return f"{source.name}  {source.kind}  {source.url}  {state.health}{trouble}"


@sources.command(epilog="Example: habarshy sources add https://example.org/rss --name Example")
@click.argument("url")
@click.option("--name", default=None, help="Its name for readers; default the address.")
@click.option("--kind", type=click.Choice([str(kind) for kind in Kind]), default="feed", show_default=True)
@click.option("--lang", type=LANGS, default=None, help="Language of all its articles.")
@click.option("--every", type=DURATION, default="15m", show_default=True)
@click.option("--topics", type=TOPICS, default=None, help="Always added, by comma.")
@asynchronous
async def add(**given: Any) -> None:
    """Follow the source at URL."""
    source = Source(
        name=given["name"] or given["url"],
        url=given["url"],
        kind=Kind(given["kind"]),
        lang=given["lang"][0] if given["lang"] else None,
        every=given["every"],
        topics=tuple(Topic(topic) for topic in given["topics"] or ()),
    )
    async with open_newsroom(read_settings()) as newsroom:
        await newsroom.sources.add(source)
    click.echo(f"{source.name} added; `habarshy collect` asks it")


@sources.command(epilog="Example: habarshy sources remove Example")
@click.argument("name")
@asynchronous
async def remove(*, name: str) -> None:
    """Stop asking the source NAME; its articles stay."""
    async with open_newsroom(read_settings()) as newsroom:
        if not await newsroom.sources.remove(name):
            raise JobFailed(f"no source is named «{name}»; see `habarshy sources list`")
    click.echo(f"{name} removed")
