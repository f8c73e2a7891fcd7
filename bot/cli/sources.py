"""`habarshy sources`: list, add, remove, check, import, export."""

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress
from rich.table import Table
from rich.text import Text

from bot.app.newsroom import Newsroom, open_newsroom
from bot.cli.options import AS_JSON, DURATION, LANGS, TOPICS, asynchronous, read_settings
from bot.domain.address import canonical_url
from bot.domain.errors import JobFailed
from bot.domain.own_sources import own_name
from bot.domain.source import FetchState, Kind, Source
from bot.sources.catalogue import dump, parse
from bot.sources.discovery import Probe
from bot.sources.opml import export_opml, import_opml
from summarizer.topic import Topic

_FORMATS = (".opml", ".toml")


@click.group(epilog="Example: habarshy sources list")
def sources() -> None:
    """Where articles come from."""


@sources.command("list", epilog="Example: habarshy sources list --json")
@AS_JSON
@asynchronous
async def list_(*, as_json: bool) -> None:
    """Every source with its state."""
    async with open_newsroom(read_settings(), follow=False) as newsroom:
        for source, state in await newsroom.sources.all():
            click.echo(
                json.dumps(_fields(source, state), ensure_ascii=False) if as_json else _line(source, state)
            )


def _fields(source: Source, state: FetchState) -> dict[str, Any]:
    every = int(source.every.total_seconds())
    found = {**asdict(source), **asdict(state), "health": state.standing, "every": every}
    return json.loads(json.dumps(found, default=str))  # type: ignore[no-any-return]  # json's own type


def _line(source: Source, state: FetchState) -> str:
    trouble = f" since {_utc(state.failing_since)}: {state.message}" if state.failing_since else ""
    return f"{source.name}  {source.kind}  {source.url}  {state.standing}{trouble}"


@sources.command(epilog="Example: habarshy sources add https://example.org --topics economy")
@click.argument("url")
@click.option("--name", default=None, help="Its name for readers; default its own title.")
@click.option(
    "--kind", type=click.Choice([str(kind) for kind in Kind]), default=None, help="Default: found out."
)
@click.option(
    "--lang", type=LANGS, default=None, help="Language of all its articles; default told per article."
)
@click.option("--every", type=DURATION, default="15m", show_default=True)
@click.option("--topics", type=TOPICS, default=None, help="Always added, by comma.")
@asynchronous
async def add(*, url: str, kind: str | None, **given: Any) -> None:
    """Find the source behind URL, show what it gives, and follow it."""
    async with open_newsroom(read_settings()) as newsroom:
        discovery = newsroom.discovery
        found = await (discovery.probe(Source(url, url, Kind(kind))) if kind else discovery.discover(url))
        if found.source is None:
            raise JobFailed(f"{url} is not added: {found.refusal}")
        source = replace(
            found.source,
            name=await _name(newsroom, found.source, found.title, given["name"]),
            lang=given["lang"][0] if given["lang"] else None,
            every=given["every"],
            topics=tuple(Topic(topic) for topic in given["topics"] or ()),
        )
        _show(found, source)
        for known in await _public(newsroom):
            if known.name != source.name and canonical_url(known.url) == canonical_url(source.url):
                raise JobFailed(f"{source.url} is followed already, as «{known.name}»")
        await newsroom.sources.add(source)
    click.echo("added; `habarshy collect` asks it")


async def _name(newsroom: Newsroom, source: Source, title: str, given: str | None) -> str:
    """What was given, else its title: a source's name is its alone, and its articles hang on it."""
    known = await newsroom.sources.addresses()
    name = given or title or source.name
    if name not in known or canonical_url(known[name]) == canonical_url(source.url):
        return name
    if given:
        raise JobFailed(f"«{name}» is another source's name; choose another --name")
    return own_name(name, source.url, known)


def _show(found: Probe, source: Source) -> None:
    newest = ", ".join(map(_utc, found.newest)) or "no dates"
    click.echo(f"{source.name}: {source.kind} {source.url}")
    click.echo(f"  {found.entries} entries, language {found.lang or 'unknown'}, newest {newest}")
    for headline in found.headlines:
        click.echo(f"  - {headline}")


@sources.command(epilog="Example: habarshy sources remove Example")
@click.argument("name")
@asynchronous
async def remove(*, name: str) -> None:
    """Stop asking the source NAME; its articles stay."""
    async with open_newsroom(read_settings()) as newsroom:
        if not await newsroom.sources.remove(name):
            raise JobFailed(f"no source is named «{name}»; see `habarshy sources list`")
    click.echo(f"{name} removed")


@sources.command(epilog="Example: habarshy sources check")
@AS_JSON
@asynchronous
async def check(*, as_json: bool) -> None:
    """Ask every source once and show what it gives; nothing is stored. Exit status 1 if none answers."""
    answered = 0
    async with open_newsroom(read_settings(), follow=False) as newsroom:
        discovery = newsroom.discovery
        configured = [source for source, _ in await newsroom.sources.all()]
        rows = []
        with Progress(console=Console(), transient=True, disable=not Console().is_terminal) as progress:
            task = progress.add_task("Checking", total=len(configured))
            async for source, found in discovery.probes(configured):
                answered += found.source is not None
                rows.append((source.name, source.kind, *_row(found)))
                progress.advance(task)
    _lines(rows) if as_json else _table(rows, answered)
    if configured and not answered:
        raise JobFailed("no source answers; check the network, then HABARSHY_SOURCES")


_COLUMNS = ("source", "kind", "entries", "newest", "lang", "sample or reason")


def _lines(rows: Sequence[tuple[str, ...]]) -> None:
    for row in sorted(rows):
        click.echo(json.dumps(dict(zip(_COLUMNS, row, strict=True)), ensure_ascii=False))


def _table(rows: Sequence[tuple[str, ...]], answered: int) -> None:
    table = Table(*_COLUMNS, box=None)
    for row in sorted(rows):
        table.add_row(*map(Text, row))
    Console(width=None if Console().is_terminal else 200).print(table)
    click.echo(f"{answered} of {len(rows)} sources answer")


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%MZ}"


def _row(found: Probe) -> tuple[str, str, str, str]:
    newest = _utc(found.newest[0]) if found.newest else "-"
    sample = found.refusal or (found.headlines[0] if found.headlines else "")
    return str(found.entries), newest, found.lang or "-", sample


@sources.command("import", epilog="Example: habarshy sources import feeds.opml")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@asynchronous
async def import_(*, file: Path) -> None:
    """Follow the sources of FILE (.opml, folders are topics; or .toml)."""
    found = _read(file)
    async with open_newsroom(read_settings()) as newsroom:
        names = {canonical_url(known.url): known.name for known in await _public(newsroom)}
        for source in found:
            # One that is followed under another name keeps that name.
            await newsroom.sources.add(
                replace(source, name=names.get(canonical_url(source.url), source.name))
            )
    click.echo(f"{len(found)} sources added or changed")


@sources.command(epilog="Example: habarshy sources export feeds.opml")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@asynchronous
async def export(*, file: Path) -> None:
    """Write all sources but readers' own to FILE (.opml or .toml)."""
    async with open_newsroom(read_settings(), follow=False) as newsroom:
        known = await _public(newsroom)
    _write(file, known)
    click.echo(f"{len(known)} sources written to {file}")


async def _public(newsroom: Newsroom) -> list[Source]:
    """What everybody hears: a feed that some reader added for themselves may still become one."""
    return [source for source, _ in await newsroom.sources.all() if not source.own]


def _read(file: Path) -> tuple[Source, ...]:
    reading = import_opml if _is_opml(file) else parse
    return reading(file.read_text("utf-8", "replace"), str(file))


def _write(file: Path, known: Sequence[Source]) -> None:
    text = export_opml(known) if _is_opml(file) else dump(known)
    file.write_text(text, encoding="utf-8")


def _is_opml(file: Path) -> bool:
    if file.suffix not in _FORMATS:
        raise click.BadParameter(f"{file.name} must end in .opml or .toml", param_hint="FILE")
    return file.suffix == ".opml"
